"""What a feed asks of those who poll it: RSS 2.0, syndication module, RFC 5005, WebSub."""

from lxml import etree

from syndicator.ingest.native.links import Link, related
from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.said import attribute, first_text, text_of
from syndicator.ingest.native.tree import Tree
from syndicator.ingest.wishes import skip_days, skip_hours, update_period
from syndicator.model.entry import Paging
from syndicator.model.polling import Wishes

_LONGEST_TTL = 5


def wishes(bag: Bag, tree: Tree) -> Wishes:
    """Return how often a channel or feed asks to be asked, but for its ``ttl``."""
    return Wishes(
        period=update_period(
            first_text(bag.get("sy:updateperiod")), first_text(bag.get("sy:updatefrequency"))
        ),
        skip_hours=skip_hours(_inside(bag, "skiphours", "hour", tree)),
        skip_days=skip_days(_inside(bag, "skipdays", "day", tree)),
    )


def paging(bag: Bag, found: list[Link]) -> Paging:
    """Return what it says of its other documents."""
    return Paging(
        current=_one(found, "current"),
        next_page=_one(found, "next"),
        prev_archive=_one(found, "prev-archive"),
        next_archive=_one(found, "next-archive"),
        complete="fh:complete" in bag,
        archive="fh:archive" in bag,
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


def ttl(bag: Bag) -> int | None:
    """Return RSS 2.0 ``ttl`` in seconds."""
    value = first_text(bag.get("ttl")) or ""
    return int(value) * 60 if value.isdecimal() and len(value) <= _LONGEST_TTL else None


def cloud(bag: Bag) -> str | None:
    """Return where rssCloud takes registrations, as an address."""
    for node in bag.get("cloud", ()):
        domain = attribute(node, "domain")
        if domain:
            port, path = attribute(node, "port"), attribute(node, "path") or "/"
            return f"{_scheme(node)}://{domain}{f':{port}' if port else ''}/{path.lstrip('/')}"
    return None


def _scheme(node: etree._Element) -> str:
    return "https" if attribute(node, "port") == "443" else "http"
