r"""Wire text whose frame is printed, as AAP, Medianet and others send it → Feed.

::

    ZCZC service
    %routing
    #slug
    $headline
    :(PLACE)
    &author
    *subject
    text …
    NNNN

The signs at the top say what a line is; a desk may leave out any. Others name the lines by two
letters (``TI#headline``). What a frame holds beside may be a message of IPTC 7901 or ANPA 1312
that lost its control characters. ``NNNN`` may be missing, and a file may hold several frames.
"""

import re
from collections.abc import Iterator
from datetime import datetime

import msgspec

from syndicator.errors import ReadError
from syndicator.ingest.story.anpa1312 import is_anpa1312, read_anpa1312
from syndicator.ingest.story.iptc7901 import is_iptc7901, read_iptc7901
from syndicator.ingest.story.text import decode, paragraphs, wrap_width
from syndicator.ingest.zone import UNSAID
from syndicator.model.entry import Category, Document, Entry, Feed, Origin
from syndicator.model.text import legal, squeeze

_OPENING = re.compile(
    r"[ \t]*(?:ZCZC|zczc)(?P<service>(?:[ \t]+[A-Z0-9][A-Z0-9/.-]{0,11}){0,6})[ \t]*"
)
_CLOSING = re.compile(r"\s*NNNN\s*", re.IGNORECASE)
_SIGNED = re.compile(r"(?P<sign>[%#$:&*@~^+=!?`])(?P<said>\S.*|)")
_FIELD = re.compile(r"(?P<name>[A-Z]{2})#(?P<said>.*)")
_ROUTING = re.compile(r"(?=.*[\d-])[A-Z0-9/()#:_.-]{1,24}(?:[ \t]+[A-Z0-9/()#:_.-]{1,12}){0,7}\s*")
_PLACE = re.compile(r"\(([^()\d]{2,60})\)")
_NAME = re.compile(r"[^\W\d]\S*(?:\s+\S+){1,6}")
_SUBJECT = re.compile(r"\d{8}")
_SOURCE = re.compile(r"\s*source\s*:\s*\S.*", re.IGNORECASE)
_BYLINE = re.compile(r"(?:by|von|par|por|di|door|av|af)\s+\S.*", re.IGNORECASE)
_PRINTED = re.compile(r"(\d{1,2}) ([A-Za-z]{3,9}) (\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_HEADLINE = 3  # letters; fewer are the code of a desk
_LONGEST, _FEWEST, _MOST = 220, 3, 30
_STOPS = (".", ":", ";", ",")


def is_zczc(head: str) -> bool:
    """Say whether text opens with a printed frame."""
    line, _, rest = head.lstrip("\x00 \t\r\n").partition("\n")
    return _OPENING.fullmatch(line.rstrip("\r")) is not None and bool(rest.strip())


def read_zczc(document: Document) -> Feed:
    """Read one or more framed messages.

    Raises:
        ReadError: no frame holds a text.
    """
    entries: list[Entry] = []
    kinds: list[str] = []
    for service, lines in _frames(decode(document)):
        held = _held(document, lines)
        if held is not None:
            entries += held.entries
            kinds.append(held.format)
        elif (entry := _entry(service, lines, document)) is not None:
            entries.append(entry)
            kinds.append("zczc")
    if not entries:
        raise ReadError("not-a-feed", f"{document.url}: a frame (ZCZC) without a text")
    return Feed(format=kinds[0], origin=Origin(), entries=tuple(entries))


def _frames(text: str) -> Iterator[tuple[str | None, list[str]]]:
    """Yield the service that each frame names and its lines, without those of the frame."""
    service: str | None = None
    lines: list[str] | None = None
    for line in text.split("\n"):
        opening = _OPENING.fullmatch(line)
        if opening is not None or _CLOSING.fullmatch(line):
            if lines is not None:
                yield service, lines
            service = squeeze(opening["service"]) or None if opening is not None else None
            lines = [] if opening is not None else None
        elif lines is not None:
            lines.append(legal(line).rstrip())
    if lines is not None:
        yield service, lines


def _held(document: Document, lines: list[str]) -> Feed | None:
    """Read a frame that holds a message of another wire format."""
    text = "\n".join(lines).strip("\n")
    whole = msgspec.structs.replace(document, body=text.encode(), content_type=None)
    try:
        if is_anpa1312(text):
            return read_anpa1312(whole)
        return read_iptc7901(whole) if is_iptc7901(text) else None
    except ReadError:
        return None


def _entry(service: str | None, lines: list[str], document: Document) -> Entry | None:
    fields, rest = _fields(lines)
    if fields:
        return _of_fields(fields, rest, document)
    signed, rest = _head(lines)
    agency = (service or "").partition(" ")[0]
    blocks = _without_sign(_blocks(rest), agency)
    title = next((said for sign in "$^" for said in signed.get(sign, []) if _is_words(said)), None)
    if title is None:
        title, blocks = _headline(blocks)
    if not blocks and title is None:
        return None
    return Entry(
        title=title,
        content="\n\n".join(blocks) or None,
        base=document.url,
        byline=next((said for said in signed.get("&", []) if _is_name(said)), None),
        dateline=_place(signed.get(":", [])),
        categories=tuple(
            Category(term=said, scheme="iptc-subject")
            for said in dict.fromkeys(signed.get("*", []))
            if _SUBJECT.fullmatch(said)
        ),
        provider=agency if agency.isalpha() else None,
    )


def _blocks(lines: list[str]) -> list[str]:
    """Part a text into paragraphs; a line that names its source stands alone."""
    parted = [part for one in lines for part in (("", one) if _SOURCE.fullmatch(one) else (one,))]
    return paragraphs(parted, wrap_width(lines))


def _without_sign(blocks: list[str], agency: str) -> list[str]:
    """Drop the agency and its desk from the end ("AAP RTV"), where they sign the frame."""
    words = blocks[-1].split() if blocks else []
    signs = words[:1] == [agency] and len(words) <= _FEWEST
    return blocks[:-1] if signs and all(one.isupper() for one in words) else blocks


def _head(lines: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Part the signed lines and those of routing at the top from the text."""
    signed: dict[str, list[str]] = {}
    for number, line in enumerate(lines):
        text = line.strip()
        found = _SIGNED.fullmatch(text)
        if found is not None:
            signed.setdefault(found["sign"], []).append(squeeze(found["said"]))
        elif text and (signed or not _ROUTING.fullmatch(text)):
            return signed, lines[number:]
    return signed, []


def _is_words(said: str) -> bool:
    return len(said) >= _HEADLINE


def _is_name(said: str) -> bool:
    """A name has words; one word, or one with strokes, is how somebody logs in."""
    return _NAME.fullmatch(said) is not None and "\\" not in said and "@" not in said


def _place(said: list[str]) -> str | None:
    found = (_PLACE.fullmatch(one) for one in said)
    return next((one[1].strip() for one in found if one), None)


def _headline(blocks: list[str]) -> tuple[str | None, list[str]]:
    """Where no line is signed as headline, a first line that stands alone and does not stop is."""
    first = blocks[0] if blocks else ""
    alone = len(blocks) > 1 and "\n" not in first and len(first) <= _LONGEST
    count = len(first.split())
    if not alone or not _FEWEST <= count <= _MOST:
        return None, blocks
    if first.endswith(_STOPS) or _BYLINE.fullmatch(first):
        return None, blocks
    return squeeze(first), blocks[1:]


def _fields(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Part fields named by two letters from the text, which the last of them opens."""
    fields: dict[str, str] = {}
    for number, line in enumerate(lines):
        found = _FIELD.fullmatch(line.strip())
        if found is None and line.strip():
            return fields, lines[number:]
        if found is not None:
            fields.setdefault(found["name"], squeeze(found["said"]))
            if found["name"] == "TX":
                return fields, [found["said"], *lines[number + 1 :]]
    return fields, []


def _of_fields(fields: dict[str, str], rest: list[str], document: Document) -> Entry | None:
    content = "\n\n".join(_blocks(rest))
    title = fields.get("TI") or None
    if not content and title is None:
        return None
    number = fields.get("AN")
    return Entry(
        guid=f"zczc:{number}" if number else None,
        title=title,
        summary=fields.get("AB") or None,
        content=content or None,
        base=document.url,
        byline=fields.get("BY") or None,
        published=_moment(fields.get("PD", "")),
        provider=fields.get("SO") or None,
    )


def _moment(said: str) -> datetime | None:
    found = _PRINTED.fullmatch(said)
    month = found[2][:3].lower() if found else ""
    if found is None or month not in _MONTHS:
        return None
    day, year = int(found[1]), int(found[3])
    hour, minute, second = (int(one or 0) for one in found.groups()[3:])
    try:
        return datetime(year, _MONTHS.index(month) + 1, day, hour, minute, second, tzinfo=UNSAID)
    except ValueError:
        return None
