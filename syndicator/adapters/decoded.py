"""Stored articles as they were decoded, each under the stamp it had in the store."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from syndicator.adapters.records import unpack_article
from syndicator.model.article import Article
from syndicator.model.ids import ArticleId

MOST = 16_000_000
GROWTH = 4
"""How many times larger a body is in memory than compressed, roughly."""
UNKNOWN = b"-"
Row = Sequence[bytes] | int | None
"""What the store answers: a record and its stamp, 1 where that is still the same, or nothing."""


class Known(NamedTuple):
    """An article, the stamp it has in the store, and how much memory it takes, roughly."""

    stamp: bytes
    article: Article
    size: int


class Decoded:
    """Remembers articles, so that one whose stamp is the same is the same object."""

    def __init__(self, most: int = MOST) -> None:
        """Remember up to so many bytes, roughly."""
        self._most = most
        self._size = 0
        self._held: OrderedDict[ArticleId, Known] = OrderedDict()

    def known(self, ids: Sequence[ArticleId]) -> dict[ArticleId, Known]:
        """Return what is remembered of articles; it is to be asked for under these stamps."""
        return {one: self._held[one] for one in ids if one in self._held}

    def articles(
        self, ids: Sequence[ArticleId], rows: Sequence[Row], known: Mapping[ArticleId, Known]
    ) -> list[Article]:
        """Return those of the articles that are there. See :meth:`article`."""
        found = (self.article(one, row, known.get(one)) for one, row in zip(ids, rows, strict=True))
        return [one for one in found if one is not None]

    def article(self, ident: ArticleId, row: Row, known: Known | None) -> Article | None:
        """Return an article by what the store answered, who was told what was ``known`` of it.

        Raises:
            LibraryError: the record is damaged.
        """
        if row is None:
            return None
        if isinstance(row, int):
            return self._used(ident, known).article if known is not None else None
        meta, body, stamp = row
        held = self._held.get(ident)
        if held is not None and held.stamp == stamp:  # who asked did not know that it is known
            return self._used(ident, held).article
        size = GROWTH * len(body or b"") + 2 * len(meta)
        made = Known(stamp, unpack_article(meta, body), size)
        return self._used(ident, made).article

    def _used(self, ident: ArticleId, one: Known) -> Known:
        before = self._held.pop(ident, None)
        self._held[ident] = one
        self._size += one.size - (before.size if before else 0)
        while self._size > self._most:
            _, old = self._held.popitem(last=False)
            self._size -= old.size
        return one
