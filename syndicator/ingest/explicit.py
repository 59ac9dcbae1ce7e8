"""``itunes:explicit`` of a feed that only feedparser can read.

feedparser knows the words "yes" and "clean" alone, and Apple asks for "true" and
"false" today, so the marks are read from the bytes. Where it cannot be told
which entry a mark stands in, one that says so is said of all.
"""

import re

from syndicator.ingest.episodes import is_explicit

_MARK = re.compile(rb"<itunes:explicit\b[^<>]{0,200}>([^<>]{0,40})<", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)


def read_explicit(body: bytes, entries: int) -> list[bool | None]:
    """Return for each of so many entries what it, or else its feed, says of itself."""
    if not entries or b"explicit" not in body.lower():
        return [None] * entries
    starts = [found.start() for found in _ENTRY.finditer(body)]
    if len(starts) != entries:
        said = [_said(found[1]) for found in _MARK.finditer(body)]
        return [True if True in said else None] * entries
    ends = [*starts[1:], len(body)]
    of_feed = _first(body[: starts[0]]) if starts else None
    own = [_first(body[start:end]) for start, end in zip(starts, ends, strict=True)]
    return [of_feed if one is None else one for one in own]


def _first(part: bytes) -> bool | None:
    found = _MARK.search(part)
    return _said(found[1]) if found else None


def _said(word: bytes) -> bool | None:
    return is_explicit(word.decode("latin-1"))
