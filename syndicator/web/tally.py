"""How often what is published was fetched, for reports to licensors."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from aiohttp import web

from syndicator.ports import Clock

Counts = Mapping[datetime, Mapping[str, int]]
OUTLET = web.RequestKey("outlet", str)
"""Key in a request under which a handler says what it answers with."""
AUDITOR = "syndicator-audit"
"""Names itself so in ``User-Agent``; what our own audit asks for is no use of an article."""
_OK = 200
HOUR = timedelta(hours=1)


class Tally:
    """Counts in memory until :meth:`take` hands everything over.

    Only full answers to ``GET`` count: a 304 or a ``HEAD`` gives nobody a copy.
    """

    def __init__(self, clock: Clock) -> None:
        """Count by the hours of ``clock``."""
        self._clock = clock
        self._counts: dict[datetime, Counter[str]] = {}
        self._hour = datetime.min.replace(tzinfo=UTC)
        self._next = self._hour

    def add(self, counts: Counts) -> None:
        """Count these too: what could not be kept comes back."""
        for hour, outlets in counts.items():
            self._counts.setdefault(hour, Counter()).update(outlets)

    def count(self, outlet: str, agent: str | None) -> None:
        """Count one full answer with what stands at ``outlet``, unless our own audit asked."""
        if agent == AUDITOR:
            return
        now = self._clock.now()
        if not self._hour <= now < self._next:
            self._hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
            self._next = self._hour + HOUR
        counts = self._counts.get(self._hour)
        if counts is None:
            counts = self._counts[self._hour] = Counter()
        counts[outlet] += 1

    def take(self) -> Counts:
        """Hand over what was counted so far, and begin anew."""
        taken, self._counts = self._counts, {}
        return taken

    def middleware(self) -> Callable[..., Awaitable[web.StreamResponse]]:
        """Make the middleware that counts the answers of handlers which name an outlet."""

        @web.middleware
        async def tally(
            request: web.Request,
            handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
        ) -> web.StreamResponse:
            answer = await handler(request)
            if OUTLET in request and answer.status == _OK and request.method == "GET":
                self.count(request[OUTLET], request.headers.get("User-Agent"))
            return answer

        return tally
