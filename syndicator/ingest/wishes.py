"""How often a feed asks to be asked: ``skipHours``, ``skipDays`` (RSS 2.0) and ``sy:`` (RSS 1.0).

feedparser keeps only the last ``hour`` and the last ``day``, so these are read
from the bytes.
"""

from collections.abc import Iterable
from typing import Any

from lxml import etree

from syndicator.hardened import hardened
from syndicator.model.polling import Wishes
from syndicator.model.text import squeeze

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {
    "hourly": 3600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_DAY = 24
_MARKS = (b"skiphours", b"skipdays")
_MOST_DIGITS = 4


def read_wishes(body: bytes, period: Any, frequency: Any) -> Wishes:
    """Return what a document says of being asked, but for its ``ttl``.

    ``period`` and ``frequency`` are the texts of ``sy:updatePeriod`` and
    ``sy:updateFrequency``. Hours and days are in UTC.
    """
    hours, days = _skips(body)
    return Wishes(period=update_period(period, frequency), skip_hours=hours, skip_days=days)


def update_period(period: Any, frequency: Any) -> int | None:
    """Return the seconds between updates by the syndication module; ``None`` if not said.

    A frequency counts updates within a period, so ``daily`` and 2 is every
    twelve hours. Left out, the period is daily and the frequency 1.
    """
    if period is None and frequency is None:
        return None
    length = _PERIODS.get(str(period or "daily").strip().lower())
    times = _number(str(frequency or "1")) or 1
    return max(length // times, 1) if length else None


def skip_hours(said: Iterable[str]) -> tuple[int, ...]:
    """Read ``skipHours``: hours of GMT; hour 24 of RSS 0.91 is 0."""
    found = (_number(text) for text in said)
    return tuple(sorted({hour % _DAY for hour in found if hour is not None and hour <= _DAY}))


def skip_days(said: Iterable[str]) -> tuple[int, ...]:
    """Read ``skipDays``: English names, whole or cut to three letters; Monday is 0."""
    names = {text.strip().lower()[:3] for text in said}
    return tuple(number for number, day in enumerate(_DAYS) if day[:3] in names)


def _number(text: str) -> int | None:
    text = text.strip()
    plain = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if plain else None


def _skips(body: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if not any(mark in body.lower() for mark in _MARKS):
        return (), ()
    try:
        root = etree.fromstring(body.lstrip(), hardened(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return (), ()
    if root is None:
        return (), ()
    hours: list[str] = []
    days: list[str] = []
    for one in root.findall("{*}channel/*"):
        name = etree.QName(one).localname.lower() if isinstance(one.tag, str) else ""
        if name == "skiphours":
            hours += [squeeze(inner.text or "") for inner in one]
        elif name == "skipdays":
            days += [squeeze(inner.text or "") for inner in one]
    return skip_hours(hours), skip_days(days)
