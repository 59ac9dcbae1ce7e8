"""Links (RFC 4287 §4.2.7, RSS ``link`` and ``enclosure``) with their addresses made absolute."""

from typing import NamedTuple

from lxml import etree

from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.said import attribute, text_of
from syndicator.ingest.native.tree import Tree
from syndicator.model.address import joined
from syndicator.model.entry import Enclosure

_REGISTRY = "http://www.iana.org/assignments/relation/"
_PAGES = frozenset({"text/html", "html", "application/xhtml+xml", "xhtml"})
_LONGEST = 15


class Link(NamedTuple):
    """One link; ``written`` if its address is the element's text, as in RSS."""

    relations: tuple[str, ...]
    url: str
    type: str | None
    node: etree._Element
    written: bool


def links(bag: Bag, tree: Tree) -> list[Link]:
    """Return every link of an element that has an address, in order."""
    found = []
    for node in bag.get("link", ()):
        url = attribute(node, "href", "url", "uri") if node.attrib else None
        written = url is None and "href" not in node.attrib
        if url is None:
            url = text_of(node)
        if url or (node.attrib and node.get("href") is not None and node.get("rel") == "self"):
            said = (node.get("rel") or "alternate").strip().lower() if node.attrib else "alternate"
            relations = (said,) if said.isalpha() else tuple(said.replace(_REGISTRY, "").split())
            kind = node.get("type") if node.attrib else None
            kind = kind.strip().lower() or None if kind else None
            found.append(Link(relations, resolved(url or "", node, tree), kind, node, written))
    return found


def resolved(url: str, node: etree._Element, tree: Tree) -> str:
    """Make an address absolute (RFC 3986 §5); one that cannot be stays as it is."""
    if url.startswith(("https://", "http://")):
        return url
    return joined(tree.base(node), url)


def page(found: list[Link]) -> str | None:
    """Return the page that an entry or feed stands for.

    A written link first, as RSS has it, then an alternate page, then any
    alternate.
    """
    first = None
    for link in found:
        if "alternate" in link.relations:
            if link.written:
                return link.url
            if first is None or (first.type not in _PAGES and link.type in _PAGES):
                first = link if link.type else link._replace(type="text/html")
    return first.url if first else None


def related(found: list[Link], relation: str) -> tuple[str, ...]:
    """Return the addresses of links with a relation, each once."""
    return tuple(dict.fromkeys(link.url for link in found if relation in link.relations))


def enclosures(bag: Bag, found: list[Link], tree: Tree) -> tuple[Enclosure, ...]:
    """Return attached files: ``enclosure``, ``link rel=enclosure``, Atom's ``content@src``."""
    files: list[Enclosure] = []
    for node in bag.get("enclosure", ()):
        url = attribute(node, "url", "href", "uri")
        if url:
            files.append(_file(resolved(url, node, tree), node))
    files += [_file(link.url, link.node) for link in found if "enclosure" in link.relations]
    for node in bag.get("content", ()):
        url = node.get("src")
        if url and not (node.get("type") or "").startswith("text/"):
            files.append(_file(resolved(url, node, tree), node))
    return tuple(files)


def _file(url: str, node: etree._Element) -> Enclosure:
    return Enclosure(
        url=url,
        type=attribute(node, "type"),
        length=number(node.get("length")),
        title=attribute(node, "title"),
    )


def number(text: str | None) -> int | None:
    """Read a count; ``None`` unless it is all digits."""
    text = text.strip() if text else ""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else None
