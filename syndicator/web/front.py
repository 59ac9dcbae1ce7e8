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
SWEEP = 15.0
MAX_REQUEST = 8192
_LINE = re.compile(
    r"GET /feeds/((?:[a-z0-9][a-z0-9-]*)(?:/archive/[0-9]{1,9})?\.(?:rss|atom|json)) HTTP/1\.1"
)
_NAME = re.compile(r"[A-Za-z0-9-]+")
_VALUE = re.compile(r"[\t -~\x80-\xff]*")
_ASKED = {
    "accept": "Accept",
    "accept-encoding": "Accept-Encoding",
    "if-none-match": "If-None-Match",
    "if-modified-since": "If-Modified-Since",
    "sec-fetch-dest": "Sec-Fetch-Dest",
    "user-agent": "User-Agent",
    "host": "Host",
    "connection": "Connection",
}
_NOT_HERE = frozenset(
    {
        "authorization",
        "content-length",
        "expect",
        "if-match",
        "if-range",
        "if-unmodified-since",
        "range",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
Quick = Callable[[str, Mapping[str, str]], bytes | None]
"""Answers a request for the published file of that name; ``None``: the application shall."""


def parse(data: bytes) -> tuple[str, dict[str, str]] | None:
    """Read one whole request for a feed: the file it is of, and the headers that matter.

    ``None`` for everything else, and for everything that could be read in two ways.
    """
    if not data.startswith(b"GET /feeds/") or not data.endswith(b"\r\n\r\n"):
        return None
    if len(data) > MAX_REQUEST or data.find(b"\r\n\r\n") != len(data) - 4:
        return None
    first, *lines = data[:-4].decode("latin-1").split("\r\n")
    wanted = _LINE.fullmatch(first)
    if wanted is None:
        return None
    asked: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            return None
        name = name.lower()
        if name in _NOT_HERE:
            return None
        known = _ASKED.get(name)
        if known is not None:
            if known in asked:
                return None
            asked[known] = value.strip(" \t")
    if "Host" not in asked or asked.get("Connection", "keep-alive").lower() != "keep-alive":
        return None
    return wanted[1], asked


class Door:
    """Opens connections, and closes those that fell silent."""

    def __init__(self, quick: Quick, application: Callable[[], asyncio.Protocol]) -> None:
        """Answer by ``quick``; ``application`` makes what takes a connection over."""
        self.quick = quick
        self.application = application
        self.open: set[_Connection] = set()
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(SWEEP, self._sweep)

    def connection(self) -> asyncio.Protocol:
        """Return what answers a new connection."""
        return _Connection(self, self._loop)

    def close(self) -> None:
        """Close every connection that is still here."""
        self._timer.cancel()
        for one in list(self.open):
            one.close()

    def _sweep(self) -> None:
        now = self._loop.time()
        for one in [one for one in self.open if now - one.heard > IDLE]:
            one.close()
        self._timer = self._loop.call_later(SWEEP, self._sweep)


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

    def close(self) -> None:
        """End the connection; what was written is sent first."""
        if self._transport is not None:
            self._transport.close()


async def listen(
    runner: web.AppRunner, quick: Quick, host: str, port: int
) -> tuple[Door, asyncio.Server]:
    """Open the door before an application that was set up; ``OSError`` where that cannot be."""
    if runner.server is None:
        raise RuntimeError("the application is not set up")
    door = Door(quick, cast("Callable[[], asyncio.Protocol]", runner.server))
    try:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(door.connection, host, port, backlog=1024)
    except OSError:
        door.close()
        raise
    return door, server
