"""A part of the poll pipe: which new articles are copies of others' that the library holds.

The rules are pure and stand in ``compare``; here they meet the library.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

import msgspec

from syndicator.compare.copies import same_copy
from syndicator.compare.signature import sign_document
from syndicator.model.arrival import Arrival, New, Revised
from syndicator.model.article import Article
from syndicator.model.copies import Copy
from syndicator.model.ids import SourceId
from syndicator.model.story import BY_WIRE, Comparison, Signed, Tie, face_of
from syndicator.ports import Library
from syndicator.ports.stories import Near

RECENT = timedelta(days=6)
"""An older article is signed no more: copies follow within three days."""
Lines = Mapping[SourceId, AbstractSet[bytes]]


class Compared(msgspec.Struct, frozen=True):
    """What a document's articles came to, and what the source prints with every one."""

    comparisons: tuple[Comparison, ...] = ()
    boilerplate: tuple[bytes, ...] = ()


async def compared(
    library: Library, arrivals: Sequence[Arrival], known: tuple[bytes, ...], now: datetime
) -> Compared:
    """Sign what is new or revised, and compare it with what shares bands: one round trip.

    Where there is something to compare with, another asks for the boilerplate of
    those publishers. ``known`` is that of this one.

    Raises:
        LibraryError: the store failed.
    """
    articles = [
        one.article
        for one in arrivals
        if isinstance(one, New | Revised) and now - one.article.published <= RECENT
    ]
    if not articles:
        return Compared(boilerplate=known)
    signatures, learned = sign_document([one.body.text for one in articles], known)
    own = frozenset(learned)
    signed = {
        one.id: Signed(
            article=one.id,
            publisher=one.publisher,
            published=one.published,
            signature=signature,
        )
        for one, signature in zip(articles, signatures, strict=True)
        if signature is not None
    }
    found = await library.near(list(signed.values()))
    sources = {other.source for near in found.values() for other in near.articles}
    theirs = await library.boilerplate_of(sources)
    made = tuple(
        _compared(one, signed[one.id], found.get(one.id, Near()), own, theirs, now)
        for one in articles
        if one.id in signed
    )
    return Compared(made, learned)


def _compared(
    article: Article,
    signed: Signed,
    near: Near,
    own: AbstractSet[bytes],
    theirs: Lines,
    now: datetime,
) -> Comparison:
    ties, faces = [], {article.id: (face_of(article), article.first_seen)}
    for other in near.articles:
        if _tongue(article) and _tongue(other) and _tongue(article) != _tongue(other):
            continue
        overlap = same_copy(
            _copy(article, own), _copy(other, theirs.get(other.source, frozenset()))
        )
        if overlap.same:
            faces[other.id] = (face_of(other), other.first_seen)
            why = overlap.reason
            ties.append(Tie(article=article.id, other=other.id, by=BY_WIRE, at=now, why=why))
    return Comparison(
        signed=signed,
        first_seen=article.first_seen,
        seen=near.seen,
        ties=tuple(ties),
        faces=tuple(faces.values()),
    )


def _copy(article: Article, boilerplate: AbstractSet[bytes]) -> Copy:
    return Copy(
        text=article.body.text,
        publisher=article.publisher,
        published=article.published,
        boilerplate=boilerplate,
    )


def _tongue(article: Article) -> str:
    """Return the language without its country: a paper's en-GB may carry a wire's en."""
    return (article.language or "").partition("-")[0].casefold()
