"""An archive while something else happens: kills, crashes, other processes, a full disk."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from syndicator import work
from syndicator.adapters.file_publisher import FilePublisher
from syndicator.archive import Archivist
from syndicator.model.archive import shelf_of
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.ids import LicenseId, SourceId, TopicId
from syndicator.model.license import License
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.ports import Library
from syndicator.render import Rendered, render_topic
from tests.contract.test_archive import (
    arrive,
    bytes_of,
    chain,
    entries,
    named,
    settle,
    small,
)
from tests.unit.parts import OPEN, WORLD, Bench, settings

A, B = SourceId("a"), SourceId("b")


class StoppedError(Exception):
    """The process ended here."""


class Between:
    """A library that lets something happen before one of its calls, once."""

    def __init__(self, library: Library, call: str, happens: Callable[[], Awaitable[None]]) -> None:
        self._library = library
        self._call = call
        self._happens = [happens]

    def __getattr__(self, name: str) -> Any:
        there = getattr(self._library, name)
        if name != self._call:
            return there

        async def asked(*args: Any, **more: Any) -> Any:
            if self._happens:
                await self._happens.pop()()
            return await there(*args, **more)

        return asked


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return small(settings(tmp_path, "a"))


@pytest.fixture
def bench(tmp_path: Path, library: Library) -> Bench:
    return Bench(tmp_path, library)


def interrupt(bench: Bench, call: str, happens: Callable[[], Awaitable[None]]) -> None:
    library: Any = Between(bench.library, call, happens)
    publisher = FilePublisher(bench.feeds)
    bench.archivist = Archivist(library=library, publisher=publisher, generator="test")


def recover(bench: Bench) -> None:
    """Let another process go on, after the lease of the dead one."""
    publisher = FilePublisher(bench.feeds)
    bench.archivist = Archivist(library=bench.library, publisher=publisher, generator="test")
    bench.clock.forward(minutes=3)


async def poll(bench: Bench, desk: Settings, count: int) -> None:
    lines = [f"g{n:03}|Story number {n:03} of the day" for n in range(count)]
    bench.shelf.put(desk.sources[A].url, *lines)
    (claim,) = await bench.library.claim([A], bench.clock.now(), timedelta(minutes=3))
    await bench.poller.poll(claim, desk)
    assert (await work.release_due(bench.parts, desk)).failed == {}
    bench.clock.forward(seconds=61)


async def kill(bench: Bench, *victims: Article) -> None:
    at = bench.clock.now()
    for one in victims:
        await bench.library.rule(
            Ruling(article=one.id, kind=RulingKind.KILL, at=at, by="ada", reason="It was wrong.")
        )


def holding(bench: Bench, text: str) -> list[str]:
    return [name for name, body in bytes_of(bench).items() if text.encode() in body]


@pytest.mark.parametrize(
    "call", ["articles", "watch", "newest", "rulings_of", "enter", "keep_pages", "set_note"]
)
async def test_a_kill_while_a_page_is_first_written_takes_it_out(
    bench: Bench, desk: Settings, call: str
) -> None:
    await poll(bench, desk, 153)
    ids = await bench.library.newest(limit=999)
    shown = (await bench.library.standing(WORLD, bench.clock.now())).now
    victims = [one for one in await bench.library.articles(ids) if one.id not in shown][40:43]

    async def killed() -> None:
        await kill(bench, *victims)

    interrupt(bench, call, killed)
    await settle(bench, desk)
    recover(bench)
    await settle(bench, desk)
    assert len(chain(bench)) == 2
    for one in victims:
        assert holding(bench, one.headline) == []


@pytest.mark.parametrize("call", ["watch", "enter", "keep_pages", "set_note"])
async def test_a_process_that_dies_over_an_archive_costs_time_only(
    bench: Bench, desk: Settings, call: str
) -> None:
    await poll(bench, desk, 153)

    async def dies() -> None:
        raise StoppedError

    interrupt(bench, call, dies)
    made = await work.release_due(bench.parts, desk)
    assert list(made.failed) == [shelf_of(WORLD)]
    recover(bench)
    await settle(bench, desk)
    told = [title for page in chain(bench) for title in entries(page)]
    assert len(told) == len(set(told)) == 143
    ledger = (await bench.library.standing(shelf_of(WORLD), bench.clock.now())).now
    assert sorted(one.headline for one in ledger.values()) == sorted(told)
    victim = await named(bench, entries(chain(bench)[-1])[5])
    await kill(bench, victim)
    assert (await work.release_due(bench.parts, desk)).failed == {}
    assert holding(bench, victim.headline) == []


async def test_a_page_that_a_dead_process_left_is_taken_down(bench: Bench, desk: Settings) -> None:
    await poll(bench, desk, 13)

    async def dies() -> None:
        raise StoppedError

    interrupt(bench, "enter", dies)
    await work.release_due(bench.parts, desk)
    titles = entries(bench.feeds / "world/archive/1.atom")
    assert len(titles) == 3
    await kill(bench, *[await named(bench, one) for one in titles])
    recover(bench)
    await settle(bench, desk)
    assert not [name for one in titles for name in holding(bench, one)]


async def test_pages_that_another_process_overtook_are_written_again(
    bench: Bench, desk: Settings
) -> None:
    await arrive(bench, desk, 0, 130)
    victim = await named(bench, entries(bench.feeds / "world/archive/1.atom")[7])
    other = entries(bench.feeds / "world/archive/1.atom")[8]

    async def overtaken() -> None:
        """Kill, and let another process see to it while this one holds what it read before."""
        before = bytes_of(bench)
        recovered, slow = Bench(bench.feeds.parent, bench.library), bench.archivist
        recovered.clock = bench.clock
        await kill(bench, victim)
        assert (await work.release_due(recovered.parts, desk)).failed == {}
        assert holding(bench, victim.headline) == []
        for name, body in before.items():  # the slow one writes what it had made
            (bench.feeds / name).write_bytes(body)
        assert bench.archivist is slow

    number = int(other.split()[2])
    await arrive_quietly(bench, desk, number)
    interrupt(bench, "generation", overtaken)
    await settle(bench, desk)
    await settle(bench, desk)
    assert holding(bench, victim.headline) == []


async def arrive_quietly(bench: Bench, desk: Settings, number: int) -> None:
    """Let a revision come, and nothing be written yet."""
    line = f"g{number:03}|Story number {number:03} of the day and the night"
    bench.shelf.put(desk.sources[A].url, line)
    (claim,) = await bench.library.claim([A], bench.clock.now(), timedelta(minutes=3))
    await bench.poller.poll(claim, desk)


async def test_pages_that_are_lost_are_written_again(bench: Bench, desk: Settings) -> None:
    await arrive(bench, desk, 0, 253)
    before = bytes_of(bench)
    rmtree(bench.feeds)
    await bench.library.mark([WORLD, shelf_of(WORLD)], bench.clock.now())
    await settle(bench, desk)
    assert bytes_of(bench) == before


async def test_a_page_that_cannot_be_written_keeps_nothing_in_the_others(
    bench: Bench, desk: Settings
) -> None:
    await arrive(bench, desk, 0, 253)
    newest, middle, oldest = chain(bench)
    victims = [await named(bench, entries(page)[5]) for page in (newest, middle, oldest)]
    stuck = bench.feeds / "world/archive/1.rss"
    stuck.unlink()
    (stuck / "x").mkdir(parents=True)
    await kill(bench, *victims)
    made = await work.release_due(bench.parts, desk)
    assert list(made.failed) == [shelf_of(WORLD)]
    for one in victims:  # but where it cannot be helped: beside the file that is stuck
        assert not [name for name in holding(bench, one.headline) if "1.rss" not in name]


async def test_a_copy_takes_the_place_of_one_whose_time_is_over(
    bench: Bench, desk: Settings
) -> None:
    month = LicenseId("month")
    sources = {
        A: desk.sources[A].model_copy(update={"license": month}),
        B: desk.sources[A].model_copy(update={"url": "https://b.example/f"}),
    }
    licenses = {
        OPEN: License(text="full"),
        month: License(text="full", expires=timedelta(days=20)),
    }
    desk = desk.model_copy(update={"sources": sources, "licenses": licenses})
    await work.apply_settings(bench.parts, desk)
    await arrive(bench, desk, 0, 130)
    ours = [await named(bench, one) for one in entries(bench.feeds / "world/archive/1.atom")[:30]]
    bench.shelf.put(desk.sources[B].url, *(f"c{n}|Copy {n:03}" for n in range(30)))
    (claim,) = await bench.library.claim([B], bench.clock.now(), timedelta(minutes=3))
    await bench.poller.poll(claim, desk)
    copies = [await named(bench, f"Copy {n:03}") for n in range(30)]
    for one, other in zip(ours, copies, strict=True):
        await bench.library.join(one.id, other.id, bench.clock.now())
    await settle(bench, desk)
    bench.clock.forward(days=25)
    await settle(bench, desk)
    await bench.library.mark([shelf_of(WORLD)], bench.clock.now())
    await settle(bench, desk)
    told = [*entries(bench.feeds / "world.atom"), *(t for p in chain(bench) for t in entries(p))]
    assert sorted(told) == [one.headline for one in copies]


async def test_archives_are_rendered_one_at_a_time(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = small(settings(tmp_path, "a"))
    world = desk.topics[WORLD]
    topics = {TopicId(f"t{n}"): world for n in range(4)}
    source = desk.sources[A].model_copy(update={"topics": tuple(topics)})
    desk = desk.model_copy(update={"topics": topics, "sources": {A: source}})
    busy, most = [0], [0]

    def watched(*told: Any) -> Rendered:
        busy[0] += 1
        most[0] = max(most[0], busy[0])
        made = render_topic(*told)
        busy[0] -= 1
        return made

    monkeypatch.setattr("syndicator.archive.render_topic", watched)
    await poll(bench, desk, 153)
    await settle(bench, desk)
    assert len(list(bench.feeds.glob("*/archive/2.rss"))) == len(topics)
    assert most == [1]
