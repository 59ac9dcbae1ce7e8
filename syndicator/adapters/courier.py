"""Asking hubs over HTTP: bounded, guarded at each hop like a fetch."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from syndicator.adapters.http_fetcher import (
    network_trouble,
    one_line,
    redirect_target,
    shown,
    status_trouble,
)
from syndicator.adapters.pace import CrowdedError, Pacer
from syndicator.adapters.sessions import Sessions, headers_for_a_line
from syndicator.errors import FetchError, LaterError
from syndicator.model.desk import FetchSettings
from syndicator.polling.headers import retry_after
from syndicator.polling.hosts import host_of

KEEPS_FORM = frozenset({307, 308})
OK, FIRST_ERROR = 200, 300
READ = 1000  # bytes of an answer that are looked at
PATIENCE = 60.0  # seconds; nobody waits for a hub


class HttpCourier:
    """Implements ``ports.courier.Courier``."""

    def __init__(self, settings: FetchSettings, *, contact: str | None, version: str) -> None:
        """Connections open when first needed, inside the running loop."""
        self._settings = settings
        self._pacer = Pacer(settings.per_host, PATIENCE)
        self._sessions = Sessions(settings, headers_for_a_line(version, contact))

    async def close(self) -> None:
        """See ``ports.courier.Courier``."""
        await self._sessions.close()

    async def ask(self, hub: str, form: Mapping[str, str], now: datetime) -> None:
        """See ``ports.courier.Courier``. A secret is never carried from https: to http:."""
        url, seen = hub, [hub]
        while True:
            status, target, text, retry_at = await self._send("POST", url, form, now)
            if OK <= status < FIRST_ERROR:
                return
            if status not in KEEPS_FORM:
                raise status_trouble(url, status, text, retry_at)
            following = redirect_target(url, target)
            down = urlsplit(url).scheme == "https" and (following or "").startswith("http:")
            if following is None or following in seen or down:
                raise FetchError(
                    "bad-redirect", f"{shown(hub)}: it redirects to {one_line(target)}, no good hub"
                )
            if len(seen) > self._settings.max_redirects:
                raise FetchError("too-many-redirects", f"{shown(hub)}: it redirects on and on")
            url = following
            seen.append(url)

    async def look(self, url: str, now: datetime) -> str:
        """See ``ports.courier.Courier``."""
        status, target, text, _ = await self._send("GET", url, None, now)
        if status != OK:
            where = f", which leads to {one_line(target)}" if target else ""
            raise FetchError("refused", f"{shown(url)}: the answer is {status}{where}")
        return text

    async def _send(
        self, method: str, url: str, form: Mapping[str, str] | None, now: datetime
    ) -> tuple[int, str, str, datetime | None]:
        """Ask once; return status, ``Location``, the beginning of the answer, and ``Retry-After``.

        Raises:
            FetchError: no answer came.
            LaterError: too many wait for the same host.
        """
        limit = self._settings.timeout.total_seconds()
        try:
            async with (
                self._pacer.turn(host_of(url)),
                asyncio.timeout(limit),
                self._sessions.straight().request(
                    method, URL(url), data=form, allow_redirects=False
                ) as response,
            ):
                text = one_line((await response.content.read(READ)).decode("utf-8", "replace"))
                target = response.headers.get("Location", "")
                return response.status, target, text, retry_after(response.headers, now)
        except CrowdedError as error:
            later = now + timedelta(seconds=error.seconds)
            raise LaterError(f"{shown(url)}: many wait for {host_of(url)}", later) from error
        except TimeoutError as error:
            raise FetchError(
                "timeout", f"{shown(url)}: no whole answer within {limit:g} s"
            ) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise network_trouble(url, error) from error
