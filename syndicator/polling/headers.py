"""What a server's headers say of being asked again (RFC 9110, RFC 9111)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from syndicator.polling.floors import Floor

LONGEST_RETRY, LONGEST_CACHE = timedelta(days=31), timedelta(hours=24)
MOST_DIGITS = 9


def moment(value: str | None) -> datetime | None:
    """Read an HTTP date (RFC 9110 §5.6.7) as aware UTC; ``None`` if it is none."""
    try:
        stamp = parsedate_to_datetime(value or "")
        return stamp.astimezone(UTC) if stamp.tzinfo else stamp.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _seconds(value: str) -> int | None:
    """Read delta-seconds (RFC 9111 §1.2.2); a number too great to mean anything is kept great."""
    value = value.strip()
    return int(value[:MOST_DIGITS]) if value.isascii() and value.isdigit() else None


def retry_after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return the moment ``Retry-After`` names, in seconds or as a date (RFC 9110 §10.2.3).

    At most 31 days ahead; ``None`` when absent, unreadable or past.
    """
    value = headers.get("Retry-After", "")
    seconds = _seconds(value)
    if seconds is not None:
        return now + min(timedelta(seconds=seconds), LONGEST_RETRY)
    stated = moment(value)
    return min(stated, now + LONGEST_RETRY) if stated and stated > now else None


def fresh_until(headers: Mapping[str, str], now: datetime) -> Floor | None:
    """Return how long an answer stays fresh by its own word, at most 24 hours.

    ``max-age`` less ``Age`` (RFC 9111 §4.2), else ``Expires`` less ``Date``,
    which ``max-age`` overrides (§5.3); neither under ``no-cache`` or
    ``no-store``.
    """
    control = _directives(headers.get("Cache-Control", ""))
    if control.keys() & {"no-cache", "no-store"}:
        return None
    fresh = _seconds(control.get("max-age", ""))
    expires = moment(headers.get("Expires"))
    if fresh is not None:
        left = timedelta(seconds=fresh - (_seconds(headers.get("Age", "")) or 0))
        return Floor(now + min(max(left, timedelta()), LONGEST_CACHE), "Cache-Control: max-age")
    if expires is not None:
        left = expires - (moment(headers.get("Date")) or now)
        return Floor(now + min(max(left, timedelta()), LONGEST_CACHE), "Expires")
    return None


def not_before(headers: Mapping[str, str], now: datetime) -> Floor | None:
    """Return the later of :func:`fresh_until` and :func:`retry_after`; ``None``: nothing said."""
    fresh, retry = fresh_until(headers, now), retry_after(headers, now)
    if retry is not None and (fresh is None or retry >= fresh.at):
        return Floor(retry, "Retry-After")
    return fresh


def _directives(value: str) -> dict[str, str]:
    parts = (part.partition("=") for part in value.split(","))
    return {name.strip().lower(): text.strip().strip('"') for name, _, text in parts}
