from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from syndicator import work
from syndicator.editing import EPOCH, compose
from syndicator.errors import PublishError
from syndicator.lint import Level, lint
from syndicator.model.article import Article
from syndicator.model.clearance import Cleared, Refused
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, LicenseId, SourceId, TopicId
from syndicator.model.license import License
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.topic import Audience, Topic, Window
from syndicator.sheet import Sheet, Sheets
from syndicator.verdicts import source_title, verdict_on
from tests.builders import NOW, an_article
from tests.unit.parts import OPEN, WORLD, Bench, settings

A, B = SourceId("a"), SourceId("b")


def articles(count: int) -> list[Article]:
    """Articles of source ``a``, the newest first, an hour apart."""
    return [
        an_article(
            id=ArticleId(f"{n:020}"),
            source=A,
            guid=f"g{n}",
            headline=f"Story {n}",
            published=NOW - timedelta(hours=n),
            updated=NOW - timedelta(hours=n),
        )
        for n in range(count)
    ]


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return settings(tmp_path, "a")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_composing_keeps_the_window(desk: Settings) -> None:
    narrow = Topic(title="World", window=Window(entries=3, hours=1))
    made = compose(WORLD, articles(9), desk.model_copy(update={"topics": {WORLD: narrow}}), NOW)
    assert [item.article.headline for item in made.edition.items] == [
        "Story 0",
        "Story 1",
        "Story 2",
    ]
    assert (made.refused, made.wake, made.edition.updated) == (0, None, NOW)


def test_what_has_no_licence_stays_in(desk: Settings) -> None:
    bare = {A: desk.sources[A].model_copy(update={"license": None})}
    changes: list[dict[str, object]] = [{"sources": bare}, {"sources": {}}, {"licenses": {}}]
    for changed in changes:
        made = compose(WORLD, articles(2), desk.model_copy(update=changed), NOW)
        assert (made.edition.items, made.refused, made.edition.updated) == ((), 2, EPOCH)


async def test_a_validator_believes_the_date_of_a_feed_that_is_empty_yet(
    bench: Bench, desk: Settings
) -> None:
    await bench.releaser.release(WORLD, desk, NOW)
    for kind in ("rss", "atom"):
        found = lint((bench.feeds / f"world.{kind}").read_bytes(), now=NOW)
        assert [one.rule for one in found if one.level is not Level.NOTE] == []


def test_a_licence_that_ends_says_when_to_build_again(desk: Settings) -> None:
    month = {OPEN: License(text="full", expires=timedelta(days=30))}
    limited = desk.model_copy(update={"licenses": month})
    wake = compose(WORLD, articles(3), limited, NOW).wake
    assert wake == NOW - timedelta(hours=2) + timedelta(days=30)
    assert wake is not None
    made = compose(WORLD, articles(3), limited, wake)
    assert (len(made.edition.items), made.refused) == (2, 1)


def test_a_source_is_named_as_the_operator_does(desk: Settings) -> None:
    article = articles(1)[0]
    assert source_title(desk, article) == "Harbour News"
    named = {A: desk.sources[A].model_copy(update={"title": "The Harbour"})}
    assert source_title(desk.model_copy(update={"sources": named}), article) == "The Harbour"
    bare = msgspec.structs.replace(
        article, origin=msgspec.structs.replace(article.origin, title=None)
    )
    assert source_title(desk, bare) == "a"


async def stocked(tmp_path: Path, desk: Settings, count: int) -> Bench:
    """Parts whose library holds articles, polled in."""
    bench = Bench(tmp_path)
    lines = [f"g{n}|Story {n}" for n in range(count)]
    bench.shelf.put(desk.sources[A].url, *lines)
    (claim,) = await bench.library.claim([A], NOW, timedelta(minutes=3))
    assert (await bench.poller.poll(claim, desk)).new == count
    return bench


