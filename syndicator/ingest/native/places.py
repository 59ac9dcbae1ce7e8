"""Where an entry takes place and is discussed: GeoRSS, W3C Basic Geo, slash, threading."""

import re

from lxml import etree

from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.said import attribute, first_text, text_of
from syndicator.ingest.native.tree import Tree
from syndicator.model.entry import Discussion, Point

_NUMBER = re.compile(r"[-+]?\d{1,3}(?:\.\d{1,15})?")
_PLACES = frozenset({"geo:point", "geo:lat", "georss:point", "georss:where"})
_FEW, _FAR_NORTH, _FAR_EAST = 2, 90.0, 180.0
_MOST_DIGITS = 7


def point(bag: Bag, tree: Tree) -> Point | None:
    """Return the one point an entry names: latitude and longitude in degrees, WGS 84.

    ``georss:point``, ``georss:where`` with a ``gml:Point``, ``geo:lat`` with
    ``geo:long`` (also inside ``geo:Point``). Lines, boxes and polygons are none.
    """
    if _PLACES.isdisjoint(bag):
        return None
    for where in (bag, *(tree.names.children(one) for one in bag.get("geo:point", ()))):
        pair = first_text(where.get("geo:lat")), first_text(where.get("geo:long"))
        if all(pair) and (found := _point(" ".join(map(str, pair)))):
            return found
    said = first_text(bag.get("georss:point"))
    if said is None:
        positions = (text_of(one) for where in bag.get("georss:where", ()) for one in _pos(where))
        said = next((one for one in positions if one), None)
    return _point(said) if said else None


def _pos(where: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = where.findall(".//{*}Point/{*}pos")
    return found


def _point(said: str) -> Point | None:
    numbers = _NUMBER.findall(said)
    if len(numbers) != _FEW or _NUMBER.sub("", said).strip(" ,\t\n"):
        return None
    latitude, longitude = map(float, numbers)
    if abs(latitude) > _FAR_NORTH or abs(longitude) > _FAR_EAST:
        return None
    return Point(latitude=latitude, longitude=longitude)


def discussion(bag: Bag) -> Discussion | None:
    """Return where an entry is discussed, and how often: ``comments``, slash, RFC 4685."""
    address = next(
        (text for one in bag.get("comments", ()) if (text := text_of(one)) and "://" in text), None
    )
    said = first_text(bag.get("slash:comments")) or first_text(bag.get("thr:total"))
    if address is None:
        for one in bag.get("link", ()):
            if one.attrib and attribute(one, "rel") == "replies":
                address = attribute(one, "href")
                said = said or attribute(one, "{http://purl.org/syndication/thread/1.0}count")
                break
    count = int(said) if said and said.isdecimal() and len(said) <= _MOST_DIGITS else None
    if address is None and count is None:
        return None
    return Discussion(url=address, count=count)
