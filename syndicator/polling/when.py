"""When to ask a source next, and why then.

::

    rhythm → urge grown enough → within the bounds → after every floor → not in a crowd
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from syndicator.model.polling import Rhythm, Wishes
from syndicator.model.source import PollBounds
from syndicator.polling.chance import lot
from syndicator.polling.floors import Floor, first_open, skipped, wished
from syndicator.polling.rhythm import liveliest, rate, urge

EAGERNESS = 12.0
JITTER = 0.05
COLD, COLD_ITEMS, COLD_DAYS = timedelta(hours=1), 5, 3.0
LONGEST_STATED = timedelta(days=31)
NO_WISHES = Wishes()
BEFORE_HOUR, AFTER_HOUR = timedelta(minutes=1), timedelta(minutes=2)
SPREAD = timedelta(minutes=5)
HOUR = timedelta(hours=1)


class Appointment(msgspec.Struct, frozen=True):
    """When a source is asked next (aware UTC), and why then, in words for an operator."""

    at: datetime
    why: str


def appoint(
    rhythm: Rhythm,
    bounds: PollBounds,
    now: datetime,
    *,
    seed: str,
    floors: Sequence[Floor] = (),
    wishes: Wishes = NO_WISHES,
    eagerness: float = EAGERNESS,
    local: bool = False,
    calm: float = 1.0,
) -> Appointment:
    """Return the next poll of a source that answers well.

    ``eagerness`` is how many times a day a source that brings one article a
    day is asked; four times the articles are asked twice as often. The rhythm
    is held within ``bounds``; then no ``floor`` (31 days ahead at most) and no
    wish of the feed is undercut, and the first two minutes of an hour and the
    last are left to others. ``seed`` names the source and decides its jitter.
    ``calm`` makes the rhythm's own wait so many times longer, within the bounds:
    1 save for a source that push serves well. A ``local`` source costs nobody
    anything and is looked at as often as allowed.
    """
    if local:
        return Appointment(now + bounds.min, "a local source; poll.min")
    wanted = _wanted(rhythm, bounds, now, eagerness, calm, seed)
    stated = [Floor(min(one.at, now + LONGEST_STATED), one.why) for one in floors]
    stated += wished(wishes, now)
    latest = max(stated, key=lambda one: one.at, default=None)
    found = wanted
    if latest is not None and latest.at > wanted.at:
        found = Appointment(latest.at, latest.why)
    opens = first_open(wishes, found.at)
    if opens is not None:
        found = Appointment(opens.at, opens.why)
    floor = max([now + bounds.min, *(one.at for one in stated)])
    held = found.at > now + bounds.max  # a floor holds it; the bound is broken already
    return _off_the_hour(found, wishes, floor, None if held else now + bounds.max, seed, now)


def _wanted(
    rhythm: Rhythm, bounds: PollBounds, now: datetime, eagerness: float, calm: float, seed: str
) -> Appointment:
    """Return what the rhythm asks for, within the bounds."""
    if rhythm.items < COLD_ITEMS and rhythm.span < COLD_DAYS:
        at, why = now + COLD, "its rhythm is not known yet"
    else:
        at, why = urge(rhythm, now, calm / eagerness, bounds.max), spoken(rhythm)
        why += f"; push serves it, so {calm:.0f} times less" if calm > 1 else ""
    at = now + (at - now) * (1 - JITTER + 2 * JITTER * lot(seed, now, "jitter"))
    if at < now + bounds.min:
        return Appointment(now + bounds.min, f"{why}; never sooner than poll.min")
    if at >= now + bounds.max * (1 - JITTER):
        return Appointment(min(at, now + bounds.max), f"{why}; never later than poll.max")
    return Appointment(at, why)


def spoken(rhythm: Rhythm) -> str:
    """Put a rhythm in words: ``its rhythm: 12 articles a day, most from 06 to 12 UTC``."""
    a_day = rate(rhythm)
    often = f"{a_day:.0f} articles a day" if a_day >= 1.5 else f"{a_day * 7:.1f} articles a week"  # noqa: PLR2004
    lively = liveliest(rhythm)
    return f"its rhythm: {often}" + (
        f", most from {lively[0]:02} to {lively[1]:02} UTC" if lively else ""
    )


def _off_the_hour(
    found: Appointment,
    wishes: Wishes,
    floor: datetime,
    ceiling: datetime | None,
    seed: str,
    now: datetime,
) -> Appointment:
    """Move a poll out of the crowd at the full hour: later if that is allowed, else sooner."""
    hour = (found.at + BEFORE_HOUR).replace(minute=0, second=0, microsecond=0)
    if not hour - BEFORE_HOUR <= found.at < hour + AFTER_HOUR:
        return found
    aside = SPREAD * lot(seed, now, "hour")
    for at in (hour + AFTER_HOUR + aside, hour - BEFORE_HOUR - aside):
        if at >= floor and (ceiling is None or at <= ceiling) and not skipped(wishes, at):
            return Appointment(at, found.why)
    return found
