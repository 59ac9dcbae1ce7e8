"""How many articles a day one licence lets out, over all topics. Pure.

A place is given once, on the day (UTC) an article first leaves, and kept: what
was published is never pushed out by its quota.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from syndicator.model.article import Article
from syndicator.model.clearance import Cleared, Reason, Refused
from syndicator.model.ids import ArticleId, LicenseId
from syndicator.model.license import License
from syndicator.model.places import Claims, Places

Choose = Callable[[Sequence[Article]], tuple[Article, ...]]


_LIMITS: list[tuple[Mapping[LicenseId, License], dict[LicenseId, int]]] = []
"""Licences and their quotas, as asked for last: by identity, for there may be thousands."""


def quotas(licenses: Mapping[LicenseId, License]) -> Mapping[LicenseId, int]:
    """Return the licences that have a quota, with it. ``licenses`` does not change."""
    for known, limits in _LIMITS:
        if known is licenses:
            return limits
    limits = {name: one.quota for name, one in licenses.items() if one.quota is not None}
    _LIMITS[:] = [(licenses, limits)]
    return limits


def within_quota(
    articles: Sequence[Article],
    cleared: Mapping[ArticleId, Cleared],
    limits: Mapping[LicenseId, int],
    places: Places,
    choose: Choose,
) -> tuple[tuple[Article, ...], Claims, frozenset[ArticleId]]:
    """Choose what an edition shows, and give out the places of today to the newest first.

    Returns what was chosen, who of it needs a place, and who waits for one. An
    article that ``choose`` leaves out takes no place from another.
    """
    waiting: set[ArticleId] = set()
    while True:
        chosen = choose([one for one in articles if one.id not in waiting])
        wanting = _wanting(chosen, cleared, limits, places)
        late = _late(wanting, cleared, articles, limits, places) - waiting
        if not late:
            return chosen, {name: tuple(ids) for name, ids in wanting.items()}, frozenset(waiting)
        waiting |= late


def _wanting(
    articles: Sequence[Article],
    cleared: Mapping[ArticleId, Cleared],
    limits: Mapping[LicenseId, int],
    places: Places,
) -> dict[LicenseId, list[ArticleId]]:
    """Return who has no place yet, by licence, in order."""
    found: dict[LicenseId, list[ArticleId]] = {}
    for one in articles:
        name = LicenseId(cleared[one.id].license)
        if name in limits and one.id not in places.taken.get(name, ()):
            found.setdefault(name, []).append(one.id)
    return found


def _late(
    wanting: Mapping[LicenseId, list[ArticleId]],
    cleared: Mapping[ArticleId, Cleared],
    articles: Sequence[Article],
    limits: Mapping[LicenseId, int],
    places: Places,
) -> set[ArticleId]:
    """Return who must wait: where more want a place than are left, all but the first of them."""
    late: set[ArticleId] = set()
    every = _wanting(articles, cleared, limits, places)
    for name, ids in wanting.items():
        left = max(0, limits[name] - places.given.get(name, 0))
        if len(ids) > left:
            late |= set(every[name]) - set(ids[:left])
    return late


def next_day(now: datetime) -> datetime:
    """Return when the places of the next day are given out: midnight, UTC."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1)


def must_wait(verdict: Cleared, limit: int, now: datetime) -> Refused:
    """Return the verdict on an article that was cleared and got no place."""
    said = f"{verdict.license}: {limit} a day, and today's places are given out"
    return Refused(reasons=(*verdict.reasons, Reason("quota", said)), until=next_day(now))
