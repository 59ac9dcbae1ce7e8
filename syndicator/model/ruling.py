"""What a person, or a wire's own message, decided about one article. Kept for good."""

from datetime import datetime
from enum import StrEnum

import msgspec

from syndicator.model.ids import ArticleId


class RulingKind(StrEnum):
    """What was decided. ``KILL`` and ``TAKEDOWN`` (a legal kill) are final."""

    KILL = "kill"
    TAKEDOWN = "takedown"
    HOLD = "hold"
    CORRECT = "correct"
    RESTORE = "restore"
    APPROVE = "approve"


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """One decision. ``at`` is aware UTC; ``by`` names who or what took it.

    ``reason`` is one line for people: it stands in notices to readers only
    where ``public`` says so. ``until`` ends a hold by itself.
    """

    article: ArticleId
    kind: RulingKind
    at: datetime
    by: str
    reason: str
    public: bool = False
    until: datetime | None = None


FINAL = frozenset({RulingKind.KILL, RulingKind.TAKEDOWN})
"""Rulings that no later poll, copy or clock undoes; only ``restore`` by a person does."""
