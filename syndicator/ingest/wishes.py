"""How often a feed asks to be asked: ``skipHours``, ``skipDays`` (RSS 2.0) and ``sy:`` (RSS 1.0).

feedparser keeps only the last ``hour`` and the last ``day``, so these are read
from the bytes.
"""

from typing import Any

from lxml import etree

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
    ``sy:updateFrequency``. Hours and days are in UTC; hour 24 of RSS 0.91 is 0.
    """
    hours, days = _skips(body)
    return Wishes(period=_period(period, frequency), skip_hours=hours, skip_days=days)


def _period(period: Any, frequency: Any) -> int | None:
    length = _PERIODS.get(str(period or "").strip().lower())
    times = _number(str(frequency or "1"))
    return length // times if length and times else None


def _number(text: str) -> int | None:
    text = text.strip()
    plain = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if plain else None


def _skips(body: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if not any(mark in body.lower() for mark in _MARKS):
        return (), ()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return (), ()
    if root is None:
        return (), ()
    hours: set[int] = set()
    days: set[int] = set()
    for one in root.findall("{*}channel/*"):
        name = etree.QName(one).localname.lower() if isinstance(one.tag, str) else ""
        said = (
            [squeeze(inner.text or "").lower() for inner in one] if name.startswith("skip") else []
        )
        if name == "skiphours":
            found = (_number(text) for text in said)
            hours |= {hour % _DAY for hour in found if hour is not None and hour <= _DAY}
        elif name == "skipdays":
            days |= {_DAYS.index(text) for text in said if text in _DAYS}
    return tuple(sorted(hours)), tuple(sorted(days))
