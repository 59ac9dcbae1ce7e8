"""What readers are told of rulings: that an article was withdrawn, or what was corrected. Pure."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from html import escape

import msgspec

from syndicator.model.edition import Item, Withdrawal
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling
from syndicator.rights.rulings import FEED, WIRE, Ruled

NOTICE = timedelta(days=30)
"""How long a notice stands: longer than readers that poll at all stay away."""


def withdrawals(
    stood: Iterable[Publication],
    found: Callable[[Publication], Ruled],
    source_title: Callable[[Publication], str],
    desk: str,
    now: datetime,
) -> tuple[Withdrawal, ...]:
    """Return the notices that stand now, newest first, for what stood in a topic and was killed.

    ``desk`` is named for what a person withdrew, the source for what it withdrew itself.
    """
    made: dict[tuple[str, str], Withdrawal] = {}
    for one in stood:
        kept = found(one).kept
        if kept is None or not found(one).killed or now >= kept.at + NOTICE:
            continue
        title = source_title(one)
        made[one.article, one.guid] = Withdrawal(
            article=one.article,
            guid=one.guid,
            source_title=title,
            since=one.since,
            at=kept.at,
            by=title if kept.by in {WIRE, FEED} else desk,
            reason=" ".join(kept.reason.split()) if kept.public else None,
        )
    order = sorted(made.values(), key=lambda one: (one.at, one.article, one.guid), reverse=True)
    return tuple(order)


def with_corrections(item: Item, corrections: tuple[Ruling, ...]) -> Item:
    """Add corrections to an item: words for readers, and the moment, so that readers look again."""
    if not corrections:
        return item
    notes = tuple(
        f"Correction, {one.at:%-d %B %Y}: {' '.join(one.reason.split())}" for one in corrections
    )
    latest = max(one.at for one in corrections)
    article = msgspec.structs.replace(item.article, updated=max(item.article.updated, latest))
    paragraphs = [f'<p class="correction">{escape(note, quote=False)}</p>' for note in notes]
    html = "\n".join(part for part in (item.html, *paragraphs) if part)
    return msgspec.structs.replace(item, article=article, html=html, corrections=notes)
