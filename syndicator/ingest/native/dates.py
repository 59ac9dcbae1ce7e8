"""Dates as feeds write them → aware UTC moments.

RFC 822 with the usual deviations and W3CDTF are read here; whatever else
people write goes to feedparser's handlers, which know most of it.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from syndicator.ingest.zone import UNSAID

_RFC822 = re.compile(
    r"(?:[A-Za-z]{3,9}\.?(?:,\s*|\s+))?(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*\.?[\s-]+(\d{4}|\d\d)"
    r"(?:\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(?:\s*([A-Za-z]{1,5}|[+-]\d\d:?\d\d))?"
)
_W3C = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|z|[+-]\d\d:?\d\d)?)?"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(),  # noqa: SIM905 - one line
        1,
    )
}
# RFC 822 §5, and the names that stand for one place only; others count as UTC.
_ZONES = {
    "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
    "et": -5, "ct": -6, "mt": -7, "pt": -8, "adt": -3, "ast": -4, "at": -4,
    "hst": -10, "akst": -9, "akdt": -8,
    "met": 1, "mest": 2, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "wet": 0, "west": 1,
    "msk": 3, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11, "acst": 9.5,
    "awst": 8, "nzst": 12, "nzdt": 13,
    "a": -1, "n": 1, "m": -12, "y": 12,
}  # fmt: skip
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]+(?![A-Za-z])")
_OFFSET = re.compile(r"[+-]\d\d:?\d\d(?![\d-])")
_CENTURY = 100
_PIVOT = 90


def moment(text: str | None) -> datetime | None:
    """Read a date; ``None`` if nobody can. One without a zone is marked as such."""
    if not text:
        return None
    found = _W3C.fullmatch(text)
    try:
        if found is not None:
            year, month, day = int(found[1]), int(found[2]), int(found[3])
        elif (found := _RFC822.fullmatch(text)) is not None:
            day, month, year = int(found[1]), _MONTHS[found[2].lower()], int(found[3])
            if year < _CENTURY:
                year += 2000 if year < _PIVOT else 1900
        else:
            return _odd(text)
        zone = _zone(found[7])
        made = datetime(
            year, month, day, int(found[4] or 0), int(found[5] or 0),
            min(int(found[6] or 0), 59), tzinfo=zone,
        )  # fmt: skip
        return made if zone is UTC or zone is UNSAID else made.astimezone(UTC)
    except KeyError:
        return _odd(text)  # a month in another language
    except (ValueError, OverflowError):
        return None


def _zone(said: str | None) -> timezone:
    if not said:
        return UNSAID
    if said in {"GMT", "Z", "UTC", "+0000", "+00:00"}:
        return UTC
    if said[0] in "+-":
        sign = -1 if said[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(said[1:3]), minutes=int(said[-2:])))
    hours = _ZONES.get(said.lower(), 0)
    return timezone(timedelta(hours=hours)) if hours else UTC


def _odd(text: str) -> datetime | None:
    from feedparser.datetimes import _parse_date

    made = stamped(_parse_date(text))
    return made if made is None or _names_zone(text) else made.replace(tzinfo=UNSAID)


def _names_zone(text: str) -> bool:
    """Whether a date in any form names its zone; in other scripts feedparser knows the country."""
    words = {one.lower() for one in _CAPITALS.findall(text)}
    known = not words.isdisjoint({*_ZONES, "gmt", "utc", "ut", "z"})
    return known or not text.isascii() or _OFFSET.search(text) is not None


def stamped(stamp: Sequence[int] | None) -> datetime | None:
    """Return the moment, in UTC, that feedparser tells as a ``struct_time``; none if no day has it.

    A leap second is told as the second before it, which ``datetime`` can hold.
    """
    if not stamp:
        return None
    try:
        year, month, day, hour, minute, second = stamp[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (ValueError, OverflowError, TypeError):
        return None
