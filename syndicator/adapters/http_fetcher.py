"""Getting one document over HTTP: conditional, bounded, guarded at each hop."""

import asyncio
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

import aiohttp
import msgspec
from yarl import URL

from syndicator.adapters.guard import PrivateAddressError, private_address
from syndicator.adapters.inflate import (
    ACCEPTED,
    BadCodingError,
    CutOffError,
    Inflater,
    TooLargeError,
    unpacked,
)
from syndicator.adapters.pace import CrowdedError, Pacer
from syndicator.adapters.sessions import CONNECT_SECONDS, Sessions, agent_name
from syndicator.errors import FetchError, LaterError
from syndicator.model.desk import FetchSettings
from syndicator.model.entry import Document
from syndicator.model.source import Source, SourceState
from syndicator.polling.headers import not_before, retry_after
from syndicator.polling.hosts import host_of
from syndicator.ports import Fetched, Hints, NotModified
from syndicator.push import header_links

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
)
PERMANENT, REDIRECTS = frozenset({301, 308}), frozenset({301, 302, 303, 307, 308})
DOCUMENT, DELTA = frozenset({200, 203}), 226
NOT_MODIFIED = 304
_KINDS = {401: "forbidden", 403: "forbidden", 404: "not-found", 410: "gone", 429: "rate-limited"}
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_AS_WRITTEN = re.compile(r"[!#-;=?-\[\]_a-z~]+")  # characters an address may hold (RFC 3986 §2)
_ASCII = "".join(map(chr, range(0x21, 0x7F)))


class _Redirect(msgspec.Struct, frozen=True):
    status: int
    location: str


class _Asking(msgspec.Struct, frozen=True):
    """What goes with every hop of one poll."""

    source: Source
    validators: Mapping[str, str]
    now: datetime

    def headers(self, url: str) -> dict[str, str]:
        """Return the headers for one hop; credentials go to the source's own origin alone."""
        access = self.source.access
        if access is None or _origin(url) != _origin(self.source.url):
            return dict(self.validators)
        return {**self.validators, **access.sent()}


