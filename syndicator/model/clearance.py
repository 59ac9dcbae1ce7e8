"""Verdicts of the rights room. Derived at release, for a moment; never stored."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Form(StrEnum):
    """How much of an article may leave."""

    FULL = "full"
    EXCERPT = "excerpt"
    HEADLINE = "headline"


class Reason(msgspec.Struct, frozen=True):
    """One step of a verdict: the rule that spoke, and what it said, for people."""

    rule: str
    text: str


class Cleared(msgspec.Struct, frozen=True, kw_only=True):
    """May leave in ``form``, until ``until`` if the licence's window ends.

    ``credit`` is the line that must stand in the text, verbatim.
    """

    form: Form
    credit: str | None
    until: datetime | None = None
    reasons: tuple[Reason, ...] = ()


class Embargoed(msgspec.Struct, frozen=True, kw_only=True):
    """May not leave before ``until``."""

    until: datetime
    reasons: tuple[Reason, ...] = ()


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """May not leave; ``reasons`` are in the order they were found."""

    reasons: tuple[Reason, ...]


Clearance = Cleared | Embargoed | Refused
