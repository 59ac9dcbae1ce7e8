"""Where subscribers ask the desk's own hub: one form, one line of an answer (WebSub §5.1)."""

from collections import deque
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from syndicator.errors import LibraryError
from syndicator.listeners import Listeners, Taken
from syndicator.model.desk import HUB
from syndicator.ports import Clock
from syndicator.push import counted_with
from syndicator.web.gate import wait_for

LONGEST_FORM = 16_384
FORM = "application/x-www-form-urlencoded"
RATE, ASKERS = 600, 10_000
"""Requests a minute from one address, and about callbacks of one host; how many are remembered."""
AWAY = "the desk's store does not answer; ask again in a minute"
SAID = (
    "This is a WebSub hub for the feeds of this desk (https://www.w3.org/TR/websub/).\n"
    "To subscribe, POST a form here with hub.mode, hub.topic and hub.callback.\n"
)


class HubDoor:
    """Takes requests. ``heard`` is told the mode of each and how it was answered."""

    def __init__(
        self, listeners: Listeners, heard: Callable[[str, str], object], clock: Clock
    ) -> None:
        """Hand requests to ``listeners``."""
        self._listeners = listeners
        self._heard = heard
        self._clock = clock
        self._asked: dict[str, deque[datetime]] = {}

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve at ``/hub``."""
        router.add_get(HUB, _say)
        router.add_post(HUB, self._ask)

    async def _ask(self, request: web.Request) -> web.StreamResponse:
        wait = self._wait(f"from {request.remote}")
        if wait:
            return self._answer("", Taken(429, "too many requests; please wait"), wait)
        if request.content_type != FORM:
            return self._answer("", Taken(415, f"the request must be a form ({FORM})"))
        if (request.content_length or LONGEST_FORM + 1) > LONGEST_FORM:
            return self._answer("", Taken(413, "the form is too long, or does not say how long"))
        try:
            form = {name: str(one) for name, one in (await request.post()).items()}
        except (ValueError, LookupError):
            return self._answer("", Taken(400, "the form cannot be read; it must be in UTF-8"))
        found = self._listeners.read(form)
        if isinstance(found, Taken):
            return self._answer("", found)
        wait = self._wait(counted_with(found.callback))
        if wait:
            return self._answer(found.mode, Taken(429, "too many requests; please wait"), wait)
        try:
            return self._answer(found.mode, await self._listeners.take(found))
        except LibraryError:
            return self._answer(found.mode, Taken(503, AWAY))

    def _wait(self, who: str) -> int:
        if who not in self._asked and len(self._asked) >= ASKERS:
            del self._asked[next(iter(self._asked))]
        return wait_for(self._asked, who, RATE, self._clock.now())

    def _answer(self, mode: str, taken: Taken, wait: int = 0) -> web.Response:
        outcome = {202: "taken", 429: "crowded", 503: "crowded"}.get(taken.status, "wrong")
        self._heard(mode or "unread", outcome)
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
        if wait or outcome == "crowded":
            headers["Retry-After"] = str(wait or 60)
        return web.Response(text=f"{taken.text}\n", status=taken.status, headers=headers)


async def _say(_: web.Request) -> web.StreamResponse:
    return web.Response(text=SAID)
