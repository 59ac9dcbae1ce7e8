"""The feed itself, and the feed an entry names as its source."""

from lxml import etree

from syndicator.ingest.native import links as to
from syndicator.ingest.native.dates import moment
from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.people import people
from syndicator.ingest.native.rights import rights
from syndicator.ingest.native.said import attribute, first_text, said, text_of
from syndicator.ingest.native.tree import Tree
from syndicator.model.entry import Origin, Person


def origin_of(node: etree._Element, bag: Bag, found: list[to.Link], tree: Tree) -> Origin:
    """Read the facts of a channel, a feed or an ``atom:source``."""
    selves = to.related(found, "self")
    dates = [
        *bag.get("updated", ()),
        *bag.get("dc:date", ()),
        *bag.get("dcterms:modified", ()),
        *bag.get("published", ()),
    ]
    return Origin(
        title=_title(bag, tree),
        id=first_text(bag.get("guid")),
        link=to.page(found) or (attribute(node, "href") if node.attrib else None),
        self_link=selves[0] if selves else None,
        updated=next((when for one in dates if (when := moment(text_of(one)))), None)
        or (moment(attribute(node, "lastmod")) if node.attrib else None),
        language=first_text(bag.get("language")) or tree.language(node),
        rights=rights(bag, found, tree),
    )


def _title(bag: Bag, tree: Tree) -> str | None:
    for name in ("title", "dc:title"):
        for node in bag.get(name, ()):
            words = said(node, tree, "text/plain", guess=True)
            if words is not None:
                return words.text
    return None


def named_source(bag: Bag, tree: Tree) -> tuple[Origin | None, tuple[Person, ...]]:
    """Read RSS ``source`` or ``atom:source``: the feed, and its authors."""
    for node in bag.get("source", ()):
        if len(node):
            inside = tree.names.children(node)
            found = to.links(inside, tree)
            return origin_of(node, inside, found, tree), people(inside.get("author"), tree)
        url, title = attribute(node, "url"), text_of(node)
        if url or title:
            at = to.resolved(url, node, tree) if url else None
            return Origin(title=title, self_link=at), ()
    return None, ()
