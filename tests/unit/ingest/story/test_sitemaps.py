"""Google News sitemaps."""

from datetime import UTC, datetime

import pytest

from syndicator.errors import ReadError
from syndicator.ingest import parse
from syndicator.model.entry import Document, Feed, Image

OPEN = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)
NEWS = """<url><loc>https://harbour.example/1</loc><lastmod>2026-11-24T13:00:00Z</lastmod>
<n:news><n:publication><n:name>Harbour News</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2026-11-24T12:00:00+01:00</n:publication_date>
<n:title>Ferry sails &amp; sails</n:title><n:keywords>ferries, coast</n:keywords></n:news>
<image:image><image:loc>https://harbour.example/1.jpg</image:loc><image:caption>A ferry</image:caption>
<image:license>https://harbour.example/terms</image:license></image:image></url>"""
PAGE = "<url><loc>https://harbour.example/about</loc></url>"


def read(inside: str) -> Feed:
    body = f"{OPEN}{inside}</urlset>".encode()
    return parse(Document(url="https://harbour.example/news.xml", body=body))


def test_news_is_read_and_other_pages_are_not() -> None:
    found = read(PAGE + NEWS)
    (entry,) = found.entries
    assert (found.format, found.origin.title) == ("news-sitemap", "Harbour News")
    assert (entry.guid, entry.link, entry.title) == (
        "https://harbour.example/1",
        "https://harbour.example/1",
        "Ferry sails & sails",
    )
    assert entry.published == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    assert entry.updated == datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    assert [one.term for one in entry.categories] == ["ferries", "coast"]
    assert entry.language == "en"
    assert entry.images == (
        Image(
            url="https://harbour.example/1.jpg",
            caption="A ferry",
            license="https://harbour.example/terms",
        ),
    )


def test_what_lists_no_news_says_what_to_do() -> None:
    with pytest.raises(ReadError, match="without news"):
        read(PAGE)
    body = b'<sitemapindex xmlns="x"><sitemap><loc>https://harbour.example/n.xml</loc></sitemap></sitemapindex>'
    with pytest.raises(ReadError, match=r"an index of 1 sitemaps; use one of them, as .*/n\.xml"):
        parse(Document(url="https://harbour.example/s.xml", body=body))
