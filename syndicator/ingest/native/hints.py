"""What a feed asks of those who poll it: RSS 2.0, syndication module, RFC 5005, WebSub."""

from lxml import etree

from syndicator.ingest.native.links import Link, related
from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.said import attribute, first_text, text_of
from syndicator.ingest.native.tree import Tree
from syndicator.model.entry import Hints

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BY_NAME = {day[:3].lower(): day for day in _DAYS}
_HOURS = 24
_PERIODS = {
    "hourly": 3600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_LONGEST_TTL = 5


def hints(bag: Bag, found: list[Link], tree: Tree) -> Hints:
    """Collect every hint of a channel or feed."""
    return Hints(
        skip_hours=skip_hours(_inside(bag, "skiphours", "hour", tree)),
        skip_days=skip_days(_inside(bag, "skipdays", "day", tree)),
        update_period=update_period(
            first_text(bag.get("sy:updateperiod")), first_text(bag.get("sy:updatefrequency"))
        ),
        hubs=related(found, "hub"),
        self_link=_one(found, "self"),
        current=_one(found, "current"),
        next_page=_one(found, "next"),
        prev_archive=_one(found, "prev-archive"),
        next_archive=_one(found, "next-archive"),
        complete="fh:complete" in bag,
        archive="fh:archive" in bag,
        cloud=_cloud(bag),
    )


def _one(found: list[Link], relation: str) -> str | None:
    return next(iter(related(found, relation)), None)


def _inside(bag: Bag, outer: str, inner: str, tree: Tree) -> list[str]:
    return [
        text
        for node in bag.get(outer, ())
        for one in tree.names.children(node).get(inner, ())
        if (text := text_of(one))
    ]


def skip_hours(said: list[str]) -> tuple[int, ...]:
    """Read ``skipHours``: hours of GMT; RSS 0.91 counted to 24."""
    hours = {int(one) % _HOURS for one in said if one.isdecimal() and len(one) <= 2}  # noqa: PLR2004 - two digits
    return tuple(sorted(hours))


def skip_days(said: list[str]) -> tuple[str, ...]:
    """Read ``skipDays``: English names, whole or cut to three letters."""
    known = {_BY_NAME.get(one[:3].lower()) for one in said}
    return tuple(day for day in _DAYS if day in known)


def update_period(period: str | None, frequency: str | None) -> int | None:
    """Return the seconds between updates by the syndication module; ``None`` if not said.

    A frequency counts updates within a period, so ``daily`` and 2 is every
    twelve hours. Left out, the period is daily and the frequency 1.
    """
    if period is None and frequency is None:
        return None
    seconds = _PERIODS.get((period or "daily").strip().lower())
    if seconds is None:
        return None
    often = (frequency or "").strip()
    count = int(often) if often.isdecimal() and len(often) <= 4 else 1  # noqa: PLR2004 - four digits
    return max(seconds // max(count, 1), 1)


def ttl(bag: Bag) -> int | None:
    """Return RSS 2.0 ``ttl`` in seconds."""
    value = first_text(bag.get("ttl")) or ""
    return int(value) * 60 if value.isdecimal() and len(value) <= _LONGEST_TTL else None


def _cloud(bag: Bag) -> str | None:
    """Return where rssCloud takes registrations, as an address."""
    for node in bag.get("cloud", ()):
        domain = attribute(node, "domain")
        if domain:
            port, path = attribute(node, "port"), attribute(node, "path") or "/"
            return f"{_scheme(node)}://{domain}{f':{port}' if port else ''}/{path.lstrip('/')}"
    return None


def _scheme(node: etree._Element) -> str:
    return "https" if attribute(node, "port") == "443" else "http"
