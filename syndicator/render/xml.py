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
            notice_piece(one, atom=atom)
            for one in (
                *(correction_entry(one, atom=atom) for one in edition.corrected),
                *(notice_entry(one, atom=atom) for one in edition.withdrawn),
            )
        )
        for atom in (False, True)
    ]
    rss = feed.rss_str().removesuffix(_RSS_END)
    atom = feed.atom_str().removesuffix(_ATOM_END)
    pairs = list(zip(edition.items, made, strict=True))
    frames = (
        _frame(
            edition,
            site,
            "rss",
            rss + told[0] + _RSS_END,
            [clean(one.article.guid) for one, piece in pairs if piece.rss],
        ),
        _frame(
            edition,
            site,
            "atom",
            atom + told[1] + _ATOM_END,
            [atom_id(one) for one, piece in pairs if piece.atom],
        ),
    )
    outputs = (
        Output(
            path=f"{edition.place}.rss",
            media_type=RSS_TYPE,
            body=b"".join((rss, *(one.rss for one in made), told[0], _RSS_END)),
        ),
        Output(
            path=f"{edition.place}.atom",
            media_type=ATOM_TYPE,
            body=b"".join((atom, *(one.atom for one in made), told[1], _ATOM_END)),
        ),
    )
    return outputs, frames


def _frame(edition: Edition, site: Site, kind: str, body: bytes, ids: list[str]) -> Frame:
    address = feed_url(site.base_url, edition.place, kind)
    path = f"{edition.place}.{kind}"
    return Frame(path=path, kind=kind, address=address, body=body, ids=tuple(ids))


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
