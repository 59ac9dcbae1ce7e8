"""The hub at work: who is slow delays nobody else, and nothing is lost on the way."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import monotonic

from msgspec.structs import replace

from syndicator.dispatch import Lane
from syndicator.model.listener import Listener
from syndicator.ports import Library
from syndicator.push import listener_id
from tests.builders import NOW
from tests.contract.listening import WORLD, Ear, HubDesk, a_hub_desk, an_ear

NEWS, NEWER = b"<rss>news</rss>", b"<rss>newer</rss>"
MANY = {"most": 10_000, "most_of_host": 10_000}


async def until(condition: Callable[[], object], seconds: float = 20) -> None:
    """Look until something is so."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "it did not come to that"
        await asyncio.sleep(0.005)


def heard_by(ear: Ear, body: bytes, count: int) -> bool:
    return sum(one.body == body for one in ear.got) == count


@asynccontextmanager
async def a_running_desk(root: Path) -> AsyncIterator[HubDesk]:
    async with a_hub_desk(root) as desk:
        desk.dispatch.open()
        yield desk
        await desk.dispatch.close(1)


def listener(ear: Ear, number: int = 0, host: str = "") -> Listener:
    callback = f"{ear.url}?n={number}"
    return Listener(
        id=listener_id(callback, "world.rss"),
        callback=callback,
        document="world.rss",
        host=host or callback,
        since=NOW,
        until=NOW + timedelta(days=1),
    )


async def test_who_is_slow_delays_nobody_else(tmp_path: Path) -> None:
    async with a_running_desk(tmp_path) as desk, an_ear() as slow, an_ear() as quick:
        slow.pause = 8.0
        for number in range(150):  # more than there are seats
            one = listener(slow, number, "slow.example")
            await desk.library.keep_listener(one, NOW, **MANY)
        await desk.library.keep_listener(listener(quick), NOW, **MANY)
        await desk.publish(NEWS)
        await until(lambda: quick.answered)
        await desk.publish(NEWER)
        await until(lambda: quick.answered > 1)
        assert slow.answered == 0
        assert 0 < len(slow.got) <= 32


async def test_what_failed_sits_apart(tmp_path: Path) -> None:
    async with a_running_desk(tmp_path) as desk, AsyncExitStack() as stack:
        bad, good = [await stack.enter_async_context(an_ear()) for _ in range(2)]
        bad.answer = 500
        for number in range(200):
            one = listener(bad, number, f"h{number}.example")
            await desk.library.keep_listener(one, NOW, **MANY)
        await desk.publish(NEWS)
        await until(lambda: len(bad.got) == 200)
        await until(lambda: desk.registry.get_sample_value(
            "syndicator_hub_deliveries_total", {"outcome": "failed"}) == 200)  # fmt: skip
        bad.pause = 8.0
        desk.forward(minutes=5)
        await desk.library.keep_listener(
            replace(listener(good), until=NOW + timedelta(days=2)), NOW, **MANY
        )
        await desk.publish(NEWER)
        await until(lambda: good.answered)
        assert bad.answered == 200
        assert len(bad.got) - 200 <= 64


async def test_what_was_done_is_counted(tmp_path: Path) -> None:
    async with a_running_desk(tmp_path) as desk, an_ear() as ear:
        await desk.post(ear.url)
        await until(lambda: ear.asked)
        await until(lambda: desk.registry.get_sample_value(
            "syndicator_hub_requests_total", {"mode": "subscribe", "outcome": "verified"}))  # fmt: skip
        await desk.publish(NEWS)
        await until(lambda: ear.got)
        await desk.dispatch.tend()
        assert desk.registry.get_sample_value("syndicator_hub_listeners") == 1


async def test_settings_that_changed_are_followed_when_looked_round(tmp_path: Path) -> None:
    async with a_running_desk(tmp_path) as desk, an_ear() as ear:
        await desk.library.keep_listener(listener(ear), NOW, **MANY)
        await desk.dispatch.tend()
        assert await desk.library.count_listeners() == 1
        desk.close_topic(WORLD)
        await desk.dispatch.tend()
        assert await desk.library.count_listeners() == 1
        desk.dispatch.look_round()
        await desk.dispatch.tend()
        assert await desk.library.count_listeners() == 0
        await until(lambda: [one["hub.mode"] for one in ear.asked] == ["denied"])


async def test_a_desk_that_closes_leaves_what_is_under_way_to_the_next(tmp_path: Path) -> None:
    async with a_hub_desk(tmp_path) as desk, an_ear() as ear:
        desk.dispatch.open()
        await desk.library.keep_listener(listener(ear), NOW, **MANY)
        ear.pause = 8.0
        await desk.publish(NEWS)
        await until(lambda: ear.got)
        await desk.dispatch.close(0.1)
        assert ear.answered == 0
        ear.pause = 0
        desk.forward(minutes=2)
        assert [one.outcome for one in await desk.tell()] == ["ok"]
        assert [one.body for one in ear.got] == [NEWS, NEWS]


async def test_what_changes_while_it_is_told_is_told_next(tmp_path: Path) -> None:
    async with a_running_desk(tmp_path) as desk, an_ear() as ear:
        await desk.library.keep_listener(listener(ear), NOW, **MANY)
        ear.pause = 0.1
        for number in range(5):
            await desk.publish(NEWS * (number + 1))
            await until(partial(heard_by, ear, NEWS * (number + 1), 1))
        assert len(ear.got) == 5


async def test_two_desks_over_one_store_tell_each_listener_once(
    tmp_path: Path, library: Library
) -> None:
    async with a_hub_desk(tmp_path, library) as desk, an_ear() as ear:
        for number in range(100):
            await library.keep_listener(listener(ear, number, f"h{number}.example"), NOW, **MANY)
        first = desk.dispatch
        desk.restart()
        second = desk.dispatch
        first.open()
        second.open()
        for body in (NEWS, NEWER):
            await desk.publish(body)
            await until(partial(heard_by, ear, body, 100))
        await first.close(1)
        await second.close(1)
        assert len(ear.got) == 200
        assert await desk.tell() == []


async def test_a_queue_for_one_host_takes_no_seats_of_others() -> None:
    lane, free = Lane(4, 2), asyncio.Event()
    seated: list[str] = []

    async def sit(host: str) -> None:
        async with lane.seat(host):
            seated.append(host)
            await free.wait()

    sitting = [asyncio.create_task(sit(host)) for host in "aaaaabcd"]
    await until(lambda: len(seated) == 4)
    assert sorted(seated) == ["a", "a", "b", "c"]
    free.set()
    await asyncio.gather(*sitting)
    assert len(seated) == 8
