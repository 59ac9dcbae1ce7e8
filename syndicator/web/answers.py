"""A body and what was asked → an answer: conditions, codings, ranges (RFC 9110). Pure."""

import re
from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from hashlib import blake2b
from http import HTTPStatus
from typing import NamedTuple

from syndicator.render.packing import CODINGS, packed

OK, PARTIAL, UNCHANGED, UNSATISFIABLE = 200, 206, 304, 416
TYPES = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/feed+json",
    ".html": "text/html; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
}
_TAGS = {"": "", "gzip": "-gzip", "zstd": "-zstd"}
_ENDINGS = tuple(one for one in _TAGS.values() if one)
_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE)


class Body:
    """Bytes to answer with: as they are and packed, their strong ETag, and when they were new."""

    __slots__ = ("_coded", "etag", "modified", "plain")

    def __init__(self, plain: bytes, modified: int, zipped: bytes | None = None) -> None:
        """``modified`` counts seconds (Unix time); ``zipped`` is the gzip copy, if there is one."""
        self.plain = plain
        self.etag = blake2b(plain, digest_size=16).hexdigest()
        self.modified = modified
        self._coded = {"": plain} if zipped is None else {"": plain, "gzip": zipped}

    def coded(self, coding: str) -> bytes:
        """Return the bytes in a coding, packed when first asked for; as they are in ``""``."""
        data = self._coded.get(coding)
        if data is None:
            data = self._coded[coding] = packed(coding, self.plain)
        return data


class Answer(NamedTuple):
    """Status, headers and bytes of an answer."""

    status: int
    headers: dict[str, str]
    body: bytes


def answer_with(
    body: Body, suffix: str, asked: Mapping[str, str], more: Mapping[str, str]
) -> Answer:
    """Answer with a body, in the best coding that is taken, or 304 where the client has it.

    ``suffix`` says its type. ``asked`` are the request's headers, found whatever the case of
    their names. ``more`` are headers that go with every answer, as ``Cache-Control`` and
    ``Vary`` must with a 304 (§15.4.5). One range is honoured (§14), of the coded bytes.
    """
    coding = _coding(asked.get("Accept-Encoding", ""))
    etag = f'"{body.etag}{_TAGS[coding]}"'
    headers = {
        "ETag": etag,
        "Last-Modified": formatdate(body.modified, usegmt=True),
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        **more,
    }
    if _unchanged(asked, body):
        return Answer(UNCHANGED, headers, b"")
    data = body.coded(coding)
    headers["Content-Type"] = TYPES.get(suffix, "application/octet-stream")
    if coding:
        headers["Content-Encoding"] = coding
    part = asked.get("Range")
    if part is None or asked.get("If-Range", etag) != etag:
        return Answer(OK, headers, data)
    return _part(part, data, headers)


def on_the_wire(answer: Answer, moment: int) -> bytes:
    """Return an answer as HTTP/1.1 sends it (RFC 9112), dated ``moment`` (Unix time)."""
    headers = {**answer.headers, "Date": formatdate(moment, usegmt=True)}
    if answer.status != UNCHANGED:
        headers["Content-Length"] = str(len(answer.body))
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    # As the application writes them: an address of ours may hold letters of any script.
    return "\r\n".join([*lines, "", ""]).encode() + answer.body


def _part(wanted: str, data: bytes, headers: dict[str, str]) -> Answer:
    """Answer with one range; what is not understood, or several, is answered whole (§14.2)."""
    found = _RANGE.fullmatch(wanted)
    if found is None or found[1] == found[2] == "":
        return Answer(OK, headers, data)
    size = len(data)
    if found[1]:
        start, end = int(found[1]), min(int(found[2] or size), size - 1)
        if found[2] and int(found[2]) < start:
            return Answer(OK, headers, data)
    else:
        start, end = max(0, size - int(found[2])), size - 1
    if start >= size or start > end:
        return Answer(UNSATISFIABLE, {**headers, "Content-Range": f"bytes */{size}"}, b"")
    headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return Answer(PARTIAL, headers, data[start : end + 1])


def _unchanged(asked: Mapping[str, str], body: Body) -> bool:
    """If-None-Match wins over If-Modified-Since (§13.2.2) and is compared weakly."""
    tags = asked.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or any(_bare(tag) == body.etag for tag in tags.split(","))
    since = asked.get("If-Modified-Since")
    if since:
        try:
            return parsedate_to_datetime(since).timestamp() >= body.modified
        except (ValueError, TypeError, OverflowError):
            return False
    return False


def _bare(tag: str) -> str:
    tag = tag.strip().removeprefix("W/").strip('"')
    return next((tag.removesuffix(one) for one in _ENDINGS if tag.endswith(one)), tag)


def _coding(accepted: str) -> str:
    """Return the coding liked best (§12.5.3), of equals the smaller; ``""`` for none."""
    if not accepted:
        return ""
    qualities = _qualities(accepted)
    other = qualities.get("*", 0.0)
    liked = {
        coding: qualities.get(coding, qualities.get(f"x-{coding}", other)) for coding in CODINGS
    }
    best = max(liked, key=lambda coding: liked[coding])
    return best if liked[best] > 0 and liked[best] >= qualities.get("identity", 0.0) else ""


def _qualities(accepted: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        value = "".join(parameter.split()).removeprefix("q=") or "1"
        try:
            found[name.strip()] = float(value)
        except ValueError:
            found[name.strip()] = 0.0
    return found
