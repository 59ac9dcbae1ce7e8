"""Rendering: Edition → RSS, Atom, JSON Feed, HTML and OPML bytes. Pure and deterministic."""

from collections.abc import Sequence

from syndicator.model.edition import Edition, Output, Site
from syndicator.render.common import Rendered, minted, with_distinct_ids
from syndicator.render.directory import Hit, Row, render_directory, render_results
from syndicator.render.jsonfeed import render_json
from syndicator.render.opml import render_opml
from syndicator.render.page import newest, render_article, render_page
from syndicator.render.pieces import Memory
from syndicator.render.xml import render_xml

_MEMORY = Memory()

__all__ = [
    "Hit",
    "Rendered",
    "minted",
    "newest",
    "render_article",
    "render_results",
    "render_site",
    "render_topic",
    "with_distinct_ids",
]


def render_topic(edition: Edition, site: Site) -> Rendered:
    """Render every document of one topic; the same edition gives the same bytes.

    Never fails over one item: what cannot be written is left out of the feeds
    and named in ``problems``. No two items of a document share an id.
    """
    edition = with_distinct_ids(edition)
    made = [_MEMORY.pieces(item) for item in edition.items]
    feeds, problems = render_xml(edition, site, made)
    outputs = (
        *feeds,
        render_json(edition, site, [one.json for one in made]),
        render_page(edition, site, [one.page for one in made]),
    )
    return Rendered(outputs=outputs, problems=problems)


def render_site(rows: Sequence[Row], site: Site) -> tuple[Output, ...]:
    """Render the directory page and the OPML of all topics."""
    return render_directory(rows, site), render_opml(rows, site)
