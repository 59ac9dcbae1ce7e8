"""The feeds a web page points at (RSS autodiscovery, RFC 4287 link types). Pure."""

import msgspec
from lxml import etree, html

from syndicator.model.address import absolute
from syndicator.model.text import squeeze

_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
)
_ENDINGS = (
    ".rss",
    ".atom",
    ".rdf",
    "/feed",
    "/feed/",
    "/rss",
    "/rss.xml",
    "/atom.xml",
    "/feed.xml",
    "/feed.json",
)


class FoundLink(msgspec.Struct, frozen=True):
    """A feed a page offers."""

    url: str
    title: str
    type: str


def feed_links(body: bytes, url: str, content_type: str | None) -> tuple[FoundLink, ...]:
    """Return the feeds a page declares, else those it seems to link to, in page order."""
    del content_type  # lxml reads the page's own declaration
    try:
        root = html.document_fromstring(body, base_url=url)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ()
    declared = []
    for link in root.iter("link"):
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        target = absolute(link.get("href"), url)
        if "alternate" in (link.get("rel") or "").lower().split() and kind in _TYPES and target:
            declared.append(FoundLink(target, squeeze(link.get("title") or ""), kind))
    return tuple(dict.fromkeys(declared)) or _guessed(root, url)


def _guessed(root: html.HtmlElement, url: str) -> tuple[FoundLink, ...]:
    found: dict[str, FoundLink] = {}
    for anchor in root.iter("a"):
        target = absolute(anchor.get("href"), url)
        if target and target.split("?")[0].lower().endswith(_ENDINGS):
            found.setdefault(target, FoundLink(target, squeeze(anchor.text_content())[:80], ""))
    return tuple(found.values())[:5]
