"""Verdicts of the rights room. Derived at release, for a moment; never stored."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Form(StrEnum):
    """How much of an article may leave; each form holds what the next one does."""

    FULL = "full"
    EXCERPT = "excerpt"
    HEADLINE = "headline"
    NOTHING = "nothing"

    @property
    def rank(self) -> int:
        """How much it is: 3 for all, 0 for nothing."""
        return {"full": 3, "excerpt": 2, "headline": 1, "nothing": 0}[self.value]


class Reason(msgspec.Struct, frozen=True):
    """One step of a verdict: the rule that spoke, and what it said, for people."""

    rule: str
    text: str


class Cleared(msgspec.Struct, frozen=True, kw_only=True):
    """May leave in ``form``, until ``until`` if that changes by the clock alone.

    ``credit`` is the line that must stand in the text, verbatim. ``license``
    is the key of the licence that decided, ``version`` the digest of its
    terms. ``stub`` says that the window has ended and only a headline with
    its link is left. ``words`` is how many words of the full text leave, where
    the outlet wants fewer than there are; ``None``: all.
    """

    form: Form
    credit: str | None
    until: datetime | None = None
    reasons: tuple[Reason, ...] = ()
    license: str = ""
    version: str = ""
    stub: bool = False
    words: int | None = None


class Embargoed(msgspec.Struct, frozen=True, kw_only=True):
    """May not leave before ``until``."""

    until: datetime
    reasons: tuple[Reason, ...] = ()


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """May not leave; ``reasons`` are in the order they were found.

    ``until`` is when that changes by the clock alone, if it does.
    """

    reasons: tuple[Reason, ...]
    until: datetime | None = None


Clearance = Cleared | Embargoed | Refused
"""The verdict on one article, one outlet, one moment."""
