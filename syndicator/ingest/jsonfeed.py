"""JSON Feed 1.0 and 1.1 → Feed (https://www.jsonfeed.org/version/1.1/).

Lenient as the specification asks: ids may be numbers, unknown keys are left,
a damaged item costs only itself.
"""

import re
from datetime import UTC, datetime
from typing import Any

from syndicator.errors import ReadError
from syndicator.ingest.episodes import LONGEST
from syndicator.ingest.zone import UNSAID
from syndicator.model.address import absolute
from syndicator.model.entry import (
    Category,
    Document,
    Enclosure,
    Entry,
    Feed,
    Image,
    Origin,
    Paging,
    Person,
    Rights,
)
from syndicator.model.text import legal

MAX_ITEMS = 2000
LARGEST = 10**15


def read_json(document: Document, feed: object) -> Feed:
    """Read a JSON Feed that has been parsed as JSON.

    Raises:
        ReadError: it has no list of items.
    """
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ReadError("not-a-feed", f"{document.url}: JSON without a list of items")
    version = str(feed.get("version") or "")
    items = feed["items"]
    house = _people(feed)
    entries = tuple(
        _entry(item, document.url, house) for item in items[:MAX_ITEMS] if isinstance(item, dict)
    )
    warnings = []
    if "jsonfeed.org" not in version:
        warnings.append("no JSON Feed version stated; read as 1.1")
    if len(items) > len(entries):
        warnings.append(f"{len(items) - len(entries)} items were left out")
    return Feed(
        format="json10" if version.rstrip("/").endswith("/1") else "json11",
        origin=Origin(
            title=_text(feed.get("title")),
            id=_text(feed.get("feed_url")),
            link=_text(feed.get("home_page_url")),
            self_link=_text(feed.get("feed_url")),
            language=_text(feed.get("language")),
        ),
        entries=entries,
        warnings=tuple(warnings),
        hubs=_hubs(feed.get("hubs")),
        paging=Paging(next_page=_text(feed.get("next_url"))),
    )


def _text(value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return legal(value).strip() or None if isinstance(value, str) else None


def _hubs(raw: Any) -> tuple[str, ...]:
    """Return the hubs that speak WebSub; ``rssCloud`` is another tongue."""
    values = [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []
    spoken = [one for one in values if (_text(one.get("type")) or "").lower() == "websub"]
    return tuple(url for one in spoken if (url := _text(one.get("url"))))


_FRACTION = re.compile(r"\.\d+")


def _moment(value: Any) -> datetime | None:
    text = _text(value)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(_FRACTION.sub("", text))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UNSAID)
    except (ValueError, OverflowError):
        return None


def _people(item: dict[str, Any]) -> tuple[Person, ...]:
    """Read ``authors`` (1.1), else ``author`` (1.0, and as others write it: a bare name)."""
    raw = item.get("authors")
    values = raw if isinstance(raw, list) and raw else [item.get("author")]
    people = []
    for value in values:
        name = _text(value.get("name")) if isinstance(value, dict) else _text(value)
        if name:
            url = _text(value.get("url")) if isinstance(value, dict) else None
            people.append(Person(name=name, url=url))
    return tuple(dict.fromkeys(people))


def _attachments(item: dict[str, Any]) -> tuple[Enclosure, ...]:
    raw = item.get("attachments")
    found = []
    for value in raw if isinstance(raw, list) else ():
        url = _text(value.get("url")) if isinstance(value, dict) else None
        if url:
            size, lasts = value.get("size_in_bytes"), value.get("duration_in_seconds")
            found.append(
                Enclosure(
                    url=url,
                    type=_text(value.get("mime_type")),
                    length=_size(size),
                    title=_text(value.get("title")),
                    duration=_duration(lasts),
                )
            )
    return tuple(found)


def _size(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= LARGEST else None


def _duration(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(value) if 0 < value <= LONGEST else None


def _entry(item: dict[str, Any], url: str, house: tuple[Person, ...]) -> Entry:
    """Read one item; ``house`` are the feed's own authors, who wrote what names nobody."""
    html = _text(item.get("content_html"))
    image = _text(item.get("image")) or _text(item.get("banner_image"))
    tags = item.get("tags")
    return Entry(
        guid=_text(item.get("id")),
        link=_text(item.get("url")) or _text(item.get("external_url")),
        title=_text(item.get("title")),
        summary=_text(item.get("summary")),
        content=html or _text(item.get("content_text")),
        content_html=html is not None,
        base=absolute(_text(item.get("url")), url) or url,
        authors=_people(item) or house,
        published=_moment(item.get("date_published")),
        updated=_moment(item.get("date_modified")),
        categories=tuple(
            Category(term=tag.strip()) for tag in tags if isinstance(tag, str) and tag.strip()
        )
        if isinstance(tags, list)
        else (),
        enclosures=_attachments(item),
        images=(Image(url=image),) if image else (),
        language=_text(item.get("language")),
        rights=Rights(),
    )
