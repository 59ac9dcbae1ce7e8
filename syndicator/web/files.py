"""Published files as answers: strong ETag over the bytes, conditions, gzip, HEAD (RFC 9110)."""

import zlib
from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from hashlib import blake2b
from pathlib import Path

from aiohttp import web

from syndicator.web.pages import POLICY

FEED_CACHE = "public, max-age=300, s-maxage=2"
"""Readers ask again after five minutes; a cache that others share does so after two seconds
(RFC 9111 §5.2.2.10), so that it holds no killed article on."""
PAGE_CACHE = "public, no-cache"
"""A browser asks each time, and mostly hears 304."""
_TYPES = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/feed+json",
    ".html": "text/html; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
}


class Body:
    """Bytes to answer with: as they are and packed, their strong ETag, and when they were new."""

    __slots__ = ("etag", "modified", "packed", "plain")

    def __init__(self, plain: bytes, packed: bytes | None, modified: int) -> None:
        """``packed`` is the gzip copy, if there is one; ``modified`` counts seconds (Unix time)."""
        self.plain = plain
        self.packed = packed
        self.etag = blake2b(plain, digest_size=16).hexdigest()
        self.modified = modified


class _Loaded(Body):
    __slots__ = ("stamp",)

    def __init__(self, path: Path, stamp: tuple[int, int, int]) -> None:
        plain = path.read_bytes()
        packed = _packed(path.with_name(path.name + ".gz"), plain)
        super().__init__(plain, packed, stamp[0] // 1_000_000_000)
        self.stamp = stamp


def _packed(path: Path, body: bytes) -> bytes | None:
    """Return the gzip copy if it is one of ``body`` (RFC 1952 §2.3.1: check sum, then size)."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    ending = zlib.crc32(body).to_bytes(4, "little") + (len(body) % 2**32).to_bytes(4, "little")
    return data if data.endswith(ending) else None


class FeedFiles:
    """Reads each file once a change and keeps it; the last good bytes outlive the file."""

    def __init__(self, feeds: Path) -> None:
        """Serve what stands under ``feeds``."""
        self._feeds = feeds
        self._loaded: dict[str, _Loaded] = {}

    def _load(self, name: str) -> _Loaded | None:
        path = self._feeds / name
        try:
            stat = path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            known = self._loaded.get(name)
            if known is None or known.stamp != stamp:
                known = self._loaded[name] = _Loaded(path, stamp)
        except FileNotFoundError:
            self._loaded.pop(name, None)
            return None
        except OSError:
            return self._loaded.get(name)
        return known

    def answer(
        self, request: web.Request, name: str, vary: str | None = None
    ) -> web.Response | None:
        """Answer with a file, 304 where the client has it; ``None`` when there is no such file.

        ``vary`` names headers that had a say in giving this file.
        """
        loaded = self._load(name)
        if loaded is None:
            return None
        headers = {
            "Cache-Control": PAGE_CACHE if name.endswith(".html") else FEED_CACHE,
            "Vary": f"{vary}, Accept-Encoding" if vary else "Accept-Encoding",
        }
        if not name.endswith(".html"):
            headers["Access-Control-Allow-Origin"] = "*"  # on a 304 too, or a browser refuses it
        return respond(request, loaded, Path(name).suffix, headers)


def respond(request: web.Request, body: Body, suffix: str, more: Mapping[str, str]) -> web.Response:
    """Answer with a body, or 304 where the client has it (RFC 9110 §13); ``suffix`` says its type.

    ``more`` are headers that go with a 304 too, as ``Cache-Control`` and ``Vary`` must (§15.4.5).
    """
    packed = body.packed is not None and _accepts_gzip(request.headers.get("Accept-Encoding", ""))
    headers = {
        "ETag": f'"{body.etag}{"-gzip" if packed else ""}"',
        "Last-Modified": formatdate(body.modified, usegmt=True),
        "X-Content-Type-Options": "nosniff",
        **more,
    }
    if _unchanged(request, body):
        return web.Response(status=304, headers=headers)
    headers["Content-Type"] = _TYPES.get(suffix, "application/octet-stream")
    if suffix == ".html":
        headers["Content-Security-Policy"] = POLICY
    if packed:
        headers["Content-Encoding"] = "gzip"
    return web.Response(body=body.packed if packed else body.plain, headers=headers)


def _unchanged(request: web.Request, loaded: Body) -> bool:
    """If-None-Match wins over If-Modified-Since (RFC 9110 §13.2.2) and is compared weakly."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or any(_bare(tag) == loaded.etag for tag in tags.split(","))
    since = request.headers.get("If-Modified-Since")
    if since:
        try:
            return parsedate_to_datetime(since).timestamp() >= loaded.modified
        except (ValueError, TypeError, OverflowError):
            return False
    return False


def _bare(tag: str) -> str:
    return tag.strip().removeprefix("W/").strip('"').removesuffix("-gzip")


def _accepts_gzip(accepted: str) -> bool:
    """Read the quality of gzip, or of ``*`` (RFC 9110 §12.5.3)."""
    qualities: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        value = "".join(parameter.split()).removeprefix("q=") or "1"
        try:
            qualities[name.strip()] = float(value)
        except ValueError:
            qualities[name.strip()] = 0.0
    return qualities.get("gzip", qualities.get("x-gzip", qualities.get("*", 0.0))) > 0
