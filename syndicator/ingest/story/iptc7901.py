"""IPTC 7901 (and the dpa "four-line" form of it) → Feed.

::

    SOH source number SP priority SP category SP words [SP SP information] CRLF
    keyword line CRLF
    STX heading … text ETX ddhhmm [zone] month year … EOT

The heading ends at a blank line or at a line closed with ``=``, and may hold
a version, an overline, the headline and the byline. A file may hold several
messages; takes of one story are joined.
"""

import re
from datetime import UTC, datetime

import msgspec

from syndicator.errors import ReadError
from syndicator.ingest.story.text import decode, joined, paragraphs, urgency, wrap_width
from syndicator.ingest.zone import UNSAID
from syndicator.model.entry import Category, Document, Entry, Feed, Origin
from syndicator.model.text import legal, squeeze

SOH, STX, ETX, EOT = "\x01", "\x02", "\x03", "\x04"
_FILL = "\x00\x0c\x0e\x0f\x16\x1e\x7f"
HEADER = re.compile(
    r"\s*([A-Za-z]{1,6})\s?(\d{1,6}) +(\d) +([A-Za-z]{1,5}) +(\d{1,5})\b[ \t]*([^\n]*)"
)
_DTG = re.compile(
    r"\s*(\d\d)(\d\d)(\d\d)\s*(?:GMT|UTC|UT|Z)?\s*([^\W\d]{3,10})\.?\s*(\d{2,4})?", re.IGNORECASE
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan jän ene gen",
            "feb fév fev",
            "mar mär mrz maa mrt",
            "apr avr abr",
            "may mai mei mag maj",
            "jun jui giu",
            "jul lug",
            "aug aoû aou ago",
            "sep set",
            "oct okt out ott",
            "nov",
            "dec déc dez dic",
        ),
        1,
    )
    for name in names.split()
}
_BYLINE = re.compile(
    r"(?:by|von|par|por|di|da|door|av|af)\s+\S.*|(?:reporting by|text:)\s.*", re.IGNORECASE
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # "(Foto - Archiv)", "(zwei Bilder)"
_NOTES = re.compile(
    r"#+ *(?:notebook|notizblock|bloc de notas|redaktionelle hinweise|notes?\b.*editors?)\b.*",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"(?:the following|die folgenden|la siguiente|les informations|the above)\b.*"
    r"(?:not (?:intended )?for publication|nicht zur veröffentlichung|no (?:está|esta).*publica|"
    r"pas destinées à la publication).*",
    re.IGNORECASE,
)
_RULE = re.compile(r"[*_\-=.\s]{3,}")
_TAKE = re.compile(
    r"[\s,=/(-]*(?:\d+(?:st|nd|rd|th)?\s*(?:take|add|lead)|(?:take|add|teil|part)\s*\d+)\)?$",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"[^\s/=]+(?:/[^\s/=]+)+/?")
_NUMBER = re.compile(r"[\s,=/(-]+\d+\)?$")  # of a take only where the one before has more to come
_MORE = re.compile(
    r"[\s=(\[-]*(?:more|mf|mehr|folgt|more follows|suite|sigue)[\s=)\]-]*$", re.IGNORECASE
)
_MAX_HEAD = 8
_WRAPPED = 52  # a heading line shorter than this was not broken by the margin
_SHORT = 20  # "2ND LEAD" and the like are shorter than a headline
_PROSE = 150
_CENTURY = 70


def is_iptc7901(head: str) -> bool:
    """Say whether text opens as IPTC 7901: SOH and a header, or the header of a stripped copy."""
    start = head.lstrip(_FILL + " \r\n")
    if start.startswith(SOH):
        return HEADER.match(start[1:]) is not None or (
            STX in start and (ETX in start or EOT in start)
        )
    line, _, rest = start.partition("\n")
    return bool(HEADER.fullmatch(line)) and len(line) < 80 and bool(rest.strip())  # noqa: PLR2004


def read_iptc7901(document: Document) -> Feed:
    """Read one or more IPTC 7901 messages.

    Raises:
        ReadError: no message holds a text.
    """
    text = decode(document)
    messages = [part for part in text.split(SOH) if part.strip(_FILL + EOT + " \n\t")]
    entries: list[Entry] = []
    for message in messages:
        entry = _entry(message, document)
        if entry is None:
            continue
        if entries and _is_take(entries[-1], entry):
            entries[-1] = _with_take(entries[-1], entry)
        else:
            entries.append(entry)
    if not entries:
        raise ReadError("not-a-feed", f"{document.url}: an IPTC 7901 header without a text")
    return Feed(format="iptc7901", origin=Origin(), entries=tuple(entries))


def _entry(message: str, document: Document) -> Entry | None:
    message, _, _ = message.partition(EOT)
    header = HEADER.match(message.lstrip(_FILL))
    head, stx, text = message.partition(STX)
    if not stx:
        head, text = _parted(message)
    text, _, trailer = text.partition(ETX)
    lines = [legal(line) for line in text.translate(dict.fromkeys(map(ord, _FILL))).split("\n")]
    if not any(line.strip() for line in lines):
        return None
    if not trailer:
        lines, trailer = _without_trailer(lines)
    title, byline, rest = _heading(lines)
    story, advisories, private = _parts(rest)
    content = "\n\n".join(paragraphs(story, wrap_width(lines)))
    published = _moment(trailer)
    slug = " ".join(legal(line).strip(" /") for line in head.split("\n")[1:] if line.strip(" /"))
    return Entry(
        guid=_guid(header, published),
        title=title,
        content=content or None,
        base=document.url,
        byline=byline,
        section=squeeze(slug) or None,
        categories=tuple(Category(term=one) for one in map(squeeze, slug.split("/")) if one),
        published=published,
        provider=_provider(header, content),
        advisories=advisories,
        private=private,
        urgency=urgency(header[3]) if header else None,
    )


def _parted(message: str) -> tuple[str, str]:
    """Part a copy that lost its control bytes into its head, with the keyword line, and text."""
    head, _, text = message.lstrip(_FILL + " \n").partition("\n")
    line, _, rest = text.lstrip(" \n").partition("\n")
    return (f"{head}\n{line}", rest) if _KEYWORDS.fullmatch(line.strip()) else (head, text)


def _guid(header: re.Match[str] | None, published: datetime | None) -> str | None:
    """A wire counts its messages from one each day, so its number needs the day."""
    if header is None or published is None:
        return None
    return f"iptc7901:{header[1].lower()}{header[2]}:{published:%Y-%m-%d}"


def _provider(header: re.Match[str] | None, content: str) -> str | None:
    """Take the header's information field for the agency if the dateline names the same."""
    named = set(re.findall(r"\w+", " ".join(_ASIDE.findall(content[:400])).lower()))
    for word in re.split(r"[\s-]+", header[6] if header else ""):
        if word.isalpha() and word.lower() in named:
            return word
    return None


def _moment(trailer: str) -> datetime | None:
    found = _DTG.match(legal(trailer))
    if not found:
        return None
    month = _MONTHS.get(found[4][:3].lower())
    if month is None or found[5] is None:
        return None
    year = int(found[5])
    if year < 100:  # noqa: PLR2004
        year += 2000 if year < _CENTURY else 1900
    zone = UTC if found.string[found.end(3) : found.start(4)].strip() else UNSAID
    try:
        return datetime(year, month, int(found[1]), int(found[2]), int(found[3]), tzinfo=zone)
    except ValueError:
        return None


def _without_trailer(lines: list[str]) -> tuple[list[str], str]:
    """Find the closing date of a copy that lost its ETX."""
    for index in range(len(lines) - 1, max(len(lines) - 6, -1), -1):
        if lines[index].strip():
            if _DTG.fullmatch(lines[index].strip()):
                return lines[:index], lines[index]
            break
    return lines, ""


def _heading(lines: list[str]) -> tuple[str | None, str | None, list[str]]:
    """Part the heading from the text: headline, byline, and the lines of the story."""
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    stop = start
    while stop < len(lines) and lines[stop].strip() and stop - start < _MAX_HEAD:
        stop += 1
        if lines[stop - 1].rstrip().endswith("="):
            break
    closed = stop > start and lines[stop - 1].rstrip().endswith("=")
    if not closed and (stop - start == _MAX_HEAD or stop >= len(lines)):
        stop = start + 1  # a text without a parted heading: its first line is the headline
    if not closed and _is_paragraph(lines[start:stop]):
        alone = stop > start + 1 and len(lines[start]) - len(lines[start].lstrip()) == 0
        alone = alone and lines[start + 1][:1].isspace()
        if not alone:
            return None, None, lines[start:]
        stop = start + 1
    head = [line.strip() for line in lines[start:stop]]
    if head:
        head[-1] = head[-1].rstrip("= ")
    by = len(head) - 1
    byline = None
    if by > 0 and _BYLINE.fullmatch(head[by]):
        byline, head = head[by], head[:by]
    elif not closed and len(head) == 1 and _is_prose(head[0], lines[stop:]):
        return None, None, lines[start:]
    if closed and byline is None:
        byline, stop = _byline_below(lines, stop)
    return _headline(head, closed=closed), byline, lines[stop:]


def _is_paragraph(lines: list[str]) -> bool:
    """Say whether lines are a paragraph of the story, and no heading."""
    text = " ".join(line.strip() for line in lines)
    return len(text) > _PROSE and text.endswith((".", '"', "»", "''"))


def _byline_below(lines: list[str], stop: int) -> tuple[str | None, int]:
    """Some close the headline and the byline each with a mark of its own."""
    for number in range(stop, min(stop + 3, len(lines))):
        text = lines[number].strip()
        if text:
            marked = text.endswith("=") and _BYLINE.fullmatch(text.rstrip("= "))
            return (text.rstrip("= "), number + 1) if marked else (None, stop)
    return None, stop


def _is_prose(line: str, rest: list[str]) -> bool:
    """A first line that runs on into the next is no headline."""
    after = rest[0].strip() if rest else ""
    return bool(after) and after[:1].islower() and not line.endswith((".", ":", "!", "?"))


def _headline(head: list[str], *, closed: bool) -> str | None:
    """Choose the headline: in a closed heading the last line, after versions and overlines.

    A line as long as the margin goes on in the next.
    """
    lines = [line for line in head if line and not _ASIDE.fullmatch(line)] or head
    groups: list[str] = []
    last = 0
    for line in lines:
        if last >= _WRAPPED:
            groups[-1] += " " + line
        else:
            groups.append(line)
        last = len(line)
    if not groups:
        return None
    title = groups[-1] if closed else max(groups, key=lambda one: len(one) >= _SHORT)
    return squeeze(title) or None


def _parts(lines: list[str]) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    """Part the story from the notes to editors and from what is not for publication."""
    story: list[str] = []
    notes: list[str] = []
    private: list[str] = []
    into = story
    for line in lines:
        text = line.strip()
        if _PRIVATE.fullmatch(text):
            into = private
        elif into is story and _NOTES.fullmatch(text):
            into = notes
        into.append(line)
    while story and (not story[-1].strip() or _RULE.fullmatch(story[-1].strip())):
        story.pop()
    return story, _blocks(notes), _blocks(private)


def _blocks(lines: list[str]) -> tuple[str, ...]:
    groups: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or _RULE.fullmatch(line.strip()):
            groups.append([])
        elif line.startswith("  ") and groups[-1]:
            groups[-1][-1] += " " + line.strip()
        else:
            groups[-1].append(line.strip())
    return tuple(joined(group, None) for group in groups if group)


def _is_take(first: Entry, entry: Entry) -> bool:
    """Whether a message goes on with the one before, by their keywords but for a take's number."""
    before, after = ((one.section or "").lower() for one in (first, entry))
    if before == after:
        return False
    keys = [_TAKE.sub("", one) for one in (before, after)]
    if keys[0] != keys[1] and _MORE.search(first.content or ""):
        keys = [_NUMBER.sub("", one) for one in keys]
    return bool(keys[0]) and keys[0] == keys[1]


def _with_take(first: Entry, entry: Entry) -> Entry:
    before = _MORE.sub("", first.content or "").rstrip()
    parts = [before, entry.content or ""]
    if entry.title and entry.title != first.title and entry.byline is None:
        is_numbered = _TAKE.search(entry.title) or _NUMBER.search(entry.title)
        parts.insert(1, "" if is_numbered else entry.title)
    return msgspec.structs.replace(
        first,
        content="\n\n".join(part for part in parts if part) or None,
        updated=entry.published,
        advisories=first.advisories + entry.advisories,
        private=first.private + entry.private,
    )
