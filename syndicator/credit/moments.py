"""Dates and moments as copy prints them, in several languages: found, and read where they can be."""

import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from syndicator.model.patterns import pattern_of

_MONTHS = (
    "jan(?:uary|uar|vier|uari|eiro)?|ene(?:ro)?|gen(?:naio)?|jän(?:ner)?",
    "feb(?:ruary|ruar|rero|braio|ruari)?|fév(?:rier)?|fev(?:ereiro)?",
    "mar(?:ch|zo|s|ço)?|märz?|maart|mrt",
    "apr(?:il|ile)?|avr(?:il)?|abr(?:il)?",
    "may|mai|mayo|mei|mag(?:gio)?|maio|maj",
    "june?|juni|juin|junio|giu(?:gno)?|junho",
    "july?|juli|juil(?:let)?|julio|lug(?:lio)?|julho",
    "aug(?:ust|ustus|usti)?|août|aout|ago(?:sto)?",
    "sept?(?:ember|embre|embro|tembre)?|set(?:tembre|embro)?",
    "oct(?:ober|obre)?|okt(?:ober)?|ott(?:obre)?|out(?:ubro)?",
    "nov(?:ember|embre|embro|iembre)?",
    "dec(?:ember|embre)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:iembre|embre)?",
)
_CYRILLIC = ["янв", "фев", "мар", "апр", "ма[йя]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
MONTH = "(?:" + "|".join(_MONTHS) + r")(?![^\W\d_])\.?"
_DAYS = r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|r|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?"
WEEKDAY = _DAYS
_ORD = r"\d{1,2}(?:st|nd|rd|th|er|\.)?"
DATE = (
    rf"(?:(?:{_DAYS},?\s+)?{MONTH}\s+{_ORD}(?:,?\s+\d{{4}})?"
    rf"|(?:{_DAYS},?\s+)?{_ORD}\s+(?:de\s+)?{MONTH}(?:,?\s+(?:de\s+)?\d{{4}})?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    rf"|{MONTH}\s+\d{{4}})"
)
CLOCK = r"(?:[0-2]\d[0-5]\d\s+(?:hours|hrs|GMT|UTC|BST|EST|EDT|CET|CEST)\b|\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?\s?m\.?)?|\d{1,2}\s*[ap]\.?\s?m\.?|\d{1,2}\s?h\b(?:\d{2})?|\d{1,2}\s+Uhr|noon|midnight)"
_DATE = pattern_of(rf"(?<!\w){DATE}(?!\w)", re.IGNORECASE)
_DIGIT = pattern_of(r"\d")
_STEMS = (
    "(?:jan|ene|gen|jän|feb|fév|fev|mar|mär|maart|mrt|apr|avr|abr|may|mai|mei|mag|maj|jun|giu|jul"
    "|lug|aug|août|aout|ago|sep|set|oct|okt|ott|out|nov|dec|dez|déc|dic)"
)
# Wider than any date, in lower case, and found in a tenth of the time.
_DATE_LIKE = pattern_of(
    rf"\d[./-]\d|\d(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?{_STEMS}|\d\s*[月월]|{_STEMS}[^\W\d_]*\.?\s+\d"
)
_NAMED = pattern_of(
    rf"(?:(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(?P<m2>{MONTH}))(?:,?\s+(?:de\s+)?(?P<y>\d{{4}}))?",
    re.IGNORECASE,
)
_NUMERIC = pattern_of(
    r"(?<!\d)(?:(\d{4})[./-](\d{1,2})[./-](\d{1,2})|(\d{1,2})([./-])(\d{1,2})\5(\d{4}|\d{2}))(?!\d)"
)
_CJK = pattern_of(r"(?:(\d{4})\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_CLOCK = pattern_of(
    r"(?<![\d.])(?:(?P<h>\d{1,2})(?:[:.](?P<m>\d{2})|\s?h\s?(?P<m2>\d{2})?(?![a-z])|(?=\s*(?:[ap]\.?\s?m|Uhr)))\s*(?P<half>[ap])?(?:\.?\s?m\b\.?)?|(?P<mil>[01]\d[0-5]\d|2[0-3][0-5]\d)(?=\s*(?:hours|hrs|h\b|GMT|UTC|BST|EST|EDT|CET|CEST|IST|Z\b))|\b(?:ore|kl\.?|klo|clock)\s+(?P<h2>\d{1,2})(?![\d:.])|(?P<word>noon|midnight))",
    re.IGNORECASE,
)
_ZONE = pattern_of(
    r"\b(?P<name>E[SD]T|C[SD]T|M[SD]T|P[SD]T|A[KHE][SD]?T|GMT|UTC|BST|CE[SR]?T|CEST|MESZ|MEZ|EET|EEST|WEST|MSK|IST|JST|KST|SGT|HKT|AWST|NZ[SD]T|SAST|BRT|ET|CT|MT|PT|WET|Z)\b(?:\s*(?P<off>[+-]\d{1,2}))?|(?P<civil>(?i:eastern|central|mountain|pacific|london|uk|berlin|german|paris|french|brussels|tokyo|japan|sydney|new york))(?i: (?:standard |daylight |summer |local )?time)\b|(?P<num>[+-]\d{2}:?\d{2})\b",
)
_OFFSETS = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10, "GMT": 0, "UTC": 0, "Z": 0, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "WET": 0,
    "WEST": 1, "MSK": 3, "IST": 5.5, "JST": 9, "KST": 9, "SGT": 8, "HKT": 8, "AWST": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "SAST": 2, "BRT": -3,
}  # fmt: skip
_CIVIL = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
_TOWNS = {
    "eastern": "America/New_York", "new york": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver",
    "pacific": "America/Los_Angeles", "london": "Europe/London", "uk": "Europe/London", "berlin": "Europe/Berlin", "german": "Europe/Berlin",
    "paris": "Europe/Paris", "french": "Europe/Paris", "brussels": "Europe/Brussels", "tokyo": "Asia/Tokyo", "japan": "Asia/Tokyo", "sydney": "Australia/Sydney",
}  # fmt: skip
_WEEKDAYS = tuple(
    pattern_of(rf"\b(?:{names})\b", re.IGNORECASE)
    for names in (
        "mon(?:day)?|montag|lundi|lunes|segunda-feira|lunedì|maandag|mandag|måndag|maanantai(?:na)?",
        "tue(?:s|sday)?|dienstag|mardi|martes|terça-feira|martedì|dinsdag|tirsdag|tisdag|tiistai(?:na)?",
        "wed(?:nesday)?|mittwoch|mercredi|miércoles|quarta-feira|mercoledì|woensdag|onsdag|keskiviikko(?:na)?",
        "thu(?:rs|r|rsday)?|donnerstag|jeudi|jueves|quinta-feira|giovedì|donderdag|torsdag|torstai(?:na)?",
        "fri(?:day)?|freitag|vendredi|viernes|sexta-feira|venerdì|vrijdag|fredag|perjantai(?:na)?",
        "sat(?:urday)?|samstag|sonnabend|samedi|sábado|sabato|zaterdag|lørdag|lördag|lauantai(?:na)?",
        "sun(?:day)?|sonntag|dimanche|domingo|domenica|zondag|søndag|söndag|sunnuntai(?:na)?",
    )
)


