"""Manners towards one host: few connections, and a pause between starts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from syndicator.model.desk import HostPace


class _Host:
    __slots__ = ("next_start", "seats", "users")

    def __init__(self, connections: int) -> None:
        self.seats = asyncio.Semaphore(connections)
        self.next_start = 0.0
        self.users = 0


class Pacer:
    """Keeps every host within its pace. Hosts nobody asks are forgotten."""

    def __init__(self, pace: HostPace) -> None:
        """Apply one pace to every host."""
        self._pace = pace
        self._interval = pace.interval.total_seconds()
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at ``host``, and hold a connection's seat."""
        entry = self._hosts.get(host)
        if entry is None:
            entry = self._hosts[host] = _Host(self._pace.connections)
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
            elif len(self._hosts) > 1000:  # noqa: PLR2004 - sweep now and then, not each time
                self._sweep()

    async def _pause(self, entry: _Host) -> None:
        clock = asyncio.get_running_loop().time
        start = max(clock(), entry.next_start)
        entry.next_start = start + self._interval
        if start > clock():
            await asyncio.sleep(start - clock())

    def _sweep(self) -> None:
        now = asyncio.get_running_loop().time()
        for name in [n for n, h in self._hosts.items() if not h.users and h.next_start <= now]:
            del self._hosts[name]
