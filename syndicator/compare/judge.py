"""Candidate × what is known → New, Revised, Unchanged or Duplicate."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from syndicator.model.arrival import (
    Arrival,
    Candidate,
    Duplicate,
    Key,
    Known,
    New,
    Revised,
    Unchanged,
)
from syndicator.model.ids import ArticleId


def judge(
    candidates: Sequence[Candidate], known: Mapping[Key, Known], now: datetime
) -> tuple[Arrival, ...]:
    """Judge each candidate against the ledger, in document order.

    The first key that hits decides. A publisher may revise its own article,
    never another's: there the arrival is a duplicate. Two candidates of one
    document that lead to the same article: the first speaks for it.
    """
    arrivals: list[Arrival] = []
    spoken: set[str] = set()
    for candidate in candidates:
        arrival = _judge_one(candidate, known, now)
        if isinstance(arrival, Revised):
            if arrival.article.id in spoken:
                arrival = Unchanged(of=arrival.article.id, keys=arrival.keys, by=arrival.by)
            else:
                spoken.add(arrival.article.id)
        elif isinstance(arrival, Unchanged):
            spoken.add(arrival.of)
        arrivals.append(arrival)
    return tuple(arrivals)


def _judge_one(candidate: Candidate, known: Mapping[Key, Known], now: datetime) -> Arrival:
    article = candidate.article
    for key in candidate.keys:
        before = known.get(key)
        if before is None:
            continue
        missing = tuple(
            other for other in candidate.keys if other not in known and other.kind != "words"
        )
        if before.publisher != article.publisher:
            return Duplicate(of=before.id, keys=missing, by=key.kind)
        if before.fingerprint == article.fingerprint:
            return Unchanged(of=before.id, keys=missing, by=key.kind)
        return Revised(
            article=msgspec.structs.replace(
                article,
                id=before.id,
                source=before.source,
                guid=before.guid,
                guid_is_permalink=before.guid_is_permalink,
                published=before.published,
                first_seen=before.first_seen,
                updated=_moved(before.updated, article.updated, now),
                version=before.version + 1,
            ),
            keys=missing,
            expects=before.version,
            by=key.kind,
        )
    return New(article=article, keys=candidate.keys, story=candidate.story)


def _moved(before: datetime, stated: datetime, now: datetime) -> datetime:
    """Return the moment of a revision: the upstream's if it moved and is not ahead, else now."""
    return stated if before < stated <= now else max(before, now)


def bury(
    arrivals: Sequence[Arrival],
    words_of: Mapping[ArticleId, Key],
    known: Mapping[Key, Known],
) -> tuple[Arrival, ...]:
    """Turn what is new, but says the words of a killed article, into a duplicate of it.

    ``words_of`` holds the ``killed`` key of each new article. All its keys lead
    to the killed one from then on, so that no revision brings it back either.
    """
    return tuple(
        Duplicate(of=known[key].id, keys=one.keys, by=key.kind)
        if isinstance(one, New) and (key := words_of.get(one.article.id)) and key in known
        else one
        for one in arrivals
    )
