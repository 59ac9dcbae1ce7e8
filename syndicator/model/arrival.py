"""Identity: the keys an article is known by, and what an arrival turned out to be."""

from datetime import datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.copies import Signature
from syndicator.model.ids import ArticleId, SourceId
from syndicator.model.version import Sighting, Version


class Key(msgspec.Struct, frozen=True, order=True):
    """One ledger key.

    ``kind`` is the rung of the ladder (``guid``, ``publisher-guid``, ``url``,
    ``path``, ``headline``; ``words`` for an entry that has nothing else),
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
    ``home``: its page stands in the domain that its source is asked at.
    ``seen``: a document before had it with the same words and names.
    ``signature`` is what its copies are found by, ``signed`` whether somebody looked.
    ``story`` stands for the words of the story alone, where they are enough
    (``compare.killed_key``); it is made where the text is read, for it costs.
    ``mark`` stands for all that the entry says, ``after`` are articles whose entries
    come before it in the document and were known to the letter (``compare.memory``).
    """

    article: Article
    keys: tuple[Key, ...]
    collided: bool = False
    home: bool = False
    story: Key | None = None
    signature: Signature | None = None
    signed: bool = False
    seen: bool = False
    mark: bytes = b""
    after: tuple[ArticleId, ...] = ()


class Known(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the ledger remembers of an article; enough to judge an arrival.

    ``home`` is as in :class:`Candidate`, ``None`` where nobody looked. ``stated``
    is the upstream's date where ours stands in ``published``. ``churn`` counts the versions made on
    the day (of UTC, since the epoch) of ``churned``. ``past`` are the
    fingerprints of the versions just before this one. ``retired``: its words are
    gone from the library, and it does not come back.
    """

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
    home: bool | None = None
    stated: datetime | None = None
    churned: int = 0
    churn: int = 0
    past: tuple[str, ...] = ()
    retired: bool = False


class New(msgspec.Struct, frozen=True, kw_only=True, tag="new"):
    """Never seen by any key: ``article`` is to be stored. The rest is as in :class:`Candidate`.

    ``takes`` are keys that lead to an article elsewhere, and lead here from now
    on: the page is this publisher's own, and it was not that one's. ``stated`` is
    as in :class:`Known`.
    """

    article: Article
    keys: tuple[Key, ...]
    takes: tuple[Key, ...] = ()
    home: bool = False
    stated: datetime | None = None
    story: Key | None = None


class Revised(msgspec.Struct, frozen=True, kw_only=True, tag="revised"):
    """A known article in materially new words; ``expects`` is the version it replaces.

    ``replaced`` is that version, to be kept, where its words were at hand.
    """

    article: Article
    keys: tuple[Key, ...]
    expects: int
    by: str
    known: Known
    replaced: Version | None = None
    seen: Sighting | None = None


class Unchanged(msgspec.Struct, frozen=True, kw_only=True, tag="unchanged"):
    """A known article as it was. ``keys`` not yet in the ledger are added to it.

    ``why`` says what kept other words from being a revision: ``same`` (there
    are none), ``immaterial``, ``spoken`` (an entry before it in the document
    spoke for the article), ``older`` (words it had before, from another feed),
    ``form`` (another feed has it shorter or longer), ``churn`` (it had its
    versions for the day) or ``retired`` (it is kept no more).
    ``redated``: its date has moved, its words have not. ``version`` is the one it
    was held against.
    """

    of: ArticleId
    keys: tuple[Key, ...]
    by: str
    version: int
    why: str = "same"
    redated: bool = False
    seen: Sighting | None = None

    @property
    def own_words(self) -> bool:
        """Whether the entry says what the article says, as far as a person sees."""
        return self.why in {"same", "immaterial"}


class Duplicate(msgspec.Struct, frozen=True, kw_only=True, tag="duplicate"):
    """Another publisher's copy of a known article; only its keys are remembered."""

    of: ArticleId
    keys: tuple[Key, ...]
    by: str
    seen: Sighting | None = None


class Killed(msgspec.Struct, frozen=True, kw_only=True, tag="killed"):
    """A killed story under other keys; they lead to the killed article from now on."""

    of: ArticleId
    keys: tuple[Key, ...]
    by: str
    seen: Sighting | None = None


Arrival = New | Revised | Unchanged | Duplicate | Killed
Echo = Unchanged | Duplicate | Killed
"""Arrivals that store no article."""
