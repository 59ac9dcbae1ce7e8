"""A part of the poll pipe: which new articles are copies of others' that the library holds.

The rules are pure and stand in ``compare``; here they meet the library.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

import msgspec

from syndicator.compare.copies import NEVER, judge_stories
from syndicator.compare.shingles import Words, contained, story
from syndicator.compare.signature import RECENT, sign
from syndicator.model.arrival import Arrival, Candidate, New, Revised
from syndicator.model.article import Article
from syndicator.model.ids import ArticleId, SourceId, StoryId
from syndicator.model.story import BY_HAND, BY_WIRE, Comparison, Face, Signed, Story, Tie, face_of
from syndicator.ports import Library
from syndicator.ports.stories import Near

ENOUGH = 2
"""The nearest come first. When so many in a row are other texts, those behind them are too.

Revised ones do not count: they may be found by what they said before."""
Lines = Mapping[SourceId, AbstractSet[bytes]]


async def compared(
    library: Library,
    candidates: Sequence[Candidate],
    arrivals: Sequence[Arrival],
    boilerplate: tuple[bytes, ...],
    now: datetime,
) -> tuple[Comparison, ...]:
    """Compare what is new or revised with what shares bands: one round trip.

    Where there is something to compare with, another asks for the boilerplate of
    those publishers. ``boilerplate`` is that of this one. ``candidates`` are those
    of ``arrivals``; they are signed here where reading did not.

    Raises:
        LibraryError: the store failed.
    """
    own = frozenset(boilerplate)
    signed = _signed(candidates, arrivals, own, now)
    if not signed:
        return ()
    articles = [one.article for one in arrivals if isinstance(one, New | Revised)]
    articles = [one for one in articles if one.id in signed]
    found = await library.near(list(signed.values()))
    left = await _leaving(library, [one for one in arrivals if isinstance(one, Revised)], own)
    sources = {other.source for near in found.values() for other in near.articles}
    # A revised article keeps the source it first came from; its words came from this one.
    ours = dict.fromkeys((one.source for one in articles), own)
    lines = {**await library.boilerplate_of(sources), **ours}
    return tuple(
        msgspec.structs.replace(
            _comparison(one, signed[one.id], found.get(one.id, Near()), lines, now),
            leaves=told,
            heir=heir,
        )
        for one in articles
        for told, heir in (left.get(one.id, (None, None)),)
    )


def _signed(
    candidates: Sequence[Candidate],
    arrivals: Sequence[Arrival],
    own: AbstractSet[bytes],
    now: datetime,
) -> dict[ArticleId, Signed]:
    """Return what is new or revised with its signature, made here where reading made none."""
    signed: dict[ArticleId, Signed] = {}
    for candidate, arrival in zip(candidates, arrivals, strict=True):
        if not isinstance(arrival, New | Revised):
            continue
        one, signature = arrival.article, candidate.signature
        if not candidate.signed and now - one.published <= RECENT:
            signature = sign(one.said, own)
        if signature is not None:
            signed[one.id] = Signed(
                article=one.id,
                publisher=one.publisher,
                published=one.published,
                signature=signature,
            )
    return signed


def _comparison(
    article: Article, signed: Signed, near: Near, lines: Lines, now: datetime
) -> Comparison:
    ties, faces = [], {article.id: (face_of(article), article.first_seen)}
    own = _told(article, lines) if near.articles else Words([])
    joined: set[str] = set()
    others = 0
    for other, known in zip(near.articles, near.stories, strict=True):
        if known in joined or not _one_tongue(article, other):
            continue
        if others == ENOUGH:
            break
        overlap = judge_stories(
            own,
            _told(other, lines),
            apart=abs(article.published - other.published),
            same_publisher=False,
        )
        others = 0 if overlap.same else others + (other.version == 1)
        if overlap.same:
            joined |= {known} - {""}
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


async def _leaving(
    library: Library, revised: Sequence[Revised], own: AbstractSet[bytes]
) -> dict[ArticleId, tuple[Story, Face]]:
    """Return the stories that revised articles tell no more, and the face of each without them.

    They share next to nothing with any other copy. What a person joined stays.
    Where several of one document leave a story, each leaves what those before it left.
    """
    found: dict[ArticleId, tuple[Story, Face]] = {}
    texts = {one.article.id: story(one.article.said, own) for one in revised}
    before = await library.stories_of(list(texts))
    rest: dict[StoryId, Story | None] = {one.id: one for one in before.values()}
    for article, was in before.items():
        told = rest[was.id]
        if told is None:
            continue
        by_hand = any(
            tie.by == BY_HAND and article in {tie.article, tie.other} for tie in told.ties
        )
        others = [one for one in told.members if one != article]
        held = await library.articles(others)
        apart = all(contained(texts[article], story(one.said)) < NEVER for one in held)
        oldest = held[0].id == others[0] if held else False  # else its face is not at hand
        if apart and not by_hand and oldest:
            heir = face_of(held[0])
            found[article] = told, heir
            rest[was.id] = _without(told, article, heir)
    return found


def _without(told: Story, article: ArticleId, heir: Face) -> Story | None:
    """Return what is left of a story when an article has left; one alone is none."""
    members = tuple(one for one in told.members if one != article)
    if len(members) == 1:
        return None
    face = heir if told.face.article == article else told.face
    ties = tuple(tie for tie in told.ties if tie.article != article)
    return Story(id=StoryId(face.article), face=face, members=members, ties=ties)


def _told(article: Article, lines: Lines) -> Words:
    return story(article.said, lines.get(article.source, frozenset()))


def _one_tongue(one: Article, other: Article) -> bool:
    """Whether two may be in one language: a paper's en-GB may carry a wire's en."""
    tongues = {(each.language or "").partition("-")[0].casefold() for each in (one, other)}
    return len(tongues - {""}) < 2  # noqa: PLR2004 - two languages
