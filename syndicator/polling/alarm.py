"""When an operator should hear of a source: it fails, or has gone strangely quiet.

With hysteresis: an alarm is raised late, told once, and taken back only when
the trouble is clearly over.
"""

from datetime import datetime, timedelta

from syndicator.model.polling import Rhythm
from syndicator.polling.rhythm import before, expected, rate

FAILURES, SUCCESSES = 3, 2
FAILING_AFTER = timedelta(hours=12)
QUIET_ARTICLES, QUIET_ITEMS = 12.0, 10
QUIET_AFTER = timedelta(hours=24)
WEEKS = timedelta(weeks=2)


def is_failing(
    failures: int, since: datetime | None, now: datetime, after: timedelta = FAILING_AFTER
) -> bool:
    """Say whether failures in a row are worth an alarm: three, over ``after`` or longer."""
    return failures >= FAILURES and since is not None and now - since >= after


def is_mended(successes: int) -> bool:
    """Say whether a failing source is well again: two good polls in a row."""
    return successes >= SUCCESSES


def is_quiet(
    rhythm: Rhythm,
    last_new: datetime | None,
    now: datetime,
    after: timedelta | None = None,
) -> bool:
    """Say whether a source is silent for longer than its rhythm explains.

    A day at least, and as long as would usually bring twelve articles, nights
    and weekends counted as it keeps them; or simply ``after`` where that is
    given. The rhythm is taken as it was at ``last_new``: one that has faded since
    would explain any silence.
    """
    if last_new is None:
        return False
    if after is not None:
        return now - last_new >= after
    if now - last_new < QUIET_AFTER or rhythm.items < QUIET_ITEMS:
        return False
    then = before(rhythm, last_new)
    days = (now - last_new) / timedelta(days=1)
    if rate(then) * days < QUIET_ARTICLES / 2:  # spares the walk through every hour
        return False
    return (
        expected(then, last_new, min(now, last_new + WEEKS)) * (max(1.0, (now - last_new) / WEEKS))
        >= QUIET_ARTICLES
    )
