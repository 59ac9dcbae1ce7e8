"""Getting one document over HTTP: conditional, bounded, guarded at each hop."""

import asyncio
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import aiohttp

from syndicator.adapters.guard import PrivateAddressError, private_address, socket_factory
from syndicator.adapters.inflate import ACCEPTED, BadCodingError, Inflater, TooLargeError
from syndicator.adapters.pace import Pacer
from syndicator.errors import FetchError
from syndicator.model.desk import FetchSettings
from syndicator.model.entry import Document
from syndicator.model.source import Source, SourceState
from syndicator.ports import Fetched, Hints, NotModified

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
)
PERMANENT, REDIRECTS = {301, 308}, {301, 302, 303, 307, 308}
LONGEST_RETRY, LONGEST_CACHE = timedelta(days=31), timedelta(hours=24)
CONNECT_SECONDS = 10.0
NOT_MODIFIED, TOO_MANY = 304, 429
_KINDS = {401: "forbidden", 403: "forbidden", 404: "not-found", 410: "gone", 429: "rate-limited"}


class HttpFetcher:
    """Fetches ``http:`` and ``https:`` sources; see ``ports.Fetcher``."""

    def __init__(self, settings: FetchSettings, *, contact: str | None, version: str) -> None:
        """Connections open when first needed, inside the running loop."""
        self._settings = settings
        self._pacer = Pacer(settings.per_host)
        self._session: aiohttp.ClientSession | None = None
        about = f"+{contact}" if contact else "self-hosted feed reader; no contact set"
        self._agent = f"syndicator/{version} ({about})"

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=0,
                ttl_dns_cache=60,
                socket_factory=socket_factory(self._settings.allow_private),
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                headers={"User-Agent": self._agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPTED},
                timeout=aiohttp.ClientTimeout(
                    total=self._settings.timeout.total_seconds(), sock_connect=CONNECT_SECONDS
                ),
                requote_redirect_url=True,
                max_line_size=16_384,
                max_field_size=32_768,
            )
        return self._session

    async def close(self) -> None:
        """See ``ports.Fetcher``."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch(
        self, source: Source, state: SourceState, now: datetime
    ) -> Fetched | NotModified:
        """See ``ports.Fetcher``."""
        validators = _validators(state) if state.url == source.url else {}
        try:
            async with asyncio.timeout(self._settings.timeout.total_seconds()):
                return await self._follow(source.url, validators, now)
        except TimeoutError as error:
            limit = self._settings.timeout.total_seconds()
            raise FetchError(
                "timeout", f"{source.url}: no whole answer within {limit:g} s"
            ) from error

    async def _follow(
        self, url: str, validators: Mapping[str, str], now: datetime
    ) -> Fetched | NotModified:
        seen = [url]
        permanent = True
        while True:
            answer = await self._ask(seen[-1], validators, now)
            if not isinstance(answer, _Redirect):
                if isinstance(answer, Fetched) and len(seen) > 1 and permanent:
                    return _moved(answer, seen[-1])
                return answer
            permanent = permanent and answer.status in PERMANENT
            target = urljoin(seen[-1], answer.location)
            if urlsplit(target).scheme not in {"http", "https"} or not urlsplit(target).hostname:
                raise FetchError(
                    "bad-redirect",
                    f"{url}: it redirects to {target[:200]}, which is no web address",
                )
            if target in seen:
                raise FetchError(
                    "redirect-loop", f"{url}: its redirects lead back to {target[:200]}"
                )
            if len(seen) > self._settings.max_redirects:
                raise FetchError(
                    "too-many-redirects", f"{url}: over {self._settings.max_redirects} redirects"
                )
            seen.append(target)

    async def _ask(
        self, url: str, validators: Mapping[str, str], now: datetime
    ) -> "Fetched | NotModified | _Redirect":
        host = urlsplit(url).hostname or ""
        async with self._pacer.turn(host):
            try:
                async with self._open().get(
                    url, headers=validators, allow_redirects=False
                ) as response:
                    return await self._read(url, response, conditional=bool(validators), now=now)
            except (aiohttp.ClientError, OSError, ValueError, ssl.SSLError) as error:
                raise _network(url, error) from error

    async def _read(
        self, url: str, response: aiohttp.ClientResponse, *, conditional: bool, now: datetime
    ) -> "Fetched | NotModified | _Redirect":
        status = response.status
        if status in REDIRECTS and "Location" in response.headers:
            return _Redirect(status, response.headers["Location"])
        hints = _hints(response.headers, now)
        if status == NOT_MODIFIED:
            if not conditional:
                raise FetchError(
                    "server-error",
                    f"{url}: answered 304 to a request without conditions",
                    status=304,
                )
            return NotModified(hints=hints)
        if status != 200:  # noqa: PLR2004 - the only one that brings a document
            raise _status(url, status, response.reason, _retry_after(response.headers, now))
        body = await self._body(url, response)
        return Fetched(
            documents=(
                Document(url=url, body=body, content_type=response.headers.get("Content-Type")),
            ),
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
            hints=hints,
        )

    async def _body(self, url: str, response: aiohttp.ClientResponse) -> bytes:
        cap = self._settings.max_bytes
        wire = 0
        try:
            inflater = Inflater(response.headers.get("Content-Encoding"), cap)
            async for piece in response.content.iter_chunked(65_536):
                wire += len(piece)
                if wire > cap:
                    raise TooLargeError
                inflater.feed(piece)
            return inflater.finish()
        except TooLargeError as error:
            raise FetchError(
                "too-large",
                f"{url}: larger than {cap:,} bytes; raise fetch.max_bytes if that is right",
            ) from error
        except BadCodingError as error:
            kind = "truncated" if "too soon" in str(error) else "bad-encoding"
            raise FetchError(kind, f"{url}: {error}") from error


class _Redirect:
    __slots__ = ("location", "status")

    def __init__(self, status: int, location: str) -> None:
        self.status = status
        self.location = location


def _moved(answer: Fetched, target: str) -> Fetched:
    return Fetched(
        documents=answer.documents,
        etag=answer.etag,
        last_modified=answer.last_modified,
        moved_to=target,
        hints=answer.hints,
    )


def _validators(state: SourceState) -> dict[str, str]:
    """Send both validators raw; the server chooses (RFC 9110 §13.1)."""
    headers = {}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


def _moment(value: str | None) -> datetime | None:
    if not value:
        return None
    try:
        stamp = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return stamp.astimezone(UTC) if stamp.tzinfo else stamp.replace(tzinfo=UTC)


def _retry_after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Seconds or a date (RFC 9110 §10.2.3), at most 31 days ahead."""
    value = (headers.get("Retry-After") or "").strip()
    if value.isdigit():
        seconds = min(int(value[:9]), int(LONGEST_RETRY.total_seconds()))
        return now + timedelta(seconds=seconds)
    stated = _moment(value)
    return min(stated, now + LONGEST_RETRY) if stated and stated > now else None