async def test_releasing_twice_writes_once(tmp_path: Path, desk: Settings) -> None:
    bench = await stocked(tmp_path, desk, 3)
    first = await bench.releaser.release(WORLD, desk, NOW)
    assert (first.entries, first.refused, first.problems) == (3, 0, ())
    assert set(first.written) == {"world.rss", "world.atom", "world.json", "world/index.html"}
    before = {path: (bench.feeds / path).read_bytes() for path in first.written}
    again = await bench.releaser.release(WORLD, desk, NOW + timedelta(hours=1))
    assert again.written == ()
    assert {path: (bench.feeds / path).read_bytes() for path in first.written} == before


async def test_a_release_that_cannot_be_written_leaves_the_last(
    tmp_path: Path, desk: Settings
) -> None:
    bench = await stocked(tmp_path, desk, 1)
    (bench.feeds / "world").mkdir(parents=True)
    (bench.feeds / "world.rss").mkdir()
    with pytest.raises(PublishError, match=r"world\.rss"):
        await bench.releaser.release(WORLD, desk, NOW)


async def test_the_directory_follows_the_settings(tmp_path: Path, desk: Settings) -> None:
    bench = await stocked(tmp_path, desk, 1)
    await bench.releaser.release(WORLD, desk, NOW)
    await bench.directory.publish(desk, bench.releaser.site(desk))
    assert "World" in (bench.feeds / "index.html").read_text()
    renamed = desk.model_copy(update={"topics": {TopicId("sea"): Topic(title="Sea")}})
    gone = await bench.directory.publish(renamed, bench.releaser.site(renamed))
    assert {"world.rss", "world.atom", "world.json", "world/index.html"} <= set(gone)
    assert not (bench.feeds / "world").exists()
    assert "Sea" in (bench.feeds / "topics.opml").read_text()


def a_ruling(article: Article, kind: str = "kill", **more: object) -> Ruling:
    fields = {"at": NOW, "by": "ada", "reason": "It was wrong.", **more}
    return Ruling(article=article.id, kind=RulingKind(kind), **fields)  # type: ignore[arg-type]


def test_rulings_are_heard_before_any_licence(desk: Settings) -> None:
    killed, held, corrected, free = articles(4)
    until = NOW + timedelta(hours=3)
    rulings = {
        killed.id: (a_ruling(killed),),
        held.id: (a_ruling(held, "hold", until=until),),
        corrected.id: (a_ruling(corrected, "correct", public=True),),
    }
    all_four = [killed, held, corrected, free]
    made = compose(WORLD, all_four, desk, NOW, rulings)
    assert [item.article.id for item in made.edition.items] == [corrected.id, free.id]
    assert (made.refused, made.wake) == (2, until)
    assert made.edition.items[0].html.endswith(
        '<p class="correction">Correction, 24 November 2026: It was wrong.</p>'
    )
    assert made.edition.items[0].article.updated == NOW
    made = compose(WORLD, all_four, desk, until, rulings)
    assert [item.article.id for item in made.edition.items] == [held.id, corrected.id, free.id]


def test_an_approval_lets_out_what_waits_for_one(desk: Settings) -> None:
    slow = desk.model_copy(update={"licenses": {OPEN: License(text="full", automatic=False)}})
    (article,) = articles(1)
    verdict = verdict_on(article, slow, NOW)
    assert isinstance(verdict, Refused)
    assert verdict.reasons[-1].rule == "approval"
    approved = verdict_on(article, slow, NOW, rulings=[a_ruling(article, "approve")])
    assert isinstance(approved, Cleared)


async def released(bench: Bench, desk: Settings) -> None:
    made = await work.release_due(bench.parts, desk)
    assert [one.topic for one in made.done] == [WORLD]


