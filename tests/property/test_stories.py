"""Laws of stories: what is one does not depend on who comes first, or how often."""

import asyncio
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.model.article import Article, Body
from syndicator.model.ids import SourceId
from tests.builders import NOW, an_article
from tests.replay import Replay
from tests.texts import a_story

FERRY, BUDGET = a_story("ferry", 260), a_story("budget", 260)
SENTENCES = FERRY.split(". ")
TEXTS = (
    FERRY,
    f"COAST, Nov 24 (Reuters) - {FERRY}",
    ". ".join(SENTENCES[: len(SENTENCES) // 2]),
    ". ".join(SENTENCES[:-2]) + ". The crew went home. Nobody was hurt.",
    BUDGET,
    BUDGET.upper(),
    "Breaking: more soon.",
)
HOUSES = ("harbour", "coast", "inland", "upland", "shore")
copies = st.lists(
    st.tuples(st.sampled_from(range(len(TEXTS))), st.integers(0, 40)),
    min_size=2,
    max_size=len(HOUSES),
)


def an_arrival(house: str, text: int, hours: int) -> Article:
    at = NOW - timedelta(hours=hours)
    return an_article(
        source=SourceId(house),
        publisher=house,
        guid=f"{house}-1",
        link=f"https://{house}.example/{house}-1",
        headline=f"{house} {text}",
        body=Body(text=TEXTS[text], html=f"<p>{TEXTS[text]}</p>"),
        fingerprint=f"{house} {text}",
        published=at,
        updated=at,
    )


async def partition(articles: list[Article], times: int = 1) -> set[frozenset[str]]:
    """Take articles one by one; return which are together, by guid."""
    desk = Replay()
    for _ in range(times):
        for one in articles:
            await desk.poll((one, one.guid), after=timedelta(minutes=1))
    guids = {one.id: one.guid for one in await desk.articles()}
    stories = await desk.library.stories_of(guids)
    groups: dict[str, set[str]] = {}
    for article, guid in guids.items():
        name = stories[article].id if article in stories else article
        groups.setdefault(name, set()).add(guid)
    return {frozenset(one) for one in groups.values()}


@given(copies, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_the_order_of_arrival_changes_no_story(
    chosen: list[tuple[int, int]], order: Random
) -> None:
    articles = [an_arrival(HOUSES[n], *one) for n, one in enumerate(chosen)]
    shuffled = list(articles)
    order.shuffle(shuffled)
    first = asyncio.run(partition(articles))
    assert asyncio.run(partition(shuffled)) == first
    assert asyncio.run(partition(articles, times=2)) == first


@given(copies)
@settings(deadline=None, max_examples=60)
def test_only_copies_of_one_text_are_together(chosen: list[tuple[int, int]]) -> None:
    articles = [an_arrival(HOUSES[n], *one) for n, one in enumerate(chosen)]
    texts = {one.guid: text for one, (text, _) in zip(articles, chosen, strict=True)}
    for group in asyncio.run(partition(articles)):
        kinds = {0 if texts[one] < 4 else texts[one] // 6 + 1 for one in group}
        assert len(kinds) == 1
        assert len(group) == 1 or 2 not in kinds  # too short to tell anything
