r"""ANPA 1312 as the Associated Press and others send it → Feed.

::

    SYN SYN SOH service number US selector CRLF
    priority SP category DC3 DC1 SP keyword date words CRLF
    STX ^keyword line,words<
    ^headline<
    ^Eds: note<
    ^By AUTHOR=
    ^Affiliation=
    text … ETX AP-WF-mm-dd-yy hhmmGMT< … EOT

``^`` opens a line set apart, ``<`` and ``=`` close one (quad left, centred).
Quotes (`` and \\'\\') and the underscore for a dash are kept as sent.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import msgspec

from syndicator.errors import ReadError
from syndicator.ingest.story.text import decode, paragraphs, wrap_width
from syndicator.ingest.zone import UNSAID
from syndicator.model.entry import Category, Document, Entry, Feed, Origin, Rights
from syndicator.model.text import legal, squeeze

SOH, STX, ETX, EOT, US = "\x01", "\x02", "\x03", "\x04", "\x1f"
_FILL = "\x00\x0c\x11\x12\x13\x14\x16\x7f"
_SECOND = re.compile(
    r"\s*([a-z]) ([a-z])\s*((?:am|pm|bc|bi|fn|sp)\S*)(.*?)\s(\d\d?)-(\d\d?)\s+(\d+)?", re.IGNORECASE
)
_KEYWORD = re.compile(
    r"(?:(?:AM|PM|BC|BI|FN|SP)-|[a-z]\d{4}\b).*|.*,\s*(?:[a-z]?\d{1,5})", re.IGNORECASE
)
_END = 60  # letters at the end of a line in which a post stands
_POST = re.compile(
    r"\b(?:(?:staff|sports|business|science|political|special|chief|senior|\w+ bureau)\s+)*"
    r"(?:writers?|reporters?|correspondents?|editors?|columnists?|analysts?)$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|por|par|story by|compiled by)\s+\S.*", re.IGNORECASE)
_NOTE = re.compile(
    r"\(?\s*(?:eds?\b[.:]|editors?\b[:,]|note to|adds?\b|subs?\b|updates?\b|with\b.*\bphotos?\b|"
    r"(?:ap|af?p|getty|reuters)?\s*(?:photos?|graphics?|video|pictures?|audio)\b|for use by|"
    r"\$?adv\w*\b|attn\b|attention\b|"
    r"urgent\b|hfr\b|embargo|for release|moved? (?:on|in)\b|optional\b|"
    r"this story\b.*\bmove|eliminat|correct).*",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN_NOTE = re.compile(
    r"\(|eds?\b[.:]|editors?\b[:,]|note to|attn|for (?:use|release)|embargo|\$?adv|"
    r"(?:ap|af?p|getty|reuters)\s+(?:photos?|graphics?|video|pictures?|audio)\b|with\b",
    re.IGNORECASE,
)
_EDITORS_NOTE = re.compile(r"\(?editor'?s'? note", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:\(?c\)?\.?|copyright|©)\s*(?:\(c\)\s*)?\d{4}\b.*", re.IGNORECASE)
_TRAILER = re.compile(
    r"\s*(?:[A-Z]{2,4})-([A-Z]{2,3})-(\d\d)-(\d\d)-(\d\d)\s+(\d\d)(\d\d)\s*(GMT|UTC|E[SD]T)?<?"
)
_URGENCY = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5}  # flash, bulletin, urgent, regular, deferred
_ZONES = {"EST": -5, "EDT": -4}
_TAKE = re.compile(r"(?:\d+(?:st|nd|rd|th)\s+)?(?:take|add)\b[\s\d]*", re.IGNORECASE)
_CENTURY = 70
_ROW = re.compile(r"^\x08\^?", re.MULTILINE)  # a row of a table stands alone
_HOUSE = re.compile(r"(?:by|por|par)\s+the\s", re.IGNORECASE)
_AGENCY = re.compile(r"\s*([A-Z]{2,4})-[A-Z]{2,3}-\d")


def is_anpa1312(head: str) -> bool:
    """Say whether text opens as ANPA 1312: SOH and US, or a keyword line set apart by ``^``."""
    start = head.lstrip(_FILL + " \r\n")
    if start.startswith(SOH):
        line = start[:200].split("\n", 1)[0]
        return US in line or STX + "^" in start
    line = start.lstrip(STX).split("\n", 1)[0].strip()
    return line.startswith("^") and line.endswith(("<", "="))


def read_anpa1312(document: Document) -> Feed:
    """Read one or more ANPA 1312 messages; the adds of a story are joined to it.

    Raises:
        ReadError: no message holds a text.
    """
    entries: list[tuple[str, Entry]] = []
    for message in decode(document).split(SOH):
        made = _entry(message, document)
        if made is None:
            continue
        key, entry = made
        if entries and _TAKE.search(key) and _story(entries[-1][0]) == _story(key):
            entries[-1] = (entries[-1][0], _with_add(entries[-1][1], entry))
        else:
            entries.append(made)
    if not entries:
        raise ReadError("not-a-feed", f"{document.url}: an ANPA 1312 header without a text")
    return Feed(format="anpa1312", origin=Origin(), entries=tuple(entry for _, entry in entries))


def _story(keyword: str) -> str:
    return _TAKE.sub("", re.sub(r",\s*\w?\d+\s*$", "", keyword)).strip(" ,-").lower()


def _with_add(first: Entry, entry: Entry) -> Entry:
    content = "\n\n".join(part for part in (first.content, entry.content) if part)
    return msgspec.structs.replace(
        first,
        content=content or None,
        updated=entry.published,
        advisories=first.advisories + entry.advisories,
    )


def _entry(message: str, document: Document) -> tuple[str, Entry] | None:
    message, _, _ = message.partition(EOT)
    header, stx, text = message.partition(STX)
    if not stx:
        header, text = "", message
    text, _, trailer = text.partition(ETX)
    text = _ROW.sub("\t", text)
    lines = [legal(line).rstrip() for line in _clean(text).split("\n")]
    trailer, lines = (trailer, lines) if trailer else _trailer(lines)
    number = next((n for n, line in enumerate(lines) if line.strip()), None)
    if number is None:
        return None
    apart, rest = _apart(lines[number:])
    head = _Head(apart)
    body = [*head.kept, *(part for line in rest for part in _unmarked(line).split("\n"))]
    wide = wrap_width(line for line in rest if not line.rstrip().endswith(("<", "=")))
    content = "\n\n".join(paragraphs(body, wide))
    if not content and head.headline is None:
        return None
    published = _moment(trailer)
    second = _SECOND.search(_clean(header))
    serial = re.match(r"\s*([A-Za-z]\d{2,5})", _clean(header))
    return head.keyword, Entry(
        guid=f"anpa1312:{serial[1].lower()}:{published:%Y-%m-%d}" if serial and published else None,
        title=head.headline,
        content=content or None,
        base=document.url,
        byline="\n".join(head.byline) or None,
        published=published,
        categories=(Category(term=second[2].lower(), scheme="anpa1312"),) if second else (),
        provider=_employer(head.byline[1:]) or _agency(trailer),
        rights=Rights(notice=head.notice),
        advisories=tuple(head.notes),
        urgency=_URGENCY.get(second[1].lower()) if second else None,
    )


def _employer(lines: Sequence[str]) -> str | None:
    """Return the house in "Associated Press Writer", a line below a byline, if one is named."""
    houses = (line[:-_END] + _POST.sub("", line[-_END:]) for line in lines)
    return next((house for one in houses if (house := one.strip(" ,"))), None)


def _agency(trailer: str) -> str | None:
    """Return the agency that the closing stamp names."""
    found = _AGENCY.match(_clean(trailer))
    return found[1] if found else None


def _clean(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, _FILL + US), " "))


def _unmarked(line: str) -> str:
    """Take the marks of typesetting off a line of the story."""
    apart = line.lstrip().startswith("^")
    if apart:
        return "\n" + line.strip().lstrip("^").rstrip("<=").strip() + "\n"
    return line.rstrip("=") if set(line.strip()) == {"_", "="} else line.removesuffix("<")


def _apart(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part the lines set apart at the top (each whole, undone of wrapping) from the text."""
    found: list[str] = []
    open_ = False
    for number, line in enumerate(lines):
        text = line.strip()
        if text.startswith("^"):
            found.append(text)
        elif open_ and text and not line[:1].isspace():
            found[-1] += " " + text  # a note that runs over its line
        elif text:
            return found, lines[number:]
        open_ = bool(text) and not text.endswith(("<", "="))
    return found, []


