"""What every library promises, on each of them."""

from datetime import timedelta

import msgspec

from syndicator.compare import identify
from syndicator.intake import verdicts
from syndicator.model.article import Article
from syndicator.model.entry import Person
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.polling import Limit
from syndicator.ports import Admission, Claim, Library, Verdict
from tests.builders import NOW, an_article

SOURCE = SourceId("harbour")
TOPIC = TopicId("world")
LEASE = timedelta(minutes=3)


async def claimed(library: Library) -> Claim:
    await library.enroll([SOURCE], NOW)
    (claim,) = await library.claim_due(NOW, 10, LEASE)
    return claim


async def admit(
    library: Library, claim: Claim, *articles: Article, done: bool = False
) -> tuple[Verdict, Admission]:
    candidates = identify([(one, one.guid) for one in articles])
    arrivals = await verdicts(library, candidates, NOW)
    admission = Admission(
        claim=claim,
        arrivals=arrivals,
        topics={one.article.id: frozenset({TOPIC}) for one in arrivals if hasattr(one, "article")},
        state=claim.state,
        next_poll=NOW + timedelta(hours=1) if done else None,
        now=NOW,
    )
    return await library.admit(admission), admission


async def test_an_admitted_article_comes_back_whole(library: Library) -> None:
    verdict, _ = await admit(library, await claimed(library), an_article())
    assert verdict.outcome == "stored"
    assert verdict.dirty == {TOPIC}
    (stored,) = await library.articles(await library.newest(limit=10))
    assert stored.body == an_article().body
    assert stored.authors == an_article().authors
    assert await library.topics_of(stored.id) == {TOPIC}
    assert await library.find_ids(stored.id[:6]) == [stored.id]


async def test_admitting_twice_changes_nothing(library: Library) -> None:
    claim = await claimed(library)
    _, admission = await admit(library, claim, an_article())
    before = await library.articles(await library.newest(limit=10))
    again = await library.admit(admission)
    assert again.outcome == "conflict"
    assert await library.articles(await library.newest(limit=10)) == before
    verdict, _ = await admit(library, claim, an_article())
    assert verdict.outcome == "stored"
    assert verdict.dirty == frozenset()
    assert await library.count() == 1


async def test_what_is_known_of_an_article_is_told_by_its_id(library: Library) -> None:
    claim = await claimed(library)
    await admit(library, claim, an_article())
    await admit(library, claim, an_article(fingerprint="f2", headline="Ferry delayed"))
    (one,) = await library.newest(limit=10)
    known = await library.known_of([ArticleId("f" * 20), one])
    assert {key: (row.version, row.fingerprint) for key, row in known.items()} == {one: (2, "f2")}
    assert await library.known_of([]) == {}


async def test_a_revision_replaces_and_keeps_its_place(library: Library) -> None:
    claim = await claimed(library)
    await admit(library, claim, an_article())
    await admit(library, claim, an_article(fingerprint="f2", headline="Ferry delayed"))
    (stored,) = await library.articles(await library.newest(topic=TOPIC, limit=10))
    assert (stored.headline, stored.version) == ("Ferry delayed", 2)


async def test_a_lost_claim_writes_nothing(library: Library) -> None:
    claim = await claimed(library)
    later = NOW + LEASE + timedelta(seconds=1)
    (other,) = await library.claim_due(later, 10, LEASE)
    assert other.token != claim.token
    verdict, _ = await admit(library, claim, an_article())
    assert verdict.outcome == "lost"
    assert await library.count() == 0
    assert not await library.finish(claim, claim.state, NOW)


async def test_a_claimed_source_is_not_claimed_again_before_its_lease_ends(
    library: Library,
) -> None:
    await claimed(library)
    assert await library.claim_due(NOW, 10, LEASE) == []
    assert await library.claim([SOURCE], NOW, LEASE) == []
    assert len(await library.claim([SOURCE], NOW + LEASE, LEASE)) == 1


async def test_abandoned_claims_are_due_at_once(library: Library) -> None:
    claim = await claimed(library)
    await admit(library, claim, an_article())
    await library.claim_releases(NOW, 10, LEASE)
    await library.abandon(NOW)
    assert not await library.finish(claim, claim.state, NOW)
    assert [one.source for one in await library.claim_due(NOW, 10, LEASE)] == [SOURCE]
    assert len(await library.claim_releases(NOW, 10, LEASE)) == 1


