"""How a source treats its own articles: dates that move, revisions that are noise. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from syndicator.compare.revise import is_tiny
from syndicator.model.arrival import Arrival, New, Revised, Unchanged
from syndicator.model.source import Habits

FEW = 3
HALF = 0.5
HARDLY = 0.1
HALF_LIFE = timedelta(days=1)
MANY_SMALL = 10
ANY = 0.5


def observe(
    habits: Habits, arrivals: Sequence[Arrival], now: datetime, *, passed: int = 0
) -> Habits:
    """Learn from what became of one document, ``passed`` entries of which came to the letter.

    Dates are not trusted once those of half of its known articles, three at
    least, have moved while the words stayed; they are again when hardly any have.
    """
    same = [one for one in arrivals if isinstance(one, Unchanged) and one.why == "same"]
    moved = sum(one.redated for one in same)
    count, untrusted = len(same) + passed, habits.untrusted
    if moved >= FEW and moved >= HALF * count:
        untrusted = True
    elif count >= FEW and moved <= HARDLY * count:
        untrusted = False
    made = [one.replaced for one in arrivals if isinstance(one, Revised)]
    capped = sum(isinstance(one, Unchanged) and one.why == "churn" for one in arrivals)
    if not made and not capped:
        return msgspec.structs.replace(habits, untrusted=untrusted)
    left = 0.5 ** ((now - habits.as_of) / HALF_LIFE) if habits.as_of else 0.0
    return Habits(
        untrusted=untrusted,
        as_of=now,
        revised=habits.revised * left + len(made),
        small=habits.small * left + sum(one is not None and is_tiny(one) for one in made),
        capped=habits.capped * left + capped,
    )


def is_noisy(habits: Habits, now: datetime | None) -> bool:
    """Whether a source revises more than a person would: to the cap, or by a few words mostly."""
    left = 0.5 ** ((now - habits.as_of) / HALF_LIFE) if habits.as_of and now else 0.0
    small = habits.small * left >= MANY_SMALL and habits.small >= HALF * habits.revised
    return small or habits.capped * left >= ANY


def distrust(arrivals: Sequence[Arrival], habits: Habits, now: datetime) -> tuple[Arrival, ...]:
    """Put our moment where the dates of a source are not trusted."""
    if not habits.untrusted:
        return tuple(arrivals)
    return tuple(_ours(one, now) for one in arrivals)


def _ours(arrival: Arrival, now: datetime) -> Arrival:
    if isinstance(arrival, Revised):
        at = max(arrival.replaced.since, now) if arrival.replaced else now
        kept = arrival.replaced and msgspec.structs.replace(arrival.replaced, until=at)
        return msgspec.structs.replace(
            arrival,
            article=msgspec.structs.replace(arrival.article, updated=at),
            known=msgspec.structs.replace(arrival.known, updated=at),
            replaced=kept,
        )
    if isinstance(arrival, New):
        seen, stated = arrival.article.first_seen, arrival.article.published
        article = msgspec.structs.replace(arrival.article, published=seen, updated=seen)
        return msgspec.structs.replace(arrival, article=article, stated=stated)
    return arrival
