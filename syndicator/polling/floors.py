"""The moments before which a source must not be asked, by its own word.

A server speaks in headers (``Floor``s made by the fetcher), a feed in its
document (``Wishes``). All of them bind; the latest wins.
"""

from datetime import datetime, timedelta

import msgspec

from syndicator.model.polling import Wishes

LONGEST_WISH = timedelta(days=7)
"""A document's own ``ttl`` or ``sy:`` period counts up to this; templates hold odd figures."""
WEEK_OF_HOURS = 7 * 24


class Floor(msgspec.Struct, frozen=True):
    """Not before ``at`` (aware UTC); ``why`` is a short reason fit to show an operator."""

    at: datetime
    why: str


def wished(wishes: Wishes, now: datetime) -> list[Floor]:
    """Return what a document's ``ttl`` (RSS 2.0) and ``sy:`` period (RSS 1.0 module) ask for.

    Both count from ``now``, the moment of the poll, and at most seven days.
    """
    stated = ((wishes.ttl, "the feed's ttl"), (wishes.period, "the feed's sy:updatePeriod"))
    return [
        Floor(now + min(timedelta(seconds=seconds), LONGEST_WISH), why)
        for seconds, why in stated
        if seconds
    ]


def skipped(wishes: Wishes, moment: datetime) -> str | None:
    """Say which of ``skipHours`` and ``skipDays`` (RSS 2.0, both in UTC) forbids a moment."""
    if moment.weekday() in wishes.skip_days:
        return "the feed's skipDays"
    if moment.hour in wishes.skip_hours:
        return "the feed's skipHours"
    return None


def first_open(wishes: Wishes, moment: datetime) -> Floor | None:
    """Return the first moment from ``moment`` on that is not skipped; ``None``: this one is not.

    A document that skips the whole week means nothing by it, and is not heeded.
    """
    why = skipped(wishes, moment)
    if why is None:
        return None
    at = moment.replace(minute=0, second=0, microsecond=0)
    for _ in range(WEEK_OF_HOURS):
        at += timedelta(hours=1)
        if skipped(wishes, at) is None:
            return Floor(at, why)
    return None
