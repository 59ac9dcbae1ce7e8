"""What a source's state remembers of its last document, so that its entries need no second look.

For each entry a mark of all that it says, and the article it led to. An entry
that comes again to the letter is that article unchanged: the same words under
the same names get the same verdict, as long as the article stands in the version
that was judged: another feed of its publisher may have brought a newer one. That
holds of verdicts on the entry alone; those that hang on others in the document,
on the day or on another publisher are not remembered, and made anew each time; nor are those
on entries whose dates have moved, for they are counted each time.
"""

from collections.abc import Mapping, Sequence

from syndicator.model.arrival import Arrival, Candidate, Duplicate, Killed, Known, Unchanged
from syndicator.model.ids import ArticleId

MARK, ID, VERSION = 8, 10, 2
"""Bytes of a mark, of an article's id and of its version. Two entries of a source share a mark
by chance once in 10**17: an entry lost to that is less likely than the machine's error."""
ROW = MARK + ID + VERSION
MOST = 200
"""Entries remembered of one document; those beyond are judged each time."""


def recalled(memory: bytes) -> dict[bytes, tuple[ArticleId, bytes]]:
    """Return the article that each mark stands for, and the row itself."""
    return {one[:MARK]: (_article(one), one) for one in _rows(memory)}


def articles_in(memory: bytes) -> list[ArticleId]:
    """Return the articles of a memory."""
    return list(dict.fromkeys(map(_article, _rows(memory))))


def still(memory: bytes, now: Mapping[ArticleId, Known]) -> bytes:
    """Return what still holds of a memory: articles that stand as they were judged."""
    kept = []
    for one in _rows(memory):
        stands = now.get(_article(one))
        if stands is not None and one.endswith(_version(stands.version)):
            kept.append(one)
    return b"".join(kept)


def remembered(candidates: Sequence[Candidate], arrivals: Sequence[Arrival], kept: bytes) -> bytes:
    """Return the memory of a document: of what was judged now, and ``kept`` of what was not."""
    rows = [
        one.mark + tail
        for one, arrival in zip(candidates, arrivals, strict=True)
        if one.mark and not one.collided and (tail := _settled(arrival)) is not None
    ]
    return (b"".join(rows) + kept)[: MOST * ROW]


def without(memory: bytes, others: bytes) -> bytes:
    """Return the rows that are not among ``others``."""
    gone = set(_rows(others))
    return b"".join(one for one in _rows(memory) if one not in gone)


def _rows(memory: bytes) -> list[bytes]:
    return [memory[at : at + ROW] for at in range(0, len(memory), ROW)]


def _article(one: bytes) -> ArticleId:
    return ArticleId(one[MARK : MARK + ID].hex())


def _version(number: int) -> bytes:
    return (number & 0xFFFF).to_bytes(VERSION, "big")


def _settled(arrival: Arrival) -> bytes | None:
    """Return the article whose own entry this is, if its verdict would be the same tomorrow."""
    if isinstance(arrival, Duplicate | Killed):
        return None
    if isinstance(arrival, Unchanged):
        if arrival.redated or not (arrival.own_words or arrival.why == "retired"):
            return None
        return bytes.fromhex(arrival.of) + _version(arrival.version)
    return bytes.fromhex(arrival.article.id) + _version(arrival.article.version)
