"""Arrivals as the scripts of the store read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from syndicator.adapters import records
from syndicator.adapters.records import pack_small
from syndicator.adapters.redis_rights import KILLED
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
BUCKET_DIGITS = 5


def slot(key: Key) -> tuple[str, bytes]:
    """Return ledger bucket and field.

    A million buckets, whatever the kind: a few keys each when a million articles are
    known, so that each hash stays compactly coded and short to look through.
    Ten bytes of a digest stay: among five million two meet by chance in one of 10^11 desks.
    """
    if key.kind == KILLED:
        return KILLED, key.digest
    return key.digest[:3].hex()[:BUCKET_DIGITS], KINDS[key.kind] + key.digest[2:10]


def asked(keys: Iterable[Key]) -> bytes:
    """Write keys as the ``LOOKUP`` script reads them."""
    parts: list[bytes] = []
    for key in keys:
        bucket, field = slot(key)
        parts += (bucket.encode().ljust(6), len(field).to_bytes(1, "big"), field)
    return b"".join(parts)


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
