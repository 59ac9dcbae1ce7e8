"""What the desk remembers of asking: a source's rhythm, its feed's wishes, a host's limits.

Moments are aware UTC. All of it is stored; every field has a default, so that
records of an older desk can still be read.
"""

from datetime import datetime

import msgspec


class Rhythm(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How often a source publishes, and when: sums that fade with age.

    ``as_of`` is the moment the sums are faded to, ``since`` when the watching
    began. ``count`` is articles and ``span`` days watched; ``table`` holds the
    same by hour and weekday, packed (``polling.rhythm`` reads it). ``items``
    is how many articles ever taught it.
    """

    as_of: datetime | None = None
    since: datetime | None = None
    count: float = 0.0
    span: float = 0.0
    table: bytes = b""
    items: int = 0


class Wishes(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How often a feed asks to be asked, in its own document.

    ``ttl`` (RSS) and ``period`` (``sy:updatePeriod`` over
    ``sy:updateFrequency``) are in seconds. ``skip_hours`` are hours of the day
    in UTC, 0 to 23; ``skip_days`` days of the week, Monday is 0.
    """

    ttl: int | None = None
    period: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What one poll was answered: when, how, with which HTTP status, and how much of it was new.

    ``outcome`` is ``ok``, ``not-modified``, or the kind of the error.
    """

    at: datetime
    outcome: str
    status: int | None = None
    new: int = 0


class Move(msgspec.Struct, frozen=True, array_like=True):
    """A permanent redirect to ``to``, seen ``times`` polls in a row since ``since``."""

    to: str
    since: datetime
    times: int = 1


class Limit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was learned of a rate limit under one name: a host, or a registrable domain.

    ``until`` is when anything under the name may be asked again. ``members``
    are those refused lately (addresses of a host, as digests; hosts of a
    domain) and when. ``narrow`` is when one member was answered well while
    another was refused: the limit is then not the whole name's.
    """

    until: datetime | None = None
    members: dict[str, datetime] = {}
    narrow: datetime | None = None
