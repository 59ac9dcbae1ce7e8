"""The same polls give the same files; a day on which nothing changes touches none of them."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from syndicator import work
from syndicator.model.archive import shelf_of
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId, TopicId
from syndicator.model.topic import Topic, Window
from syndicator.poll import LEASE, Poller
from syndicator.settings.hosts import known_hosts
from tests.contract.polite import HereReader
from tests.unit.parts import Bench, settings

POLLS = Path(__file__).parents[2].parent / "shared" / "corpus" / "polls"
WORLD, OWN = TopicId("world"), TopicId("own")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WIDE = {"window": Window(entries=1000, hours=24 * 30), "corrections": "notice"}


def replayed() -> list[tuple[datetime, str, bytes]]:
    """All sequences in the order of their times."""
    return sorted(
        (
            datetime.strptime(path.stem[4:], "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC),
            path.parent.name.replace("_", "-"),
            path.read_bytes(),
        )
        for path in POLLS.glob("*/*")
    )


def a_desk(root: Path) -> tuple[Bench, Settings]:
    """A desk that reads for real; one topic is wide, of the other much goes to its archive."""
    bench = Bench(root)
    bench.poller = Poller(
        fetcher=bench.shelf,
        reader=HereReader(),
        library=bench.library,
        clock=bench.clock,
        hosts=known_hosts(),
    )
    names = sorted({name for _, name, _ in replayed()})
    made = settings(root, *names)
    sources = {
        key: one.model_copy(update={"topics": (WORLD, OWN)}) for key, one in made.sources.items()
    }
    topics = {
        WORLD: Topic(title="World", **WIDE),
        OWN: Topic(title="Own", guid_scope="feed", window=Window(entries=30, hours=1)),
    }
    return bench, made.model_copy(update={"sources": sources, "topics": topics})


async def poll(bench: Bench, desk: Settings, source: SourceId) -> None:
    await bench.library.enroll(list(desk.sources), bench.clock.now())
    (claim,) = await bench.library.claim([source], bench.clock.now(), LEASE)
    assert (await bench.poller.poll(claim, desk)).error is None
    assert (await work.release_due(bench.parts, desk)).failed == {}


async def fed(root: Path, polls: int | None = None) -> tuple[Bench, Settings]:
    """Let a desk live through so many polls, and settle."""
    bench, desk = a_desk(root)
    for at, name, body in replayed()[:polls]:
        source = SourceId(name)
        bench.clock.moment = at
        bench.shelf.documents[desk.sources[source].url] = [("", body)]
        await poll(bench, desk, source)
    for _ in range(3):
        bench.clock.moment += 2 * MINUTE
        assert (await work.release_due(bench.parts, desk)).failed == {}
    return bench, desk


def files(root: Path) -> dict[str, tuple[str, int]]:
    """What stands there, packed copies too: a digest, and when it was written."""
    return {
        one.relative_to(root).as_posix(): (
            sha256(one.read_bytes()).hexdigest(),
            one.stat().st_mtime_ns,
        )
        for one in sorted(root.rglob("*"))
        if one.is_file()
    }


async def test_two_desks_fed_the_same_polls_publish_the_same_bytes(tmp_path: Path) -> None:
    one, two = [
        {path: digest for path, (digest, _) in files((await fed(tmp_path / name))[0].feeds).items()}
        for name in ("one", "two")
    ]
    assert one == two
    endings = {path.rpartition(".")[2] for path in one}
    assert endings >= {"rss", "atom", "json", "html", "opml", "gz"}
    assert (
        len([path for path in one if path.startswith("own/archive/") and path.endswith(".atom")])
        > 2
    )


async def test_a_day_without_news_changes_no_byte_and_writes_no_file(tmp_path: Path) -> None:
    bench, desk = await fed(tmp_path, polls=30)
    before = files(bench.feeds)
    for _ in range(24):
        bench.clock.moment += HOUR
        for source, one in desk.sources.items():
            if one.url in bench.shelf.documents:
                await poll(bench, desk, source)
        every = [*desk.topics, *map(shelf_of, desk.topics)]
        await bench.library.mark(every, bench.clock.now())  # as if all of it were due
        assert (await work.release_due(bench.parts, desk)).failed == {}
    assert files(bench.feeds) == before
