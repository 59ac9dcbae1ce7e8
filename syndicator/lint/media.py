"""The ``Content-Type`` a feed came with: readers choose the parser and the encoding by it."""

from email.message import Message

from syndicator.lint.findings import Findings, Place, shown

_XML = frozenset({"text/xml", "application/xml"})
_FITTING = {
    "rss": _XML | {"application/rss+xml"},
    "rdf": _XML | {"application/rdf+xml", "application/rss+xml"},
    "atom": _XML | {"application/atom+xml"},
    "json": frozenset({"application/feed+json", "application/json"}),
}
_ALL = frozenset().union(*_FITTING.values())


def check_type(header: str | None, found: Findings, kind: str | None = None) -> str | None:
    """Judge the header, against a ``kind`` of feed once that is known; return its charset."""
    if not header:
        return None
    message = Message()
    try:
        message["content-type"] = " ".join(header[:500].split())
        media = message.get_content_type() if "/" in header else header.strip().lower()
        charset = message.get_content_charset()
    except (ValueError, UnicodeError, LookupError):
        media, charset = header.strip().lower()[:80], None
    if kind is None:
        return charset
    if media not in _ALL or media not in _FITTING.get(kind, _ALL):
        found.add("UnexpectedContentType", "", Place(value=shown(header)))
    elif media in _XML or media == "application/json":
        found.add("NonSpecificMediaType", "", Place(value=shown(header)))
    return charset
