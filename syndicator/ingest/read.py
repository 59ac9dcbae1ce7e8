"""The killable step: document → candidates. Runs in a worker process."""

from datetime import datetime

import msgspec

from syndicator.errors import ReadError
from syndicator.ingest.jsonfeed import read_json
from syndicator.ingest.normalize import normalize
from syndicator.ingest.xmlfeed import read_xml
from syndicator.model.arrival import Candidate
from syndicator.model.entry import Document, Feed
from syndicator.model.ids import SourceId


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What reading needs to know about a source."""

    source: SourceId
    publisher: str
    section: str | None = None
    language: str | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A document understood: the feed's own facts, and one candidate an entry.

    ``feed.entries`` is empty here; ``dropped`` says in one line each which
    entries could not be identified and were left out.
    """

    feed: Feed
    candidates: tuple[Candidate, ...]
    dropped: tuple[str, ...] = ()


def parse(document: Document) -> Feed:
    """Choose the wire format by content, never by name, and read it.

    Raises:
        ReadError: no format fits.
    """
    body = document.body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not body:
        raise ReadError("empty", f"{document.url}: the document is empty")
    return read_json(document) if body[:1] in {b"{", b"["} else read_xml(document)


def read(document: Document, profile: Profile, now: datetime) -> Reading:
    """Parse, normalize, credit and identify one document.

    Raises:
        ReadError: it is not a feed.
    """
    feed = parse(document)
    candidates, dropped = normalize(
        feed,
        source=profile.source,
        publisher=profile.publisher,
        section=profile.section,
        language=profile.language,
        now=now,
    )
    return Reading(
        feed=msgspec.structs.replace(feed, entries=()), candidates=candidates, dropped=dropped
    )
