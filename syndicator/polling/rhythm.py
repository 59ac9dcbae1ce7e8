"""The learned rhythm of a source, and when the urge to ask it has grown enough.

The delay of an article is shortest over all sources, for a given number of
requests, when each is asked in proportion to the square root of its rate λ.
With a rate that changes over the day and the week the next poll is the first
moment at which ∫ √λ dt, from the last poll on, reaches a constant.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from math import sqrt
from struct import Struct

from msgspec.structs import replace

from syndicator.model.polling import Rhythm

DAY = 86_400.0
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
RATE_HALF_LIFE, SHAPE_HALF_LIFE = 7.0, 28.0  # days
PRIOR_RATE, PRIOR_DAYS = 0.2, 0.25  # articles a day, believed as firmly as so many days watched
HOUR_DOUBT, DAY_DOUBT = 1.0, 4.0  # articles' worth of belief that all hours, all days are alike
LONGEST_LOOK = timedelta(days=90)  # what is older says nothing about the rhythm of today
LN2 = 0.6931471805599453
MANY, SIX = 20, 6  # articles before hours are named to people; hours named
_TABLE = Struct("<62f")


def learn(
    rhythm: Rhythm, published: Iterable[datetime], now: datetime, since: datetime | None = None
) -> Rhythm:
    """Return the rhythm after watching until ``now`` and seeing these moments of publication.

    ``since`` is when the watching began, where the rhythm does not know
    (a first document shows articles from before the first poll). Moments
    outside what was watched are moved to its edge: a late one still came.
    """
    start = rhythm.as_of or since or now
    start = min(max(start, now - LONGEST_LOOK), now)
    idle = (now - start).total_seconds() / DAY
    fade, fade_shape = _fade(idle, RATE_HALF_LIFE), _fade(idle, SHAPE_HALF_LIFE)
    hours, hours_seen, days, days_seen = (
        [one * fade_shape for one in part] for part in _open(rhythm.table)
    )
    _watch(hours_seen, days_seen, start, now)
    count, items = rhythm.count * fade, 0
    for moment in published:
        at = min(max(moment, start), now)
        age = (now - at).total_seconds() / DAY
        count += _fade(age, RATE_HALF_LIFE)
        weight = _fade(age, SHAPE_HALF_LIFE)
        hours[at.hour] += weight
        days[at.weekday()] += weight
        items += 1
    return Rhythm(
        as_of=now,
        since=rhythm.since or start,
        count=count,
        span=rhythm.span * fade + (1 - fade) * RATE_HALF_LIFE / LN2,
        table=_TABLE.pack(*hours, *hours_seen, *days, *days_seen),
        items=rhythm.items + items,
    )


def _open(table: bytes) -> tuple[Sequence[float], ...]:
    """Return articles and days watched by hour of the day (UTC), then both by weekday."""
    if len(table) != _TABLE.size:  # none yet, or of a desk that kept another
        return (0.0,) * 24, (0.0,) * 24, (0.0,) * 7, (0.0,) * 7
    row = _TABLE.unpack(table)
    return row[:24], row[24:48], row[48:55], row[55:]


def _fade(days: float, half_life: float) -> float:
    return float(0.5 ** (days / half_life))


def _watch(hours: list[float], days: list[float], start: datetime, end: datetime) -> None:
    """Add the days watched from ``start`` to ``end``, each faded by its age at ``end``.

    What is over a week old is added by whole days: it is long before a first
    document that this is for, and there the hours weigh nearly the same.
    """
    old = 0.0
    while end - start > WEEK:
        weight = _fade((end - start).total_seconds() / DAY - 0.5, SHAPE_HALF_LIFE)
        days[start.weekday()] += weight
        old += weight
        start += timedelta(days=1)
    if old:
        hours[:] = [one + old / 24 for one in hours]
    for at, length in _pieces(start, end):
        weight = length * _fade((end - at).total_seconds() / DAY - length, SHAPE_HALF_LIFE)
        hours[at.hour] += weight
        days[at.weekday()] += weight


def rate(rhythm: Rhythm) -> float:
    """Return the articles a day to be expected, before the hour and the day are looked at."""
    return (rhythm.count + PRIOR_RATE * PRIOR_DAYS) / (rhythm.span + PRIOR_DAYS)


class _Life:
    """How lively each hour of the day and each day of the week is; 1 is usual.

    Shrunk towards 1 where little was seen. An hour is read together with its
    neighbours. Only the hours asked for are worked out.
    """

    __slots__ = ("_days", "_days_seen", "_hours", "_hours_seen", "_known", "_usual")

    def __init__(self, rhythm: Rhythm) -> None:
        self._hours, self._hours_seen, self._days, self._days_seen = _open(rhythm.table)
        watched = sum(self._days_seen)
        self._usual = sum(self._days) / watched if watched else 0.0
        self._known: dict[tuple[int, int], float] = {}

    def at(self, moment: datetime) -> float:
        return self.of(moment.hour, moment.weekday())

    def of(self, hour: int, day: int) -> float:
        if not self._usual:
            return 1.0
        known = self._known.get((hour, day))
        if known is None:
            known = self._known[hour, day] = self._of_hour(hour) * self._of_day(day)
        return known

    def _of_hour(self, hour: int) -> float:
        return (_near(self._hours, hour) + HOUR_DOUBT) / (
            self._usual * _near(self._hours_seen, hour) + HOUR_DOUBT
        )

    def _of_day(self, day: int) -> float:
        return (self._days[day] + DAY_DOUBT) / (self._usual * self._days_seen[day] + DAY_DOUBT)

    def most(self) -> float:
        """Return the most of any hour of the week."""
        if not self._usual:
            return 1.0
        return max(map(self._of_hour, range(24))) * max(map(self._of_day, range(7)))

    def days(self, first: int, count: int) -> float:
        """Add up whole days, the first of them a weekday by its number: 1 for a usual one."""
        if not self._usual or not count:
            return float(count)
        weeks, rest = divmod(count, 7)
        hours = sum(map(self._of_hour, range(24))) / 24
        of_days = [self._of_day(day) for day in range(7)]
        some = sum(of_days[(first + n) % 7] for n in range(rest))
        return hours * (weeks * sum(of_days) + some)


def _near(ring: Sequence[float], hour: int) -> float:
    return (ring[hour - 1] + 2 * ring[hour] + ring[(hour + 1) % 24]) / 4


def _pieces(start: datetime, end: datetime) -> Iterator[tuple[datetime, float]]:
    """Cut a time at the full hours: where each piece begins, and its length in days."""
    at = start
    while at < end:
        after = min(at.replace(minute=0, second=0, microsecond=0) + HOUR, end)
        yield at, (after - at).total_seconds() / DAY
        at = after


def expected(rhythm: Rhythm, start: datetime, end: datetime) -> float:
    """Return how many articles the rhythm leads one to expect from ``start`` to ``end``."""
    if end <= start:
        return 0.0
    life = _Life(rhythm)
    first = start.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    days = max((end - first) // timedelta(days=1), 0)  # whole ones, from midnight to midnight
    last = first + timedelta(days=days)
    ends = [(start, min(first, end)), (last, end)]
    hours = sum(life.at(at) * length for pair in ends for at, length in _pieces(*pair))
    return rate(rhythm) * (hours + life.days(first.weekday(), days))


def liveliness(rhythm: Rhythm) -> float:
    """Return how lively the liveliest hour of the week is; 1 is usual."""
    return _Life(rhythm).most()


def urge(rhythm: Rhythm, now: datetime, need: float, longest: timedelta) -> datetime:
    """Return the first moment after ``now`` at which ∫ √λ dt has grown to ``need``.

    λ is in articles a day and t in days; ``need`` is in √(article · day). At
    most ``longest`` ahead.
    """
    life, usual, left = _Life(rhythm), rate(rhythm), need
    hour, day = now.hour, now.weekday()
    after, most = 0.0, longest.total_seconds() / DAY  # in days; dates would cost more than the rest
    length = (3600 - now.minute * 60 - now.second - now.microsecond / 1e6) / DAY
    while after < most:
        pull = sqrt(usual * life.of(hour, day))
        if pull * length >= left:
            return min(now + timedelta(days=after + left / pull), now + longest)
        left -= pull * length
        after += length
        length = 3600 / DAY
        hour, day = (hour + 1, day) if hour < 23 else (0, (day + 1) % 7)  # noqa: PLR2004 - the last hour
    return now + longest


def before(rhythm: Rhythm, moment: datetime) -> Rhythm:
    """Return the rhythm as it was at ``moment``, since when nothing has come.

    Only how much came is taken back; how it spreads over the day stays.
    """
    if rhythm.as_of is None or moment >= rhythm.as_of:
        return rhythm
    idle = min(rhythm.as_of - moment, LONGEST_LOOK).total_seconds() / DAY
    fade = _fade(idle, RATE_HALF_LIFE)
    span = max(rhythm.span - (1 - fade) * RATE_HALF_LIFE / LN2, 0.0) / fade
    return replace(rhythm, as_of=moment, count=rhythm.count / fade, span=span)


def liveliest(rhythm: Rhythm) -> tuple[int, int] | None:
    """Return the six hours of the day (UTC) that bring most: first, and the hour after the last.

    ``None`` when the hours are too alike, or too little known, to say.
    """
    hours, seen, _, _ = _open(rhythm.table)
    watched = sum(seen)
    if rhythm.items < MANY or watched < 1:
        return None
    ring = (*hours, *hours[:SIX])
    sums = [sum(ring[first : first + SIX]) for first in range(24)]
    first = sums.index(max(sums))
    return (first, (first + SIX) % 24) if sums[first] >= sum(hours) / 2 else None
