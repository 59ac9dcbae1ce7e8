"""What the rulings on an article come to. Pure.

Rulings count in the order they were taken, whatever their clocks said, so a
clock that jumps back never re-opens what a kill has closed.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from syndicator.model.clearance import Clearance, Embargoed, Reason, Refused
from syndicator.model.ruling import FINAL, Ruling, RulingKind

WIRE = "wire"
"""Stands in ``Ruling.by`` for a message of the publisher, read in its own copy."""
FEED = "feed"
"""Stands in ``Ruling.by`` for a deletion stated by a feed (RFC 6721)."""


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """What stands after all rulings.

    ``kept`` keeps the article in: a kill, a takedown or a hold. ``approved``
    is the last approval, which no hold or restoring undoes. ``corrections``
    are those that readers may hear of, oldest first.
    """

    kept: Ruling | None = None
    approved: Ruling | None = None
    corrections: tuple[Ruling, ...] = ()

    @property
    def killed(self) -> bool:
        """Whether it is out for good."""
        return self.kept is not None and self.kept.kind in FINAL


def ruled(rulings: Sequence[Ruling], now: datetime) -> Ruled:
    """Return what stands at ``now``, given every ruling on one article, oldest first.

    A hold never weakens a kill; of two holds the later counts, and one with
    ``until`` ends then. Only restoring undoes a kill.
    """
    if not rulings:
        return NOTHING
    kept: Ruling | None = None
    approved: Ruling | None = None
    for one in rulings:
        if one.kind in FINAL or (one.kind is RulingKind.HOLD and not _final(kept)):
            kept = one
        elif one.kind is RulingKind.RESTORE:
            kept = None
        elif one.kind is RulingKind.APPROVE:
            approved = one
    if kept is not None and kept.kind is RulingKind.HOLD and kept.until and now >= kept.until:
        kept = None
    corrections = tuple(one for one in rulings if one.kind is RulingKind.CORRECT and one.public)
    return Ruled(kept=kept, approved=approved, corrections=corrections)


NOTHING = Ruled()


def _final(ruling: Ruling | None) -> bool:
    return ruling is not None and ruling.kind in FINAL


def verdict_of(found: Ruled) -> Clearance | None:
    """Return the verdict a ruling dictates before any licence is asked, or ``None``."""
    kept = found.kept
    if kept is None:
        return None
    reason = Reason(kept.kind.value, said(kept))
    if kept.kind is RulingKind.HOLD and kept.until is not None:
        return Embargoed(until=kept.until, reasons=(reason,))
    return Refused(reasons=(reason,))


def said(ruling: Ruling) -> str:
    """Say in one line who ruled what, when and why."""
    until = f" until {ruling.until:%Y-%m-%d %H:%M} UTC" if ruling.until else ""
    reason = " ".join(ruling.reason.split())
    return f"ruled by {ruling.by} on {ruling.at:%Y-%m-%d %H:%M} UTC{until}: {reason}"


def objection(kind: RulingKind, rulings: Sequence[Ruling], now: datetime) -> str | None:
    """Say why a person may not rule so now, or ``None``.

    What a publisher itself has killed is not ours to bring back.
    """
    kept = ruled(rulings, now).kept
    if kind is RulingKind.RESTORE and kept is None:
        return "is not held or killed, so there is nothing to restore"
    if kind is RulingKind.RESTORE and _final(kept) and kept is not None and kept.by in {WIRE, FEED}:
        return (
            f"was killed by its publisher ({said(kept)}); only a person sure of it may restore it"
        )
    if kind is RulingKind.HOLD and _final(kept):
        return "is killed; a hold would change nothing"
    return None


__all__ = ["FEED", "WIRE", "Ruled", "objection", "ruled", "said", "verdict_of"]