async def test_a_kill_leaves_a_notice_for_a_set_time(tmp_path: Path, desk: Settings) -> None:
    bench = await stocked(tmp_path, desk, 2)
    await released(bench, desk)
    (one, two) = await bench.library.articles(await bench.library.newest(limit=9))
    await bench.library.rule(a_ruling(one, public=True))
    await released(bench, desk)
    atom = (bench.feeds / "world.atom").read_text()
    assert one.headline not in atom
    assert "deleted-entry" in atom
    assert "It was wrong." in atom
    for kind in ("world.rss", "world.json", "world/index.html"):
        text = (bench.feeds / kind).read_text()
        assert one.headline not in text
        assert two.headline in text
    bench.clock.forward(days=30)
    await released(bench, desk)  # by itself, at that moment
    assert "deleted-entry" not in (bench.feeds / "world.atom").read_text()
    assert "Withdrawn" not in (bench.feeds / "world.rss").read_text()


async def test_what_was_never_published_leaves_no_notice(tmp_path: Path, desk: Settings) -> None:
    bench = await stocked(tmp_path, desk, 1)
    (one,) = await bench.library.articles(await bench.library.newest(limit=9))
    await bench.library.rule(a_ruling(one))
    await released(bench, desk)
    assert "deleted-entry" not in (bench.feeds / "world.atom").read_text()


async def test_the_ledger_follows_each_release(tmp_path: Path, desk: Settings) -> None:
    bench = await stocked(tmp_path, desk, 2)
    await released(bench, desk)
    await bench.library.mark([WORLD], NOW)
    await released(bench, desk)
    lines = [line async for line in bench.library.publications()]
    assert [(one.form, one.license, one.until) for one in lines] == [("full", "open", None)] * 2
    (one, _) = await bench.library.articles(await bench.library.newest(limit=9))
    later = bench.clock.forward(hours=1)
    await bench.library.rule(a_ruling(one, at=later))
    await released(bench, desk)
    lines = [line async for line in bench.library.publications()]
    assert [(line.article, line.until) for line in lines[2:]] == [(one.id, later)]
    await bench.library.rule(a_ruling(one, "restore", at=later))
    await released(bench, desk)
    assert "deleted-entry" not in (bench.feeds / "world.atom").read_text()
    lines = [line async for line in bench.library.publications()]
    assert [(line.article, line.since, line.until) for line in lines[3:]] == [(one.id, later, None)]
    await bench.library.mark([WORLD], NOW)
    await work.release_due(bench.parts, desk.model_copy(update={"topics": {}}))
    lines = [line async for line in bench.library.publications()]
    assert len(lines) == 6
    assert {line.until for line in lines[4:]} == {later}
    assert (await bench.library.standing(WORLD, NOW)).now == {}


async def test_a_crash_before_the_end_of_a_release_costs_no_line(
    tmp_path: Path, desk: Settings
) -> None:
    bench = await stocked(tmp_path, desk, 2)
    await bench.library.claim_releases(NOW, 9, timedelta(minutes=2))
    await bench.releaser.release(WORLD, desk, NOW)  # and no end of it: the process died
    bench.clock.forward(minutes=2)
    await released(bench, desk)
    assert len([line async for line in bench.library.publications()]) == 2


async def test_no_revision_brings_a_killed_story_back(tmp_path: Path, desk: Settings) -> None:
    bench = await stocked(tmp_path, desk, 1)
    (one,) = await bench.library.articles(await bench.library.newest(limit=9))
    await bench.library.rule(a_ruling(one))
    bench.shelf.put(desk.sources[A].url, "g0|Story 0, told anew", "g1|Another")
    (claim,) = await bench.library.claim([A], NOW, timedelta(minutes=3))
    assert (await bench.poller.poll(claim, desk)).revised == 1
    await released(bench, desk)
    assert "Story 0" not in (bench.feeds / "world.atom").read_text()
    assert "Another" in (bench.feeds / "world.atom").read_text()


