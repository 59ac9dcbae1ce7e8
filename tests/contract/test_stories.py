"""What every library promises about copies and stories, on each of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
import pytest

from syndicator.compare import identify
from syndicator.compare.signature import sign
from syndicator.copies import compared
from syndicator.errors import LibraryError
from syndicator.intake import verdicts
from syndicator.model.article import Article, Body
from syndicator.model.ids import ArticleId, SourceId, StoryId, TopicId
from syndicator.model.source import SourceState
from syndicator.model.story import Signed
from syndicator.ports import Admission, Library, Verdict
from tests.builders import NOW, an_article
from tests.texts import a_story

WORLD, SPORT = TopicId("world"), TopicId("sport")
LEASE = timedelta(minutes=3)


def a_copy(source: str, text: str, **changes: object) -> Article:
    fields = {
        "source": SourceId(source),
        "publisher": source,
        "guid": f"{source}-1",
        "link": f"https://{source}.example/1",
        "headline": f"As {source} puts it",
        "body": Body(html=f"<p>{text}</p>", text=text),
        "fingerprint": f"{source} {text[:20]} {text[-20:]}",
    }
    return an_article(**{**fields, **changes})


async def prepared(
    library: Library,
    article: Article,
    now: datetime = NOW,
    topic: TopicId = WORLD,
    more: Sequence[Article] = (),
) -> Admission:
    """Compare one article with what the library holds, as a poll does, and do not store it yet."""
    (claim,) = await library.claim([article.source], now, LEASE)
    candidates = identify([(one, one.guid) for one in (article, *more)])
    arrivals = await verdicts(library, candidates, now)
    return Admission(
        claim=claim,
        arrivals=arrivals,
        topics={one.article.id: frozenset({topic}) for one in arrivals if hasattr(one, "article")},
        state=SourceState(source=article.source),
        next_poll=now + timedelta(hours=1),
        now=now,
        comparisons=await compared(library, candidates, arrivals, (), now),
    )


async def stored(
    library: Library, article: Article, now: datetime = NOW, topic: TopicId = WORLD
) -> tuple[ArticleId, Verdict]:
    admission = await prepared(library, article, now, topic)
    verdict = await library.admit(admission)
    assert verdict.outcome == "stored"
    return admission.comparisons[0].signed.article, verdict


async def test_a_copy_by_another_publisher_is_one_story(library: Library) -> None:
    text = a_story("ferry")
    first, _ = await stored(library, a_copy("harbour", text))
    later = NOW + timedelta(hours=5)
    second, verdict = await stored(
        library, a_copy("coast", text, published=later, first_seen=later), later, SPORT
    )
    stories = await library.stories_of([first, second])
    assert stories[first] == stories[second]
    assert stories[first].members == (first, second)
    assert stories[first].id == StoryId(first)
    assert stories[first].face.guid == "harbour-1"
    assert [(tie.article, tie.other) for tie in stories[first].ties] == [(second, first)]
    assert "100%" in stories[first].ties[0].why
    assert verdict.dirty == {WORLD, SPORT}  # the story's other copies are shown anew
    assert await library.stories(10) == [stories[first]]


async def test_another_text_is_another_story(library: Library) -> None:
    await stored(library, a_copy("harbour", a_story("ferry")))
    other, _ = await stored(library, a_copy("coast", a_story("budget")))
    assert await library.stories_of([other]) == {}
    assert await library.stories(10) == []


async def test_a_copy_of_last_week_is_not_found(library: Library) -> None:
    text = a_story("ferry")
    await stored(library, a_copy("harbour", text))
    later = NOW + timedelta(days=8)
    other, _ = await stored(
        library, a_copy("coast", text, published=later, first_seen=later), later
    )
    assert await library.stories_of([other]) == {}


async def test_copies_that_come_at_once_are_one_story_whoever_is_quicker(library: Library) -> None:
    text = a_story("ferry")
    mine = await prepared(library, a_copy("harbour", text))
    await stored(library, a_copy("coast", text))
    assert (await library.admit(mine)).outcome == "conflict"
    again = Admission(
        claim=mine.claim,
        arrivals=mine.arrivals,
        topics=mine.topics,
        state=mine.state,
        next_poll=mine.next_poll,
        now=NOW,
        comparisons=await compared(
            library, identify([(a_copy("harbour", text), "harbour-1")]), mine.arrivals, (), NOW
        ),
    )
    assert (await library.admit(again)).outcome == "stored"
    (story,) = await library.stories(10)
    assert len(story.members) == 2


async def test_a_copy_of_two_stories_makes_them_one_under_the_older_face(library: Library) -> None:
    whole = a_story("ferry", words=400)
    half, rest = whole.split(". ")[:9], whole.split(". ")[9:]
    first, _ = await stored(library, a_copy("harbour", ". ".join(half)))
    hour = NOW + timedelta(hours=1)
    second, _ = await stored(library, a_copy("coast", ". ".join(rest), first_seen=hour), hour)
    assert await library.stories_of([first, second]) == {}
    await library.join(first, second, hour)
    third, _ = await stored(library, a_copy("inland", whole, first_seen=hour), hour)
    (story,) = (await library.stories_of([third])).values()
    assert set(story.members) == {first, second, third}
    assert story.face.guid == "harbour-1"


async def test_who_has_come_to_say_other_words_hides_no_copy(library: Library) -> None:
    text = a_story("ferry", words=260)
    for hour, (source, said) in enumerate(
        [
            ("harbour", text),
            ("coast", text),
            ("harbour", a_story("budget")),
            ("coast", a_story("herring")),
            ("shore", text[: len(text) // 2]),
        ]
    ):
        await stored(library, a_copy(source, said), NOW + timedelta(hours=hour))
    copy, _ = await stored(library, a_copy("inland", text), NOW + timedelta(hours=9))
    assert len((await library.stories_of([copy]))[copy].members) == 2


async def test_what_is_parted_by_hand_stays_apart(library: Library) -> None:
    text = a_story("ferry")
    ids = []
    for hour, source in enumerate(["harbour", "coast", "inland"]):
        at = NOW + timedelta(hours=hour)
        ids.append((await stored(library, a_copy(source, text, first_seen=at), at))[0])
    harbour, coast, inland = ids
    changed = await library.part(harbour, NOW + timedelta(hours=4))
    assert changed == {WORLD}
    stories = await library.stories_of(ids)
    assert harbour not in stories
    assert stories[coast].members == (coast, inland)
    assert stories[coast].id == StoryId(coast)  # the rest goes on under the face of its oldest
    assert stories[coast].face.guid == "coast-1"
    # A fourth copy is like all of them, and does not bring together what was parted.
    at = NOW + timedelta(hours=5)
    fourth, _ = await stored(library, a_copy("upland", text, first_seen=at), at)
    stories = await library.stories_of([*ids, fourth])
    assert not (harbour in stories and stories[harbour] == stories.get(coast))


@pytest.mark.parametrize("leaver", ["harbour", "coast"])
async def test_who_comes_to_say_other_words_leaves_the_story(library: Library, leaver: str) -> None:
    text, ids = a_story("ferry"), {}
    for hour, source in enumerate(["harbour", "coast", "inland"]):
        at = NOW + timedelta(hours=hour)
        ids[source] = (await stored(library, a_copy(source, text, first_seen=at), at))[0]
    at = NOW + timedelta(hours=6)
    updated = a_copy(leaver, text + " The captain thanked the crew of the ferry at the pier.")
    await stored(library, updated, at)
    assert len((await library.stories_of([ids[leaver]]))[ids[leaver]].members) == 3
    _, verdict = await stored(library, a_copy(leaver, a_story("budget")), at)
    assert verdict.dirty == {WORLD}
    left = [ids[source] for source in ids if source != leaver]
    stories = await library.stories_of(ids.values())
    assert ids[leaver] not in stories
    assert stories[left[0]].members == tuple(left)
    assert stories[left[0]].face.article == left[0]
    # Nobody parted them: telling the same again, it is a copy again.
    await stored(library, a_copy(leaver, text + " And home they went, all of them."), at)
    assert set((await library.stories_of([ids[leaver]]))[ids[leaver]].members) == set(ids.values())


async def test_two_of_one_document_that_say_other_words_both_leave(library: Library) -> None:
    text = a_story("ferry")
    one = a_copy("harbour", text)
    two = a_copy(
        "harbour",
        text + " The boats of the island will follow it next week, as they always did.",
        guid="harbour-2",
        link="https://harbour.example/2",
        headline="Boats follow",
        fingerprint="two",
    )
    for hour, article in enumerate([one, a_copy("coast", text), two]):
        at = NOW + timedelta(hours=hour)
        await stored(library, msgspec.structs.replace(article, first_seen=at), at)
    (story,) = await library.stories(10)
    assert len(story.members) == 3
    others = [
        msgspec.structs.replace(article, fingerprint=name, body=Body(text=a_story(name)))
        for article, name in ((one, "budget"), (two, "herring"))
    ]
    at = NOW + timedelta(hours=4)
    admission = await prepared(library, others[0], at, more=others[1:])
    assert (await library.admit(admission)).outcome == "stored"
    assert await library.stories_of(story.members) == {}


async def test_what_is_said_of_a_parted_copy_is_forgotten(library: Library) -> None:
    first, _ = await stored(library, a_copy("harbour", a_story("ferry")))
    second, _ = await stored(library, a_copy("coast", a_story("budget")))
    await library.join(second, first, NOW)
    await library.part(first, NOW)
    at = NOW + timedelta(hours=1)
    third, _ = await stored(library, a_copy("inland", a_story("budget"), first_seen=at), at)
    story = (await library.stories_of([third]))[third]
    assert [tie.by for tie in story.ties] == ["wire"]


async def test_a_copy_parts_from_one_that_is_held_no_more(library: Library) -> None:
    text, ids = a_story("ferry"), []
    for hour, source in enumerate(["harbour", "coast", "inland"]):
        at = NOW + timedelta(hours=hour)
        ids.append((await stored(library, a_copy(source, text, first_seen=at), at))[0])
    # What it was named beside is made anew, though it stands in no feed itself.
    assert await library.finish_release((await library.claim_releases(at, 9, LEASE))[0], at, None)
    assert await library.claim_releases(at, 9, LEASE) == []
    assert await library.retire(ids[:1], at, standing=False) == 1
    assert [one.topic for one in await library.claim_releases(at, 9, LEASE)] == [WORLD]
    await library.part(ids[2], at)
    story = (await library.stories_of(ids))[ids[1]]
    assert (story.members, story.face.guid) == (tuple(ids[:2]), "harbour-1")


async def test_parting_two_leaves_no_story(library: Library) -> None:
    text = a_story("ferry")
    first, _ = await stored(library, a_copy("harbour", text))
    second, _ = await stored(library, a_copy("coast", text))
    await library.part(second, NOW)
    assert await library.stories_of([first, second]) == {}
    assert await library.stories(10) == []
    assert await library.part(second, NOW) == frozenset()


async def test_joining_by_hand_overrules_a_parting(library: Library) -> None:
    text = a_story("ferry")
    first, _ = await stored(library, a_copy("harbour", text))
    second, _ = await stored(library, a_copy("coast", text), NOW + timedelta(minutes=1))
    await library.part(second, NOW)
    assert await library.join(second, first, NOW) == {WORLD}
    story = (await library.stories_of([first]))[first]
    assert set(story.members) == {first, second}
    assert [tie.by for tie in story.ties if tie.article == second] == ["hand"]
    assert await library.join(second, first, NOW) == frozenset()


async def test_joining_what_is_not_there_says_so(library: Library) -> None:
    first, _ = await stored(library, a_copy("harbour", a_story("ferry")))
    with pytest.raises(LibraryError, match="there is no such article"):
        await library.join(first, ArticleId("f" * 20), NOW)


async def test_bands_of_long_ago_are_forgotten(library: Library) -> None:
    text = a_story("ferry")
    first, _ = await stored(library, a_copy("harbour", text))
    signature = sign(text)
    assert signature is not None
    other = Signed(
        article=ArticleId("b" * 20), publisher="coast", published=NOW, signature=signature
    )
    assert (await library.near([other])).keys() == {other.article}
    assert await library.forget_bands(NOW) == 0
    assert (await library.near([other])).keys() == {other.article}
    assert await library.forget_bands(NOW + timedelta(days=30)) == 1
    assert await library.near([other]) == {}
    assert await library.article(first) is not None
