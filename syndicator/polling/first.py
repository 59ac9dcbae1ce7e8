"""The first document of a source: old articles all at once, which must not flood a topic."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from syndicator.model.arrival import Candidate

APART = timedelta(hours=1)


def back_date(
    candidates: Sequence[Candidate], now: datetime, updated: datetime | None = None
) -> tuple[Candidate, ...]:
    """Give the undated entries of a first document dates of the past, an hour apart.

    They keep the document's order, newest first; the first has the moment at
    which the feed says it was ``updated``, or else that of the poll. Were all
    of them dated by the poll, as undated articles are later on, they would push
    everything else out of a topic. ``first_seen`` stays. One article alone
    floods nothing.
    """
    undated = [one for one in candidates if one.article.published >= now]
    if len(undated) <= 1:
        return tuple(candidates)
    start = min(updated or now, now)
    places = {id(one): number for number, one in enumerate(undated)}
    return tuple(
        _dated(one, start - APART * places[id(one)]) if id(one) in places else one
        for one in candidates
    )


def _dated(candidate: Candidate, moment: datetime) -> Candidate:
    article = msgspec.structs.replace(candidate.article, published=moment, updated=moment)
    return msgspec.structs.replace(candidate, article=article)
