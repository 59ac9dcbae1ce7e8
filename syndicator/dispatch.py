"""Where the desk's own hub runs: requests seen to, listeners told, both counted and logged.

What is due stands in the store; here it gets a seat. Each host has few, so that one
host with many listeners, or a slow one, leaves the others theirs; whoever was slow or
failed last time sits apart, so that the quick are never behind them.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter
from typing import Any
from weakref import WeakValueDictionary

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge

from syndicator.errors import LibraryError
from syndicator.listeners import AT_ONCE as ASKED_AT_ONCE
from syndicator.listeners import Listeners, Seen
from syndicator.logs import said
from syndicator.model.desk import Settings
from syndicator.model.listener import Request, Telling
from syndicator.push import counted_with
from syndicator.rounds import LookRound
from syndicator.tellings import AT_ONCE, LEASE, Tellings, Told
from syndicator.web.hub import HubDoor
from syndicator.wiring import Parts

log = structlog.get_logger()
LOOK = 0.5  # seconds between looks at what is due, unless somebody wakes us
COUNT = timedelta(minutes=1)
SEATS, SEATS_OF_HOST = 128, 32
SLOW_SEATS, SLOW_SEATS_OF_HOST = 64, 4
ASKING_SEATS, ASKING_SEATS_OF_HOST = 64, 8
UNSAID = frozenset({"same", "early", "later", "closed", "lapsed"})


class Lane:
    """Seats for calls, so many in all and of each host; one host's queue takes no other's seats."""

    def __init__(self, seats: int, of_host: int) -> None:
        """Leave all seats free."""
        self._seats = asyncio.Semaphore(seats)
        self._of_host = of_host
        self._hosts: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def seat(self, host: str) -> AsyncIterator[None]:
        """Wait for a seat, and hold it."""
        own = self._hosts.setdefault(host, asyncio.Semaphore(self._of_host))
        async with own, self._seats:
            yield


class Dispatch:
    """Runs the hub of one desk, or tells other hubs; open it inside the running loop."""

    def __init__(
        self, parts: Parts, settings: Callable[[], Settings], registry: CollectorRegistry
    ) -> None:
        """Join everything; ``settings`` are those of the moment."""
        self._clock = parts.clock
        self._listeners = Listeners(parts.library, parts.herald, parts.clock, settings)
        self._tellings = Tellings(
            library=parts.library,
            documents=parts.documents,
            herald=parts.herald,
            courier=parts.courier,
            clock=parts.clock,
            settings=settings,
        )
        self._told = Counter(
            "syndicator_hub_deliveries", "Deliveries to listeners", ["outcome"], registry=registry
        )
        self._seen = Counter(
            "syndicator_hub_requests",
            "Requests to our hub, by what they came to",
            ["mode", "outcome"],
            registry=registry,
        )
        self._count = Gauge("syndicator_hub_listeners", "Listeners of our hub", registry=registry)
        desk = settings().desk
        own = desk.hub == "own" and bool(desk.hubs)
        self.door = HubDoor(self._listeners, self._asked, parts.clock) if own else None
        self._quick = Lane(SEATS, SEATS_OF_HOST)
        self._slow = Lane(SLOW_SEATS, SLOW_SEATS_OF_HOST)
        self._asking = Lane(ASKING_SEATS, ASKING_SEATS_OF_HOST)
        self._news, self._requests = asyncio.Event(), asyncio.Event()
        parts.announcer.wake = self._news.set
        self._held: dict[str, asyncio.Task[None]] = {}
        self._loops: list[asyncio.Task[None]] = []
        self._closed = False
        self._round = LookRound()
        self._counted: datetime | None = None

    def open(self) -> None:
        """Begin to see to what is due."""
        self._loops = [
            asyncio.create_task(self._over(self._claim_tellings, self._news)),
            asyncio.create_task(self._over(self._claim_requests, self._requests)),
        ]

    async def close(self, seconds: float) -> None:
        """End what is under way, for so long at most; what is cut off is due again by its lease."""
        self._closed = True  # the loops are told, not cancelled: a call of the store may eat that
        self._news.set()
        self._requests.set()
        running = {*self._loops, *self._held.values()}
        if running:
            _, late = await asyncio.wait(running, timeout=seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=seconds)

    def look_round(self) -> None:
        """Compare listeners with the settings at the next chance: they have changed."""
        self._round.soon()

    async def tend(self) -> None:
        """End leases that ran out; once an hour, or when asked to, look at all listeners."""
        now = self._clock.now()
        with suppress(LibraryError):  # the tick says so, and everything is done again
            if await self._round.look(now, self._listeners.settle):
                self._counted = None
            if self._counted is None or now - self._counted >= COUNT:
                self._count.set(await self._listeners.end_lapsed())
                self._counted = now

    def _asked(self, mode: str, outcome: str) -> None:
        """Hear how a request was answered at the door."""
        self._seen.labels(mode, outcome).inc()
        if outcome == "taken":
            self._requests.set()

    async def _over(self, claim: Callable[[], Awaitable[bool]], woken: asyncio.Event) -> None:
        """Claim what is due, over and over; at once while there is more, or when woken."""
        while not self._closed:
            more = False
            with suppress(LibraryError):  # the tick says so; what was claimed comes back
                more = await claim()
            if not more and not self._closed:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK):
                        await woken.wait()
            woken.clear()

    async def _claim_tellings(self) -> bool:
        until = asyncio.get_running_loop().time() + LEASE.total_seconds()
        due = await self._tellings.claim()
        for one in due:
            # One that is under way here has just ended, and was due again before we heard of it.
            name = one.listener.id
            self._start(name, self._tell(one, until, self._held.get(name)))
        return len(due) == AT_ONCE

    async def _claim_requests(self) -> bool:
        due = await self._listeners.claim()
        for one in due:
            if one.id not in self._held:  # it waits here for its seat
                self._start(one.id, self._see_to(one))
        return len(due) == ASKED_AT_ONCE

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        task = self._held[name] = asyncio.create_task(self._guarded(work))
        task.add_done_callback(partial(self._ended, name))

    def _ended(self, name: str, task: asyncio.Task[None]) -> None:
        if self._held.get(name) is task:
            del self._held[name]

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except LibraryError:
            pass  # the tick says so; what was claimed comes back
        except Exception:  # the edge of one job: a fault on one must not end the others
            log.exception("fault", about="hub")

    async def _tell(
        self, telling: Telling, until: float, before: asyncio.Task[None] | None
    ) -> None:
        if before is not None:
            await asyncio.wait([before])
        listener, hearing = telling.listener, telling.hearing
        lane = self._slow if hearing.failures or hearing.slow else self._quick
        async with lane.seat(listener.host):
            if asyncio.get_running_loop().time() >= until:
                return  # it waited too long for its seat, and is due again
            began = perf_counter()
            told = await self._tellings.tell(telling)
        self._told.labels(told.outcome).inc()
        if told.outcome not in UNSAID:
            _report(told, perf_counter() - began)

    async def _see_to(self, request: Request) -> None:
        async with self._asking.seat(counted_with(request.callback)):
            seen = await self._listeners.see_to(request)
        self._seen.labels(seen.mode, seen.outcome).inc()
        _report_request(seen)
        if seen.outcome == "crowded":
            self._requests.set()  # its denial waits


def _report(told: Told, seconds: float) -> None:
    """Log what a delivery came to. Of the callback only the host: the rest may be a secret."""
    line = {
        "host": told.listener.host,
        "document": told.listener.document,
        "status": told.outcome,
        "bytes": told.size,
        "failures": told.failures,
        "error": told.error,
        "ms": round(seconds * 1000),
    }
    (log.warning if told.error else log.info)("told", **said(line))


def _report_request(seen: Seen) -> None:
    line = {
        "mode": seen.mode,
        "host": seen.host,
        "document": seen.document,
        "status": seen.outcome,
        "error": seen.error,
    }
    (log.warning if seen.error else log.info)("listener", **said(line))