def _hints(headers: Mapping[str, str], now: datetime) -> Hints:
    """The latest of Retry-After, max-age and Expires (RFC 9111 §4.2, §5.2, §5.3)."""
    moments = [_retry_after(headers, now)]
    control = _directives(headers.get("Cache-Control", ""))
    if not control.keys() & {"no-cache", "no-store"}:
        age = headers.get("Age", "0").strip()
        fresh = control.get("max-age", "")
        if fresh.isdigit():
            left = min(int(fresh[:9]), int(LONGEST_CACHE.total_seconds())) - (
                int(age) if age.isdigit() else 0
            )
            moments.append(now + timedelta(seconds=max(0, left)))
        elif (expires := _moment(headers.get("Expires"))) is not None:
            sent = _moment(headers.get("Date")) or now
            moments.append(now + min(max(expires - sent, timedelta()), LONGEST_CACHE))
    return Hints(not_before=max((one for one in moments if one is not None), default=None))


def _directives(value: str) -> dict[str, str]:
    parts = (part.partition("=") for part in value.split(","))
    return {name.strip().lower(): text.strip().strip('"') for name, _, text in parts}


def _status(url: str, status: int, reason: str | None, retry_at: datetime | None) -> FetchError:
    kind = _KINDS.get(status) or ("server-error" if status >= 500 else "refused")  # noqa: PLR2004
    text = f"{url}: the server answered {status} {reason or ''}".rstrip()
    if retry_at:
        text += f"; it asks to wait until {retry_at:%Y-%m-%d %H:%M} UTC"
    return FetchError(kind, text, status=status, retry_at=retry_at)


def _network(url: str, error: BaseException) -> FetchError:
    """Say in one line what went wrong between us and the server."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, PrivateAddressError):
            return private_address(url, str(cause))
        cause = cause.__cause__ or cause.__context__ or getattr(cause, "os_error", None)
    host = urlsplit(url).hostname or url
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchError("dns", f"{url}: there is no host {host}, or no network to ask for it")
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return FetchError("tls", f"{url}: its certificate or encryption fails: {error}")
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchError(
            "connect", f"{url}: cannot connect to {host}: {error.os_error.strerror or error}"
        )
    if isinstance(error, aiohttp.ClientPayloadError):
        return FetchError("truncated", f"{url}: the answer broke off before its end")
    if isinstance(
        error, aiohttp.ServerDisconnectedError | ConnectionResetError | aiohttp.ClientOSError
    ):
        return FetchError("reset", f"{url}: the server closed the connection")
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return FetchError("bad-address", f"{url}: this is not a usable address")
    if isinstance(error, TimeoutError):
        return FetchError("timeout", f"{url}: no connection within {CONNECT_SECONDS:g} s")
    return FetchError(
        "bad-answer",
        f"{url}: not an answer in HTTP: {str(error).splitlines()[0] if str(error) else type(error).__name__}",
    )
