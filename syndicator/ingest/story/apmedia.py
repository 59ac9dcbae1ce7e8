"""AP media API JSON (api.ap.org, version 1.x: feed, search and content answers) → Feed.

An item is close to ninjs 1. The words of a story are a rendition of their own
(NITF) which is not fetched here: an entry has its headline, byline, place,
terms and notes.
"""

from syndicator.errors import ReadError
from syndicator.ingest.story.ninjs import Item, entry_of, lowered, rows
from syndicator.model.entry import Document, Feed, Origin

MAX_ITEMS = 2000


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
    texts = [one for one in items if one.get("type") == "text"][:MAX_ITEMS]
    if not texts:
        raise ReadError("not-a-feed", f"{document.url}: an answer of AP without an item of text")
    left_out = len(items) - len(texts)
    warnings = (f"{left_out} items without a text were left out",) if left_out else ()
    return Feed(
        format="ap-media-json",
        origin=Origin(title="Associated Press"),
        entries=tuple(entry_of(document, _as_ninjs(one)) for one in texts),
        warnings=warnings,
    )


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
        "byline": ", ".join(lines) or None,
        "headline": item.get("headline") or item.get("title"),
        "located": item.get("located") or ", ".join(parts),
    }