class _Head:
    """What the lines set apart at the top of a story are: each line once, none lost."""

    def __init__(self, lines: list[str]) -> None:
        self.keyword = ""
        self.headline: str | None = None
        self.byline: list[str] = []
        self.notice: str | None = None
        self.notes: list[str] = []
        self.kept: list[str] = []
        told = [(squeeze(line.lstrip("^").rstrip("<=")), line.endswith("=")) for line in lines]
        self._says_by = any(_BYLINE.fullmatch(text) for text, centred in told if centred)
        for text, centred in told:
            self._sort(text, centred=centred)
        if self.headline is None:
            self._promote()

    def _promote(self) -> None:
        """Where no headline was found, a note that need not be one is it ("Updates on …")."""
        for note in self.notes:
            if not _PLAIN_NOTE.match(note) and not _KEYWORD.fullmatch(note):
                self.headline = note
                self.notes.remove(note)
                return

    def _is_byline(self, text: str, *, centred: bool) -> bool:
        """A line in "By" is one if centred or below the headline: "By land and by sea …".

        What is centred below the headline belongs to it, unless a line in "By" follows; of
        what is below that one, the next line: the house, where "By the …" has not named it.
        """
        below = bool(self.byline) or self.headline is not None
        belongs = not self._says_by or (len(self.byline) == 1 and not _HOUSE.match(self.byline[0]))
        if centred and below and belongs and not _NOTE.fullmatch(text):
            return True
        return not self.byline and (centred or below) and _BYLINE.fullmatch(text) is not None

    def _sort(self, text: str, *, centred: bool) -> None:
        if not text:
            return
        if not self.keyword and self.headline is None and _KEYWORD.fullmatch(text):
            self.keyword = text
        elif _RIGHTS.fullmatch(text):
            self.notice = text
        elif _EDITORS_NOTE.match(text):
            self.kept.extend((text, ""))  # it is for readers
        elif self._is_byline(text, centred=centred):
            self.byline.append(text)
        elif _NOTE.fullmatch(text):
            self.notes.append(text)
        elif self.headline is None:
            self.headline = text
        elif _KEYWORD.fullmatch(text):
            self.notes.append(text)
        else:
            self.kept.extend((text, ""))


def _trailer(lines: list[str]) -> tuple[str, list[str]]:
    """Find the closing stamp of a copy that lost its ETX."""
    for number in range(len(lines) - 1, max(len(lines) - 8, -1), -1):
        if _TRAILER.fullmatch(lines[number].strip()):
            return lines[number], lines[:number]
    return "", lines


def _moment(trailer: str) -> datetime | None:
    found = _TRAILER.match(_clean(trailer).strip())
    if not found:
        return None
    month, day, year, hour, minute = map(int, found.groups()[1:6])
    zone = timezone(timedelta(hours=_ZONES.get(found[7], 0))) if found[7] else UNSAID
    try:
        stamp = datetime(
            year + (2000 if year < _CENTURY else 1900), month, day, hour, minute, tzinfo=zone
        )
    except ValueError:
        return None
    return stamp if zone is UNSAID else stamp.astimezone(UTC)
