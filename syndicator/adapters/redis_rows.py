"""Arrivals as the scripts of the store read them."""

from collections.abc import Mapping
from typing import Any

from syndicator.adapters import records
from syndicator.adapters.records import pack_small
from syndicator.adapters.redis_rights import KILLED
from syndicator.compare import known_of
from syndicator.model.arrival import Arrival, Echo, Key, New, Revised
from syndicator.model.ids import ArticleId, TopicId


def slot(key: Key) -> tuple[str, bytes]:
    """Return ledger bucket and field; 256 buckets a kind keep each hash small and compact."""
    if key.kind == KILLED:
        return KILLED, key.digest
    return f"{key.kind}:{key.digest[:1].hex()}", key.digest[1:]


def row(arrival: Arrival, topics: Mapping[ArticleId, frozenset[TopicId]]) -> list[Any]:
    """Write one arrival as the ``ADMIT`` script reads it."""
    seen = b"" if isinstance(arrival, New) or arrival.seen is None else pack_small(arrival.seen)
    if isinstance(arrival, Echo):
        keys = [part for key in arrival.keys for part in slot(key)]
        return [arrival.of, "", "", "", seen, 0, len(arrival.keys), *keys] if keys else []
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
        *(part for key in ordered for part in slot(key)),
        *records.pack_article(article),
        records.pack(known_of(arrival)),
        records.millis(article.published),
        " ".join(sorted(topics.get(article.id, frozenset()))),
    ]
