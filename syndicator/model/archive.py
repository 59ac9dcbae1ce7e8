"""A topic's archive: what has left the feed and may still leave the desk (RFC 5005 §4)."""

from datetime import datetime

import msgspec

from syndicator.model.ids import ArticleId, TopicId

_SHELF = "/archive"
PAGE_ENTRIES = 100
"""A page is closed when it holds so many entries."""


class ArchivePage(msgspec.Struct, frozen=True, kw_only=True):
    """A closed page: which articles it was closed with, for good.

    Numbers count from one, the oldest. ``shown`` is how many entries it had when
    it was last written, none once the licences of all have ended; ``until``
    when a verdict in it changes by the clock alone.
    """

    number: int
    articles: tuple[ArticleId, ...]
    shown: int
    until: datetime | None = None


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """The closed pages, oldest first, and those of their articles that changed since."""

    pages: tuple[ArchivePage, ...] = ()
    stale: frozenset[ArticleId] = frozenset()

    @property
    def next_number(self) -> int:
        """Number of the page that is open."""
        return self.pages[-1].number + 1 if self.pages else 1

    def older(self, number: int) -> int | None:
        """Return the nearest page before ``number`` that shows anything."""
        before = (one.number for one in self.pages if one.number < number and one.shown)
        return max(before, default=None)


def shelf_of(topic: TopicId) -> TopicId:
    """Name a topic's archive where topics are named: in the ledger, among releases."""
    return TopicId(topic + _SHELF)


def topic_of(shelf: TopicId) -> TopicId | None:
    """Return whose archive this names, ``None`` if it is a topic itself."""
    return TopicId(shelf.removesuffix(_SHELF)) if shelf.endswith(_SHELF) else None


def place_of(topic: TopicId, number: int | None) -> str:
    """Return where a document stands: below ``feeds/``, without its ending."""
    return topic if number is None else f"{topic}{_SHELF}/{number}"
