"""What an article said before, on its own page: as much of it as may leave now."""

from collections.abc import Sequence
from html import escape

from syndicator.model.clearance import Form
from syndicator.model.edition import Item
from syndicator.model.version import Difference, Piece
from syndicator.render.common import clean, time_of

_PARTS = {"headline": "headline", "text": "text", "authors": "authors", "orders": "status"}
_TAGS = {"-": "del", "+": "ins"}


def revisions(item: Item, past: Sequence[Difference]) -> str:
    """Write the revisions of an article, the newest first; nothing if there are none."""
    if not past:
        return ""
    cleared = item.cleared
    whole = cleared.form is Form.FULL and not cleared.stub and cleared.words is None
    rows = "\n".join(f"<li>{_revision(one, whole=whole)}</li>" for one in past)
    return (
        '<section aria-labelledby="versions">\n<h2 id="versions">Versions</h2>\n'
        f"<ol reversed>\n{rows}\n</ol>\n</section>\n"
    )


def _revision(one: Difference, *, whole: bool) -> str:
    version = one.version
    parts = ", ".join(_PARTS[part] for part in version.why if part in _PARTS) or "text"
    told = f"{time_of(version.until)}: {parts} changed, after version {version.number}"
    if not whole:
        return told
    shown = [pieces for pieces in (one.headline, one.authors, *one.paragraphs) if pieces]
    words = "\n".join(f'<p dir="auto">{_marked(pieces)}</p>' for pieces in shown)
    return f"<details><summary>{told}</summary>\n{words}\n</details>" if words else told


def _marked(pieces: Sequence[Piece]) -> str:
    return " ".join(
        f"<{tag}>{text}</{tag}>" if (tag := _TAGS.get(piece.sign)) else text
        for piece in pieces
        if (text := escape(clean(piece.text)))
    )