def may_hold_date(text: str) -> bool:
    """Say whether a date may stand in ``text``: a cheap question that is true wherever one does."""
    return _DIGIT.search(text) is not None and _DATE_LIKE.search(text.lower()) is not None


def find_date(text: str, start: int = 0) -> re.Match[str] | None:
    """Find the first date printed in ``text``."""
    if not may_hold_date(text):
        return None
    return _DATE.search(text, start) or _CJK.search(text, start)


def month_number(word: str) -> int | None:
    """Return 1 to 12 for the name of a month or its abbreviation."""
    bare = word.strip(". ").casefold()
    for number, pattern in enumerate(_MONTHS, 1):
        if re.fullmatch(pattern, bare):
            return number
    return next((n for n, head in enumerate(_CYRILLIC, 1) if re.match(head, bare)), None)


def read_day(
    text: str, *, default_year: int | None = None, us: bool = False
) -> tuple[int, int, int] | None:
    """Read year, month and day from the first date in ``text``; ``None`` without a year."""
    if not may_hold_date(text):
        return None
    found = _NAMED.search(text)
    if found and (month := month_number(found["m1"] or found["m2"])):
        year = int(found["y"]) if found["y"] else default_year
        return _sound(year, month, int(found["d1"] or found["d2"]))
    number = _NUMERIC.search(text)
    if number:
        if number[1]:
            return _sound(int(number[1]), int(number[2]), int(number[3]))
        first, second, year = int(number[4]), int(number[6]), int(number[7])
        year += 2000 if year < 100 else 0  # noqa: PLR2004 - two digits
        month_first = second > 12 or (first <= 12 and (us or number[5] == "/"))  # noqa: PLR2004 - months
        return _sound(year, first, second) if month_first else _sound(year, second, first)
    east = _CJK.search(text)
    if east:
        return _sound(int(east[1]) if east[1] else default_year, int(east[2]), int(east[3]))
    return None


