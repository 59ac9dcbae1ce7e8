"""JSON Feed 1.1."""

import json
from typing import Any

from tests.unit.render.editions import BY, CREDIT, HTML, RICH, a_piece, an_edition, document


def _feed(*items: Any) -> Any:
    return json.loads(document(an_edition(*items), "json"))


def test_feed_level() -> None:
    feed = _feed()
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "World · The Desk",
        "home_page_url": "https://desk.example/feeds/world/",
        "feed_url": "https://desk.example/feeds/world.json",
        "description": "News of the world",
        "language": "en",
        "items": [],
    }


def test_an_item_says_all_we_know() -> None:
    (item,) = _feed(a_piece(**RICH))["items"]
    extension = item.pop("_syndicator")
    assert item == {
        "id": "g1",
        "url": "https://harbour.example/one",
        "title": "Night ferry sails again",
        "content_html": HTML,
        "summary": "The ferry sails.",
        "image": "https://harbour.example/1.jpg",
        "date_published": "2026-11-24T09:00:00Z",
        "date_modified": "2026-11-24T10:00:00Z",
        "authors": [
            {"name": "Ines Calloway", "url": "https://harbour.example/ines"},
            {"name": "Bo"},
        ],
        "tags": ["The sea", "ferries"],
        "language": "en-GB",
        "attachments": [
            {
                "url": "https://harbour.example/a.mp3",
                "mime_type": "audio/mpeg",
                "size_in_bytes": 1234,
            },
            {
                "url": "https://harbour.example/b.bin",
                "mime_type": "application/octet-stream",
            },
        ],
    }
    assert extension["source"] == {
        "title": "Harbour News",
        "home_page_url": "https://harbour.example/",
        "feed_url": "https://harbour.example/feed.xml",
    }
    assert (extension["credit"], extension["rights"], extension["license"]) == (CREDIT, CREDIT, BY)
    assert extension["contributors"] == ["Ada Venn"]
    assert extension["terms"] == ["Link to the original"]


def test_an_item_without_html_has_text() -> None:
    (item,) = _feed(a_piece(html="", summary=""))["items"]
    assert item["content_text"] == "Night ferry sails again"
    assert "content_html" not in item
