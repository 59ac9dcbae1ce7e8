"""What every library keeps of versions, names and the right to a page, on each of them."""

from datetime import timedelta

import msgspec

from syndicator.compare import identify, judge
from syndicator.intake import verdicts
from syndicator.model.arrival import New, Revised
from syndicator.model.ids import ArticleId, SourceId
from syndicator.model.version import MOST_SIGHTINGS, MOST_VERSIONS, History
from syndicator.ports import Admission, Library
from tests.replay import LONG, OTHER, Replay, an_entry, owner, said

MINUTE = timedelta(minutes=1)


async def the_one(library: Library) -> ArticleId:
    (found,) = await library.newest(limit=9)
    return found


async def test_a_revision_keeps_what_it_replaces(library: Library) -> None:
    desk = Replay(library)
    await desk.poll(an_entry())
    one = await the_one(library)
    assert await library.history(one) == History()
    await desk.poll(an_entry("Night ferry to sail", f"{LONG} It was full.", "g2"))
    history = await library.history(one)
    (version,) = history.versions
    assert (version.number, version.headline, version.text) == (1, "Night ferry sails again", LONG)
    assert (version.why, version.added) == (("headline", "text"), 3)
    (sighting,) = history.sightings
    assert (sighting.guid, sighting.by, sighting.at) == ("g2", "url", desk.now)


async def test_the_first_and_the_newest_of_many_versions_stay(library: Library) -> None:
    desk = Replay(library)
    desk.now = desk.now.replace(hour=0)
    await desk.poll(an_entry())
    count = MOST_VERSIONS + 6
    for n in range(count):
        day = timedelta(days=1) if n == MOST_VERSIONS - 1 else MINUTE
        await desk.poll(an_entry(text=f"{LONG} Ticket {n}."), after=day)
    versions = (await library.history(await the_one(library))).versions
    assert len(versions) == MOST_VERSIONS
    assert [one.number for one in versions] == [1, *range(count - MOST_VERSIONS + 2, count + 1)]


async def test_names_are_noted_once_and_not_without_end(library: Library) -> None:
    desk = Replay(library)
    await desk.poll(an_entry(guid="0"))
    for n in range(1, MOST_SIGHTINGS + 9):
        for _ in range(2):
            await desk.poll(an_entry(guid=str(n)))
    sightings = (await library.history(await the_one(library))).sightings
    assert len(sightings) == MOST_SIGHTINGS
    assert len({one.guid for one in sightings}) == MOST_SIGHTINGS
    assert (sightings[0].guid, sightings[-1].guid) == ("1", str(MOST_SIGHTINGS + 8))


async def test_the_same_admission_again_notes_nothing_twice(library: Library) -> None:
    desk = Replay(library)
    await desk.poll(an_entry())
    source = SourceId("harbour")
    for _ in range(2):
        (claim,) = await library.claim([source], desk.now, 3 * MINUTE)
        candidates = identify([an_entry(guid="g2")])
        known = await library.lookup(candidates[0].keys[2:])
        arrivals = judge(candidates, known, desk.now)
        assert arrivals[0].keys
        done = Admission(
            claim=claim,
            arrivals=arrivals,
            topics={},
            state=claim.state,
            next_poll=desk.now,
            now=desk.now,
        )
        assert (await library.admit(done)).outcome == "stored"
    assert len((await library.history(await the_one(library))).sightings) == 1


async def test_what_keys_probably_lead_to_changes_no_answer(library: Library) -> None:
    desk = Replay(library)
    await desk.poll(an_entry())
    await desk.poll(an_entry(guid="g2"))  # the same article under another name
    (first,), (second,) = identify([an_entry()]), identify([an_entry(guid="g2")])
    keys = list(dict.fromkeys((*first.keys, *second.keys)))
    known = await library.lookup(keys)
    assert {one.id for one in known.values()} == {await the_one(library)}
    assert known.keys() == set(keys)
    stranger = ArticleId("0123456789abcdef0123")
    for likely in ([first.article.id], [second.article.id], [stranger], [first.article.id] * 2):
        assert await library.lookup(keys, likely) == known
    assert await library.lookup([], [first.article.id]) == {}


async def test_a_page_is_taken_back_by_whom_it_belongs_to(library: Library) -> None:
    desk = Replay(library)
    other = an_entry(source="other", publisher="other")
    (first,) = await desk.poll(other, domain="other.example")
    (own,) = await desk.poll(an_entry(), domain="harbour.example")
    assert isinstance(own, New)
    assert own.article.id != owner(first)
    url = next(key for key in own.keys if key.kind == "url")
    assert (await library.lookup([url]))[url].id == own.article.id
    assert said(await desk.poll(other, domain="other.example")) == ["unchanged guid same"]
    assert said(await desk.poll(an_entry(guid="g9"), domain="harbour.example")) == [
        "unchanged url same"
    ]
    assert await library.count() == 2


async def test_what_is_known_outlives_a_better_reading(library: Library) -> None:
    desk = Replay(library)
    await desk.poll(an_entry(), domain="harbour.example")
    for n in range(3):
        await desk.poll(an_entry(text=f"{LONG} Ticket {n}."), domain="harbour.example")
    (stored,) = await library.articles([await the_one(library)])
    keys = identify([an_entry()])[0].keys
    before = (await library.lookup(keys))[keys[0]]
    assert (before.home, before.churn, len(before.past)) == (True, 3, 3)
    better = msgspec.structs.replace(stored, fingerprint="by another rule")
    assert await library.rewrite([better], desk.now) == 1
    after = (await library.lookup(keys))[keys[0]]
    assert after == msgspec.structs.replace(before, fingerprint="by another rule")


async def test_a_revision_of_what_was_revised_meanwhile_conflicts(library: Library) -> None:
    desk = Replay(library)
    await desk.poll(an_entry())
    candidates = identify([an_entry(text=OTHER)])
    (late,) = await verdicts(library, candidates, desk.now)
    assert isinstance(late, Revised)
    await desk.poll(an_entry(text=f"{LONG} It was full."))
    (claim,) = await library.claim([SourceId("harbour")], desk.now, 3 * MINUTE)
    done = Admission(
        claim=claim,
        arrivals=(late,),
        topics={},
        state=claim.state,
        next_poll=desk.now,
        now=desk.now,
    )
    assert (await library.admit(done)).outcome == "conflict"
    assert len((await library.history(await the_one(library))).versions) == 1