class HttpFetcher:
    """Fetches ``http:`` and ``https:`` sources; see ``ports.Fetcher``."""

    def __init__(
        self, settings: FetchSettings, *, contact: str | None, version: str, patience: float
    ) -> None:
        """Connections open when first needed, inside the running loop.

        Nobody waits longer than ``patience`` seconds for a turn at a host.
        """
        self._settings = settings
        self._pacer = Pacer(settings.per_host, patience)
        agent = agent_name(version, contact)
        headers = {"User-Agent": agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPTED}
        self._sessions = Sessions(settings, headers)

    async def close(self) -> None:
        """See ``ports.Fetcher``."""
        await self._sessions.close()

    async def fetch(
        self, source: Source, state: SourceState, now: datetime
    ) -> Fetched | NotModified:
        """See ``ports.Fetcher``.

        ``settings.timeout`` counts only time spent with servers, all hops
        together, not time spent waiting for a turn at a host.
        """
        asking = _Asking(source, _validators(state) if state.url == source.url else {}, now)
        url = state.address or source.url
        seen = [url]
        permanent, left = True, self._settings.timeout.total_seconds()
        while True:
            answer, left = await self._timed(url, asking, left)
            if not isinstance(answer, _Redirect):
                moved = len(seen) > 1 and permanent
                return msgspec.structs.replace(answer, moved_to=url) if moved else answer
            permanent = permanent and answer.status in PERMANENT
            url = self._next(url, answer.location, seen)
            seen.append(url)

    def _next(self, url: str, location: str, seen: list[str]) -> str:
        """Return where a redirect leads, unless it leads nowhere good."""
        start = shown(seen[0])
        target = redirect_target(url, location)
        if target is None:
            raise FetchError(
                "bad-redirect",
                f"{start}: it redirects to {one_line(location)}, which is no web address",
            )
        if target in seen:
            raise FetchError(
                "redirect-loop", f"{start}: its redirects lead back to {shown(target)}"
            )
        if len(seen) > self._settings.max_redirects:
            raise FetchError(
                "too-many-redirects",
                f"{start}: over {self._settings.max_redirects} redirects, the last to "
                f"{shown(target)}; use the feed's final address",
            )
        return target

    async def _timed(
        self, url: str, asking: _Asking, left: float
    ) -> tuple[Fetched | NotModified | _Redirect, float]:
        """Ask once, when it is this host's turn; return the answer and the seconds left."""
        clock = asyncio.get_running_loop().time
        try:
            async with self._pacer.turn(host_of(url)):
                start = clock()
                try:
                    async with asyncio.timeout(left):
                        answer = await self._ask(url, asking)
                except TimeoutError as error:
                    limit = self._settings.timeout.total_seconds()
                    raise FetchError(
                        "timeout", f"{shown(url)}: no whole answer within {limit:g} s"
                    ) from error
                return answer, left - (clock() - start)
        except CrowdedError as error:
            later = asking.now + timedelta(seconds=error.seconds)
            raise LaterError(f"{shown(url)}: many wait for {host_of(url)}", later) from error

    async def _ask(self, url: str, asking: _Asking) -> Fetched | NotModified | _Redirect:
        proxy = asking.source.proxy
        try:
            address = URL(url, encoded=bool(_AS_WRITTEN.fullmatch(url)))
            session = self._sessions.through_proxy(address) if proxy else self._sessions.straight()
            async with session.get(
                address,
                headers=asking.headers(url),
                allow_redirects=False,
                proxy=proxy.get_secret_value() if proxy else None,
            ) as response:
                conditional = bool(asking.validators)
                return await self._read(url, response, conditional=conditional, now=asking.now)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise network_trouble(url, error) from error

    async def _read(
        self, url: str, response: aiohttp.ClientResponse, *, conditional: bool, now: datetime
    ) -> Fetched | NotModified | _Redirect:
        status, headers = response.status, response.headers
        if status in REDIRECTS:
            return _Redirect(status, headers.get("Location", ""))
        links = tuple(header_links(headers.getall("Link", ())))
        floor = not_before(headers, now)
        hints = Hints(not_before=floor.at, why=floor.why) if floor else Hints()
        if status == NOT_MODIFIED and conditional:
            return NotModified(hints=hints, links=links)
        if status not in DOCUMENT and not (status == DELTA and conditional):
            raise status_trouble(url, status, response.reason, retry_after(headers, now))
        body = await self._body(url, response)
        kind = headers.get("Content-Type")
        document = Document(
            url=_bare(url), body=body, content_type=one_line(kind) if kind else None
        )
        return Fetched(
            documents=(document,),
            status=status,
            etag=_clean(headers.get("ETag")),
            last_modified=_clean(headers.get("Last-Modified")),
            hints=hints,
            links=links,
        )

    async def _body(self, url: str, response: aiohttp.ClientResponse) -> bytes:
        cap = self._settings.max_bytes
        try:
            inflater = Inflater(response.headers.get("Content-Encoding"), cap)
            inflater.expect(response.content_length)
            async for piece in response.content.iter_chunked(65_536):
                inflater.feed(piece)
            return unpacked(inflater.finish(), cap)
        except TooLargeError as error:
            raise FetchError(
                "too-large",
                f"{shown(url)}: larger than {cap:,} bytes; raise fetch.max_bytes if that is right",
            ) from error
        except BadCodingError as error:
            kind = "truncated" if isinstance(error, CutOffError) else "bad-encoding"
            raise FetchError(kind, f"{shown(url)}: {one_line(str(error))}") from error


