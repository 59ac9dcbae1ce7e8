"""Manners towards one host: few connections, a pause between starts, and no long queue.

Whoever would wait too long is told when to come back instead, so that one host
with many sources never takes every seat of the desk.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import inf

from syndicator.model.desk import HostPace

KEEP = 256  # idle hosts remembered before the first sweep


class _Host:
    __slots__ = ("next_start", "offered", "seats", "users")

    def __init__(self, connections: int) -> None:
        self.seats = asyncio.Semaphore(connections)
        self.next_start = 0.0
        self.offered = 0.0
        self.users = 0


class CrowdedError(Exception):
    """The queue of a host is too long to wait in; ``seconds`` is when to come back."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


class Pacer:
    """Keeps every host within its pace. Hosts nobody asks are forgotten."""

    def __init__(self, pace: HostPace, patience: float = inf) -> None:
        """Apply one pace to every host; nobody waits longer than ``patience`` seconds."""
        self._pace = pace
        self._patience = patience
        self._interval = pace.interval.total_seconds()
        self._hosts: dict[str, _Host] = {}
        self._sweep_at = KEEP

    def __len__(self) -> int:
        return len(self._hosts)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at ``host``, first come first served, and hold a connection's seat.

        Raises:
            CrowdedError: too many are before us. Each is offered another moment.
        """
        entry = self._hosts.get(host)
        if entry is None:
            entry = self._hosts[host] = _Host(self._pace.connections)
        self._turn_away(entry)
        entry.users += 1
        try:
            async with entry.seats:
                if self._interval:
                    await self._pause(entry)
                yield
        finally:
            entry.users -= 1
            if not entry.users and not self._interval:
                self._hosts.pop(host, None)
            elif len(self._hosts) > self._sweep_at:
                self._sweep()

    def _turn_away(self, entry: _Host) -> None:
        """Count those who wait and have no start yet; each will take an interval of its own."""
        now = asyncio.get_running_loop().time()
        ahead = max(0, entry.users - self._pace.connections) * self._interval
        wait = max(entry.next_start - now, 0.0) + ahead
        if wait > self._patience:
            entry.offered = max(entry.offered, now + wait) + self._interval
            raise CrowdedError(entry.offered - now)

    async def _pause(self, entry: _Host) -> None:
        clock = asyncio.get_running_loop().time
        now = clock()
        start = max(now, entry.next_start)
        entry.next_start = start + self._interval
        if start > now:
            await asyncio.sleep(start - now)

    def _sweep(self) -> None:
        """Forget hosts at rest; the next sweep waits for as many again, so each costs little."""
        now = asyncio.get_running_loop().time()
        for name in [n for n, h in self._hosts.items() if not h.users and h.next_start <= now]:
            del self._hosts[name]
        self._sweep_at = max(KEEP, 2 * len(self._hosts))
