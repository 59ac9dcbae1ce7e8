"""When an operator should hear of a source: it fails, or has gone strangely quiet.

With hysteresis: an alarm is raised late, told once, and taken back only when
the trouble is clearly over.
"""

from datetime import datetime, timedelta

from syndicator.model.polling import Rhythm
from syndicator.polling.rhythm import before, expected, liveliness, rate

FAILURES, SUCCESSES = 3, 2
FAILING_AFTER = timedelta(hours=12)
QUIET_ARTICLES, QUIET_ITEMS = 12.0, 10
QUIET_AFTER = timedelta(hours=24)
WEEKS = timedelta(weeks=2)
LOOK_AGAIN = timedelta(hours=1)


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
    return last_new is not None and quiet_from(rhythm, last_new, now, after) <= now


def quiet_from(
    rhythm: Rhythm, last_new: datetime, now: datetime, after: timedelta | None = None
) -> datetime:
    """Return ``now`` where a source is quiet as of now, else when to ask again.

    Until then, unless news come, it is not quiet; but nobody asks oftener than ``LOOK_AGAIN``,
    by which it may be found quiet too late.
    """
    if after is not None:
        return last_new + after
    if now - last_new < QUIET_AFTER:
        return last_new + QUIET_AFTER
    if rhythm.items < QUIET_ITEMS:
        return now + QUIET_AFTER
    then = before(rhythm, last_new)
    days = (now - last_new) / timedelta(days=1)
    if rate(then) * days < QUIET_ARTICLES / 2:  # spares the reckoning
        return now + LOOK_AGAIN
    missed = expected(then, last_new, min(now, last_new + WEEKS)) * max(1.0, days / WEEKS.days)
    if missed >= QUIET_ARTICLES:
        return now
    soonest = (QUIET_ARTICLES - missed) / (rate(then) * liveliness(then))
    return now + max(timedelta(days=soonest), LOOK_AGAIN)
