"""Moments that name no zone: marked while a document is read, settled when that is done.

Until then such a moment counts as UTC, so that moments can be compared. Where nobody says which
zone is meant, that is what it stays.
"""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from syndicator.model.entry import Feed

_T = TypeVar("_T", bound=msgspec.Struct)
UNSAID = timezone(timedelta(), "unsaid")
"""The zone of a moment that names none. It is known by identity, for it equals UTC."""


def zone_named(name: str | None) -> tzinfo:
    """Return the zone of an IANA name; UTC without one."""
    return ZoneInfo(name) if name else UTC


def is_unsaid(when: datetime | None) -> bool:
    """Whether a moment names no zone."""
    return when is not None and when.tzinfo is UNSAID


def settled(feed: Feed, zone: tzinfo) -> Feed:
    """Return the feed with every moment in UTC; those that name no zone are meant in ``zone``."""
    entries = tuple(
        _settled(one, ("published", "updated", "embargoed"), zone) for one in feed.entries
    )
    origin = _settled(feed.origin, ("updated",), zone)
    if origin is feed.origin and all(map(_is, entries, feed.entries)):
        return feed
    return msgspec.structs.replace(feed, entries=entries, origin=origin)


def _is(one: object, other: object) -> bool:
    return one is other


def _settled(one: _T, names: tuple[str, ...], zone: tzinfo) -> _T:
    unsaid: dict[str, Any] = {
        name: _meant(when, zone) for name in names if is_unsaid(when := getattr(one, name))
    }
    return msgspec.structs.replace(one, **unsaid) if unsaid else one


def _meant(when: datetime, zone: tzinfo) -> datetime:
    try:
        return when.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:  # at the ends of time
        return when.replace(tzinfo=UTC)
