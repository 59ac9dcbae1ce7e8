"""The native reader beside feedparser over every XML capture, field by field.

Each difference is of a kind that was looked at and is recorded in ``KINDS``
with the reason why ours is right; any other one fails.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import structs

from syndicator.ingest.markup import Markup
from syndicator.ingest.native import read_native
from syndicator.ingest.xmlfeed import read_xml
from syndicator.model.address import absolute
from syndicator.model.entry import Document, Entry, Feed
from syndicator.model.text import words

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
URL = "https://capture.example/feed"
OF_FEED = ("title", "id", "link", "self_link", "updated", "language", "rights")
SAME = (
    "guid", "guid_is_permalink", "title", "published", "updated", "categories", "enclosures", "episode",
    "language", "rights", "origin", "authors", "contributors", "base",
)  # fmt: skip


class Difference(NamedTuple):
    """One field read in two ways; the entries are ``None`` for a fact of the feed."""

    file: str
    field: str
    ours: Any
    theirs: Any
    entry: Entry | None = None
    other: Entry | None = None


class Kind(NamedTuple):
    """A kind of difference, and why ours is right."""

    field: str
    reason: str
    holds: Callable[[Difference], bool]


def _absolute(url: str | None) -> str | None:
    return absolute(url, URL)


def _captioned(it: Difference) -> bool:
    """Whether feedparser's summary is what we keep as the caption of a picture."""
    assert it.entry is not None
    theirs = words(_text(*it.theirs))
    return any(words(one.caption or "") == theirs for one in it.entry.images)


def _one_more_credit(it: Difference) -> bool:
    """Whether every credit they have is kept, and pictures are the same."""
    return all(
        one.url == _absolute(other.url) and (other.credit or "") in (one.credit or "")
        for one, other in zip(it.ours, it.theirs, strict=True)
    )


def _located(it: Difference) -> bool:
    return all(
        (one.name, one.email, one.url) == (other.name, other.email, _absolute(other.url))
        for one, other in zip(it.ours, it.theirs, strict=False)
    ) and len(it.ours) == len(it.theirs)


_RELATIVE = "a relative address is resolved against the final address (RFC 3986 §5)"
KINDS = (
    Kind("guid_is_permalink", "a guid that is the link is one wherever the link element stands", lambda it: it.ours and it.entry is not None and it.entry.guid == it.entry.link),
    Kind("authors", _RELATIVE, _located),
    Kind("origin.id", "an escaped ampersand is one character", lambda it: it.theirs.replace("&amp;", "&") == it.ours),
    Kind("images", "the picture iTunes shows for an episode is its picture", lambda it: not it.theirs and len(it.ours) == 1),
    Kind("images", _RELATIVE, lambda it: [one.url for one in it.ours] == [_absolute(one.url) for one in it.theirs]),
    Kind("image facts", "credits and captions stay with their picture (Media RSS)", _one_more_credit),
    Kind("summary", "a caption is never a body", _captioned),
    Kind("summary", "plain text keeps its lines, and its escaped characters are read", lambda it: words(_text(*it.ours)) == words(_text(it.theirs[0], html=True))),
    Kind("origin.link", "the id of a feed is no link", lambda it: it.ours is None and it.theirs.startswith(("tag:", "http"))),
    Kind("origin.link", _RELATIVE, lambda it: it.ours == _absolute(it.theirs)),
    Kind("origin", "the id of a source is no link", lambda it: it.theirs.link == it.theirs.id and it.ours.link is None and it.ours.title == it.theirs.title),
    Kind("language", "dc:language says it of the item", lambda it: it.theirs is None and it.ours is not None),
    Kind("origin.self_link", _RELATIVE, lambda it: it.ours == _absolute(it.theirs)),
    Kind("link", _RELATIVE, lambda it: not (it.theirs or "").startswith("http") and it.ours.startswith("https://capture.example/")),
    Kind("link", "an alternate of another type is still the page", lambda it: it.theirs is None and it.ours is not None),
    Kind("link", "the first alternate is the page, not the last", lambda it: it.file.endswith("OneFootTsunami.atom")),
    Kind("origin.rights", "an img has no end tag", lambda it: it.theirs.notice.replace("</img>", "") == it.ours.notice),
    Kind("base", "the base of one entry does not last into the next", lambda it: it.entry is not None and it.entry.base_stated),
    Kind("enclosures", "a recording of Media RSS is a file where there is no other", lambda it: not it.theirs and len(it.ours) > 0),
    Kind("enclosures", "whose a recording is, and how long, is said of it by Media RSS", lambda it: tuple(structs.replace(one, credit=None, rights=None, duration=other.duration) for one, other in zip(it.ours, it.theirs, strict=False)) == it.theirs),
    Kind("published", "AEST is ten hours ahead", lambda it: (it.theirs - it.ours).total_seconds() == 36_000),
    Kind("origin.updated", "AEST is ten hours ahead", lambda it: (it.theirs - it.ours).total_seconds() == 36_000),
)  # fmt: skip


