"""Moments that name no zone are meant in the source's, in every format; others are what they say."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from syndicator.ingest import parse, read
from syndicator.ingest.zone import UNSAID, is_unsaid, settled, zone_named
from syndicator.intake import profile_of
from syndicator.model.entry import Document, Entry, Feed, Origin
from syndicator.model.ids import SourceId
from syndicator.model.source import Source
from tests.builders import HOUSES, NOW

RSS = (
    "<rss version='2.0'><channel><item><title>T</title><pubDate>{}</pubDate></item></channel></rss>"
)
BROKEN = RSS.replace("</title>", "</title><b>")
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>i</id><title>T</title>"
    "<published>{}</published></entry></feed>"
)
JSON = (
    '{{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": '
    '[{{"id": "1", "content_text": "t", "date_published": "{}"}}]}}'
)
NINJS = '{{"guid": "g", "type": "text", "headline": "T", "versioncreated": "{}"}}'
G2 = (
    "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='g'><itemMeta><versionCreated>{}"
    "</versionCreated></itemMeta><contentMeta><headline>T</headline></contentMeta><contentSet>"
    "<inlineData>Words.</inlineData></contentSet></newsItem>"
)
IPTC = "\x01hbr0042 3 i 120\r\nSea/\r\n\x02Ferries stay =\r\n\r\nWords.\r\n\x03{}\r\n\x04"
ANPA = "\x01a1\x1f\r\nr i BC-Sea 07-04 0100\r\n\x02^Ferries stay<\r\n\tWords.\r\n\x03{}\r\n\x04"
ZCZC = "zczc\r\nPD#{}\r\nTI#Ferries stay\r\nTX#\r\nWords.\r\n"
SITEMAP = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
    "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://h.example/1</loc>"
    "<n:news><n:publication_date>{}</n:publication_date><n:title>T</n:title></n:news></url></urlset>"
)
PAGE = (
    "<html><head><meta property='article:published_time' content='{}'></head><body><article>"
    "<h1>Ferries stay in port</h1><p>Ferries along the coast stayed in port on Friday, as a storm "
    "drew near, the harbour office said in the morning.</p></article></body></html>"
)
BARE = {
    RSS: "Fri, 04 Jul 2025 10:00:00",
    BROKEN: "Fri, 04 Jul 2025 10:00:00",
    ATOM: "2025-07-04T10:00:00",
    JSON: "2025-07-04T10:00:00",
    NINJS: "2025-07-04T10:00:00",
    G2: "2025-07-04T10:00:00",
    IPTC: "041000 Jul 25",
    ANPA: "AP-WF-07-04-25 1000",
    ZCZC: "04 July 2025 10:00:00",
    SITEMAP: "2025-07-04T10:00:00",
    PAGE: "2025-07-04T10:00:00",
}
NAMED = {
    RSS: "Fri, 04 Jul 2025 10:00:00 GMT",
    BROKEN: "Fri, 04 Jul 2025 10:00:00 GMT",
    ATOM: "2025-07-04T11:00:00+01:00",
    JSON: "2025-07-04T10:00:00Z",
    NINJS: "2025-07-04T10:00:00+0000",
    G2: "2025-07-04T06:00:00-04:00",
    IPTC: "041000 GMT Jul 25",
    ANPA: "AP-WF-07-04-25 1000GMT<",
    SITEMAP: "2025-07-04T10:00:00Z",
    PAGE: "2025-07-04T10:00:00Z",
}
TEN = datetime(2025, 7, 4, 10, tzinfo=UTC)
IDS = {
    RSS: "rss", BROKEN: "feedparser", ATOM: "atom", JSON: "json-feed", NINJS: "ninjs", G2: "g2",
    IPTC: "iptc7901", ANPA: "anpa1312", ZCZC: "zczc", SITEMAP: "sitemap", PAGE: "page",
}  # fmt: skip


def published(form: str, date: str, zone: str | None) -> datetime | None:
    document = Document(url="https://h.example/d", body=form.format(date).encode("latin-1"))
    (entry,) = parse(document, articles=True, zone=zone_named(zone)).entries
    assert entry.published is None or entry.published.tzinfo is UTC
    return entry.published


@pytest.mark.parametrize(("form", "date"), BARE.items(), ids=[IDS[one] for one in BARE])
def test_a_moment_without_a_zone_is_in_that_of_the_source(form: str, date: str) -> None:
    assert published(form, date, None) == TEN
    assert published(form, date, "Europe/Oslo") == TEN - timedelta(hours=2)  # in summer


@pytest.mark.parametrize(("form", "date"), NAMED.items(), ids=[IDS[one] for one in NAMED])
def test_a_moment_that_names_its_zone_is_what_it_says(form: str, date: str) -> None:
    assert published(form, date, "Europe/Oslo") == TEN


@pytest.mark.parametrize(
    ("date", "named"),
    [
        ("Fri Jul  4 10:00:00 2025", False),
        ("2025/07/04 10:00:00", False),
        ("2025-07-04 10:00:00 PST", True),
        ("Fri Jul  4 10:00:00 GMT 2025", True),
    ],
)
def test_dates_in_odd_forms_name_a_zone_or_do_not(date: str, *, named: bool) -> None:
    said, meant = (published(RSS, date, zone) for zone in (None, "Asia/Tokyo"))
    assert said is not None
    assert meant is not None
    assert (said - meant) == timedelta(hours=0 if named else 9)


def test_winter_and_summer_differ() -> None:
    assert published(ATOM, "2025-01-04T10:00:00", "Europe/Oslo") == datetime(
        2025, 1, 4, 9, tzinfo=UTC
    )


def test_every_moment_of_a_feed_is_settled_and_nothing_else_is_touched() -> None:
    bare, said = TEN.replace(tzinfo=UNSAID), TEN
    feed = Feed(
        format="x", origin=Origin(updated=bare),
        entries=(Entry(published=bare, updated=said, embargoed=bare), Entry(published=said)),
    )  # fmt: skip
    found = settled(feed, timezone(timedelta(hours=1)))
    nine = TEN - timedelta(hours=1)
    first, second = found.entries
    assert (first.published, first.updated, first.embargoed) == (nine, TEN, nine)
    assert found.origin.updated == nine
    assert second is feed.entries[1]
    assert not is_unsaid(first.published)


def test_the_ends_of_time_are_no_error() -> None:
    feed = Feed(format="x", entries=(Entry(published=datetime(1, 1, 1, tzinfo=UNSAID)),))
    (entry,) = settled(feed, zone_named("Asia/Tokyo")).entries
    assert entry.published == datetime(1, 1, 1, tzinfo=UTC)


def test_reading_takes_the_zone_of_the_source() -> None:
    source = Source(url="https://h.example/d", timezone="Europe/Oslo")
    profile = profile_of(SourceId("h"), source)
    document = Document(url="https://h.example/d", body=RSS.format(BARE[RSS]).encode())
    (one,) = read(document, profile, NOW, HOUSES).candidates
    assert one.article.published == TEN - timedelta(hours=2)
