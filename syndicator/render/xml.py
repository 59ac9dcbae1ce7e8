"""Edition → RSS 2.0 and Atom 1.0, by feedgen and our extension, entry by entry."""

from collections.abc import Sequence
from typing import Any

from feedgen.feed import FeedGenerator

from syndicator.lint import Frame
from syndicator.model.edition import Edition, Output, Site
from syndicator.render.common import (
    ATOM_TYPE,
    RSS_TYPE,
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
_RSS_END, _ATOM_END = b"</channel></rss>", b"</feed>"


def render_xml(
    edition: Edition, site: Site, made: Sequence[Pieces]
) -> tuple[tuple[Output, ...], tuple[Frame, ...]]:
    """Render both formats of the pieces ``made``, and their frames: all but the entries."""
    feed = _feed(edition, site)
    told = [
        b"".join(
            notice_piece(entry, atom=atom)
            for entry in (
                *(correction_entry(one, atom=atom) for one in edition.corrected),
                *(notice_entry(one, atom=atom) for one in edition.withdrawn),
            )
        )
        for atom in (False, True)
    ]
    rss = feed.rss_str().removesuffix(_RSS_END)
    atom = feed.atom_str().removesuffix(_ATOM_END)
    pairs = list(zip(edition.items, made, strict=True))
    rss_ids = tuple(clean(one.article.guid) for one, piece in pairs if piece.rss)
    atom_ids = tuple(atom_id(one) for one, piece in pairs if piece.atom)
    documents = (
        ("rss", RSS_TYPE, rss, [one.rss for one in made], told[0] + _RSS_END, rss_ids),
        ("atom", ATOM_TYPE, atom, [one.atom for one in made], told[1] + _ATOM_END, atom_ids),
    )
    keys = [one.key for one in made]
    outputs, frames = [], []
    for kind, media_type, start, entries, end, ids in documents:
        path = f"{edition.place}.{kind}"
        address = feed_url(site.base_url, edition.place, kind)
        body = b"".join((start, *entries, end))
        parts = parts_of(kind, len(start), list(map(len, entries)), keys, len(body))
        outputs.append(Output(path=path, media_type=media_type, body=body, parts=parts))
        frames.append(Frame(path=path, kind=kind, address=address, body=start + end, ids=ids))
    return tuple(outputs), tuple(frames)


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
