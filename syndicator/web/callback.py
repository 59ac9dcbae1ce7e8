"""Where hubs call: to verify what was asked of them, to deny it, to deliver (WebSub §5, §6).

The path holds a token that only the desk and one hub know. A hub gets its
answer before anything is read of what it delivers; how that is taken is nobody's
business but ours. What is not signed as agreed is answered like what is, counted,
and let go (§7.2).
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from syndicator.agreements import PATH, Agreements
from syndicator.deliveries import Delivery
from syndicator.errors import LibraryError
from syndicator.model.push import Agreement
from syndicator.ports import Library
from syndicator.push import is_signed
from syndicator.web.pages import MISSING, page

log = structlog.get_logger()
PIECE = 65_536
UPLOAD_SECONDS = 30.0
LONGEST_CHALLENGE = 4096
HELD = 64_000_000  # bytes of deliveries still arriving, all together
BESIDE = 262_144  # bytes above which a signature is worked out beside the loop
PLAIN = {
    # The challenge is foreign text: never to be taken for a page (WebSub §5.3.1).
    "Content-Type": "text/plain; charset=utf-8",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
Take = Callable[[Delivery], Awaitable[bool]]


class _UnwantedError(Exception):
    """A delivery that is not received to its end: with which status, and how it is counted."""

    def __init__(self, status: int, outcome: str) -> None:
        super().__init__(outcome)
        self.status = status
        self.outcome = outcome


class Callback:
    """Answers hubs.

    ``take`` is handed what was delivered and signed; it must not wait, and says
    whether there was room. ``count`` hears the outcome of every delivery that
    does not reach it. ``most`` is the largest body, in bytes.
    """

    def __init__(
        self,
        library: Library,
        agreements: Agreements,
        take: Take,
        count: Callable[[str], object],
        most: int,
    ) -> None:
        """Answer by what ``library`` and ``agreements`` know."""
        self._library = library
        self._agreements = agreements
        self._take = take
        self._count = count
        self._most = most
        self._held = 0

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve under ``/websub/``."""
        router.add_get(PATH + "test/{nonce:[A-Za-z0-9_-]{8,64}}", self._prove, allow_head=False)
        token = PATH + "{token:[A-Za-z0-9_-]{16,64}}"
        router.add_get(token, self._verify, allow_head=False)
        router.add_post(token, self._deliver)

    async def _prove(self, request: web.Request) -> web.StreamResponse:
        """Answer the desk itself, which asks whether it can be reached here."""
        try:
            proof = await self._agreements.proof(request.match_info["nonce"])
        except LibraryError:
            return _away()
        return web.Response(text=proof, headers=PLAIN)

    async def _verify(self, request: web.Request) -> web.StreamResponse:
        token, said = request.match_info["token"], request.query
        mode, topic = said.get("hub.mode", ""), said.get("hub.topic", "")
        challenge = said.get("hub.challenge", "")
        try:
            if mode == "denied":
                known = await self._agreements.deny(token, topic, said.get("hub.reason"))
                if known:
                    log.warning("hub", mode="denied", topic=topic)
                return web.Response(headers=PLAIN) if known else page(MISSING, 404)
            if not 0 < len(challenge) <= LONGEST_CHALLENGE:
                return page(MISSING, 404)
            lease = said.get("hub.lease_seconds")
            ours = await self._agreements.confirm(token, mode, topic, lease)
        except LibraryError:
            return _away()
        if not ours:
            return page(MISSING, 404)
        log.info("hub", mode=mode, status="verified", topic=topic)
        return web.Response(text=challenge, headers=PLAIN)

    async def _deliver(self, request: web.Request) -> web.StreamResponse:
        try:
            agreement = await self._library.agreement(request.match_info["token"])
        except LibraryError:
            return _away()
        if agreement is None or not agreement.wanted or agreement.since is None:
            self._count("unknown")
            # A hub that still holds to what the desk has ended may let go (WebSub §6).
            return web.Response(status=410, headers=PLAIN)
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            self._count("coded")  # hubs do not, and what is packed may be a bomb
            return web.Response(status=415, headers=PLAIN)
        try:
            body = await self._body(request)
        except _UnwantedError as error:
            self._count(error.outcome)
            headers = {**PLAIN, "Connection": "close", "Retry-After": "60"}
            return web.Response(status=error.status, headers=headers)
        if not await _signed(agreement, request.headers.get("X-Hub-Signature"), body):
            self._count("unsigned")
            return web.Response(status=202, headers=PLAIN)
        kind = request.headers.get("Content-Type")
        taken = await self._take(Delivery(agreement=agreement, body=body, content_type=kind))
        return web.Response(status=202, headers=PLAIN) if taken else _away()

    async def _body(self, request: web.Request) -> bytes:
        """Return the bytes as sent.

        Raises:
            _UnwantedError: there are too many, they come too slowly, or so many
                come at once that they would not fit in memory.
        """
        if (request.content_length or 0) > self._most:
            raise _UnwantedError(413, "too-large")
        pieces, size = [], 0
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                async for piece in request.content.iter_chunked(PIECE):
                    size += len(piece)
                    self._held += len(piece)
                    if size > self._most:
                        raise _UnwantedError(413, "too-large")
                    if self._held > HELD:
                        raise _UnwantedError(503, "crowded")
                    pieces.append(piece)
        except TimeoutError:
            raise _UnwantedError(408, "too-slow") from None
        finally:
            self._held -= size
        return b"".join(pieces)


async def _signed(agreement: Agreement, header: str | None, body: bytes) -> bool:
    if len(body) <= BESIDE:
        return is_signed(agreement.secret, header, body)
    return await asyncio.to_thread(is_signed, agreement.secret, header, body)


def _away() -> web.Response:
    """Answer that hubs should try again: the store is away, or the desk has its hands full."""
    return web.Response(status=503, headers={**PLAIN, "Retry-After": "60"})
