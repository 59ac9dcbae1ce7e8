"""Calling callbacks over HTTP: guarded where the socket is made, never redirected, ten seconds."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from syndicator.adapters.guard import is_allowed
from syndicator.adapters.http_fetcher import network_trouble, one_line
from syndicator.adapters.sessions import Sessions, headers_for_a_line
from syndicator.errors import FetchError
from syndicator.model.desk import FetchSettings
from syndicator.polling.headers import retry_after
from syndicator.polling.hosts import host_of
from syndicator.ports.herald import Reply

SECONDS = 10.0
READ = 1000  # bytes of an answer that are looked at


class HttpHerald:
    """Implements ``ports.herald.Herald``.

    What goes wrong is told by host alone: whoever knows a callback can pose as its hub.
    """

    def __init__(self, settings: FetchSettings, *, contact: str | None, version: str) -> None:
        """Connections open when first needed, inside the running loop."""
        self._allowed = settings.allow_private
        self._sessions = Sessions(settings, headers_for_a_line(version, contact))

    async def close(self) -> None:
        """See ``ports.herald.Herald``."""
        await self._sessions.close()

    def forbids(self, url: str) -> str | None:
        """See ``ports.herald.Herald``. A name is looked at when it is called."""
        host = urlsplit(url).hostname or ""
        try:
            ip_address(host.partition("%")[0])
        except ValueError:
            odd = host.removeprefix("0x").replace(".", "").isdigit()
            return "is no usable address" if odd else None
        return None if is_allowed(host, self._allowed) else "is not a public address"

    async def ask(self, url: str, now: datetime) -> Reply:
        """See ``ports.herald.Herald``."""
        return await self._call("GET", url, now)

    async def tell(
        self, callback: str, body: bytes, headers: Mapping[str, str], now: datetime
    ) -> Reply:
        """See ``ports.herald.Herald``."""
        return await self._call("POST", callback, now, data=body, headers=headers)

    async def _call(self, method: str, url: str, now: datetime, **more: Any) -> Reply:
        try:
            async with asyncio.timeout(SECONDS):
                try:
                    return await self._once(method, url, now, **more)
                except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as error:
                    if isinstance(error, aiohttp.ClientConnectorError):
                        raise
                    # Mostly a connection that was kept open and has just been closed over there.
                    return await self._once(method, url, now, **more)
        except TimeoutError as error:
            raise FetchError(
                "timeout", f"{host_of(url)}: no whole answer within {SECONDS:g} s"
            ) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise network_trouble(f"http://{host_of(url)}/", error) from error

    async def _once(self, method: str, url: str, now: datetime, **more: Any) -> Reply:
        async with self._sessions.straight().request(
            method, URL(url, encoded=True), allow_redirects=False, **more
        ) as response:
            text = one_line((await _beginning(response)).decode("utf-8", "replace"))
            later = retry_after(response.headers, now)
            return Reply(status=response.status, text=text, retry_at=later)


async def _beginning(response: aiohttp.ClientResponse) -> bytes:
    found = b""
    while len(found) < READ and (piece := await response.content.read(READ - len(found))):
        found += piece
    return found
