"""Identity: the keys an article is known by, and what an arrival turned out to be."""

from datetime import datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.ids import ArticleId, SourceId


class Key(msgspec.Struct, frozen=True, order=True):
    """One ledger key.

    ``kind`` is the rung of the ladder (``guid``, ``publisher-guid``, ``url``),
    or ``killed`` for the words of a killed article; ``digest`` is 12 bytes of
    BLAKE2b over the normalized value.
    """

    kind: str
    digest: bytes


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A normalized entry on its way in, with the keys it may be known by.

    ``article.first_seen`` is the moment of this poll. ``keys`` are in ladder
    order, strongest first; keys that are ambiguous inside the document
    (the same guid on two entries) have been left out. ``collided`` says so.
    ``story`` stands for the words of the story alone, where they are enough
    (``compare.killed_key``); it is made where the text is read, for it costs.
    """

    article: Article
    keys: tuple[Key, ...]
    collided: bool = False
    story: Key | None = None


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger remembers of an article; enough to judge an arrival."""

    id: ArticleId
    source: SourceId
    publisher: str
    guid: str
    guid_is_permalink: bool
    fingerprint: str
    version: int
    published: datetime
    updated: datetime
    first_seen: datetime


class New(msgspec.Struct, frozen=True, kw_only=True, tag="new"):
    """Never seen by any key: ``article`` is to be stored; ``story`` as in :class:`Candidate`."""

    article: Article
    keys: tuple[Key, ...]
    story: Key | None = None


class Revised(msgspec.Struct, frozen=True, kw_only=True, tag="revised"):
    """A known article in materially new words; ``expects`` is the version it replaces."""

    article: Article
    keys: tuple[Key, ...]
    expects: int
    by: str


class Unchanged(msgspec.Struct, frozen=True, kw_only=True, tag="unchanged"):
    """A known article as it was. ``keys`` not yet in the ledger are added to it."""

    of: ArticleId
    keys: tuple[Key, ...]
    by: str


class Duplicate(msgspec.Struct, frozen=True, kw_only=True, tag="duplicate"):
    """Another publisher's copy of a known article; only its keys are remembered."""

    of: ArticleId
    keys: tuple[Key, ...]
    by: str


Arrival = New | Revised | Unchanged | Duplicate
"""The verdict on one candidate."""