async def test_a_finished_poll_is_due_when_it_says(library: Library) -> None:
    claim = await claimed(library)
    await admit(library, claim, an_article(), done=True)
    assert await library.due_times() == {SOURCE: NOW + timedelta(hours=1)}
    assert await library.claim_due(NOW + timedelta(minutes=59), 10, LEASE) == []
    (again,) = await library.claim_due(NOW + timedelta(hours=1), 10, LEASE)
    assert again.state == claim.state


async def test_enrolling_is_exact_and_keeps_due_times(library: Library) -> None:
    claim = await claimed(library)
    await library.finish(claim, claim.state, NOW + timedelta(hours=2))
    await library.enroll([SOURCE, SourceId("b")], NOW)
    assert await library.due_times() == {SOURCE: NOW + timedelta(hours=2), SourceId("b"): NOW}
    await library.enroll([SourceId("b")], NOW)
    assert set(await library.due_times()) == {SourceId("b")}


async def test_a_topic_changed_mid_release_is_due_again(library: Library) -> None:
    claim = await claimed(library)
    await admit(library, claim, an_article())
    (release,) = await library.claim_releases(NOW, 10, LEASE)
    assert await library.claim_releases(NOW, 10, LEASE) == []
    await admit(library, claim, an_article(fingerprint="f2", headline="Ferry delayed"))
    await library.finish_release(release, NOW, None)
    (again,) = await library.claim_releases(NOW, 10, LEASE)
    await library.finish_release(again, NOW, NOW + timedelta(hours=5))
    assert await library.claim_releases(NOW + timedelta(hours=4), 10, LEASE) == []
    assert len(await library.claim_releases(NOW + timedelta(hours=5), 10, LEASE)) == 1


async def test_refiling_moves_articles_and_marks_topics(library: Library) -> None:
    await admit(library, await claimed(library), an_article())
    (article,) = await library.newest(limit=1)
    sea = TopicId("sea")
    assert await library.refile({article: frozenset({sea})}, NOW) == {TOPIC, sea}
    assert await library.refile({article: frozenset({sea})}, NOW) == frozenset()
    assert await library.count(TOPIC) == 0
    assert [one.id async for one in library.every_article()] == [article]


async def test_what_was_understood_is_replaced_and_is_no_revision(library: Library) -> None:
    await admit(library, await claimed(library), an_article())
    (found,) = await library.articles(await library.newest(limit=1))
    await finish_all(library)
    better = msgspec.structs.replace(found, authors=(Person(name="Odile Marchetti"),))
    assert await library.rewrite([better], NOW) == 1
    assert await library.article(found.id) == better
    assert [one.topic for one in await library.claim_releases(NOW, 9, LEASE)] == [TOPIC]
    gone_on = msgspec.structs.replace(better, version=7, headline="Never stored")
    assert await library.rewrite([gone_on], NOW) == 0
    assert await library.article(found.id) == better


async def finish_all(library: Library) -> None:
    for release in await library.claim_releases(NOW, 9, LEASE):
        await library.finish_release(release, NOW, None)


async def test_notes_and_ping(library: Library) -> None:
    await library.ping()
    assert await library.note("rules") is None
    await library.set_note("rules", "x")
    assert await library.note("rules") == "x"
    assert await library.notes(["none", "rules"]) == {"rules": "x"}
    assert await library.notes([]) == {}


async def test_limits_are_kept_replaced_and_forgotten(library: Library) -> None:
    assert await library.limits() == {}
    one = Limit(until=NOW, members={"a": NOW})
    await library.set_limits({"harbour.org": one, "quay.org": Limit(narrow=NOW)})
    await library.set_limits({"quay.org": None, "pier.org": one})
    assert await library.limits() == {"harbour.org": one, "pier.org": one}
    await library.set_limits({})
    assert len(await library.limits()) == 2


async def test_turns_at_a_slow_host_are_an_interval_apart(library: Library) -> None:
    minute = timedelta(minutes=1)
    taken = [await library.take_turn("harbour.org", NOW, minute) for _ in range(3)]
    assert taken == [NOW, NOW + minute, NOW + 2 * minute]
    assert await library.take_turn("quay.org", NOW, minute) == NOW
    later = NOW + timedelta(hours=1)
    assert await library.take_turn("harbour.org", later, minute) == later
