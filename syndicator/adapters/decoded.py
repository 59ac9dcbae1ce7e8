"""Stored articles as they were decoded: the same bytes are the same article."""

from collections import OrderedDict

from syndicator.adapters.records import unpack_article
from syndicator.model.article import Article

MOST = 16_000_000
GROWTH = 4
"""How many times larger a body is in memory than compressed, roughly."""


class Decoded:
    """Decodes articles, and returns the same object for the same bytes while it remembers them."""

    def __init__(self, most: int = MOST) -> None:
        """Remember up to so many bytes, roughly."""
        self._most = most
        self._size = 0
        self._held: OrderedDict[tuple[bytes, bytes], Article] = OrderedDict()

    def article(self, meta: bytes, body: bytes) -> Article:
        """Return the article of a record.

        Raises:
            LibraryError: the record is damaged.
        """
        record = (meta, body)
        known = self._held.get(record)
        if known is not None:
            self._held.move_to_end(record)
            return known
        article = self._held[record] = unpack_article(meta, body)
        self._size += _size(record)
        while self._size > self._most:
            old, _ = self._held.popitem(last=False)
            self._size -= _size(old)
        return article


def _size(record: tuple[bytes, bytes]) -> int:
    meta, body = record
    return GROWTH * len(body) + 2 * len(meta)
