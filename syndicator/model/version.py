"""What an article said before, and under which names it came."""

from datetime import datetime

import msgspec

from syndicator.model.ids import SourceId

MOST_VERSIONS = 24
"""Versions kept of one article, the first and the newest always; and made of it in a day."""
MOST_SIGHTINGS = 24


class Version(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words that an article had until a material revision replaced them.

    ``since`` is when the article got them, ``until`` when it lost them; ``why``
    names what the revision changed (``headline``, ``text``, ``authors``,
    ``orders``), ``by`` the key by which it was known and ``source`` the feed it
    came in. ``removed`` and ``added`` count the words that went and came.
    """

    number: int
    since: datetime
    until: datetime
    headline: str
    abstract: str | None = None
    text: str = ""
    authors: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    by: str
    source: SourceId
    removed: int = 0
    added: int = 0


class Sighting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry that was taken for a known article under a name not yet known.

    ``verdict`` is ``revised``, ``unchanged``, ``duplicate`` or ``killed``, ``by``
    the key it was known by.
    """

    at: datetime
    verdict: str
    by: str
    source: SourceId
    guid: str
    link: str | None = None
    headline: str = ""


class Piece(msgspec.Struct, frozen=True):
    """A run of words that stayed (``""``), went (``"-"``) or came (``"+"``)."""

    sign: str
    text: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What one revision changed: a version, and the state that stands next after it.

    ``paragraphs`` holds only those that changed.
    """

    version: Version
    headline: tuple[Piece, ...] = ()
    authors: tuple[Piece, ...] = ()
    paragraphs: tuple[tuple[Piece, ...], ...] = ()


class History(msgspec.Struct, frozen=True, kw_only=True):
    """What the library remembers of an article beside its present words, oldest first."""

    versions: tuple[Version, ...] = ()
    sightings: tuple[Sighting, ...] = ()
