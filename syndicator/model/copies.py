"""Copies of one text: what an article is looked up by, and how two texts overlap."""

from collections.abc import Set as AbstractSet
from datetime import datetime

import msgspec


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """What copies of a text are found by.

    ``bands`` are opaque keys of a few bytes each, always as many. Two texts of which
    one holds much of the other, or which open alike, have some in common: the
    more, the more alike. ``words`` counts the words that were signed.
    """

    bands: tuple[bytes, ...]
    words: int


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """One article's text as it is compared with another's.

    ``boilerplate`` holds the digests of the lines that its publisher prints
    with every article (``compare.boilerplate.learn``).
    """

    text: str
    publisher: str
    published: datetime
    boilerplate: AbstractSet[bytes] = frozenset()


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """How two texts overlap, and whether they are the same copy.

    ``containment`` is the share of the shorter text that the longer one has,
    0 to 1; ``shared`` the words they have in common, roughly. ``reason`` says in
    a few words why they were taken as one, or why not.
    """

    same: bool
    containment: float
    shared: int
    reason: str
