"""The archive of a topic (RFC 5005 §4), on every library, down to the files."""

from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from syndicator import work
from syndicator.audit import audit, documents_in, stock
from syndicator.model.archive import ArchivePage, shelf_of
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, SourceId
from syndicator.model.license import License
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.topic import Audience, Topic, Window
from syndicator.ports import Library
from tests.unit.parts import OPEN, WORLD, Bench, settings

A = SourceId("a")
ATOM = "{http://www.w3.org/2005/Atom}"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return small(settings(tmp_path, "a"))


def small(desk: Settings, **more: object) -> Settings:
    """Let the feed hold ten entries of the last hour, so that much is left for the archive."""
    topic = Topic(title="World", window=Window(entries=10, hours=1), **more)
    return desk.model_copy(update={"topics": {WORLD: topic}})


@pytest.fixture
def bench(tmp_path: Path, library: Library) -> Bench:
    return Bench(tmp_path, library)


async def arrive(bench: Bench, desk: Settings, first: int, last: int, words: str = "") -> None:
    """Let stories come, published a minute after one another, and everything due be written."""
    lines = [f"g{n:03}|Story number {n:03} of the day{words}" for n in range(first, last)]
    bench.shelf.put(desk.sources[A].url, *lines)
    (claim,) = await bench.library.claim([A], bench.clock.now(), 3 * MINUTE)
    await bench.poller.poll(claim, desk)
    await settle(bench, desk)


async def settle(bench: Bench, desk: Settings) -> None:
    """Write all that is due now and in the next minutes."""
    for _ in range(3):
        bench.clock.forward(seconds=61)
        made = await work.release_due(bench.parts, desk)
        assert made.failed == {}


def chain(bench: Bench) -> list[Path]:
    """Follow the archive from the feed; return its pages, newest first, as RFC 5005 finds them."""
    found: list[Path] = []
    place = bench.feeds / "world.atom"
    while True:
        root = ET.fromstring(place.read_text())
        older = [one for one in root.iter(f"{ATOM}link") if one.get("rel") == "prev-archive"]
        if not older:
            return found
        place = bench.feeds / (older[0].get("href") or "").partition("/feeds/")[2]
        found.append(place)


def entries(place: Path) -> list[str]:
    root = ET.fromstring(place.read_text())
    return [one.findtext(f"{ATOM}title") or "" for one in root.iter(f"{ATOM}entry")]


def bytes_of(bench: Bench) -> dict[str, bytes]:
    return {
        one.relative_to(bench.feeds).as_posix(): one.read_bytes()
        for one in sorted(bench.feeds.rglob("*"))
        if one.is_file()
    }


async def named(bench: Bench, headline: str) -> Article:
    ids = await bench.library.newest(limit=999)
    (one,) = [a for a in await bench.library.articles(ids) if headline in a.headline]
    return one


async def test_feed_and_archive_hold_everything_once(bench: Bench, desk: Settings) -> None:
    await arrive(bench, desk, 0, 253)
    newest, middle, oldest = chain(bench)
    assert [len(entries(one)) for one in (newest, middle, oldest)] == [43, 100, 100]
    feed = entries(bench.feeds / "world.atom")
    assert len(feed) == 10
    every = [*feed, *entries(newest), *entries(middle), *entries(oldest)]
    assert len(set(every)) == len(every) == 253
    for kind in ("rss", "json"):
        text = (bench.feeds / f"world.{kind}").read_text()
        assert f"/feeds/world/archive/3.{kind}" in text
    assert (bench.feeds / "world/archive/1/index.html").is_file()
    text = oldest.read_text()
    assert "<fh:archive/>" in text
    assert 'rel="current"' in text
    assert "prev-archive" not in text
    assert not [line async for line in bench.library.publications() if line.until is not None]


async def test_a_closed_page_stays_as_it_is_while_others_come(bench: Bench, desk: Settings) -> None:
    await arrive(bench, desk, 0, 120)
    page = bench.feeds / "world/archive/1.atom"
    before = page.read_bytes(), page.stat().st_mtime_ns
    await arrive(bench, desk, 120, 320)
    assert (page.read_bytes(), page.stat().st_mtime_ns) == before
    assert [one.name for one in chain(bench)] == ["4.atom", "3.atom", "2.atom", "1.atom"]


async def test_nothing_new_writes_nothing(bench: Bench, desk: Settings) -> None:
    await arrive(bench, desk, 0, 150)
    before = bytes_of(bench)
    await bench.library.mark([WORLD, shelf_of(WORLD)], bench.clock.now())
    await settle(bench, desk)
    assert bytes_of(bench) == before


