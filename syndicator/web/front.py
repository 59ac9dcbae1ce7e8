"""The door of the desk: plain requests for public feeds are answered here, others by aiohttp.

Readers ask for one thing, again and again: ``GET`` of a feed, in one packet, on a connection
they keep. That is answered without making a request object. Whatever is unusual (another
method or address, a body, a range, a credential, a browser, two requests at once, a request
in pieces, a header we do not know how to read) goes to aiohttp with the connection, for good:
nothing here interprets what aiohttp might interpret otherwise (RFC 9112 §11.2).
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import cast

from aiohttp import web

IDLE = 75.0
"""Seconds after which a connection that asks nothing is closed, as the application does."""
LOST = 600.0
"""Seconds after which one that does not even take its answer is dropped with it."""
SWEEP = 15.0
MAX_REQUEST = 8192
_REQUEST = re.compile(
    rb"GET /feeds/((?:[a-z0-9][a-z0-9-]*)(?:/archive/[0-9]{1,9})?\.(?:rss|atom|json)) HTTP/1\.1\r\n"
    rb"((?:[A-Za-z0-9-]+:[\t -~\x80-\xff]*\r\n)+)\r\n"
)
_HEADERS: dict[str, str | None] = {
    "accept": "Accept",
    "accept-encoding": "Accept-Encoding",
    "if-none-match": "If-None-Match",
    "if-modified-since": "If-Modified-Since",
    "sec-fetch-dest": "Sec-Fetch-Dest",
    "user-agent": "User-Agent",
    "host": "Host",
    "connection": "Connection",
    # A request with one of these is none of ours.
    "authorization": None,
    "content-length": None,
    "expect": None,
    "if-match": None,
    "if-range": None,
    "if-unmodified-since": None,
    "range": None,
    "te": None,
    "trailer": None,
    "transfer-encoding": None,
    "upgrade": None,
}
Quick = Callable[[str, Mapping[str, str]], bytes | None]
"""Answers a request for the published file of that name; ``None``: the application shall."""
QUICK: web.AppKey[Quick] = web.AppKey("quick")
"""Key in the application under which it says what answers such requests."""


def parse(data: bytes) -> tuple[str, dict[str, str]] | None:
    """Read one whole request for a feed: the file it is of, and the headers that matter.

    ``None`` for everything else, and for everything that could be read in two ways.
    """
    found = _REQUEST.fullmatch(data) if len(data) <= MAX_REQUEST else None
    if found is None:
        return None
    asked: dict[str, str] = {}
    for line in found[2].decode("latin-1").split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        known = _HEADERS.get(name.lower(), "")
        if known is None or known in asked:
            return None
        if known:
            asked[known] = value.strip(" \t")
    if "Host" not in asked or asked.get("Connection", "keep-alive").lower() != "keep-alive":
        return None
    return found[1].decode("ascii"), asked


class Door:
    """Opens connections, and closes those that fell silent."""

    def __init__(self, quick: Quick, application: Callable[[], asyncio.Protocol]) -> None:
        """Answer by ``quick``; ``application`` makes what takes a connection over."""
        self.quick = quick
        self.application = application
        self.open: set[_Connection] = set()
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(SWEEP, self.sweep)

    def connection(self) -> asyncio.Protocol:
        """Return what answers a new connection."""
        return _Connection(self, self._loop)

    def close(self) -> None:
        """Close every connection that is still here."""
        self._timer.cancel()
        for one in list(self.open):
            one.close()

    def sweep(self) -> None:
        """Close connections that fell silent, and look again later."""
        self._timer.cancel()
        now = self._loop.time()
        for one in [one for one in self.open if now - one.heard > IDLE]:
            one.close(lost=now - one.heard > LOST)
        self._timer = self._loop.call_later(SWEEP, self.sweep)


class _Connection(asyncio.Protocol):
    """One connection, until it closes or asks for something unusual."""

    __slots__ = ("_door", "_loop", "_transport", "heard")

    def __init__(self, door: Door, loop: asyncio.AbstractEventLoop) -> None:
        self._door = door
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self.heard = loop.time()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._door.open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's
        self._door.open.discard(self)
        self._transport = None

    def data_received(self, data: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        self.heard = self._loop.time()
        asked = parse(data)
        answer = self._door.quick(*asked) if asked is not None else None
        if answer is not None:
            self._transport.write(answer)
        else:
            self._hand_over(self._transport, data)

    def _hand_over(self, transport: asyncio.Transport, data: bytes) -> None:
        self._door.open.discard(self)
        taker = self._door.application()
        transport.set_protocol(taker)
        transport.resume_reading()
        taker.connection_made(transport)
        taker.data_received(data)

    def pause_writing(self) -> None:
        """Hear no more of a client that does not read what it was sent."""
        if self._transport is not None:
            self._transport.pause_reading()

    def resume_writing(self) -> None:
        """Go on when it does."""
        if self._transport is not None:
            self._transport.resume_reading()

    def close(self, *, lost: bool = False) -> None:
        """End the connection; what was written is sent first, unless it is ``lost``."""
        if self._transport is None:
            return
        if lost:
            self._transport.abort()
        else:
            self._transport.close()


class Front:
    """An application that is served, and the door before it."""

    def __init__(self, app: web.Application, closing: float) -> None:
        """Serve ``app``; ``closing`` are the seconds open requests have to end."""
        self._runner = web.AppRunner(
            app, access_log=None, handle_signals=False, shutdown_timeout=closing
        )
        self._quick = app[QUICK]
        self._door: Door | None = None
        self._server: asyncio.Server | None = None

    async def listen(self, host: str, port: int) -> tuple[str, int]:
        """Open the door; return where it is.

        Raises:
            OSError: it cannot be opened there.
        """
        await self._runner.setup()
        door = Door(self._quick, cast("Callable[[], asyncio.Protocol]", self._runner.server))
        self._door = door
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(door.connection, host, port, backlog=1024)
        except OSError:
            await self.cleanup()
            raise
        address = self._server.sockets[0].getsockname()
        return str(address[0]), int(address[1])

    async def cleanup(self) -> None:
        """Close the door, and let requests end that the application is answering."""
        if self._server is not None:
            self._server.close()
        if self._door is not None:
            self._door.close()
        await self._runner.cleanup()
