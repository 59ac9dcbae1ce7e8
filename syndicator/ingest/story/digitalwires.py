"""dpa's digitalwires JSON (``digitalwires@…``, as its wireQ answers) → Feed.

An entry is close to ninjs under other names. What is marked as not publishable
is kept apart; the parts of a story's notepad say the same once more.
"""

from collections.abc import Iterator

import msgspec

from syndicator.errors import ReadError
from syndicator.ingest.story.ninjs import Item, entry_of, lowered, rows, size_of
from syndicator.ingest.story.text import without_text
from syndicator.model.entry import Category, Document, Entry, Feed, Image, Origin
from syndicator.model.text import squeeze

_FORMAT = "digitalwires@"
_SUBJECTS = frozenset({"dpasubject", "geosubject", "keyword"})


def is_digitalwires(data: object) -> bool:
    """Whether parsed JSON is an entry of digitalwires, or a list of entries."""
    first = next(_found(data), None)
    return first is not None and str(first.get("format") or "").startswith(_FORMAT)


def read_digitalwires(document: Document, data: object) -> Feed:
    """Read the entries with a text.

    Raises:
        ReadError: none of them has one.
    """
    items = list(_found(data))
    texts = [one for one in items if _said(one, "article_html") or _is_withdrawn(one)]
    if not texts:
        raise ReadError("not-a-feed", f"{document.url}: digitalwires without an entry of text")
    return Feed(
        format="digitalwires",
        origin=Origin(title="dpa"),
        entries=tuple(_entry(document, one) for one in texts),
        warnings=without_text(len(items) - len(texts)),
    )


def _found(data: object) -> Iterator[Item]:
    if isinstance(data, dict):
        own = lowered(data)
        data = own["entries"] if isinstance(own.get("entries"), list) else [own]
    if isinstance(data, list):
        yield from (lowered(one) for one in data if isinstance(one, dict))


def _is_withdrawn(item: Item) -> bool:
    """Whether an entry takes another back: it may have no text left."""
    return (_said(item, "pubstatus") or "usable").lower() != "usable"


def _said(item: Item, name: str) -> str | None:
    value = item.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _entry(document: Document, item: Item) -> Entry:
    parts = (_said(item, name) for name in ("article_html", "infobox_html"))
    named = {
        "uri": item.get("urn"),
        "body_html": "".join(one for one in parts if one),
        "description_text": item.get("teaser") or item.get("subhead"),
        "firstcreated": item.get("content_created") or item.get("version_created"),
        "versioncreated": item.get("version_created"),
        "source": "dpa",
    }
    return msgspec.structs.replace(
        entry_of(document, {**item, **named}),
        categories=tuple(_categories(item)),
        images=tuple(_images(item)),
        advisories=tuple(dict.fromkeys(_notes(item, publishable=True))),
        private=tuple(dict.fromkeys(_notes(item, publishable=False))),
    )


def _notes(item: Item, *, publishable: bool) -> Iterator[str]:
    """Yield the notes to editors that may be public, as only those may that say so, or the rest."""
    for one in rows(item, "ednotes"):
        note = _said(one, "ednote")
        if note and (one.get("is_publishable") is True) == publishable:
            yield squeeze(note)


def _categories(item: Item) -> Iterator[Category]:
    for one in rows(item, "categories"):
        if str(one.get("type") or "").partition(":")[2] not in _SUBJECTS:
            continue
        code, name = _said(one, "qcode") or "", _said(one, "name")
        scheme, _, term = code.rpartition(":")
        if term or name:
            yield Category(term=term or name or "", scheme=scheme or None, label=name)


def _images(item: Item) -> Iterator[Image]:
    for one in rows(item, "associations"):
        sizes = [each for each in rows(one, "renditions") if _said(each, "url")]
        if one.get("type") != "image" or not sizes:
            continue
        largest = max(sizes, key=lambda each: size_of(each.get("width") or each.get("size")) or 0)
        yield Image(
            url=_said(largest, "url") or "",
            type=_said(largest, "mimetype"),
            width=size_of(largest.get("width")),
            height=size_of(largest.get("height")),
            credit=_said(one, "creditline"),
            caption=_said(one, "caption"),
            rights=_said(one, "copyrightnotice"),
        )
