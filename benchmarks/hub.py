"""Time the hub: until the last of 1,000 listeners has a document, and what they cost a release.

The listeners are a server in a process of its own; beside the hub a plain loop posts
the same bytes to the same callbacks, which is the floor.

::

    python benchmarks/hub.py [--listeners 1000]
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from urllib.request import urlopen

import aiohttp
import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry

from benchmarks.release import ENTRIES, desk_of, fill
from syndicator import work
from syndicator.adapters.clock import SystemClock
from syndicator.dispatch import Dispatch
from syndicator.model.desk import Settings
from syndicator.model.ids import TopicId
from syndicator.model.listener import Listener
from syndicator.push import listener_id
from syndicator.wiring import Parts, open_parts

ROUNDS, HOSTS, AT_ONCE = 7, 100, 128
USUAL = 12  # entries of 5 KB, which make the feed of 60 KB that is usual
TOPIC, DOCUMENT = TopicId("t0"), "t0.atom"
MANY = {"most": 1_000_000, "most_of_host": 1_000_000}


async def _listen() -> None:
    """Take deliveries on loopback; ``/times`` gives when each came, and forgets them.

    The clock is that of the machine, so that two processes can speak of it (Linux).
    """
    times: list[float] = []

    async def hear(request: web.Request) -> web.Response:
        await request.read()
        times.append(time.monotonic())
        return web.Response(status=204)

    async def told(_: web.Request) -> web.Response:
        found = list(times)
        times.clear()
        return web.json_response(found)

    app = web.Application(client_max_size=10_000_000)
    app.router.add_post("/cb", hear)
    app.router.add_get("/times", told)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", 0, backlog=1024).start()  # noqa: S104 - all of loopback
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


@contextmanager
def _ears() -> Iterator[int]:
    command = [sys.executable, __file__, "--listen"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.terminate()


def _callbacks(port: int, count: int) -> list[str]:
    return [f"http://127.0.0.{n % HOSTS + 1}:{port}/cb?n={n}" for n in range(count)]


async def _came(port: int, count: int) -> float:
    """Wait for so many deliveries, and return when the last came."""
    times: list[float] = []
    while len(times) < count:
        await asyncio.sleep(0.05)
        with await asyncio.to_thread(urlopen, f"http://127.0.0.1:{port}/times") as answer:
            times += json.load(answer)
    return max(times)


@asynccontextmanager
async def _desk(folder: Path, hub: str, entries: int) -> AsyncIterator[tuple[Parts, Settings]]:
    chosen = desk_of(folder, 1, 1)
    desk = chosen.desk.model_copy(update={"public_url": "http://desk.example", "hub": hub})
    chosen = chosen.model_copy(update={"desk": desk})
    async with open_parts(chosen) as parts:
        await parts.library.enroll(list(chosen.sources), SystemClock().now())
        for source in chosen.sources:
            await fill(parts, source, TOPIC, entries)
        yield parts, chosen


async def _release(parts: Parts, settings: Settings, number: int) -> float:
    """Release the topic, changed in every format; return the seconds that took."""
    title = settings.desk.model_copy(update={"title": f"Desk {number}"})
    fresh = settings.model_copy(update={"desk": title})
    await parts.library.mark([TOPIC], SystemClock().now())
    began = time.perf_counter()
    done = await work.release_due(parts, fresh)
    if len(done.done) != 1 or len(done.done[0].written) < 4:
        raise SystemExit(f"not a whole release: {done}")
    return time.perf_counter() - began


async def _releases(folder: Path, callbacks: list[str]) -> list[float]:
    """Return the middle release without a hub, with one nobody listens to, and with listeners.

    Nobody delivers meanwhile. The three take turns, so that what else the machine does tells
    on all of them.
    """
    async with AsyncExitStack() as stack:
        desks = [
            await stack.enter_async_context(_desk(folder / str(number), hub, ENTRIES))
            for number, hub in enumerate(("off", "own", "own"))
        ]
        await _subscribe(desks[2][0], callbacks)
        rounds = [[await _release(*one, n) for one in desks] for n in range(3 * ROUNDS)]
        return [median(times) for times in zip(*rounds, strict=True)]


async def _subscribe(parts: Parts, callbacks: list[str]) -> None:
    now = SystemClock().now()
    for one in callbacks:
        listener = Listener(
            id=listener_id(one, DOCUMENT),
            callback=one,
            document=DOCUMENT,
            host=one.split("/")[2],
            since=now,
            until=now + timedelta(days=1),
            secret=one,
        )
        await parts.library.keep_listener(listener, now, **MANY)


async def _plain(callbacks: list[str], port: int, body: bytes) -> float:
    """Return how long the same bytes take to the same callbacks without a hub."""
    seats = asyncio.Semaphore(AT_ONCE)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def post(url: str) -> None:
            async with seats, session.post(url, data=body) as answer:
                await answer.read()

        began = time.monotonic()
        await asyncio.gather(*map(post, callbacks))
        return await _came(port, len(callbacks)) - began


async def _delivered(folder: Path, callbacks: list[str], port: int) -> tuple[float, float]:
    """Return the middle seconds from a release's end to the last listener, and the floor."""
    async with _desk(folder, "own", USUAL) as (parts, settings):
        await _subscribe(parts, callbacks)
        dispatch = Dispatch(parts, lambda: settings, CollectorRegistry())
        dispatch.open()
        taken, plain = [], []
        for number in range(ROUNDS):
            await _release(parts, settings, number)
            began = time.monotonic()
            taken.append(await _came(port, len(callbacks)) - began)
            body = (settings.desk.feeds / DOCUMENT).read_bytes()
            plain.append(await _plain(callbacks, port, body))
        await dispatch.close(1)
        return median(taken), median(plain)


def time_hub(folder: Path, count: int) -> None:
    """Print how long deliveries take beside a plain loop, and what listeners cost a release."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with _ears() as port:
        callbacks = _callbacks(port, count)
        taken, plain = asyncio.run(_delivered(folder / "told", callbacks, port))
        print(
            f"{count} listeners of a usual feed: the last has it {taken:.2f} s after the release, "
            f"{taken / plain:.2f} x a plain loop"
        )
        off, nobody, many = asyncio.run(_releases(folder / "release", callbacks))
        print(
            f"a release with a hub: {nobody / off:.2f} x one without when nobody listens, "
            f"{many / off:.2f} x with {count} listeners ({off * 1000:.1f} ms)"
        )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--listeners", type=int, default=1000)
    arguments.add_argument("--listen", action="store_true")
    asked = arguments.parse_args()
    if asked.listen:
        asyncio.run(_listen())
    else:
        with tempfile.TemporaryDirectory() as place:
            time_hub(Path(place), asked.listeners)
