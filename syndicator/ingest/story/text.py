"""Wire bytes → text, and hard-wrapped lines → paragraphs."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone

from syndicator.ingest.zone import UNSAID
from syndicator.model.entry import Document

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WRAP = 100  # no wire wraps its lines later than this; longer lines are whole paragraphs
_INDENT = 3  # columns that begin a paragraph; lists hang by two
_INDENTED = 5
_LONG = 80  # a line this long in unwrapped text is a paragraph of its own
_AND = frozenset({"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e", "en", "of"})
_STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_DAY_OFFSET = 24 * 60
_OPEN = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})  # windows-1252 says nothing of these
# What calls itself Latin-1 is windows-1252 (WHATWG Encoding §4.2): nobody sends C1 controls.
_LATIN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "l1", "us-ascii", "ascii"})
_WINDOWS = {byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in _OPEN}


def decode(document: Document, said: str | None = None) -> str:
    """Return the text of a document; nothing is replaced while any reading keeps it.

    A byte order mark, then the charset of the answer's header, then the one
    the document itself declares (``said``), then UTF-8, each only if every
    byte fits; else windows-1252, with ISO 8859-1 for the bytes it leaves open.
    Every line end becomes a line feed.
    """
    return re.sub(r"\r+\n?", "\n", _decoded(document.body, document.content_type, said))


def _decoded(body: bytes, content_type: str | None, said: str | None) -> str:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    header = _CHARSET.search(content_type or "")
    for encoding in (str(header[1]) if header else "", said or "", "utf-8"):
        latin = encoding.lower() in _LATIN
        try:
            # Bytes that are UTF-8 throughout are UTF-8, whatever calls them Latin-1.
            return body.decode("utf-8" if latin else encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            if latin:
                break
    return _windows(body)


def _windows(body: bytes) -> str:
    return body.decode("latin-1").translate(_WINDOWS)


def wrap_width(lines: Iterable[str]) -> int | None:
    """Return the column at which these lines were wrapped; ``None`` if they are not."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    if not lengths:
        return None
    # A long address may stick out; the rest says where the margin is.
    width = lengths[-1] if lengths[-1] <= _WRAP else lengths[int(len(lengths) * 0.96)]
    return width if width <= _WRAP else None


def joined(lines: Sequence[str], width: int | None) -> str:
    """Undo wrapping: a line goes on in the next unless it ended before the margin on purpose.

    It did when the first word of the next line would still have fitted, and
    no bracket was open.
    """
    out = lines[0].strip() if lines else ""
    before = out
    last = len(out) + _INDENTED  # the first line of a paragraph stood indented
    for line in lines[1:]:
        text = line.strip()
        first = text.split(maxsplit=1)[0] if text else ""
        meant = last + 1 + len(first) <= (width or 0) and not _is_open(before)
        if width is None or meant:
            out += "\n" + text
        elif out[-1:] == "-" and out[-2:-1].isalnum() and first.lower() not in _AND:
            out += text
        else:
            out += " " + text
        last = len(text)
        before = text
    return out


def _is_open(line: str) -> bool:
    return line.startswith("(") and line.count("(") > line.count(")")


_END = re.compile(r"[.!?:…。][\"'”’»)]*$")  # noqa: RUF001 - as printed


def paragraphs(lines: Iterable[str], width: int | None = None) -> list[str]:
    """Part lines into paragraphs at blank and indented lines, and undo the wrapping in each.

    Where all are indented and all end a sentence, each is a paragraph.
    """
    lines = [line.expandtabs(4).rstrip() for line in lines]
    width = width or wrap_width(lines)
    indents = [_indent(line) for line in lines if line]
    margin = min(indents[1:] or indents, default=0)  # the first line may stand out
    each = margin >= _INDENT and all(_END.search(line) for line in lines if line)
    groups: list[list[str]] = [[]]
    for line in lines:
        stripped = line.strip()
        long = width is None and len(stripped) >= _LONG
        if not stripped or _indent(line) >= margin + _INDENT or long or each:
            groups.append([])
        if stripped:
            groups[-1].append(stripped)
        if long:
            groups.append([])
    return [joined(group, width) for group in groups if group]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def without_text(count: int) -> tuple[str, ...]:
    """Say how many items had no text to read, if any had none."""
    if count < 2:  # noqa: PLR2004
        return ("1 item without a text was left out",) if count == 1 else ()
    return (f"{count} items without a text were left out",)


def urgency(value: object) -> int | None:
    """Read IPTC's grade of urgency: 1, most urgent, to 8, or 9 for what the user defines."""
    said = str(value).strip()
    return int(said) if len(said) == 1 and said in "123456789" else None


def moment(value: str | None) -> datetime | None:
    """Read an ISO 8601 date, basic or extended (``20161003T152257+0100``), as aware UTC.

    A stamp without a zone is marked as such; what is no date is none.
    """
    found = _STAMP.match((value or "").strip())
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        stamp = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            min(int(second or 0), 59),
            tzinfo=_zone(offset) if offset else UNSAID,
        )
        return stamp.astimezone(UTC) if offset else stamp
    except (ValueError, OverflowError):
        return None


def _zone(offset: str) -> timezone:
    if offset[0] not in "+-":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    if minutes >= _DAY_OFFSET:
        raise ValueError("no such zone")
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
