"""Rulings and the ledger of publications: what every library promises, on each of them."""

from datetime import timedelta

import msgspec
import pytest

from syndicator.compare import killed_key
from syndicator.model.article import Article, Body
from syndicator.model.ids import ArticleId, LicenseId, SourceId, TopicId
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.ports import Beside, Entered, Library, Release
from tests.builders import NOW, an_article
from tests.contract.test_library import LEASE, TOPIC, admit, claimed, finish_all

TEXT = "The night ferry sails again after eleven years in port, and the harbour sings " * 3
LONG = Body(html=f"<p>{TEXT}</p>", text=TEXT)
MONTH = timedelta(days=30)
SHELF = TopicId("world/archive")


def a_ruling(article: ArticleId, kind: RulingKind = RulingKind.KILL, **more: object) -> Ruling:
    fields = {"at": NOW, "by": "hand", "reason": "wrong", **more}
    return Ruling(article=article, kind=kind, **fields)  # type: ignore[arg-type]


async def stocked(library: Library) -> Article:
    await admit(library, await claimed(library), an_article(body=LONG))
    await finish_all(library)
    (article,) = await library.articles(await library.newest(limit=9))
    return article


async def test_a_ruling_is_kept_and_its_topics_are_due_at_once(library: Library) -> None:
    article = await stocked(library)
    assert await library.rulings_of([article.id]) == {}
    first = a_ruling(article.id, until=NOW + LEASE, reason="two\nlines · “quoted”")
    assert await library.rule(first) == {TOPIC}
    assert [one.topic for one in await library.claim_releases(NOW, 9, LEASE)] == [TOPIC]
    second = a_ruling(article.id, RulingKind.CORRECT, public=True)
    await library.rule(second)
    other = a_ruling(ArticleId("f" * 20), RulingKind.HOLD)
    assert await library.rule(other) == frozenset()
    assert await library.rulings_of([article.id, ArticleId("b" * 20)]) == {
        article.id: (first, second)
    }
    assert await library.all_rulings() == {
        article.id: (first, second),
        other.article: (other,),
    }


async def test_the_same_ruling_again_changes_nothing(library: Library) -> None:
    article = await stocked(library)
    await library.rule(a_ruling(article.id))
    await finish_all(library)
    assert await library.rule(a_ruling(article.id)) == frozenset()
    assert len((await library.rulings_of([article.id]))[article.id]) == 1
    assert await library.claim_releases(NOW, 9, LEASE) == []


async def test_the_words_of_a_killed_article_lead_to_it_until_it_is_restored(
    library: Library,
) -> None:
    article = await stocked(library)
    key = killed_key(article)
    assert key is not None
    await library.rule(a_ruling(article.id, RulingKind.HOLD))
    assert await library.lookup([key]) == {}
    await library.rule(a_ruling(article.id))
    assert (await library.lookup([key]))[key].id == article.id
    await library.rule(a_ruling(article.id, RulingKind.RESTORE))
    assert await library.lookup([key]) == {}


async def test_a_copy_that_arrives_while_its_story_is_killed_is_not_stored(
    library: Library,
) -> None:
    article = await stocked(library)
    await library.rule(a_ruling(article.id))
    copy = an_article(body=LONG, guid="g9", link="https://other.example/9")
    (claim,) = await library.claim([SourceId("harbour")], NOW + LEASE, LEASE)
    verdict, _ = await admit(library, claim, copy)
    assert verdict.outcome == "conflict"
    await library.rule(a_ruling(article.id, RulingKind.RESTORE))
    verdict, _ = await admit(library, claim, copy)
    assert verdict.outcome == "stored"


def a_line(article: str = "a", **changes: object) -> Publication:
    fields = {
        "topic": TOPIC,
        "article": ArticleId(article * 20),
        "source": SourceId("harbour"),
        "guid": f"g{article}",
        "headline": "Ferry",
        "link": None,
        "form": "full",
        "license": LicenseId("open"),
        "license_version": "1",
        "credit": None,
        "since": NOW,
        **changes,
    }
    return Publication(**fields)  # type: ignore[arg-type]


async def a_release(library: Library) -> Release:
    await library.mark([TOPIC], NOW)
    (release,) = await library.claim_releases(NOW, 9, LEASE)
    return release


async def test_lines_are_written_with_the_end_of_a_release(library: Library) -> None:
    one, two = a_line("a"), a_line("b")
    before = await library.standing(TOPIC, NOW - MONTH)
    assert (before.count, before.now, before.past) == (0, {}, ())
    release = await a_release(library)
    assert await library.finish_release(release, NOW, None, Entered(count=0, lines=(one, two)))
    held = await library.standing(TOPIC, NOW - MONTH)
    assert (held.count, held.now) == (2, {one.article: one, two.article: two})
    later = NOW + LEASE
    gone = msgspec.structs.replace(one, until=later)
    again = msgspec.structs.replace(one, since=later, form="excerpt")
    release = await a_release(library)
    assert await library.finish_release(release, NOW, None, Entered(count=2, lines=(gone, again)))
    assert (await library.standing(TOPIC, NOW)).now == {one.article: again, two.article: two}
    assert [line async for line in library.publications()] == [one, two, gone, again]
    assert (await library.standing(TopicId("sea"), NOW)).count == 0