def _origin(url: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port (RFC 6454)."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return "", "", None
    return parts.scheme, parts.hostname or "", port


def redirect_target(url: str, location: str) -> str | None:
    """Return a redirect's absolute target (RFC 9110 §10.2.2); ``None`` if it is no web address."""
    raw = location.strip().encode("utf-8", "surrogateescape")
    try:
        target = urldefrag(urljoin(url, quote(raw, safe=_ASCII))).url
        parts = urlsplit(target)
        _ = parts.port
    except ValueError:
        return None
    return target if raw and parts.scheme in {"http", "https"} and parts.hostname else None


def _bare(url: str) -> str:
    """Return the address without user and password, which no link made from it may carry."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def one_line(text: str) -> str:
    """Return foreign text as one line, fit for a log and for storing."""
    return _NO_TEXT.sub(" ", text).strip()[:200]


def shown(url: str) -> str:
    """Return an address fit for a log: one line, no password."""
    return one_line(_bare(url))


def _clean(value: str | None) -> str | None:
    """Return a validator as it was sent, or ``None`` if it could not be sent back as it was."""
    return None if not value or _NO_TEXT.search(value) else value


def _validators(state: SourceState) -> dict[str, str]:
    """Send both validators raw; the server chooses (RFC 9110 §13.1).

    With an entity tag goes the offer to take only what is new (RFC 3229 §10.5.3).
    """
    pairs = (
        ("If-None-Match", state.etag),
        ("If-Modified-Since", state.last_modified),
        ("A-IM", "feed" if state.etag else None),
    )
    return {name: value for name, value in pairs if value}


def status_trouble(
    url: str, status: int, reason: str | None, retry_at: datetime | None
) -> FetchError:
    """Say in one line with what a server refused."""
    kind = _KINDS.get(status) or ("server-error" if status >= 500 else "refused")  # noqa: PLR2004
    text = f"{shown(url)}: the server answered {status} {one_line(reason or '')}".rstrip()
    if status == NOT_MODIFIED:
        kind, text = "server-error", f"{text} to a request without conditions"
    if retry_at:
        text += f"; it asks to wait until {retry_at:%Y-%m-%d %H:%M} UTC"
    return FetchError(kind, text, status=status, retry_at=retry_at)


def network_trouble(url: str, error: Exception) -> FetchError:
    """Say in one line what went wrong between us and the server."""
    name, host = shown(url), host_of(url)
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, PrivateAddressError):
            return private_address(name, str(cause))
        cause = cause.__cause__ or cause.__context__
    match error:
        case aiohttp.ClientProxyConnectionError():
            kind, text = "proxy", "cannot connect to the proxy of this source"
        case aiohttp.ClientHttpProxyError():
            kind, text = "proxy", f"the proxy of this source refuses ({error.status})"
        case aiohttp.ClientConnectorDNSError():
            kind, text = "dns", f"there is no host {host}, or no network to ask for it"
        case aiohttp.ClientSSLError():
            kind, text = "tls", f"its certificate or encryption fails ({error})"
        case TimeoutError():
            kind, text = "timeout", f"no connection to {host} within {CONNECT_SECONDS:g} s"
        case aiohttp.ClientConnectorError():
            reason = error.os_error.strerror or str(error)
            kind, text = "connect", f"cannot connect to {host} ({reason})"
        case aiohttp.ClientPayloadError():
            kind, text = "truncated", "the answer broke off before its end"
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientOSError() | ConnectionError():
            kind, text = "reset", "the server closed the connection without a whole answer"
        case aiohttp.InvalidURL():
            kind, text = "bad-address", "this is not a usable address"
        case aiohttp.ClientResponseError():
            kind, text = "bad-answer", "not an answer in HTTP, or one longer than announced"
        case aiohttp.ClientError():
            kind, text = "bad-answer", f"not an answer in HTTP ({error})"
        case ValueError():
            kind, text = "bad-address", f"this is not a usable address ({error})"
        case _:
            kind, text = "connect", f"cannot ask {host} ({error})"
    return FetchError(kind, f"{name}: {one_line(text)}")
