"""RSS, Atom and RDF bytes → Feed, through feedparser.

feedparser reads from a stream of bytes only: given a string it may open
addresses or files. Its own sanitizing and link resolving are off, because the
normalizer does both once, last, for every format.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser
import msgspec

from syndicator.errors import ReadError
from syndicator.ingest.episodes import first_recording, kind_of, seconds
from syndicator.ingest.explicit import read_explicit
from syndicator.ingest.native.dates import moment, stamped
from syndicator.ingest.tombstones import read_tombstones
from syndicator.ingest.wishes import read_wishes
from syndicator.ingest.zone import is_unsaid
from syndicator.model.entry import (
    MAX_ENTRIES,
    Category,
    Companion,
    Document,
    Enclosure,
    Entry,
    Episode,
    Feed,
    Image,
    Origin,
    Paging,
    Person,
    Rights,
)

_ENDLESS = re.compile(
    rb"<[A-Za-z][^<>]{200000}"
)  # its time grows with the square of a tag's length


def read_xml(document: Document) -> Feed:
    """Read an XML feed, well-formed or not.

    Raises:
        ReadError: nothing in it is a feed.
    """
    if _ENDLESS.search(document.body):
        raise ReadError("too-much", f"{document.url}: a tag longer than any feed's")
    # No content-location: feedparser would make an address of every guid, even "g1".
    headers = {}
    if document.content_type and "charset" in document.content_type.lower():
        headers["content-type"] = document.content_type
    else:
        headers["content-type"] = "application/xml"  # the document itself says its encoding
    try:
        parsed = feedparser.parse(  # noqa: TID251 - the one place, and a stream
            BytesIO(document.body),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:
        raise  # the limit of this process, for its worker to tell
    except Exception as error:  # feedparser raises many kinds on hostile input
        raise ReadError(
            "unreadable", f"{document.url}: no reader understands it: {error}"
        ) from error
    if not parsed.get("version") and not parsed.entries:
        raise ReadError("not-a-feed", f"{document.url}: this is not a feed{_hint(document.body)}")
    return _feed(parsed, document)


def _feed(parsed: Any, document: Document) -> Feed:
    warnings = []
    if parsed.bozo and parsed.get("bozo_exception") is not None:
        warnings.append(f"ill-formed, read anyway: {parsed.bozo_exception}")
    if len(parsed.entries) > MAX_ENTRIES:
        warnings.append(f"only the first {MAX_ENTRIES} of {len(parsed.entries)} entries were read")
    atom = parsed.get("version", "").startswith("atom")
    house = _people(_raw(parsed.feed, "authors")) if atom else ()
    items = parsed.entries[:MAX_ENTRIES]
    explicit = read_explicit(document.body, len(parsed.entries))
    return Feed(
        format=parsed.get("version") or "unknown",
        origin=_origin(parsed.feed),
        entries=tuple(
            _entry(item, document.url, house, rss=not atom, explicit=said)
            for item, said in zip(items, explicit, strict=False)
        ),
        ttl=_ttl(parsed.feed),
        wishes=read_wishes(
            document.body,
            _raw(parsed.feed, "sy_updateperiod"),
            _raw(parsed.feed, "sy_updatefrequency"),
        ),
        warnings=tuple(warnings),
        deleted=read_tombstones(document.body),
        hubs=tuple(dict.fromkeys(_links(parsed.feed, "hub"))),
        paging=_paging(parsed.feed),
    )


def _hint(body: bytes) -> str:
    head = body[:2000].lower()
    if b"<html" in head or b"<!doctype html" in head:
        return " but a web page; `syndicator sources add` finds the feed of a page"
    if b"<opml" in head:
        return " but a list of feeds; `syndicator sources import` adds those"
    return "" if body.strip() else " but an empty document"


def _raw(item: Any, key: str) -> Any:
    """Return what was said, without feedparser's stand-ins (``updated`` for ``published``)."""
    return dict.get(item, key)


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _moment(item: Any, key: str) -> datetime | None:
    """Read a date; feedparser does not tell whether it named its zone."""
    said = _raw(item, key)
    own = moment(said.strip()) if isinstance(said, str) else None
    return own if is_unsaid(own) else stamped(_raw(item, f"{key}_parsed"))