async def test_a_killed_article_leaves_its_page_at_once(bench: Bench, desk: Settings) -> None:
    await arrive(bench, desk, 0, 253)
    before = bytes_of(bench)
    victim = await named(bench, entries(chain(bench)[-1])[5])
    ruling = Ruling(
        article=victim.id,
        kind=RulingKind.KILL,
        at=bench.clock.now(),
        by="ada",
        reason="It was wrong.",
    )
    topics = await bench.library.rule(ruling)
    assert topics == {WORLD}
    assert (await work.release_due(bench.parts, desk)).failed == {}
    after = bytes_of(bench)
    assert not [name for name, body in after.items() if victim.headline.encode() in body]
    changed = {name for name in after if after[name] != before.get(name)}
    (page,) = {name.split(".")[0] for name in changed if name.endswith(".atom")}
    assert b"deleted-entry" in after[f"{page}.atom"]
    assert b"Withdrawn" in after[f"{page}.rss"]
    ended = [one async for one in bench.library.publications() if one.until is not None]
    assert [(one.topic, one.article) for one in ended] == [(shelf_of(WORLD), victim.id)]
    bench.clock.forward(days=31)  # the notice goes by itself
    await settle(bench, desk)
    assert b"deleted-entry" not in (bench.feeds / f"{page}.atom").read_bytes()


async def test_a_kill_is_said_in_the_open_page_too(bench: Bench, desk: Settings) -> None:
    await arrive(bench, desk, 0, 30)
    (page,) = chain(bench)
    victim = await named(bench, entries(page)[5])
    at = bench.clock.now()
    kill = Ruling(article=victim.id, kind=RulingKind.KILL, at=at, by="ada", reason="It was wrong.")
    await bench.library.rule(kill)
    await settle(bench, desk)
    assert [one[:10] for one in entries(page)].count("Withdrawn:") == 1
    assert len(entries(page)) == 20
    assert "deleted-entry" in page.read_text()
    await arrive(bench, desk, 30, 200)  # the page closes, and the notice goes on
    assert any("deleted-entry" in one.read_text() for one in chain(bench))
    bench.clock.forward(days=31)
    await settle(bench, desk)
    assert not any("deleted-entry" in one.read_text() for one in chain(bench))


async def test_a_revision_is_seen_in_a_closed_page(bench: Bench, desk: Settings) -> None:
    await arrive(bench, desk, 0, 130)
    old = next(one for one in entries(bench.feeds / "world/archive/1.atom"))
    number = int(old.split()[2])
    await arrive(bench, desk, number, number + 1, " and the night")
    titles = entries(bench.feeds / "world/archive/1.atom")
    assert old not in titles
    assert f"{old} and the night" in titles


async def test_an_archive_ends_with_the_licence(bench: Bench, desk: Settings) -> None:
    month = {OPEN: License(text="full", expires=timedelta(days=30))}
    desk = desk.model_copy(update={"licenses": month})
    await arrive(bench, desk, 0, 130)
    assert len(chain(bench)) == 2
    bench.clock.forward(days=40)
    await settle(bench, desk)
    assert chain(bench) == []
    assert not [one for one in bytes_of(bench) if "archive" in one]
    left = {
        (line.topic, line.article): line.until is None
        async for line in bench.library.publications()
    }
    assert not any(left.values())


@pytest.mark.parametrize("change", [{"archive": False}, {"audience": Audience.SUBSCRIBERS}])
async def test_an_archive_that_shall_not_be_is_taken_down(
    bench: Bench, desk: Settings, change: dict[str, object]
) -> None:
    await work.apply_settings(bench.parts, desk)
    await arrive(bench, desk, 0, 130)
    page = (bench.feeds / "world/archive/1.atom").read_bytes()
    other = small(desk, **change)
    await work.apply_settings(bench.parts, other)
    await settle(bench, other)
    assert not [one for one in bytes_of(bench) if "archive" in one]
    assert b"prev-archive" not in bytes_of(bench).get("world.atom", b"")
    assert (await bench.library.standing(shelf_of(WORLD), bench.clock.now())).now == {}
    await work.apply_settings(bench.parts, desk)
    await settle(bench, desk)
    assert (bench.feeds / "world/archive/1.atom").read_bytes() == page


