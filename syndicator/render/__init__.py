"""Rendering: Edition → RSS, Atom, JSON Feed, HTML and OPML bytes. Pure and deterministic."""

from collections.abc import Sequence
from pathlib import PurePath

from syndicator.model.edition import Edition, Output, Site
from syndicator.render.common import Rendered, minted, minted_in, with_distinct_ids
from syndicator.render.directory import Hit, Row, render_directory, render_results
from syndicator.render.jsonfeed import render_json
from syndicator.render.opml import render_opml
from syndicator.render.page import newest, render_article, render_page
from syndicator.render.pieces import Memory
from syndicator.render.recall import Last
from syndicator.render.xml import render_xml

_MEMORY = Memory()

__all__ = [
    "Hit",
    "Rendered",
    "minted",
    "minted_in",
    "newest",
    "render_article",
    "render_results",
    "render_site",
    "render_topic",
    "with_distinct_ids",
]


def _nothing(_: str) -> None:
    """Say that nothing was published before."""


def render_topic(edition: Edition, site: Site, last: Last = _nothing) -> Rendered:
    """Render every document of one topic; the same edition gives the same bytes.

    ``last`` returns what stands under a path: entries that were rendered for it are taken
    from there.

    Never fails over one item: what cannot be written, or would be refused by
    readers, is left out of the feeds and named in ``problems``. No two items
    of a document share an id.
    """
    edition = with_distinct_ids(edition)
    made = _MEMORY.of(edition.place, edition.items, last)
    problems = tuple(
        f"{item.article.id} left out: {piece.trouble}"
        for item, piece in zip(edition.items, made, strict=True)
        if piece.trouble is not None
    )
    feeds, frames = render_xml(edition, site, made)
    document, frame = render_json(edition, site, [(one.key, one.json) for one in made])
    wanted = {f"{edition.place}.{one.value}" for one in edition.topic.formats}
    page = render_page(edition, site, [one.page for one in made])
    if last is not _nothing:
        bodies = {PurePath(one.path).suffix[1:]: one.body for one in (*feeds, document)}
        _MEMORY.published(edition.place, bodies, made)
    return Rendered(
        outputs=(*(one for one in (*feeds, document) if one.path in wanted), page),
        problems=problems,
        frames=tuple(one for one in (*frames, frame) if one.path in wanted),
    )


def render_site(rows: Sequence[Row], site: Site) -> tuple[Output, ...]:
    """Render the directory page and the OPML of all topics."""
    return render_directory(rows, site), render_opml(rows, site)
