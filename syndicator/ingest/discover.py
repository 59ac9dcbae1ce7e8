"""The feeds a web page points at (RSS autodiscovery, RFC 4287 link types). Pure."""

import re

import msgspec
from lxml import etree, html

from syndicator.model.address import absolute
from syndicator.model.text import squeeze

_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/x-rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
    }
)
_ENDINGS = (
    ".rss",
    ".atom",
    ".rdf",
    "/feed",
    "/feed/",
    "/rss",
    "/rss/",
    "/rss.xml",
    "/atom.xml",
    "/feed.xml",
    "/feed.json",
    "/index.xml",
)
_GUESSES = 5
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)


class FoundLink(msgspec.Struct, frozen=True):
    """A feed a page offers: absolute address, title as shown, media type (empty if guessed)."""

    url: str
    title: str
    type: str


def feed_links(body: bytes, url: str, content_type: str | None) -> tuple[FoundLink, ...]:
    """Return the feeds a page declares, else those it seems to link to, in page order.

    Addresses resolve against the page's ``base``; each is given once. Nothing
    is found in what is no page at all.
    """
    charset = _CHARSET.search(content_type or "")
    try:
        parser = html.HTMLParser(encoding=charset.group(1) if charset else None)
    except LookupError:
        parser = html.HTMLParser()
    try:
        root = html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ()
    base = next((absolute(one.get("href"), url) for one in root.iter("base")), None) or url
    declared: dict[str, FoundLink] = {}
    for link in root.iter("link"):
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        target = absolute(link.get("href"), base)
        if target and kind in _TYPES and "alternate" in (link.get("rel") or "").lower().split():
            declared.setdefault(target, FoundLink(target, squeeze(link.get("title") or ""), kind))
    return tuple(declared.values()) or _guessed(root, base)


def _guessed(root: html.HtmlElement, base: str) -> tuple[FoundLink, ...]:
    found: dict[str, FoundLink] = {}
    for anchor in root.iter("a"):
        target = absolute(anchor.get("href"), base)
        if target and target.split("#")[0].split("?")[0].lower().endswith(_ENDINGS):
            found.setdefault(target, FoundLink(target, squeeze(anchor.text_content())[:80], ""))
    return tuple(found.values())[:_GUESSES]
