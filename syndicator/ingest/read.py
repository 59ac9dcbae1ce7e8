"""The killable step: document → candidates. Runs in a worker process."""

import re
from datetime import UTC, datetime, tzinfo

import msgspec

from syndicator.compare.keys import KEY_RULES
from syndicator.compare.memory import ROW
from syndicator.compare.signature import RECENT, sign_document
from syndicator.credit import Houses
from syndicator.errors import ReadError
from syndicator.ingest.again import known_again, marks_of
from syndicator.ingest.doctype import refuse_tricks
from syndicator.ingest.jsonwire import read_any_json
from syndicator.ingest.native import read_native
from syndicator.ingest.normalize import normalize
from syndicator.ingest.profile import Profile
from syndicator.ingest.story.anpa1312 import is_anpa1312, read_anpa1312
from syndicator.ingest.story.iptc7901 import is_iptc7901, read_iptc7901
from syndicator.ingest.story.zczc import is_zczc, read_zczc
from syndicator.ingest.xmlfeed import read_xml
from syndicator.ingest.zone import settled, zone_named
from syndicator.model.arrival import Candidate
from syndicator.model.article import Article
from syndicator.model.entry import MAX_ENTRIES, Document, Feed
from syndicator.model.text import digest

WORDS_MARK, MOST_MARKS = 3, 100
"""Bytes that stand for an entry's words and names, and how many are kept. An entry that meets
another's mark is signed later and looked up by its first key alone, that is all."""
_LOOK = 65_536
_FAR = 200_000  # some pages open with a long comment
_NAME = re.compile(r"<(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)")
_SKIPPED = re.compile(
    r"\s+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.DOTALL | re.IGNORECASE
)
_NEWS_XML = frozenset({"nitf", "newsml", "newsmessage", "newsitem", "packageitem"})
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_PAGE_NAMES = frozenset(
    """
    html head body article main div p section header meta title script link h1 span table
    """.split()  # noqa: SIM905
)


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A document understood: the feed's own facts, and one candidate an entry.

    ``feed.entries`` is empty here; ``dropped`` says in one line each which
    entries could not be identified and were left out. ``boilerplate`` is that of
    the profile and what this document taught; ``marks`` stand for its entries.
    Entries that the profile knows to the letter are no candidates: ``kept`` is
    what is remembered of them (``compare.memory``).
    """

    feed: Feed
    candidates: tuple[Candidate, ...]
    dropped: tuple[str, ...] = ()
    boilerplate: tuple[bytes, ...] = ()
    marks: bytes = b""
    kept: bytes = b""

    @property
    def passed(self) -> int:
        """How many entries were known to the letter."""
        return len(self.kept) // ROW

    @property
    def entries(self) -> int:
        """How many entries there were, known or looked at."""
        return len(self.candidates) + self.passed


def parse(document: Document, *, articles: bool = False, zone: tzinfo = UTC) -> Feed:
    """Choose the format by content, never by name, and read it.

    Feeds, news sitemaps, news XML (NITF, NewsML, NewsML-G2), JSON (JSON Feed,
    ninjs, AP) and wire text (IPTC 7901, ANPA 1312, printed frames) are always read; web pages
    and plain text only as ``articles``. Moments that name no zone are meant in ``zone``.

    Raises:
        ReadError: no format fits.
    """
    return settled(_bounded(_read(document, articles=articles)), zone)


def _bounded(feed: Feed) -> Feed:
    """Keep the first entries of a document that holds more than any honest one, and say so."""
    if len(feed.entries) <= MAX_ENTRIES:
        return feed
    said = f"only the first {MAX_ENTRIES} of {len(feed.entries)} entries were read"
    return msgspec.structs.replace(
        feed, entries=feed.entries[:MAX_ENTRIES], warnings=(*feed.warnings, said)
    )


def _read(document: Document, *, articles: bool) -> Feed:
    body = document.body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not body:
        raise ReadError("empty", f"{document.url}: the document is empty")
    head = _head(document.body)
    refuse_tricks(document, head)
    if is_zczc(head):
        return read_zczc(document)
    if is_anpa1312(head):
        return read_anpa1312(document)
    if is_iptc7901(head):
        return read_iptc7901(document)
    if body[:1] in {b"{", b"["} and not (articles and not _is_json(body)):
        return read_any_json(document)
    root = _root(head)
    if root in _NEWS_XML:
        return _read_news_xml(document)
    if root in _SITEMAPS:
        return _read_sitemap(document)
    if articles and root in _PAGE_NAMES:
        return _read_page(document)
    if articles and root is None:
        markup = head.lstrip().startswith("<") and b"<html" in document.body[:_FAR].lower()
        return _read_page(document) if markup else _read_text(document)
    return read_native(document) or read_xml(document)


def _head(body: bytes) -> str:
    """Return the beginning as text, near enough to tell formats apart."""
    head = body[:_LOOK]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) & ~1].decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _root(head: str) -> str | None:
    """Return the local name of the root element in lower case; ``None`` if it is not markup."""
    place = len(head) - len(head.lstrip("\x00 \r\n\t"))
    while (skipped := _SKIPPED.match(head, place)) is not None:
        if skipped[0].lower().startswith("<!doctype html"):
            return "html"
        place = skipped.end()
    found = _NAME.match(head, place)
    return found[1].lower() if found else None


def _is_json(body: bytes) -> bool:
    return body[1:].lstrip()[:1] in {b'"', b"}", b"{", b"]"}


# What follows costs time to import, and most documents are feeds.


def _read_news_xml(document: Document) -> Feed:
    from syndicator.ingest.story.newsml1 import read_newsml1
    from syndicator.ingest.story.newsmlg2 import read_newsmlg2
    from syndicator.ingest.story.nitf import read_nitf
    from syndicator.ingest.story.tree import local, parse_xml

    root = parse_xml(document)
    if local(root) == "nitf":
        return read_nitf(document, root)
    old = local(root) == "newsml" or root.find("{*}Identification") is not None
    return read_newsml1(document, root) if old else read_newsmlg2(document, root)


def _read_sitemap(document: Document) -> Feed:
    from syndicator.ingest.story.sitemap import read_sitemap

    return read_sitemap(document)


def _read_page(document: Document) -> Feed:
    from syndicator.ingest.story.page import read_page

    return read_page(document)


def _read_text(document: Document) -> Feed:
    from syndicator.ingest.story.plaintext import read_plain

    return read_plain(document)


def read(document: Document, profile: Profile, now: datetime, houses: Houses) -> Reading:
    """Parse, normalize, credit and identify one document.

    ``houses`` are those whose names are known.

    Raises:
        ReadError: nothing this source may send.
    """
    feed = parse(document, articles=profile.articles, zone=zone_named(profile.timezone))
    raw = marks_of(feed, profile, houses)
    known = known_again(feed, raw, profile)
    passed = {place: article for place, (article, _) in known.items()}
    candidates, dropped = normalize(feed, profile, now, houses, raw, passed)
    warnings = feed.warnings
    if collided := sum(one.collided for one in candidates):
        warnings += (f"{collided} entries share an id or address with others that differ",)
    marks = [_words_mark(one.article) for one in candidates]
    signed, learned = _signed(candidates, marks, profile, now)
    return Reading(
        feed=msgspec.structs.replace(feed, entries=(), warnings=warnings),
        candidates=signed,
        dropped=dropped,
        boilerplate=learned,
        marks=b"".join([*dict.fromkeys((*marks, *_split(profile.marks)))][:MOST_MARKS]),
        kept=b"".join(dict.fromkeys(row for _, row in known.values())),
    )


def _words_mark(article: Article) -> bytes:
    """Stand for all that an entry's keys and verdict are made of, and the rules that make them."""
    names = (article.publisher, article.guid, article.link or "", article.fingerprint)
    return digest(KEY_RULES, *names, size=WORDS_MARK)


def _split(marks: bytes) -> list[bytes]:
    return [marks[at : at + WORDS_MARK] for at in range(0, len(marks), WORDS_MARK)]


def _signed(
    candidates: tuple[Candidate, ...], marks: list[bytes], profile: Profile, now: datetime
) -> tuple[tuple[Candidate, ...], tuple[bytes, ...]]:
    """Sign the entries that no document before had, and learn from them."""
    before = set(_split(profile.marks))
    made = [
        msgspec.structs.replace(one, seen=True) if mark in before else one
        for one, mark in zip(candidates, marks, strict=True)
    ]
    fresh = [
        place
        for place, one in enumerate(made)
        if not one.seen and now - one.article.published <= RECENT
    ]
    if not fresh:
        return tuple(made), profile.boilerplate
    texts = [candidates[place].article.said for place in fresh]
    signatures, learned = sign_document(texts, profile.boilerplate)
    for place, signature in zip(fresh, signatures, strict=True):
        made[place] = msgspec.structs.replace(made[place], signature=signature, signed=True)
    return tuple(made), learned
