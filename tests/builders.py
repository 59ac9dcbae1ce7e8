"""Values for tests, each with what the test does not care about filled in."""

from datetime import UTC, datetime
from typing import Any

from syndicator.credit import Context, Houses
from syndicator.model.article import Article, Body
from syndicator.model.entry import Document, Origin, Person
from syndicator.model.ids import ArticleId, SourceId
from syndicator.settings.houses import built_in_houses

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUSES = Houses(built_in_houses())


def a_context(**more: Any) -> Context:
    """Build what is known beside a text."""
    return Context(**{"houses": HOUSES, **more})


def an_article(**changes: Any) -> Article:
    """Build an article; keywords replace fields."""
    fields: dict[str, Any] = {
        "id": ArticleId("a" * 20),
        "source": SourceId("harbour"),
        "publisher": "harbour",
        "guid": "g1",
        "link": "https://harbour.example/one",
        "headline": "Night ferry sails again",
        "body": Body(html="<p>The ferry sails.</p>", text="The ferry sails."),
        "authors": (Person(name="Ines Calloway"),),
        "origin": Origin(title="Harbour News", link="https://harbour.example/"),
        "published": NOW,
        "updated": NOW,
        "first_seen": NOW,
        "fingerprint": "f1",
    }
    return Article(**{**fields, **changes})


def an_item(title: str, guid: str, *, link: str | None = None, body: str = "<p>Words.</p>") -> str:
    """Write an RSS item."""
    address = link if link is not None else f"https://harbour.example/{guid}"
    return (
        f"<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid>"
        f"<link>{address}</link><content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )


def a_feed(*items: str) -> bytes:
    """Write an RSS 2.0 document around items."""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content='
        '"http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour News</title>'
        f"<link>https://harbour.example/</link><description>d</description>{''.join(items)}"
        "</channel></rss>"
    ).encode()


def a_document(*items: str) -> Document:
    """Wrap a feed as fetched."""
    return Document(url="https://harbour.example/feed.xml", body=a_feed(*items))
