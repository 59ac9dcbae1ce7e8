import pytest

from syndicator.ingest.discover import FoundLink, feed_links, looks_like_feed

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


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'>",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>",
        b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>",
        b"  <rdf:RDF xmlns:rdf='x'>",
        b"<atom:feed xmlns:atom='x'>",
        "<?xml version='1.0'?><rss>".encode("utf-16"),
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    ],
)
def test_feeds_look_like_feeds(body: bytes) -> None:
    assert looks_like_feed(body, None)


@pytest.mark.parametrize(
    "body",
    [b"<!DOCTYPE html><html><p>rss</p>", b"", b"{}", b"[1]", b"{not json", b"<opml><body/></opml>"],
)
def test_other_things_do_not(body: bytes) -> None:
    assert not looks_like_feed(body, "text/html")


def test_a_feeds_media_type_helps_only_where_the_bytes_leave_room() -> None:
    assert looks_like_feed(b"garbled", "application/rss+xml; charset=x")
    assert not looks_like_feed(b"<html>", "application/rss+xml")
