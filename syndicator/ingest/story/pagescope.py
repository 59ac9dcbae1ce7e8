"""What on a page belongs to other articles: their cards, with their dates and pictures."""

import re
from collections.abc import Iterator

from lxml import etree, html

_ARTICLE = re.compile(r"schema\.org/\w*(?:article|blogposting)\b", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", re.IGNORECASE)


def cards(root: html.HtmlElement) -> frozenset[etree._Element]:
    """Return the microdata articles that this page is not about.

    It is about the one that holds the first main heading, else about the first;
    what stands inside that one is part of it.
    """
    scopes = [
        one
        for one in root.iter()
        if isinstance(one.tag, str) and _ARTICLE.search(one.get("itemtype") or "")
    ]
    heading = next(root.iter("h1"), None)
    around = set(_around(heading)) if heading is not None else set()
    own = next((one for one in scopes if one in around), scopes[0] if scopes else None)
    if own is None:
        return frozenset()
    inside = set(own.iter())
    return frozenset(one for one in scopes if one not in around and one not in inside)


def is_anothers(node: etree._Element, others: frozenset[etree._Element]) -> bool:
    """Whether an element stands in another article's card."""
    return any(one in others for one in (node, *_around(node)))


def leads_away(node: etree._Element, link: str | None) -> bool:
    """Whether an element is a link to another page; a larger picture is none."""
    for one in _around(node):
        target = one.get("href") if one.tag == "a" else None
        if target and not target.startswith("#") and not _PICTURE.search(target):
            return link is None or not link.endswith(target)
    return False


def _around(node: etree._Element) -> Iterator[etree._Element]:
    at = node.getparent()
    while at is not None:
        yield at
        at = at.getparent()
