"""Laws of identity: no order changes what is the same, and nothing happens twice."""

import asyncio
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.arrival import New
from syndicator.model.ids import ArticleId
from tests.replay import LONG, OTHER, Entry, Replay, an_entry, owner

STORIES = {
    "ferry": ("Night ferry sails again", LONG),
    "fish": ("Herring prices fall for the ninth week", OTHER),
    "brief": ("Breaking: more soon", "More soon."),
}


@st.composite
def an_arrival(draw: st.DrawFn) -> tuple[str, Entry]:
    """Make an entry of one of three stories, under one of the names that publishers give it."""
    story = draw(st.sampled_from(sorted(STORIES)))
    headline, text = STORIES[story]
    page = f"harbour.example/2026/11/24/{story}"
    scheme = draw(st.sampled_from(["http://", "https://www.", "https://"]))
    number = draw(st.sampled_from(["", "#0", "#1", "#27"]))
    slash = draw(st.sampled_from(["", "/"]))
    guid = draw(st.sampled_from([f"{scheme}{page}{slash}{number}", f" {story} ", story.upper()]))
    fixed = draw(st.sampled_from(["", " It was late.", "\n\nUpdated 4 minutes ago"]))
    link = f"{scheme}{page}{slash}?utm_source={draw(st.sampled_from('ab'))}"
    return story, an_entry(headline, text + fixed, guid, link)


async def _parted(entries: Sequence[tuple[str, Entry]], size: int) -> dict[int, ArticleId]:
    """Take entries in documents of ``size``; return the article of each, by its object."""
    desk = Replay()
    found = {}
    for start in range(0, len(entries), size):
        batch = entries[start : start + size]
        for _, entry in batch:
            (arrival,) = await desk.poll(entry)
            found[id(entry)] = owner(arrival)
    return found


@given(st.lists(an_arrival(), min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_no_verdict_about_what_is_the_same(
    entries: list[tuple[str, Entry]], chance: object
) -> None:
    mixed = list(entries)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    for order in (entries, mixed):
        found = asyncio.run(_parted(order, 1))
        by_story: dict[str, set[ArticleId]] = {}
        for story, entry in order:
            by_story.setdefault(story, set()).add(found[id(entry)])
        assert all(len(ids) == 1 for ids in by_story.values())
        assert len({one for ids in by_story.values() for one in ids}) == len(by_story)


@given(st.lists(an_arrival(), min_size=1, max_size=9))
def test_one_document_and_many_come_to_the_same_articles(
    entries: list[tuple[str, Entry]],
) -> None:
    async def count(size: int) -> int:
        desk = Replay()
        for start in range(0, len(entries), size):
            await desk.poll(*[entry for _, entry in entries[start : start + size]])
        return len(await desk.articles())

    stories = len({story for story, _ in entries})
    assert asyncio.run(count(1)) == stories
    if all(len(entry[0].body.text) > 200 for _, entry in entries):
        assert asyncio.run(count(len(entries))) == stories


@given(st.lists(an_arrival(), min_size=1, max_size=9))
def test_admitting_twice_changes_nothing(entries: list[tuple[str, Entry]]) -> None:
    async def twice() -> None:
        desk = Replay()
        document = [entry for _, entry in entries]
        await desk.poll(*document)
        before = await desk.articles()
        histories = [await desk.library.history(one.id) for one in before]
        assert not any(isinstance(one, New) for one in await desk.poll(*document))
        assert await desk.articles() == before
        assert [await desk.library.history(one.id) for one in before] == histories

    asyncio.run(twice())
