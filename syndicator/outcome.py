"""What one poll or one delivery came to, for its log line and the command line."""

from datetime import datetime

import msgspec

from syndicator.ingest import Reading
from syndicator.model.ids import TopicId
from syndicator.model.push import Offer
from syndicator.polling import Appointment, Noted


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What one poll came to, for its log line and the command line.

    ``status`` is ``ok``, ``not-modified``, ``failed``, ``waiting`` (nothing was
    asked, for ``why``) or ``lost`` (another process took the source over).
    ``error`` is one readable line. ``killed`` counts what the publisher took
    back; ``alerts`` are lines on kills that a person must read, ``notes`` on
    those that fit nothing here. ``alarms`` are lines on the source itself that
    a person must read, ``news`` on what is well again. ``why`` says why
    ``next_poll`` is when it is; ``offer`` is what the feed says of push, where it
    was heard.
    """

    source: str
    status: str
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    duplicates: int = 0
    dropped: int = 0
    killed: int = 0
    alerts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: str | None = None
    kind: str | None = None
    warnings: tuple[str, ...] = ()
    topics: frozenset[TopicId] = frozenset()
    next_poll: datetime | None = None
    why: str | None = None
    offer: Offer | None = None
    alarms: tuple[str, ...] = ()
    news: tuple[str, ...] = ()


def tell(result: Result, first: Noted, last: Noted, next_one: Appointment) -> Result:
    """Add what was noted of the source at the beginning and at the end, and the next poll."""
    return msgspec.structs.replace(
        result,
        alarms=first.alarms + last.alarms,
        news=first.news + last.news,
        next_poll=next_one.at,
        why=next_one.why,
        offer=last.state.offer,
    )


def add(total: Result, done: Result, reading: Reading) -> Result:
    """Add what another document of the same poll came to."""
    return msgspec.structs.replace(
        total,
        new=total.new + done.new,
        revised=total.revised + done.revised,
        unchanged=total.unchanged + done.unchanged,
        duplicates=total.duplicates + done.duplicates,
        dropped=total.dropped + len(reading.dropped),
        warnings=total.warnings + reading.feed.warnings + reading.dropped,
        topics=total.topics | done.topics,
        killed=total.killed + done.killed,
        alerts=total.alerts + done.alerts,
        notes=total.notes + done.notes,
        alarms=total.alarms + done.alarms,
        news=total.news + done.news,
        next_poll=done.next_poll,
        why=done.why,
        offer=done.offer,
    )