def documents() -> Iterator[tuple[str, Document]]:
    for folder in ("captures", "polls"):
        for path in sorted((CORPUS / folder).rglob("*")):
            if path.is_file() and path.suffix not in {".json", ".jsonl", ".txt", ".tst"}:
                yield str(path.relative_to(CORPUS)), Document(url=URL, body=path.read_bytes())


def _text(text: str | None, html: bool) -> str:
    return Markup(text, is_html=html, base=None).text if text else ""


def of_feed(file: str, ours: Feed, theirs: Feed) -> Iterator[Difference]:
    if ours.format != theirs.format:
        yield Difference(file, "format", ours.format, theirs.format)
    if ours.ttl != theirs.ttl:
        yield Difference(file, "ttl", ours.ttl, theirs.ttl)
    for field in OF_FEED:
        one, other = getattr(ours.origin, field), getattr(theirs.origin, field)
        if one != other:
            yield Difference(file, f"origin.{field}", one, other)
    if len(ours.entries) != len(theirs.entries):
        yield Difference(file, "entries", len(ours.entries), len(theirs.entries))


def of_entry(file: str, ours: Entry, theirs: Entry) -> Iterator[Difference]:
    for field in SAME:
        one, other = getattr(ours, field), getattr(theirs, field)
        if one != other:
            yield Difference(file, field, one, other, ours, theirs)
    if absolute(ours.link, ours.base) != absolute(theirs.link, theirs.base):
        yield Difference(file, "link", ours.link, theirs.link, ours, theirs)
    if _text(ours.content, ours.content_html) != _text(theirs.content, theirs.content_html):
        yield Difference(file, "content", ours.content, theirs.content, ours, theirs)
    # feedparser repeats the content as a summary where there is none.
    summary = None if ours.summary is None and theirs.summary == theirs.content else theirs.summary
    if _text(ours.summary, ours.summary_html) != _text(summary, theirs.summary_html):
        said = (ours.summary, ours.summary_html), (summary, theirs.summary_html)
        yield Difference(file, "summary", *said, ours, theirs)
    if [one.url for one in ours.images] != [one.url for one in theirs.images]:
        yield Difference(file, "images", ours.images, theirs.images, ours, theirs)
    elif ours.images != theirs.images:
        yield Difference(file, "image facts", ours.images, theirs.images, ours, theirs)


class Judged(NamedTuple):
    """What came of it all."""

    documents: int
    entries: int
    explained: dict[str, int]
    unexplained: list[Difference]


@cache
def judged() -> Judged:
    read = entries = 0
    explained: dict[str, int] = defaultdict(int)
    unexplained = []
    for file, document in documents():
        ours = read_native(document)
        if ours is None:
            continue
        theirs = read_xml(document)
        read, entries = read + 1, entries + len(ours.entries)
        found = list(of_feed(file, ours, theirs))
        for one, other in zip(ours.entries, theirs.entries, strict=False):
            found += of_entry(file, one, other)
        for it in found:
            kind = next((one for one in KINDS if one.field == it.field and one.holds(it)), None)
            if kind is None:
                unexplained.append(it)
            else:
                explained[f"{kind.field}: {kind.reason}"] += 1
    return Judged(read, entries, dict(explained), unexplained)


def test_every_difference_from_feedparser_is_of_a_reviewed_kind() -> None:
    told = [(it.file, it.field, it.ours, it.theirs) for it in judged().unexplained]
    assert told == []


def test_every_reviewed_kind_is_met_so_that_none_outlives_its_cause() -> None:
    assert set(judged().explained) == {f"{kind.field}: {kind.reason}" for kind in KINDS}


def test_nearly_every_feed_among_the_captures_is_read_natively() -> None:
    assert judged().documents >= 290
    assert judged().entries >= 8000
