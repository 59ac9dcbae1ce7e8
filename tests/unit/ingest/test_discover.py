import pytest

from syndicator.ingest.discover import FoundLink, feed_links

PAGE = "https://example.org/news/"


def test_declared_feeds_come_in_page_order_each_once() -> None:
    page = b"""<html><head><base href="/a/">
    <link rel="alternate" type="application/rss+xml" title=" All  news " href="all.rss">
    <link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" href="//cdn.example/x">
    <link rel=alternate type=application/rss+xml title="again" href="all.rss">
    <link rel="alternate" type="application/json" href="/wp-json/1">
    <link rel="stylesheet" type="application/rss+xml" href="/no">
    <link rel="alternate" type="application/feed+json" href="javascript:no">
    </head><body><a href="/other.rss">more</a></body></html>"""
    assert feed_links(page, PAGE, None) == (
        FoundLink("https://example.org/a/all.rss", "All news", "application/rss+xml"),
        FoundLink("https://cdn.example/x", "", "application/atom+xml"),
    )


def test_links_that_look_like_feeds_are_second_best() -> None:
    page = b"<p><a href='/feed/?x=1'>Our <b>feed</b></a> <a href='/about'>About</a></p>"
    assert feed_links(page, PAGE, "text/html") == (
        FoundLink("https://example.org/feed/?x=1", "Our feed", ""),
    )


def test_the_headers_charset_counts() -> None:
    page = "<link rel=alternate type=application/rss+xml title='Žena' href=/f>".encode("cp1250")
    for charset, title in (("windows-1250", "Žena"), ('"windows-1250"', "Žena")):
        (link,) = feed_links(page, PAGE, f"text/html; charset={charset}")
        assert link.title == title
    assert len(feed_links(page, PAGE, "text/html; charset=klingon")) == 1


@pytest.mark.parametrize("body", [b"", b"\0\0", b"   ", b"plain text", b"<!-- -->"])
def test_what_is_no_page_offers_nothing(body: bytes) -> None:
    assert feed_links(body, PAGE, None) == ()