def _ttl(feed: Any) -> int | None:
    value = str(_raw(feed, "ttl") or "").strip()
    return int(value) * 60 if value.isdigit() and len(value) < 6 else None  # noqa: PLR2004


def _paging(feed: Any) -> Paging:
    return Paging(
        current=_one(feed, "current"),
        next_page=_one(feed, "next"),
        prev_archive=_one(feed, "prev-archive"),
        next_archive=_one(feed, "next-archive"),
        complete="fh_complete" in feed,
        archive="fh_archive" in feed,
    )


def _one(feed: Any, relation: str) -> str | None:
    return next(iter(_links(feed, relation)), None)


def _links(item: Any, relation: str) -> list[str]:
    return [
        link["href"]
        for link in _raw(item, "links") or ()
        if link.get("rel") == relation and link.get("href")
    ]


def _rights(item: Any) -> Rights:
    return Rights(
        notice=_text(_raw(item, "rights")) or _text(_raw(item, "copyright")),
        holder=_text(_raw(item, "dcterms_rightsholder")) or _text(_raw(item, "dc_rightsholder")),
        licenses=tuple(dict.fromkeys(_links(item, "license"))),
    )


def _origin(feed: Any) -> Origin:
    selves = _links(feed, "self")
    return Origin(
        title=_text(_raw(feed, "title")),
        id=_text(_raw(feed, "id")),
        link=_text(_raw(feed, "link")),
        self_link=selves[0] if selves else _text(_raw(feed, "href")),
        updated=_moment(feed, "updated") or _moment(feed, "published"),
        language=_text(_raw(feed, "language")),
        rights=_rights(feed),
    )


def _people(values: Iterable[Mapping[str, Any]] | None) -> tuple[Person, ...]:
    people = []
    for value in values or ():
        name = _text(value.get("name")) or _text(value.get("email"))
        if name:
            people.append(
                Person(name=name, email=_text(value.get("email")), url=_text(value.get("href")))
            )
    return tuple(dict.fromkeys(people))


def _categories(item: Any) -> tuple[Category, ...]:
    found = (
        Category(
            term=tag["term"].strip(), scheme=_text(tag.get("scheme")), label=_text(tag.get("label"))
        )
        for tag in _raw(item, "tags") or ()
        if _text(tag.get("term"))
    )
    return tuple(dict.fromkeys(found))


def _number(value: Any) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and len(text) < 16 else None  # noqa: PLR2004


def _enclosures(item: Any) -> tuple[Enclosure, ...]:
    return tuple(
        Enclosure(
            url=link["href"],
            type=_text(link.get("type")),
            length=_number(link.get("length")),
            title=_text(link.get("title")),
        )
        for link in _raw(item, "links") or ()
        if link.get("rel") == "enclosure" and link.get("href")
    )


def _images(item: Any, captions: list[str]) -> tuple[Image, ...]:
    """Collect Media RSS pictures.

    feedparser parts credits and captions from their pictures, so they are
    kept only where there is one of each.
    """
    media = [
        one
        for one in _raw(item, "media_content") or ()
        if one.get("url")
        and (
            one.get("medium") == "image"
            or str(one.get("type") or "").startswith("image")
            or (not one.get("medium") and not one.get("type"))
        )
    ]
    media = media or [one for one in _raw(item, "media_thumbnail") or () if one.get("url")]
    credits_ = [_text(one.get("content")) for one in _raw(item, "media_credit") or ()]
    alone = len(media) == 1 and len(credits_) == 1
    return tuple(
        Image(
            url=one["url"],
            type=_text(one.get("type")),
            width=_number(one.get("width")),
            height=_number(one.get("height")),
            credit=credits_[0] if alone else None,
            caption=captions[0] if len(media) == len(captions) == 1 else None,
        )
        for one in media
    )


