"""Edition → JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Sequence
from typing import Any

import msgspec

from syndicator.lint import Frame
from syndicator.model.edition import CorrectionNotice, Edition, Item, Output, Part, Site, Withdrawal
from syndicator.model.text import legal
from syndicator.render.common import (
    JSON_TYPE,
    Document,
    address_of,
    clean,
    contributors_of,
    correction_title,
    feed_url,
    files_of,
    holder_of,
    language_of,
    license_link,
    media_type,
    notice_text,
    notice_title,
    page_url,
    rfc3339,
    rights_of,
    topic_language,
)
from syndicator.render.episodes import episode_of
from syndicator.render.parts import parts_of
from syndicator.render.subjects import places_of, scheme_of
from syndicator.render.terms import use_of

_ITEMS = b'"items":['
EXTENSION = "https://www.jsonfeed.org/version/1.1/#extensions"


def render_json(
    edition: Edition, site: Site, made: Sequence[tuple[bytes | None, bytes]]
) -> Document:
    """Render the feed of items ``made`` (:func:`item_json`), each after what stands for it.

    Keys without a value are left out, as the specification asks.
    """
    older = edition.older_place
    notices = [*map(_correction, edition.corrected), *map(_notice, edition.withdrawn)]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(f"{edition.topic.title} · {site.title}"),
        "home_page_url": page_url(site.base_url, edition.place),
        "feed_url": feed_url(site.base_url, edition.place, "json"),
        "next_url": feed_url(site.base_url, older, "json") if older else None,
        "description": clean(edition.topic.description),
        "language": topic_language(edition),
        "hubs": [{"type": "WebSub", "url": hub} for hub in site.hubs],
        "items": notices,
    }
    empty = _encoded(_present(feed))
    body, parts = _filled(edition, empty, made, comma=b"," if notices else b"")
    path = f"{edition.place}.json"
    pairs = zip(edition.items, made, strict=True)
    frame = Frame(
        path=path,
        kind="json",
        address=feed_url(site.base_url, edition.place, "json"),
        body=empty,
        ids=tuple(clean(item.article.guid) for item, (_, one) in pairs if one),
    )
    return Document(Output(path=path, media_type=JSON_TYPE, body=body, parts=parts), frame)


def _filled(
    edition: Edition, empty: bytes, made: Sequence[tuple[bytes | None, bytes]], comma: bytes
) -> tuple[bytes, tuple[Part, ...]]:
    """Put items into a feed, before notices that stand there if there is a ``comma``."""
    at = empty.index(_ITEMS) + len(_ITEMS)  # in words the marks would be escaped
    items = b",".join(one for _, one in made if one)
    body = b"".join((empty[:at], items, comma if items else b"", empty[at:]))
    # Each with a comma before it: as if there were one before the first.
    lengths = [len(one) + 1 if one else 0 for _, one in made]
    return body, parts_of(edition, "json", at - 1, lengths, [key for key, _ in made], len(body))


def item_json(item: Item) -> bytes:
    """Render one item."""
    return _encoded(_item(item))


def _encoded(feed: dict[str, Any]) -> bytes:
    try:
        body = msgspec.json.encode(feed)
    except UnicodeEncodeError:  # half a surrogate pair
        return msgspec.json.encode(_legal(feed))
    escaped = any(mark in body for mark in (b"\\u00", b"\\b", b"\\f"))
    return msgspec.json.encode(_legal(feed)) if escaped else body


def _legal(value: Any) -> Any:
    """Take out what the XML formats cannot carry, so that all formats say the same."""
    if isinstance(value, str):
        return legal(value)
    if isinstance(value, list):
        return [_legal(one) for one in value]
    return {key: _legal(one) for key, one in value.items()} if isinstance(value, dict) else value


def _present(value: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in value.items() if one or key == "items"}


def _item(item: Item) -> dict[str, Any]:
    article = item.article
    content = (
        {"content_html": item.html}
        if item.html
        else {"content_text": item.summary or article.headline}
    )
    return _present(
        {
            "id": clean(article.guid),
            "url": address_of(article.link),
            "title": clean(article.headline),
            **content,
            "summary": clean(item.summary),
            "image": address_of(article.images[0].url) if article.images else None,
            "date_published": rfc3339(article.published),
            "date_modified": rfc3339(article.updated),
            "authors": [
                _present({"name": clean(person.name), "url": address_of(person.url)})
                for person in article.authors
            ],
            "tags": [
                tag
                for tag in dict.fromkeys(clean(one.label or one.term) for one in article.categories)
                if tag
            ],
            "language": language_of(item),
            "attachments": [
                _present(
                    {
                        "url": file.url,
                        "mime_type": media_type(file.type),
                        "title": file.title,
                        "size_in_bytes": max(file.length or 0, 0),
                        "duration_in_seconds": file.duration,
                    }
                )
                for file in files_of(item)
            ],
            "_syndicator": _own(item),
        }
    )


def _own(item: Item) -> dict[str, Any]:
    """Say what JSON Feed has no word for."""
    article = item.article
    return _present(
        {
            "about": EXTENSION,
            "source": _present(
                {
                    "title": clean(item.source_title),
                    "home_page_url": article.origin.link,
                    "feed_url": article.origin.self_link,
                }
            ),
            "credit": clean(item.cleared.credit),
            "rights": rights_of(item),
            "license": license_link(item),
            "holder": holder_of(item) or None,
            "use": use_of(item),
            "terms": list(item.license.riders),
            "corrections": list(item.corrections),
            "contributors": contributors_of(item),
            "dateline": places_of(item),
            "point": _point(item),
            "subjects": _subjects(item),
            "episode": episode_of(item),
            "also_from": [
                _present({"title": clean(one.title), "url": one.link}) for one in item.also
            ],
        }
    )


def _point(item: Item) -> dict[str, float] | None:
    point = item.article.point
    if point is None:
        return None
    return {"latitude": point.latitude, "longitude": point.longitude}


def _subjects(item: Item) -> list[dict[str, str]]:
    """Return subjects that stand in a vocabulary: tags have no room for one."""
    return [
        _present({"code": clean(one.term), "scheme": scheme, "name": clean(one.label)})
        for one in item.article.categories
        if (scheme := scheme_of(one)) and clean(one.term)
    ]


def _correction(one: CorrectionNotice) -> dict[str, Any]:
    """Tell of a correction beside the item that was corrected."""
    return _present(
        {
            "id": one.guid,
            "url": address_of(one.link),
            "title": correction_title(one),
            "content_text": clean(one.text),
            "date_published": rfc3339(one.at),
            "authors": [{"name": clean(one.source_title)}],
            "tags": ["Correction"],
            "_syndicator": _present(
                {
                    "about": EXTENSION,
                    "rights": clean(one.rights),
                    "license": address_of(one.license),
                }
            ),
        }
    )


def _notice(one: Withdrawal) -> dict[str, Any]:
    """Take the place of a withdrawn item, for clients that keep what they hold."""
    return {
        "id": clean(one.guid),
        "title": notice_title(one),
        "content_text": notice_text(one),
        "date_published": rfc3339(one.at),
        "_syndicator": {"about": EXTENSION, "deleted": True},
    }
