"""Feeds for the tests of lint: sound ones, into which one fault at a time is put."""

import json
from typing import Any

SPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" '
    'xmlns:georss="http://www.georss.org/georss"'
)
ATOM_SPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xmlns:fh="http://purl.org/syndication/history/1.0" '
    'xmlns:at="http://purl.org/atompub/tombstones/1.0"'
)
ADDRESS = "https://harbour.example/feed"
RSS_CHANNEL = {
    "title": "<title>Harbour News</title>",
    "link": "<link>https://harbour.example/</link>",
    "description": "<description>News of the harbour</description>",
    "language": "<language>en</language>",
    "self": f'<atom:link rel="self" href="{ADDRESS}"/>',
}
RSS_ITEM = {
    "title": "<title>Ferry</title>",
    "link": "<link>https://harbour.example/1</link>",
    "description": "<description>The ferry sails.</description>",
    "guid": '<guid isPermaLink="false">tag:harbour.example,2026:1</guid>',
    "date": "<pubDate>Tue, 24 Nov 2026 12:00:00 +0000</pubDate>",
    "rights": "<dc:rights>Harbour News</dc:rights>",
}
ATOM_FEED = {
    "id": "<id>https://harbour.example/feed</id>",
    "title": "<title>Harbour News</title>",
    "updated": "<updated>2026-11-24T12:00:00Z</updated>",
    "self": f'<link rel="self" href="{ADDRESS}"/>',
}
ATOM_ENTRY = {
    "id": "<id>tag:harbour.example,2026:1</id>",
    "title": "<title>Ferry</title>",
    "updated": "<updated>2026-11-24T11:00:00Z</updated>",
    "published": "<published>2026-11-24T11:00:00Z</published>",
    "author": "<author><name>Ines Calloway</name></author>",
    "link": '<link href="https://harbour.example/1"/>',
    "summary": "<summary>The ferry sails.</summary>",
    "rights": "<rights>Harbour News</rights>",
}
JSON_ITEM: dict[str, Any] = {
    "id": "1",
    "url": "https://harbour.example/1",
    "title": "Ferry",
    "content_text": "The ferry sails.",
    "date_published": "2026-11-24T12:00:00Z",
    "_rights": {"license": "https://creativecommons.org/licenses/by/4.0/"},
}
JSON_FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Harbour News",
    "home_page_url": "https://harbour.example/",
    "feed_url": ADDRESS,
    "language": "en",
}


def _put(parts: dict[str, str], changes: dict[str, str], extra: str) -> str:
    return "".join({**parts, **changes}.values()) + extra


def rss(
    channel: str = "", item: str = "", *, head: str = "", items: str = "", **changes: str
) -> bytes:
    """Write RSS; ``changes`` named ``in_X`` replace a part of the item, others one of the channel."""
    inner = {key.removeprefix("in_"): one for key, one in changes.items() if key.startswith("in_")}
    outer = {key: one for key, one in changes.items() if not key.startswith("in_")}
    body = _put(RSS_ITEM, inner, item)
    start = head or f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {SPACES}>'
    return (
        f"{start}<channel>{_put(RSS_CHANNEL, outer, channel)}<item>{body}</item>{items}"
        "</channel></rss>"
    ).encode()


def atom(
    feed: str = "", entry: str = "", *, head: str = "", entries: str = "", **changes: str
) -> bytes:
    """Write Atom; ``changes`` named ``in_X`` replace a part of the entry, others one of the feed."""
    inner = {key.removeprefix("in_"): one for key, one in changes.items() if key.startswith("in_")}
    outer = {key: one for key, one in changes.items() if not key.startswith("in_")}
    body = _put(ATOM_ENTRY, inner, entry)
    start = head or f'<?xml version="1.0" encoding="utf-8"?><feed {ATOM_SPACES} xml:lang="en">'
    return (f"{start}{_put(ATOM_FEED, outer, feed)}<entry>{body}</entry>{entries}</feed>").encode()


def jsonfeed(item: dict[str, Any] | None = None, *more: Any, **changes: Any) -> bytes:
    """Write JSON Feed; a member that is ``None`` is left out."""
    one = {key: value for key, value in {**JSON_ITEM, **(item or {})}.items() if value is not None}
    feed = {key: value for key, value in {**JSON_FEED, **changes}.items() if value is not None}
    return json.dumps({"items": [one, *more], **feed}).encode()
