"""AP media API JSON (api.ap.org, version 1.x: feed, search and content answers) → Feed.

An item is close to ninjs 1. The words of a story are a rendition of their own
(NITF) which is not fetched here: an entry has its headline, byline, place,
terms and notes.
"""

import msgspec

from syndicator.errors import ReadError
from syndicator.ingest.story.ninjs import Item, entry_of, lowered, rows
from syndicator.ingest.story.text import without_text
from syndicator.model.entry import Document, Entry, Feed, Origin, Point

_DEGREES, _POLE = 2, 90


def is_ap(data: object) -> bool:
    """Whether parsed JSON is an answer of AP's media API."""
    return isinstance(data, dict) and "api_version" in data and isinstance(data.get("data"), dict)


def read_ap(document: Document, data: object) -> Feed:
    """Read the items of text.

    Raises:
        ReadError: none of them is one.
    """
    held = lowered(data["data"]) if isinstance(data, dict) else {}
    raw = held.get("items") if isinstance(held.get("items"), list) else [held]
    items = [
        lowered(one["item"])
        for one in raw or ()
        if isinstance(one, dict) and isinstance(one.get("item"), dict)
    ]
    texts = [one for one in items if one.get("type") == "text"]
    if not texts:
        raise ReadError("not-a-feed", f"{document.url}: an answer of AP without an item of text")
    return Feed(
        format="ap-media-json",
        origin=Origin(title="Associated Press"),
        entries=tuple(_entry(document, one) for one in texts),
        warnings=without_text(len(items) - len(texts)),
    )


def _entry(document: Document, item: Item) -> Entry:
    place = item.get("datelinelocation")
    shape = lowered(place).get("geometry_geojson") if isinstance(place, dict) else None
    found = _point(lowered(shape)) if isinstance(shape, dict) else None
    return msgspec.structs.replace(entry_of(document, _as_ninjs(item)), point=found)


def _point(shape: Item) -> Point | None:
    """Read a GeoJSON point (RFC 7946 §3.1.2): longitude goes first."""
    both = shape.get("coordinates")
    if shape.get("type") != "Point" or not isinstance(both, list) or len(both) < _DEGREES:
        return None
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in both):
        return None
    longitude, latitude = both[:_DEGREES]
    inside = abs(latitude) <= _POLE and abs(longitude) <= 2 * _POLE
    return Point(latitude=latitude, longitude=longitude) if inside else None


def _as_ninjs(item: Item) -> Item:
    """Give AP's own properties the names of ninjs. ``uri`` holds the asker's query: no id."""
    others = item.get("altids")
    known = lowered(others) if isinstance(others, dict) else {}
    place = item.get("datelinelocation")
    where = lowered(place) if isinstance(place, dict) else {}
    parts = [where[key] for key in ("city", "countryname") if isinstance(where.get(key), str)]
    lines = []
    for one in rows(item, "bylines"):
        lines += [str(one[key]) for key in ("by", "title") if one.get(key)]
    return {
        **item,
        "guid": known.get("itemid") or item.get("uri"),
        "byline": ", ".join(lines) or item.get("byline"),
        "headline": item.get("headline") or item.get("title"),
        "located": item.get("located") or ", ".join(parts),
    }
