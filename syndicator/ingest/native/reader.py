"""Document → Feed: which dialect it is, its own facts, and its entries in order."""

from lxml import etree

from syndicator.ingest.native import links as to
from syndicator.ingest.native import media, recordings
from syndicator.ingest.native.hints import cloud, paging, ttl, wishes
from syndicator.ingest.native.items import read_item
from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.origin import origin_of
from syndicator.ingest.native.people import people
from syndicator.ingest.native.said import attribute
from syndicator.ingest.native.tree import Tree, grow
from syndicator.ingest.tombstones import tombstones
from syndicator.model.entry import MAX_ENTRIES, Document, Feed

_RSS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_ATOM = {"0.1": "atom01", "0.2": "atom02", "0.3": "atom03"}
_NETSCAPE = "http://my.netscape.com/rdf/simple/0.9/"
_ROOTS = frozenset({"rss", "rdf:rdf", "feed", "channel"})


def read_native(document: Document) -> Feed | None:
    """Read a well-formed feed; ``None`` if it must go to the tolerant reader.

    Raises:
        ReadError: it is deeper or longer than any feed.
    """
    tree = grow(document)
    if tree is None:
        return None
    dialect = _dialect(tree)
    if dialect is None:
        return None
    tree.atom = dialect.startswith("atom")
    if dialect == "cdf" and (base := attribute(tree.root, "BASE")):
        tree.rebase(to.resolved(base, tree.root, tree))
    top = tree.names.children(tree.root)
    channel = tree.root if tree.names.short(tree.root) in {"feed", "channel"} else _channel(top)
    if channel is None:
        return None
    bag = top if channel is tree.root else tree.names.children(channel)
    items = _items(top, bag, channel, tree)
    if not items and (b"<item" in document.body or b"<entry" in document.body):
        return None  # entries in a place of their own
    return _feed(dialect, channel, bag, items, tree)


def _dialect(tree: Tree) -> str | None:
    root, name = tree.root, tree.names.short(tree.root)
    if name not in _ROOTS:
        return None
    version = (root.get("version") or "").strip()
    if name == "rss":
        if "Netscape" in (root.getroottree().docinfo.public_id or ""):
            return "rss091n"
        return _RSS.get(version) or ("rss20" if version.startswith("2.") else "rss")
    if name == "feed":
        new = "w3.org/2005/atom" in root.tag.lower()
        return "atom10" if new else _ATOM.get(version, "atom")
    if name == "channel":
        return "cdf"
    return "rss090" if _NETSCAPE in root.nsmap.values() else "rss10"


def _channel(top: Bag) -> etree._Element | None:
    return next(iter(top.get("channel", ())), None)


def _items(top: Bag, bag: Bag, channel: etree._Element, tree: Tree) -> list[etree._Element]:
    """Return the entries in order: inside every channel, and beside it as RSS 0.9 and 1.0 do."""
    if channel is tree.root:
        return top.get("item", [])
    found = list(bag.get("item", ()))
    for other in top.get("channel", ())[1:]:
        found += tree.names.children(other).get("item", ())
    return [*found, *top.get("item", ())]


def _feed(
    dialect: str, channel: etree._Element, bag: Bag, items: list[etree._Element], tree: Tree
) -> Feed:
    found = to.links(bag, tree)
    above, explicit = media.said(bag), recordings.explicit(bag)
    house = people(bag.get("author"), tree) if tree.atom else ()
    warnings: tuple[str, ...] = ()
    if len(items) > MAX_ENTRIES:
        warnings = (f"only the first {MAX_ENTRIES} of {len(items)} entries were read",)
    return Feed(
        format=dialect,
        origin=origin_of(channel, bag, found, tree),
        entries=tuple(
            read_item(one, tree, above, house, explicit=explicit) for one in items[:MAX_ENTRIES]
        ),
        ttl=ttl(bag),
        warnings=warnings,
        deleted=tombstones(tree.root),
        wishes=wishes(bag, tree),
        hubs=to.related(found, "hub"),
        paging=paging(bag, found),
        cloud=cloud(bag),
    )
