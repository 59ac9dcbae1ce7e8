"""Rendering: Edition → RSS, Atom, JSON Feed, HTML and OPML bytes. Pure and deterministic."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from syndicator.model.edition import Edition, Output, Site
from syndicator.render.common import Document, Rendered, minted, minted_in, with_distinct_ids
from syndicator.render.directory import Hit, Row, render_directory, render_results
from syndicator.render.jsonfeed import render_json
from syndicator.render.opml import render_opml
from syndicator.render.page import newest, render_article, render_page
from syndicator.render.pieces import Memory
from syndicator.render.recall import Last
from syndicator.render.xml import render_xml

_MEMORY = Memory()

__all__ = [
    "Document",
    "Hit",
    "Rendered",
    "Rendering",
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


class Rendering:
    """One topic, rendered document by document; the same edition gives the same bytes.

    Never fails over one item: what cannot be written, or would be refused by
    readers, is left out of the feeds and named in ``problems``. No two items
    of a document share an id.
    """

    def __init__(self, edition: Edition, site: Site, last: Last = _nothing) -> None:
        """Render the entries of an edition.

        ``last`` returns what stands under a path: entries that were rendered for it are taken
        from there.
        """
        self._edition = edition = with_distinct_ids(edition)
        self._site = site
        self._made = _MEMORY.of(edition.place, edition.items, last)
        self._remembers = last is not _nothing
        self.problems = tuple(
            f"{item.article.id} left out: {piece.trouble}"
            for item, piece in zip(edition.items, self._made, strict=True)
            if piece.trouble is not None
        )

    def documents(self) -> Iterator[Document]:
        """Render those that the topic wants, each when it is asked for; the page comes last."""
        edition, site, made = self._edition, self._site, self._made
        wanted = {f"{edition.place}.{one.value}" for one in edition.topic.formats}
        bodies: dict[str, bytes] = {}
        for one in self._feeds():
            bodies[PurePath(one.output.path).suffix[1:]] = one.output.body
            if one.output.path in wanted:
                yield one
        yield Document(render_page(edition, site, [one.page for one in made]))
        if self._remembers:
            _MEMORY.published(edition.place, bodies, made)

    def _feeds(self) -> Iterator[Document]:
        yield from render_xml(self._edition, self._site, self._made)
        yield render_json(self._edition, self._site, [(one.key, one.json) for one in self._made])


def render_topic(edition: Edition, site: Site, last: Last = _nothing) -> Rendered:
    """Render every document of one topic. See :class:`Rendering`."""
    rendering = Rendering(edition, site, last)
    return Rendered(documents=tuple(rendering.documents()), problems=rendering.problems)


def render_site(rows: Sequence[Row], site: Site) -> tuple[Output, ...]:
    """Render the directory page and the OPML of all topics."""
    return render_directory(rows, site), render_opml(rows, site)
