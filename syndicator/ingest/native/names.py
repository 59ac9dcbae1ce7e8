"""Element names of every namespace a feed may use → one short name each.

``dc:creator`` means Dublin Core whatever prefix a document chose, and a core
element is a bare ``title`` whether it is RSS's, Atom's or one of their drafts'.
"""

from typing import TypeAlias

from lxml import etree

_CORE = frozenset(
    {
        "",
        "http://backend.userland.com/rss",
        "http://backend.userland.com/rss2",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://example.com/newformat#",
        "http://example.com/necho",
        "http://purl.org/echo/",
        "uri/of/echo/namespace#",
        "http://purl.org/pie/",
        "http://purl.org/atom/ns#",
        "http://www.w3.org/2005/atom",
        "http://purl.org/rss/1.0/modules/rss091#",
    }
)
_SPACES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://creativecommons.org/ns#": "cc",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "https://rslstandard.org/rsl": "rsl",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/syndication/thread/1.0": "thr",
}
_PREFIXES = frozenset(_SPACES.values()) | {"atom", "creativeCommons"}
# Names that mean one thing, kept together in the order of the document.
_GROUPS = {
    "dc:creator": "author",
    "dc:author": "author",
    "itunes:author": "author",
    "managingeditor": "author",
    "dc:contributor": "contributor",
    "dc:subject": "category",
    "keywords": "category",
    "tags": "category",
    "itunes:category": "category",
    "itunes:keywords": "category",
    "media:category": "category",
    "media:keywords": "category",
    "entry": "item",
    "id": "guid",
    "copyright": "rights",
    "dc:rights": "rights",
    "dcterms:rights": "rights",
    "dc:rightsholder": "dcterms:rightsholder",
    "tagline": "subtitle",
    "issued": "published",
    "pubdate": "published",
    "modified": "updated",
    "lastbuilddate": "updated",
    "dc:language": "language",
    "fullitem": "content:encoded",
    "body": "xhtml:body",
}

Bag: TypeAlias = "dict[str, list[etree._Element]]"  # noqa: SLF001 - the name its stubs give it


class Names:
    """Short names of one document's elements; remembers each tag it has met."""

    def __init__(self) -> None:
        self._short: dict[str, str] = {}
        self._group: dict[str, str] = {}

    def short(self, node: etree._Element) -> str:
        """Return ``title``, ``dc:creator``, ``media:content`` …; in lower case.

        A namespace nobody knows counts by its prefix where that is a usual
        one, for many feeds misspell addresses; elements of other namespaces
        become ``?name``, which nothing asks for.
        """
        tag = node.tag
        found = self._short.get(tag)
        if found is None:
            found = self._short[tag] = _short(tag, node.prefix)
        return found

    def children(self, node: etree._Element) -> Bag:
        """Sort the children of an element by what they mean."""
        group = self._group
        bag: Bag = {}
        for child in node:
            tag = child.tag
            name = group.get(tag)
            if name is None:
                name = self.short(child)
                name = group[tag] = _GROUPS.get(name, name)
            if name in bag:
                bag[name].append(child)
            else:
                bag[name] = [child]
        return bag


def _short(tag: str, prefix: str | None) -> str:
    space, _, local = tag.rpartition("}")
    space, local = space[1:].lower(), local.lower()
    if space in _CORE or "backend.userland.com/rss" in space:
        return local
    known = _SPACES.get(space)
    if known is None and prefix is None:
        return local  # a default namespace of the publisher's own
    if known is None and prefix in _PREFIXES:
        known = "" if prefix == "atom" else prefix.lower()
    if known is None:
        return f"?{local}"
    return f"{known}:{local}" if known else local
