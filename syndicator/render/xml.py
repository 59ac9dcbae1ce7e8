"""Edition → RSS 2.0 and Atom 1.0, by feedgen and our extension, entry by entry."""

from collections.abc import Iterator, Sequence
from typing import Any

from feedgen.feed import FeedGenerator

from syndicator.lint import Frame
from syndicator.model.edition import Edition, Output, Site
from syndicator.render.common import (
    ATOM_TYPE,
    RSS_TYPE,
    Document,
    atom_id,
    clean,
    feed_url,
    page_url,
    topic_language,
)
from syndicator.render.corrections import correction_entry
from syndicator.render.extension import DeskEntryExtension, DeskExtension
from syndicator.render.notices import notice_entry
from syndicator.render.parts import parts_of
from syndicator.render.pieces import Pieces, notice_piece

TTL_MINUTES = 15
_KINDS = {"rss": (RSS_TYPE, b"</channel></rss>"), "atom": (ATOM_TYPE, b"</feed>")}
"""Media type, and how a document ends, by format."""


def render_xml(edition: Edition, site: Site, made: Sequence[Pieces]) -> Iterator[Document]:
    """Render RSS, then Atom, of the pieces ``made``."""
    feed = _feed(edition, site)
    keys = [one.key for one in made]
    pairs = list(zip(edition.items, made, strict=True))
    guids = tuple(clean(one.article.guid) for one, piece in pairs if piece.rss)
    yield _document(edition, site, "rss", feed.rss_str(), [one.rss for one in made], keys, guids)
    ids = tuple(atom_id(one) for one, piece in pairs if piece.atom)
    yield _document(edition, site, "atom", feed.atom_str(), [one.atom for one in made], keys, ids)


def _document(
    edition: Edition,
    site: Site,
    kind: str,
    empty: bytes,
    entries: Sequence[bytes],
    keys: Sequence[bytes | None],
    ids: tuple[str, ...],
) -> Document:
    """Put entries, and notices as entries of their own, into a document that is ``empty``."""
    media_type, end = _KINDS[kind]
    start, end = empty.removesuffix(end), _told(edition, atom=kind == "atom") + end
    path = f"{edition.place}.{kind}"
    address = feed_url(site.base_url, edition.place, kind)
    body = b"".join((start, *entries, end))
    parts = parts_of(edition, kind, len(start), list(map(len, entries)), keys, len(body))
    return Document(
        Output(path=path, media_type=media_type, body=body, parts=parts),
        Frame(path=path, kind=kind, address=address, body=start + end, ids=ids),
    )


def _told(edition: Edition, *, atom: bool) -> bytes:
    """Return the notices as items of their own."""
    notices = (
        *(correction_entry(one, atom=atom) for one in edition.corrected),
        *(notice_entry(one, atom=atom) for one in edition.withdrawn),
    )
    return b"".join(notice_piece(one, atom=atom) for one in notices)


def _feed(edition: Edition, site: Site) -> Any:
    topic = edition.topic
    page = page_url(site.base_url, edition.place)
    feed = FeedGenerator()
    feed.register_extension("desk", DeskExtension, DeskEntryExtension)
    feed.desk.set(edition, site)
    feed.id(feed_url(site.base_url, edition.id, "atom"))
    feed.title(clean(f"{topic.title} · {site.title}"))
    feed.link(href=page, rel="alternate")
    feed.description(clean(topic.description or f"{topic.title}, gathered by {site.title}"))
    feed.subtitle(clean(topic.description or f"{topic.title}, gathered by {site.title}"))
    feed.generator(clean(site.generator))
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.updated(edition.updated.replace(microsecond=0))
    feed.lastBuildDate(edition.updated.replace(microsecond=0))
    feed.ttl(TTL_MINUTES)
    if language := topic_language(edition):
        feed.language(language)
    return feed