async def test_an_article_has_a_page_while_it_stands_and_410_after_a_kill(
    tmp_path: Path, desk: Settings
) -> None:
    bench = await stocked(tmp_path, desk, 1)
    (one,) = await bench.library.articles(await bench.library.newest(limit=9))
    sheets = Sheets(bench.library, "test")
    assert (await sheets.of(one.id, desk, NOW)).status == 404  # not published yet
    await released(bench, desk)
    page = await sheets.of(one.id, desk, NOW)
    assert (page.status, one.headline in page.body.decode()) == (200, True)
    assert "Versions" not in page.body.decode()
    bench.shelf.put(desk.sources[A].url, "g0|Story 0, told anew")
    (claim,) = await bench.library.claim([A], NOW, timedelta(minutes=3))
    await bench.poller.poll(claim, desk)
    await released(bench, desk)
    anew = (await sheets.of(one.id, desk, NOW)).body.decode()
    assert "Versions" in anew
    assert "told anew</ins>" in anew
    private = {WORLD: Topic(title="World", audience=Audience.SUBSCRIBERS)}
    changes: list[dict[str, object]] = [{"topics": private}, {"licenses": {}}, {"topics": {}}]
    for hidden in changes:
        assert (await sheets.of(one.id, desk.model_copy(update=hidden), NOW)).status == 404
    await bench.library.rule(a_ruling(one))
    assert await sheets.of(one.id, desk, NOW) == Sheet(status=410)
    assert (await sheets.of(ArticleId("f" * 20), desk, NOW)).status == 404


async def test_the_page_of_a_story_is_that_of_the_copy_that_has_a_place(tmp_path: Path) -> None:
    few, bench = LicenseId("few"), Bench(tmp_path)
    desk = settings(tmp_path, "a", "b")
    desk = desk.model_copy(
        update={
            "licenses": {
                OPEN: License(text="excerpt"),
                few: License(text="full", quota=1),
            },
            "sources": {**desk.sources, B: desk.sources[B].model_copy(update={"license": few})},
        }
    )
    for source, line in ((B, "b0|Another"), (A, "a1|The copy that leads"), (B, "b1|One too many")):
        bench.shelf.put(desk.sources[source].url, line)
        (claim,) = await bench.library.claim([source], NOW, timedelta(minutes=3))
        await bench.poller.poll(claim, desk)
        await released(bench, desk)
    ids = {one.guid: one.id async for one in bench.library.every_article()}
    await bench.library.join(ids["a1"], ids["b1"], NOW)
    await released(bench, desk)
    standing = await bench.library.standing(WORLD, NOW)
    assert set(standing.now) == {ids["b0"], ids["a1"]}
    page = await Sheets(bench.library, "test").of(ids["a1"], desk, NOW)
    assert (page.status, "The copy that leads" in page.body.decode()) == (200, True)


async def test_a_quota_counts_over_all_topics_and_opens_again_at_midnight(
    tmp_path: Path, desk: Settings
) -> None:
    sea = TopicId("sea")
    both = {WORLD: Topic(title="World"), sea: Topic(title="Sea", window=Window(entries=2))}
    source = desk.sources[A].model_copy(update={"topics": (WORLD, sea)})
    few = desk.model_copy(
        update={
            "topics": both,
            "sources": {A: source},
            "licenses": {OPEN: License(text="full", quota=3)},
        }
    )
    bench = await stocked(tmp_path, few, 5)
    first = await bench.releaser.release(sea, few, NOW)
    assert (first.entries, first.refused) == (2, 0)
    second = await bench.releaser.release(WORLD, few, NOW)
    assert (second.entries, second.refused) == (3, 2)
    midnight = datetime(2026, 11, 25, tzinfo=UTC)
    assert second.wake == midnight
    assert (await bench.releaser.release(WORLD, few, NOW)).entries == 3
    assert (await bench.releaser.release(WORLD, few, midnight)).entries == 5
    tight = few.model_copy(update={"licenses": {OPEN: License(text="full", quota=1)}})
    assert (await bench.releaser.release(WORLD, tight, midnight)).entries == 5