def _contents(item: Any, *, rss: bool) -> list[Any]:
    """Return the bodies. In RSS plain ones are ``media:description``: captions, never a body."""
    kinds = {"text/html", "application/xhtml+xml"} | (set() if rss else {"text/plain", None})
    return [
        one
        for one in _raw(item, "content") or ()
        if _text(one.get("value")) and one.get("type") in kinds
    ]


def _captions(item: Any) -> list[str]:
    return [
        one["value"].strip()
        for one in _raw(item, "content") or ()
        if _text(one.get("value")) and one.get("type") == "text/plain"
    ]


def _entry(
    item: Any, url: str, house: tuple[Person, ...], *, rss: bool, explicit: bool | None
) -> Entry:
    """Read one entry; ``house`` wrote an Atom entry that names nobody (RFC 4287 §4.2.1).

    ``explicit`` is what it, or its feed, says of its recording.
    """
    title = _raw(item, "title_detail") or {}
    summary = _raw(item, "summary_detail") or {}
    content: Any = max(_contents(item, rss=rss), key=lambda one: len(one["value"]), default={})
    guid = _text(_raw(item, "id"))
    link = _text(_raw(item, "link"))
    permalink = bool(_raw(item, "guidislink"))
    if link and guid and link == guid and "://" not in link and not link.startswith("/"):
        link, permalink = None, False  # feedparser makes a link of any guid, even "g1"
    source = _raw(item, "source") if isinstance(_raw(item, "source"), dict) else None
    stated = content.get("base") or summary.get("base") or title.get("base") or ""
    return Entry(
        guid=guid,
        guid_is_permalink=permalink and guid == link,
        link=link,
        title=_text(_raw(item, "title")),
        title_html=title.get("type") in {"text/html", "application/xhtml+xml"},
        summary=_text(_raw(item, "summary")),
        summary_html=summary.get("type") != "text/plain" or _looks_marked(_raw(item, "summary")),
        content=_text(content.get("value")),
        content_html=content.get("type") != "text/plain",
        base=_joined(url, stated),
        base_stated=bool(stated),
        authors=_people(_raw(item, "authors"))
        or (_people(_raw(source, "authors")) if source else ())
        or house,
        contributors=_people(_raw(item, "contributors")),
        published=_moment(item, "published") or _moment(item, "created"),
        updated=_moment(item, "updated"),
        categories=_categories(item),
        enclosures=_timed(_enclosures(item), seconds(_text(_raw(item, "itunes_duration")))),
        images=_images(item, _captions(item) if rss else []),
        language=_text(content.get("language") or summary.get("language")),
        rights=_rights(item),
        origin=_origin(source) if source else None,
        episode=_episode(item, explicit),
    )


def _timed(files: tuple[Enclosure, ...], lasts: int | None) -> tuple[Enclosure, ...]:
    """Give the first recording its duration."""
    first = first_recording(files)
    return tuple(
        msgspec.structs.replace(one, duration=lasts) if n == first else one
        for n, one in enumerate(files)
    )


def _episode(item: Any, explicit: bool | None) -> Episode | None:
    """Return what an episode says of itself; of several transcripts feedparser keeps the last."""
    transcript = _companion(_raw(item, "podcast_transcript"))
    found = Episode(
        season=_number(_raw(item, "itunes_season")) or None,
        number=_number(_raw(item, "itunes_episode")) or None,
        kind=kind_of(_text(_raw(item, "itunes_episodetype"))),
        explicit=explicit,
        chapters=_companion(_raw(item, "podcast_chapters")),
        transcripts=(transcript,) if transcript else (),
    )
    return None if found == Episode() else found


def _companion(said: Any) -> Companion | None:
    url = _text(said.get("url")) if isinstance(said, dict) else None
    if url is None:
        return None
    return Companion(url=url, type=_text(said.get("type")), language=_text(said.get("language")))


def _joined(url: str, base: str) -> str:
    try:
        return urljoin(url, base)
    except ValueError:  # no address at all, as "//[" is none
        return url


def _looks_marked(text: Any) -> bool:
    return isinstance(text, str) and "</" in text