async def test_lines_made_over_what_others_changed_are_not_written(library: Library) -> None:
    release = await a_release(library)
    entered = Entered(count=0, lines=(a_line(),))
    assert await library.finish_release(release, NOW, None, entered)
    assert not await library.finish_release(release, NOW, None, entered)
    assert [line async for line in library.publications()] == [a_line()]
    assert [one.topic for one in await library.claim_releases(NOW, 9, LEASE)] == [TOPIC]


@pytest.mark.parametrize("others", [False, True], ids=["alone", "overtaken"])
async def test_what_is_kept_beside_a_release_is_kept_whatever_becomes_of_its_lines(
    library: Library, others: bool
) -> None:
    release = await a_release(library)
    count = 7 if others else 0
    beside = Beside(note=("released:world", "seven"), marked={SHELF: NOW + LEASE})
    entered = Entered(count=count, lines=(a_line(),))
    generation = await library.generation(SHELF)
    kept = await library.finish_release(release, NOW, None, entered, beside)
    assert kept is not others
    assert await library.note("released:world") == "seven"
    assert await library.generation(SHELF) == generation + 1
    before = [one.topic for one in await library.claim_releases(NOW, 9, LEASE)]
    assert before == ([TOPIC] if others else [])
    after = await library.claim_releases(NOW + LEASE, 9, LEASE)
    assert SHELF in [one.topic for one in after]
    lines = [line async for line in library.publications()]
    assert lines == ([] if others else [a_line()])


async def test_a_topic_marked_beside_a_release_is_not_put_off(library: Library) -> None:
    await library.mark([SHELF], NOW)
    (release,) = await library.claim_releases(NOW, 9, LEASE)
    await library.finish_release(release, NOW, NOW + LEASE)
    beside = Beside(note=("n", "v"), marked={SHELF: NOW + MONTH})
    await library.finish_release(await a_release(library), NOW, None, None, beside)
    due = await library.claim_releases(NOW + LEASE, 9, LEASE)
    assert [one.topic for one in due] == [SHELF]


async def test_what_was_killed_lately_is_remembered_where_it_stood(library: Library) -> None:
    line = a_line()
    ended = msgspec.structs.replace(line, until=NOW)
    for number, lines in enumerate([(line,), (ended,)]):
        entered = Entered(count=number, lines=lines)
        assert await library.finish_release(await a_release(library), NOW, None, entered)
    assert (await library.standing(TOPIC, NOW - MONTH)).past == ()
    assert await library.rule(a_ruling(line.article)) == {TOPIC}  # filed nowhere any more
    assert (await library.standing(TOPIC, NOW - MONTH)).past == (ended,)
    assert (await library.standing(TOPIC, NOW + MONTH)).past == ()
    await library.rule(a_ruling(line.article, RulingKind.RESTORE))
    assert (await library.standing(TOPIC, NOW - MONTH)).past == ()


async def test_every_id_a_killed_article_had_is_remembered(library: Library) -> None:
    first = a_line()
    lines = [first, msgspec.structs.replace(first, until=NOW)]
    for number in range(10):  # it went from id to id, as copies that are joined and parted do
        named = msgspec.structs.replace(first, guid=f"g{number}")
        lines += [named, msgspec.structs.replace(named, until=NOW)]
    lines.append(msgspec.structs.replace(lines[-1], headline="Later", until=NOW + LEASE))
    for number, line in enumerate(lines):
        assert await library.enter(TOPIC, Entered(count=number, lines=(line,)))
    await library.rule(a_ruling(first.article))
    past = (await library.standing(TOPIC, NOW - MONTH)).past
    assert [one.guid for one in past][-5:] == ["g5", "g6", "g7", "g8", "g9"]
    assert past[-1].headline == "Later"


async def test_what_a_subscriber_gets_has_lines_of_its_own(library: Library) -> None:
    article = await stocked(library)
    own = TopicId(f"{TOPIC}@coast")
    line = msgspec.structs.replace(a_line(), topic=own, article=article.id)
    assert await library.enter(own, Entered(count=0, lines=(line,)))
    assert not await library.enter(own, Entered(count=0, lines=(line,)))  # others were quicker
    assert (await library.standing(own, NOW)).now == {article.id: line}
    assert (await library.standing(TOPIC, NOW)).now == {}
    over = msgspec.structs.replace(line, until=NOW + LEASE)
    assert await library.enter(own, Entered(count=1, lines=(over,)))
    assert [one async for one in library.publications()] == [line, over]
    assert await library.rule(a_ruling(article.id)) == {TOPIC}  # no topic of its own to rebuild
    standing = await library.standing(own, NOW)
    assert (standing.count, standing.now, standing.past) == (2, {}, (over,))


async def test_a_generation_moves_with_every_change(library: Library) -> None:
    seen = [await library.generation(TOPIC)]
    article = await stocked(library)
    seen.append(await library.generation(TOPIC))
    await library.rule(a_ruling(article.id))
    seen.append(await library.generation(TOPIC))
    await library.mark([TOPIC], NOW)
    seen.append(await library.generation(TOPIC))
    await finish_all(library)
    assert await library.generation(TOPIC) == seen[-1]
    assert seen == sorted(set(seen))
