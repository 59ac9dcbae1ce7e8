"""What may not yet stand in an archive stands there when it may, though nothing else happens."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from syndicator import work
from syndicator.model.desk import Settings
from syndicator.model.ids import LicenseId, SourceId, TopicId
from syndicator.model.license import License
from syndicator.model.topic import Topic, Window
from syndicator.poll import Poller
from syndicator.ports import Library
from tests.builders import a_feed
from tests.contract.polite import HereReader
from tests.unit.parts import WORLD, Bench, settings

A, B = SourceId("a"), SourceId("b")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ONE, WIDE = Window(entries=1, hours=1), Window(entries=50, hours=1)


@pytest.fixture
def bench(tmp_path: Path, library: Library) -> Bench:
    made = Bench(tmp_path, library)
    made.poller = Poller(fetcher=made.shelf, reader=HereReader(), library=library, clock=made.clock)
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    """A feed that shows one entry, so that all others are the archive's."""
    narrow = {WORLD: Topic(title="World", window=ONE)}
    return settings(tmp_path, "a", "b").model_copy(update={"topics": narrow})


def an_entry(name: str, published: datetime, body: str = "") -> str:
    return (
        f"<item><title>Ship {name}</title><guid isPermaLink='false'>{name}</guid>"
        f"<link>https://harbour.example/{name}</link><pubDate>{format_datetime(published)}</pubDate>"
        f"<content:encoded><![CDATA[{body}<p>Ship {name} sails.</p>]]></content:encoded></item>"
    )


async def come(bench: Bench, desk: Settings, source: SourceId, *items: str) -> None:
    bench.shelf.put(desk.sources[source].url, a_feed(*items).decode())
    await bench.library.enroll(list(desk.sources), bench.clock.now())
    (claim,) = await bench.library.claim([source], bench.clock.now(), 3 * MINUTE)
    assert (await bench.poller.poll(claim, desk)).error is None
    await release(bench, desk)


async def settle(bench: Bench, desk: Settings) -> None:
    for _ in range(3):
        bench.clock.forward(seconds=61)
        await release(bench, desk)


async def release(bench: Bench, desk: Settings) -> None:
    assert (await work.release_due(bench.parts, desk)).failed == {}


def where(bench: Bench, name: str, topic: str = WORLD) -> list[str]:
    return [
        one.relative_to(bench.feeds).as_posix()
        for one in sorted(bench.feeds.rglob("*.atom"))
        if f"Ship {name}<" in one.read_text()
        and one.as_posix().startswith(f"{bench.feeds}/{topic}")
    ]


async def test_what_came_just_before_the_archive_was_written_is_in_it_a_minute_later(
    bench: Bench, desk: Settings
) -> None:
    now = bench.clock.now()
    await come(bench, desk, A, an_entry("zero", now - 5 * MINUTE))
    await come(bench, desk, B, an_entry("first", now - 3 * MINUTE))
    await settle(bench, desk)  # the archive begins
    await come(bench, desk, A, an_entry("second", now - MINUTE))  # it is due in a minute
    bench.clock.forward(seconds=50)
    await come(bench, desk, B, an_entry("late", now - HOUR))
    bench.clock.forward(seconds=11)
    await release(bench, desk)
    assert where(bench, "first") == ["world/archive/1.atom"]
    assert where(bench, "late") == []
    bench.clock.forward(seconds=60)
    await release(bench, desk)
    assert where(bench, "late") == ["world/archive/1.atom"]


async def test_an_embargo_that_lifts_far_behind_the_feed_wakes_the_archive(
    bench: Bench, desk: Settings
) -> None:
    now = bench.clock.now()
    until = now + 2 * HOUR
    held = f"<p>EMBARGOED UNTIL {until:%H:%M} GMT, {until:%-d} {until:%B} {until:%Y}</p>"
    await come(bench, desk, A, an_entry("secret", now - HOUR, held))
    await come(bench, desk, B, *(an_entry(f"n{n}", now - n * MINUTE) for n in range(1, 8)))
    await settle(bench, desk)
    assert where(bench, "n7") == ["world/archive/1.atom"]
    assert where(bench, "secret") == []
    bench.clock.moment = until
    await release(bench, desk)
    assert where(bench, "secret") == ["world/archive/1.atom"]


async def test_a_place_that_another_feed_took_opens_the_archive_too(
    bench: Bench, desk: Settings
) -> None:
    # More topics than are released at once: at midnight the last feed comes after the first archive.
    few, narrow, last = LicenseId("few"), desk.topics[WORLD], TopicId("z")
    some = [TopicId("a"), *(TopicId(f"b{n}") for n in range(work.RELEASES_AT_ONCE + 1))]
    desk = desk.model_copy(
        update={
            "topics": {**dict.fromkeys(some, narrow), last: Topic(title="Wide", window=WIDE)},
            "licenses": {**desk.licenses, few: License(text="full", quota=1)},
            "sources": {
                A: desk.sources[A].model_copy(update={"license": few, "topics": (*some, last)}),
                B: desk.sources[B].model_copy(update={"topics": tuple(some)}),
            },
        }
    )
    now = bench.clock.now()
    await come(bench, desk, A, an_entry("one", now - HOUR), an_entry("two", now - 2 * HOUR))
    await come(bench, desk, B, an_entry("open", now))
    await settle(bench, desk)
    assert where(bench, "two", "z") == where(bench, "two", "a") == []
    bench.clock.moment = (now + timedelta(days=1)).replace(hour=0, minute=0, second=1)
    await settle(bench, desk)
    assert where(bench, "two", "z") == ["z.atom"]
    bench.clock.forward(minutes=20)
    await settle(bench, desk)
    assert where(bench, "two", "a") == ["a/archive/1.atom"]