async def test_an_archive_goes_with_its_topic(bench: Bench, desk: Settings) -> None:
    await work.apply_settings(bench.parts, desk)
    await arrive(bench, desk, 0, 130)
    sources = {A: desk.sources[A].model_copy(update={"topics": ()})}
    gone = desk.model_copy(update={"topics": {}, "sources": sources})
    await work.apply_settings(bench.parts, gone)
    await settle(bench, gone)
    await work.release_site(bench.parts, gone)
    assert not [one for one in bytes_of(bench) if one.startswith("world")]
    assert (await bench.library.standing(shelf_of(WORLD), bench.clock.now())).now == {}


async def test_other_settings_write_every_page_anew(bench: Bench, desk: Settings) -> None:
    await work.apply_settings(bench.parts, desk)
    await arrive(bench, desk, 0, 130)
    topic = desk.topics[WORLD].model_copy(update={"title": "The World"})
    renamed = desk.model_copy(update={"topics": {WORLD: topic}})
    await work.apply_settings(bench.parts, renamed)
    await settle(bench, renamed)
    assert len(chain(bench)) == 2
    assert all("<title>The World" in one.read_text() for one in chain(bench))


async def test_what_is_deleted_leaves_its_page(bench: Bench, desk: Settings) -> None:
    await arrive(bench, desk, 0, 130)
    victim = await named(bench, entries(bench.feeds / "world/archive/1.atom")[0])
    count = await bench.library.retire([victim.id], bench.clock.now(), standing=False)
    assert count == 1  # an archive keeps nothing longer than its time
    await settle(bench, desk)
    assert victim.headline not in entries(bench.feeds / "world/archive/1.atom")


async def test_what_came_too_late_for_the_feed_is_archived(bench: Bench, desk: Settings) -> None:
    await arrive(bench, desk, 100, 120)
    await settle(bench, desk)
    late = 0
    for number in range(20):  # where each stands in the feed's order, chance has decided
        before = entries(bench.feeds / "world.atom")
        await arrive(bench, desk, number, number + 1)
        await settle(bench, desk)
        late += entries(bench.feeds / "world.atom") == before
        told = [*entries(bench.feeds / "world.atom"), *entries(chain(bench)[0])]
        assert len(told) == len(set(told)) == 21 + number
    assert late


async def test_what_may_not_leave_is_in_no_page(bench: Bench, desk: Settings) -> None:
    bare = {A: desk.sources[A].model_copy(update={"license": None})}
    closed = desk.model_copy(update={"sources": bare})
    await arrive(bench, closed, 0, 130)
    assert chain(bench) == []
    assert not [one for one in bytes_of(bench) if "archive" in one]


async def test_a_licence_that_allows_no_archive_is_in_no_page(bench: Bench, desk: Settings) -> None:
    await work.apply_settings(bench.parts, desk)
    await arrive(bench, desk, 0, 130)
    assert len(chain(bench)) == 2
    licenses = {OPEN: License(text="full", archive=False)}
    strict = desk.model_copy(update={"licenses": licenses})
    documents, _ = documents_in(bench.feeds)
    known = await stock(bench.library, strict, documents, bench.clock.now())
    wrong = audit(documents, known, strict, bench.clock.now())
    assert {one.where for one in wrong if one.kind == "archive"} == {
        f"world/archive/{page}{ending}"
        for page in (1, 2)
        for ending in (".rss", ".atom", ".json", "/index.html")
    }
    await work.apply_settings(bench.parts, strict)
    await arrive(bench, strict, 130, 260)
    assert len(entries(bench.feeds / "world.atom")) == 10
    assert not [one for one in bytes_of(bench) if "archive" in one]


async def test_two_desks_make_the_same_archive(
    tmp_path: Path, bench: Bench, desk: Settings
) -> None:
    other = Bench(tmp_path / "other")
    for each in (bench, other):
        for last in (60, 130, 260):
            await arrive(each, desk, 0, last)
    assert bytes_of(bench) == bytes_of(other)


async def test_what_changes_while_pages_are_written_stays_marked(library: Library) -> None:
    page = ArchivePage(number=1, articles=(ArticleId("0" * 20),), shown=1)
    await library.keep_pages(WORLD, [page], 0)
    again = msgspec.structs.replace(page, shown=0)
    await library.keep_pages(WORLD, [again], 0)
    archive = await library.archive(WORLD)
    assert (archive.pages, archive.stale) == ((again,), frozenset())
    assert (archive.next_number, archive.older(2)) == (2, None)
    assert (await library.archive(shelf_of(WORLD))).pages == ()
