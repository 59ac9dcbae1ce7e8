"""What was used under a licence: the ledger of publications, summed up for its holder. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from types import MappingProxyType

import msgspec

from syndicator.model.ids import ArticleId, LicenseId, TopicId
from syndicator.model.publication import Publication
from syndicator.model.ruling import FINAL, Ruling
from syndicator.rights.ledger import spans


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """One article as it was used in a period: in what forms, where, from when to when.

    ``last`` is the end of its last publication, ``None`` while one stands;
    both moments may lie outside the period. Forms are listed as they came.
    ``fetches`` counts the documents that were fetched while it stood in them,
    and its own page; see :func:`usage`. ``killed`` is when it was ruled out
    while it stood, ``out_after`` how many seconds later it was out of the last
    feed (``None`` while it is not), ``in_time`` whether that is within the
    licence's ``kill_within``.
    """

    article: ArticleId
    headline: str
    link: str | None
    source: str
    credit: str | None
    forms: tuple[str, ...]
    licenses: tuple[str, ...]
    topics: tuple[TopicId, ...]
    first: datetime
    last: datetime | None
    fetches: int = 0
    killed: datetime | None = None
    out_after: int | None = None
    in_time: bool | None = None


Fetched = Mapping[datetime, Mapping[str, int]]
"""Fetches by the hour and by outlet, as ``ports.Library.fetches`` yields them."""
NO_FETCHES: Fetched = MappingProxyType({})
NO_RULINGS: Mapping[ArticleId, Sequence[Ruling]] = MappingProxyType({})
HOUR = timedelta(hours=1)


def usage(
    lines: Iterable[Publication],
    license_id: LicenseId,
    since: datetime | None = None,
    until: datetime | None = None,
    fetched: Fetched = NO_FETCHES,
    rulings: Mapping[ArticleId, Sequence[Ruling]] = NO_RULINGS,
    deadline: timedelta | None = None,
) -> list[Use]:
    """Return what stood anywhere under a licence between two moments, by when it began.

    Headline and credit are those it was last published with. ``licenses``
    names the versions of the terms. Fetches are counted by the hour: one in
    which an article began or ceased to stand counts whole. ``deadline`` is the
    licence's time for a kill.
    """
    by_article: dict[ArticleId, list[Publication]] = {}
    for one in spans(lines):
        over = since is not None and one.until is not None and one.until <= since
        ahead = until is not None and one.since >= until
        if one.license == license_id and not over and not ahead:
            by_article.setdefault(one.article, []).append(one)
    served = _Served(fetched, since, until)
    return [
        _timed(_use(article, found, served), found, rulings.get(article, ()), deadline)
        for article, found in by_article.items()
    ]


def _timed(
    use: Use,
    found: Sequence[Publication],
    rulings: Sequence[Ruling],
    deadline: timedelta | None,
) -> Use:
    """Measure the last kill that met an article while it stood: until the last feed let go."""
    for kill in reversed([one for one in rulings if one.kind in FINAL]):
        met = [
            one
            for one in found
            if one.since <= kill.at and (one.until is None or one.until >= kill.at)
        ]
        if not met:
            continue
        ends = [one.until for one in met if one.until is not None]
        out = max(ends) - kill.at if len(ends) == len(met) else None
        return msgspec.structs.replace(
            use,
            killed=kill.at,
            out_after=ceil(out.total_seconds()) if out is not None else None,
            in_time=None if deadline is None else out is not None and out <= deadline,
        )
    return use


class _Served:
    """Fetches of each outlet, added up hour by hour, so that any span is two look-ups."""

    def __init__(self, fetched: Fetched, since: datetime | None, until: datetime | None) -> None:
        self._hours: dict[str, list[datetime]] = {}
        self._sums: dict[str, list[int]] = {}
        for hour in sorted(fetched):
            if (since is None or hour + HOUR > since) and (until is None or hour < until):
                for outlet, number in fetched[hour].items():
                    sums = self._sums.setdefault(outlet, [0])
                    sums.append(sums[-1] + number)
                    self._hours.setdefault(outlet, []).append(hour)

    def during(self, outlet: str, spans_: Sequence[Publication]) -> int:
        """Count the hours that these spans, in the order they began, touch: each once."""
        hours, sums = self._hours.get(outlet, []), self._sums.get(outlet, [0])
        total = done = 0
        for one in spans_:
            start = bisect_right(hours, one.since - HOUR)
            end = len(hours) if one.until is None else bisect_left(hours, one.until)
            start, done = max(start, done), max(end, done)
            total += sums[max(end, start)] - sums[start]
        return total


def _fetches(found: Sequence[Publication], served: _Served) -> int:
    feeds = {one.topic: [each for each in found if each.topic == one.topic] for one in found}
    page = served.during(f"articles/{found[0].article}", found)
    return page + sum(served.during(topic, some) for topic, some in feeds.items())


def _use(article: ArticleId, found: list[Publication], served: _Served) -> Use:
    latest = found[-1]
    ends = [one.until for one in found]
    return Use(
        article=article,
        headline=latest.headline,
        link=latest.link,
        source=latest.source,
        credit=latest.credit,
        forms=tuple(dict.fromkeys(one.form for one in found)),
        licenses=tuple(dict.fromkeys(one.license_version for one in found)),
        topics=tuple(sorted({one.topic for one in found})),
        first=found[0].since,
        last=None if None in ends else max(one for one in ends if one is not None),
        fetches=_fetches(found, served),
    )
