"""Where push meets the running desk: agreements kept, deliveries taken, both counted and logged.

What hubs deliver waits in a queue that is bounded in every way. Where it is full
the source is asked instead, and whatever a crash loses of it the next poll finds.
"""

import asyncio
from collections import Counter as Tally
from collections.abc import Callable
from contextlib import suppress
from time import perf_counter
from weakref import WeakValueDictionary

import structlog
from prometheus_client import CollectorRegistry, Counter

from syndicator.agreements import Agreements, may_be_pushed
from syndicator.deliveries import Deliveries, Delivery
from syndicator.errors import LibraryError
from syndicator.logs import report, said
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId
from syndicator.model.push import Offer
from syndicator.outcome import Result
from syndicator.rounds import LookRound
from syndicator.web.callback import Callback
from syndicator.wiring import Parts

log = structlog.get_logger()
HANDS = 2
ROOM, ROOM_BYTES, ROOM_EACH = 64, 64_000_000, 8
HEARD = frozenset({"ok", "not-modified"})


class Reception:
    """Receives what hubs bring to one desk, and keeps its agreements with them."""

    def __init__(
        self,
        parts: Parts,
        public_url: str,
        settings: Callable[[], Settings],
        registry: CollectorRegistry,
        judged: Callable[[Result], object],
    ) -> None:
        """Join everything; ``settings`` are those of the moment, ``judged`` hears every result."""
        self._settings = settings
        self._clock = parts.clock
        self._judged = judged
        self._agreements = Agreements(parts.library, parts.courier, parts.clock, public_url)
        self._deliveries = Deliveries(
            fetcher=parts.fetcher, library=parts.library, reader=parts.reader, clock=parts.clock
        )
        self._taken = Counter(
            "syndicator_push_deliveries", "Deliveries of hubs", ["outcome"], registry=registry
        )
        self._asked = Counter(
            "syndicator_push_requests", "Requests to hubs", ["mode", "outcome"], registry=registry
        )
        most = settings().desk.fetch.max_bytes
        self.callback = Callback(parts.library, self._agreements, self.take, self._count, most)
        self._queue: asyncio.Queue[Delivery] = asyncio.Queue()
        self._waiting: Tally[SourceId] = Tally()
        self._bytes = 0
        self._turns: WeakValueDictionary[SourceId, asyncio.Lock] = WeakValueDictionary()
        self._closed = False
        self._hands: list[asyncio.Task[None]] = []
        self._offers: dict[SourceId, Offer | None] = {}
        self._round = LookRound()
        self._unreached: str | None = None

    def open(self) -> None:
        """Begin to take deliveries, inside the running loop."""
        self._hands = [asyncio.create_task(self._work()) for _ in range(HANDS)]

    async def idle(self) -> None:
        """Return when everything that was delivered has been taken."""
        await self._queue.join()

    async def close(self, seconds: float) -> None:
        """Take what waits, for so long at most; what is left over the next poll finds."""
        self._closed = True
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.idle()
        for hand in self._hands:
            hand.cancel()
        await asyncio.gather(*self._hands, return_exceptions=True)

    def _count(self, outcome: str) -> None:
        self._taken.labels(outcome).inc()

    async def take(self, delivery: Delivery) -> bool:
        """Put a delivery in the queue; have its source asked instead if there is no room any more.

        ``False``: the store is away, so that not even that could be done.
        """
        key, size = delivery.agreement.source, len(delivery.body)
        crowded = self._queue.qsize() >= ROOM or self._bytes + size > ROOM_BYTES
        if self._closed or crowded or self._waiting[key] >= ROOM_EACH:
            self._count("crowded")
            try:
                await self._deliveries.hasten(key, "deliveries wait")
            except LibraryError:
                return False
            return True
        self._waiting[key] += 1
        self._bytes += size
        self._queue.put_nowait(delivery)
        return True

    async def _work(self) -> None:
        while True:
            delivery = await self._queue.get()
            turn = self._turns.setdefault(delivery.agreement.source, asyncio.Lock())
            try:
                async with turn:  # those of one source one by one, in their order
                    await self._one(delivery)
            finally:
                self._bytes -= len(delivery.body)
                self._waiting[delivery.agreement.source] -= 1
                self._waiting += Tally()  # forgets those with none
                self._queue.task_done()

    async def _one(self, delivery: Delivery) -> None:
        began = perf_counter()
        try:
            await self._agreements.taken(delivery.agreement)
            result = await self._deliveries.take(delivery, self._settings())
        except LibraryError as error:
            self._count("lost")
            log.warning("push", source=delivery.agreement.source, error=str(error))
            return
        except Exception:  # the edge of one job: a fault on one delivery must not end the others
            self._count("fault")
            log.exception("fault", source=delivery.agreement.source)
            return
        self._count(result.status)
        self._judged(result)
        report("push", result, perf_counter() - began)

    async def polled(self, result: Result) -> None:
        """Hear what a poll came to: what the feed offers may have changed.

        Raises:
            LibraryError: the store failed; the hourly look round makes up for it.
        """
        source = SourceId(result.source)
        one = self._settings().sources.get(source)
        if result.status not in HEARD or one is None or not may_be_pushed(one):
            return  # the look round after the settings have changed sees to those that are gone
        if self._offers.get(source) == result.offer:
            return
        await self._agreements.settle(source, result.offer)
        self._offers[source] = result.offer

    def look_round(self) -> None:
        """Compare all agreements with settings and offers at the next chance: they have changed."""
        self._round.soon()

    async def tend(self) -> None:
        """See to the agreements that are due; once an hour, or when asked to, look at them all."""
        now = self._clock.now()
        with suppress(LibraryError):  # the tick says so, and everything is done again
            await self._round.look(now, self._settle_all)
            for one in await self._agreements.see_to_due():
                self._asked.labels(one.mode, "failed" if one.error else "ok").inc()
                line = {"source": one.source, "mode": one.mode, "hub": one.hub}
                (log.warning if one.error else log.info)(
                    "hub", **said({**line, "error": one.error})
                )
        self._tell_reach()

    async def _settle_all(self) -> None:
        self._offers.clear()
        await self._agreements.settle_all(self._settings())

    def _tell_reach(self) -> None:
        """Tell an operator once when hubs cannot call the desk, and once when they can again."""
        unreached = self._agreements.unreached
        if unreached is not None and self._unreached is None:
            log.warning(
                "trouble",
                about="push",
                error=f"hubs cannot call this desk, so sources are only polled: {unreached} "
                "(public_url must lead to `listen`; it is tried again later)",
            )
        elif unreached is None and self._unreached is not None:
            log.info("passed", about="push")
        self._unreached = unreached
