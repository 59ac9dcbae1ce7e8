"""How long to leave a failing source alone, and when to stop asking."""

from datetime import datetime, timedelta

from syndicator.model.source import PollBounds
from syndicator.polling.chance import lot

LONGEST = timedelta(hours=12)
GROWTH = 3
GONE_AFTER = timedelta(hours=24)


def back_off(
    before: timedelta,
    bounds: PollBounds,
    now: datetime,
    *,
    seed: str,
    longest: timedelta = LONGEST,
) -> timedelta:
    """Return how long to wait after another failure; ``before`` is the longest wait of this row.

    The first is ``bounds.min``. Decorrelated jitter after that: anything from
    ``bounds.min`` to three times ``before``, so that sources which failed
    together do not come back together. Never over ``longest`` (twelve hours)
    unless the source itself is asked more seldom, and never for ever.
    """
    base = bounds.min
    most = max(longest, base)
    if not before:
        return base
    reach = max(before, base) * GROWTH
    return min(most, base + (reach - base) * lot(seed, now, "back-off"))


def is_gone(first_told: datetime | None, now: datetime) -> bool:
    """Say whether a 410 (RFC 9110 §15.5.11) now, after one at ``first_told``, is final.

    One alone may be a slip of the server; two a day apart are meant.
    """
    return first_told is not None and now - first_told >= GONE_AFTER
