"""OPML 2.0 in and out, and keys made from titles."""

import re
import unicodedata
from collections.abc import Collection

from lxml import etree

from syndicator.errors import Problem, SettingsError
from syndicator.hardened import hardened
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId
from syndicator.model.text import legal

_LONGEST = 40


def parse_opml(data: bytes) -> list[tuple[str, str, str]]:
    """Return (title, feed address, page address) of every feed, at any depth, each once.

    Raises:
        SettingsError: it is not OPML.
    """
    try:
        root = etree.fromstring(data.strip(), hardened(recover=True))
    except etree.XMLSyntaxError as error:
        raise SettingsError([Problem("OPML", 0, 0, "", f"not readable: {error}")]) from error
    if root is None or str(root.tag).lower() != "opml":
        raise SettingsError([Problem("OPML", 0, 0, "", "this is not an OPML document")])
    found: dict[str, tuple[str, str, str]] = {}
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if url.startswith(("http://", "https://")):
            title = (outline.get("title") or outline.get("text") or "").strip()
            found.setdefault(url, (title, url, (outline.get("htmlUrl") or "").strip()))
    return list(found.values())


def sources_to_opml(settings: Settings) -> bytes:
    """Write the sources that have web addresses as OPML 2.0."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = legal(
        f"{settings.desk.title}: sources"
    )
    body = etree.SubElement(root, "body")
    for key, source in settings.sources.items():
        if source.url.startswith("http"):
            title = legal(source.title or key)
            etree.SubElement(
                body, "outline", type="rss", text=title, title=title, xmlUrl=source.url
            )
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def slug(text: str, taken: Collection[str]) -> SourceId:
    """Make a free key of a title: ``Café News!`` → ``cafe-news``, then ``cafe-news-2``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "source"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return SourceId(name)
