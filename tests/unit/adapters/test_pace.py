import asyncio
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

from syndicator.adapters.pace import KEEP, CrowdedError, Pacer
from syndicator.model.desk import HostPace


async def test_a_host_gets_no_more_connections_than_its_pace() -> None:
    pacer = Pacer(HostPace(connections=2, interval=timedelta(0)))
    now = most = 0

    async def one() -> None:
        nonlocal now, most
        async with pacer.turn("h"):
            now += 1
            most = max(most, now)
            await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*(one() for _ in range(9)))
    assert most == 2
    assert len(pacer) == 0


async def test_starts_keep_their_distance_and_hosts_do_not_wait_for_each_other() -> None:
    interval = 0.03
    pacer = Pacer(HostPace(connections=4, interval=timedelta(seconds=interval)))
    clock = asyncio.get_running_loop().time
    starts: list[tuple[str, float]] = []

    async def one(host: str) -> None:
        async with pacer.turn(host):
            starts.append((host, clock()))

    began = clock()
    await asyncio.gather(*(one(host) for host in "aaabbb"))
    assert "".join(host for host, _ in starts[:2]) == "ab"
    for host in "ab":
        own = [start - began for name, start in starts if name == host]
        assert len(own) == 3
        # a busy machine wakes late and never early, but for the resolution of its clock
        assert all(start > place * interval - 0.005 for place, start in enumerate(own))


async def test_idle_hosts_are_forgotten() -> None:
    pacer = Pacer(HostPace(connections=1, interval=timedelta(microseconds=1)))
    for number in range(5 * KEEP):
        async with pacer.turn(f"h{number}"):
            pass
    assert len(pacer) <= 2 * KEEP


async def test_a_failure_gives_its_seat_back() -> None:
    pacer = Pacer(HostPace(connections=1, interval=timedelta(0)))
    for _ in range(3):
        with suppress(OSError):
            async with pacer.turn("h"):
                raise OSError
    assert len(pacer) == 0


async def test_whoever_would_wait_too_long_is_told_when_to_come_back() -> None:
    pacer = Pacer(HostPace(connections=1, interval=timedelta(seconds=10)), patience=15)
    offers: list[float] = []

    async def one() -> None:
        try:
            async with pacer.turn("h"):
                pass
        except CrowdedError as error:
            offers.append(error.seconds)

    waiting = asyncio.gather(*(one() for _ in range(8)))
    await asyncio.sleep(0)
    assert len(offers) >= 5
    gaps = [later - sooner for sooner, later in pairwise(offers)]
    assert all(9.9 < gap < 10.1 for gap in gaps)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
