"""Arrivals as the scripts of the store read them."""

from collections.abc import Mapping
from typing import Any

from syndicator.adapters import records
from syndicator.adapters.records import pack_small
from syndicator.compare import known_of
from syndicator.model.arrival import Arrival, Echo, Key, New, Revised
from syndicator.model.ids import ArticleId, TopicId

KINDS = {
    "guid": b"g",
    "publisher-guid": b"p",
    "url": b"u",
    "path": b"a",
    "headline": b"h",
    "words": b"w",
}
"""What the kinds of keys are called in the ledger; a letter once given is never another's."""


def field(key: Key) -> bytes:
    """Return where a key stands in the ledger: its kind, and ten bytes of its digest.

    Among five million keys two meet by chance in one of 10^11 desks.
    """
    return KINDS[key.kind] + key.digest[:10]


def ref(article: ArticleId) -> bytes:
    """Return an id as the ledger holds it: its ten bytes."""
    return bytes.fromhex(article)


def row(arrival: Arrival, topics: Mapping[ArticleId, frozenset[TopicId]]) -> list[Any]:
    """Write one arrival as the ``ADMIT`` script reads it."""
    seen = b"" if isinstance(arrival, New) or arrival.seen is None else pack_small(arrival.seen)
    if isinstance(arrival, Echo):
        keys = [field(key) for key in arrival.keys]
        return [arrival.of, "", "", "", seen, 0, len(keys), *keys] if keys else []
    article = arrival.article
    takes = arrival.takes if isinstance(arrival, New) else ()
    ordered = (*takes, *(key for key in arrival.keys if key not in takes))
    said = arrival.story if isinstance(arrival, New) else None
    replaced = arrival.replaced if isinstance(arrival, Revised) else None
    return [
        article.id,
        arrival.expects if isinstance(arrival, Revised) else 0,
        said.digest if said else "",
        pack_small(replaced) if replaced else "",
        seen,
        len(takes),
        len(ordered),
        *(field(key) for key in ordered),
        *records.pack_article(article),
        records.pack_known(known_of(arrival)),
        records.millis(article.published),
        " ".join(sorted(topics.get(article.id, frozenset()))),
    ]