def _sound(year: int | None, month: int, day: int) -> tuple[int, int, int] | None:
    if year is None:
        return None
    try:
        datetime(year, month, day)  # noqa: DTZ001 - only asks whether the day exists
    except ValueError:
        return None
    return year, month, day


def read_clock(text: str) -> tuple[int, int] | None:
    """Read hours and minutes from the first time of day in ``text``."""
    for found in _CLOCK.finditer(text):
        if found["word"]:
            return (12, 0) if found["word"].casefold() == "noon" else (0, 0)
        if found["mil"]:
            return int(found["mil"][:2]), int(found["mil"][2:])
        hour, minute = int(found["h"] or found["h2"]), int(found["m"] or found["m2"] or 0)
        half = (found["half"] or "").casefold()
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and minute < 60:  # noqa: PLR2004 - a day's clock
            return hour, minute
    return None


def read_moment(text: str, *, default_year: int | None = None) -> tuple[str, str, bool] | None:
    """Read a date with its time: (ISO 8601, precision, whether a zone was named).

    ``precision`` is ``day`` where no time of day is printed.
    """
    day = read_day(text, default_year=default_year)
    if day is None:
        return None
    rest = _NUMERIC.sub(" ", text)
    clock = read_clock(_NAMED.sub(" ", rest))
    zone = _ZONE.search(text)
    if clock is None:
        return f"{day[0]:04}-{day[1]:02}-{day[2]:02}", "day", False
    moment = datetime(*day, *clock)  # noqa: DTZ001 - the zone follows
    if zone is None:
        return moment.isoformat(), "minute", False
    return moment.replace(tzinfo=_zone(zone)).isoformat(), "minute", True


def _zone(found: re.Match[str]) -> timezone | ZoneInfo:
    if found["num"]:
        sign = -1 if found["num"][0] == "-" else 1
        digits = found["num"][1:].replace(":", "")
        return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
    if found["civil"]:
        return ZoneInfo(_TOWNS[found["civil"].casefold()])
    name = found["name"].upper()
    if name in _CIVIL:
        return ZoneInfo(_CIVIL[name])
    hours = _OFFSETS.get(name, 0.0) + int(found["off"] or 0)
    return timezone(timedelta(hours=hours))


def weekday_agrees(text: str, iso: str) -> bool:
    """Say whether the weekday printed beside a date is that date's own."""
    said = [number for number, names in enumerate(_WEEKDAYS) if names.search(text)]
    return not said or datetime.fromisoformat(iso).weekday() in said
