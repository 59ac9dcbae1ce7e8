import json

import pytest

from syndicator.errors import ReadError
from syndicator.ingest import Profile, Reading, parse, read
from syndicator.ingest.markup import Markup
from syndicator.model.address import canonical, untracked
from syndicator.model.entry import Companion, Document, Episode
from syndicator.model.ids import SourceId
from tests.builders import HOUSES, NOW, a_document, an_item

PROFILE = Profile(source=SourceId("harbour"), publisher="harbour")


def understand(document: Document) -> Reading:
    return read(document, PROFILE, NOW, HOUSES)


def test_links_become_absolute_and_lose_their_tracking() -> None:
    body = '<p><a href="/two?utm_source=x&amp;id=3">two</a> <script>bad()</script></p>'
    (one,) = understand(a_document(an_item("T", "g", body=body))).candidates
    assert one.article.body.html == '<p><a href="https://harbour.example/two?id=3">two</a> </p>'


def test_a_guid_that_is_no_address_is_no_link() -> None:
    (one,) = understand(a_document("<item><title>T</title><guid>g1</guid></item>")).candidates
    assert one.article.link is None
    assert one.article.guid == "g1"


def test_a_caption_is_never_a_body() -> None:
    item = (
        '<item xmlns:media="http://search.yahoo.com/mrss/"><title>T</title><guid>g</guid>'
        "<description>The story.</description>"
        '<media:content url="https://x.example/i.jpg" medium="image">'
        "<media:description>The caption.</media:description></media:content></item>"
    )
    (one,) = understand(a_document(item)).candidates
    assert one.article.body.text == "The story."
    assert one.article.images[0].caption == "The caption."


def test_an_entry_without_anything_is_counted_and_named() -> None:
    reading = understand(a_document("<item></item>", an_item("T", "g")))
    assert len(reading.candidates) == 1
    assert reading.dropped == ("entry 1 has no id, link, title or text",)


def test_a_future_date_counts_as_none() -> None:
    item = "<item><title>T</title><guid>g</guid><pubDate>Fri, 01 Jan 2099 00:00:00 GMT</pubDate></item>"
    (one,) = understand(a_document(item)).candidates
    assert one.article.published == NOW


def test_control_characters_go() -> None:
    (one,) = understand(a_document(an_item("Bad\x0btitle", "g", body="<p>a\x00b</p>"))).candidates
    assert "\x0b" not in one.article.headline
    assert "\x00" not in one.article.body.html


def test_several_names_in_one_creator_are_several_authors() -> None:
    item = (
        '<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>T</title><guid>g</guid>'
        "<dc:creator>Ines Calloway, Tomas Reyes-Lund and Adaeze Okonjo</dc:creator></item>"
    )
    (one,) = understand(a_document(item)).candidates
    assert [person.name for person in one.article.authors] == [
        "Ines Calloway",
        "Tomas Reyes-Lund",
        "Adaeze Okonjo",
    ]


def test_who_is_named_by_address_and_without_it_is_not_credited_twice() -> None:
    item = (
        '<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>T</title><guid>g</guid>'
        "<author>desk@harbour.example (Ines Calloway)</author>"
        "<dc:creator>Ines Calloway</dc:creator></item>"
    )
    (one,) = understand(a_document(item)).candidates
    (person,) = one.article.authors
    assert (person.name, person.email) == ("Ines Calloway", "desk@harbour.example")


def test_two_of_one_name_and_different_addresses_are_two_people() -> None:
    item = (
        "<item><title>T</title><guid>g</guid><author>a@harbour.example (Bo Lind)</author>"
        "<author>b@harbour.example (Bo Lind)</author></item>"
    )
    (one,) = understand(a_document(item)).candidates
    assert [person.email for person in one.article.authors] == [
        "a@harbour.example",
        "b@harbour.example",
    ]


def test_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "H",
        "items": [
            {
                "id": 7,
                "content_text": "One.\n\nTwo.",
                "authors": [{"name": "Ines Calloway"}],
                "date_published": "2026-11-20T10:00:00+01:00",
            }
        ],
    }
    (one,) = understand(
        Document(url="https://h.example/f.json", body=json.dumps(feed).encode())
    ).candidates
    assert one.article.guid == "7"
    assert one.article.body.html == "<p>One.</p><p>Two.</p>"
    assert one.article.published.hour == 9


@pytest.mark.parametrize(
    ("said", "lasts"), [(75, 75), (75.6, 76), (0, None), (-1, None), (True, None), ("75", None)]
)
def test_an_attachment_of_a_json_feed_says_how_long_it_is(said: object, lasts: int | None) -> None:
    sound = {"url": "1.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": said}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "H",
        "items": [{"id": "1", "content_text": "One.", "attachments": [sound]}],
    }
    document = Document(url="https://h.example/f.json", body=json.dumps(feed).encode())
    (one,) = understand(document).candidates
    assert [file.duration for file in one.article.enclosures] == [lasts]


def test_what_is_said_of_a_recording_goes_with_it_alone() -> None:
    episode = (
        "<itunes:season xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>2</itunes:season>"
        "<p:transcript xmlns:p='https://podcastindex.org/namespace/1.0' url='javascript:x'/>"
        "<p:transcript xmlns:p='https://podcastindex.org/namespace/1.0' url='/t 1.vtt'/>"
    )
    sound = "<enclosure url='/1.mp3' type='audio/mpeg' length='9'/>"
    bare = an_item("Bare", "1").replace("</item>", f"{episode}</item>")
    heard = an_item("Heard", "2").replace("</item>", f"{sound}{episode}</item>")
    one, two = (each.article.episode for each in understand(a_document(bare, heard)).candidates)
    assert one is None
    assert two == Episode(season=2, transcripts=(Companion(url="https://harbour.example/t1.vtt"),))


def test_signs_that_xml_forbids_stay_out_of_what_goes_with_a_recording() -> None:
    item = {
        "id": "1",
        "content_text": "One.",
        "attachments": [{"url": "1.mp3", "mime_type": "audio/\x01mpeg", "title": "A \ud800"}],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "H", "items": [item]}
    document = Document(url="https://h.example/f.json", body=json.dumps(feed).encode())
    (one,) = understand(document).candidates
    (file,) = one.article.enclosures
    assert (file.type, file.title) == ("audio/mpeg", "A")
    loose = (
        "<podcast:transcript xmlns:podcast='https://podcastindex.org/namespace/1.0' "
        "url='/t' type='a/\x01b'/>"
        "<enclosure url='/1.mp3' type='audio/mpeg'/></item>"
    )
    (two,) = understand(a_document(an_item("T & T", "1").replace("</item>", loose))).candidates
    assert two.article.episode is not None
    assert two.article.episode.transcripts[0].type == "a/b"


def test_hubs_are_read_in_their_order() -> None:
    links = (
        '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="hub" href="https://two.example/"/>'
        '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="https://h.example/rss"/>'
        '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="hub" href="https://one.example/hub"/>'
    )
    rss = understand(a_document(links, an_item("T", "g"))).feed
    assert rss.hubs == ("https://two.example/", "https://one.example/hub")
    assert rss.origin.self_link == "https://h.example/rss"
    atom = understand(
        Document(
            url="https://h.example/atom",
            body=b"""<feed xmlns="http://www.w3.org/2005/Atom"><id>i</id><title>H</title>
            <link rel="hub" href="https://one.example/"/><link rel="self" href="https://h.example/a"/>
            <entry><id>e</id><title>T</title></entry></feed>""",
        )
    ).feed
    assert (atom.hubs, atom.origin.self_link) == (
        ("https://one.example/",),
        "https://h.example/a",
    )


def test_of_json_feeds_hubs_those_that_speak_websub_are_read() -> None:
    hubs = [
        {"type": "rssCloud", "url": "https://cloud.example/"},
        {"type": "websub", "url": " https://one.example/ "},
        {"type": "WebSub"},
        {"url": "https://untyped.example/"},
        "https://bare.example/",
        7,
    ]
    for value, found in ((hubs, ("https://one.example/",)), ("x", ()), (None, ())):
        body = json.dumps({"version": "1.1", "items": [], "hubs": value}).encode()
        assert understand(Document(url="https://h.example/", body=body)).feed.hubs == found


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>Not found</body></html>", b"{}", b"[1", b"plain words"]
)
def test_what_is_no_feed_says_so(body: bytes) -> None:
    with pytest.raises(ReadError):
        understand(Document(url="https://h.example/x", body=body))


def test_half_a_feed_gives_the_whole_entries() -> None:
    body = a_document(an_item("One", "1"), an_item("Two", "2")).body[:-60]
    reading = understand(Document(url="https://h.example/x", body=body))
    assert reading.candidates[0].article.headline == "One"
    assert reading.feed.warnings


def test_cutting_takes_only_the_span() -> None:
    markup = Markup("<p>One <b>two</b> three.<br>© Four</p><p>Five</p>", is_html=True, base=None)
    assert markup.text == "One two three.\n© Four\n\nFive"
    start = markup.text.index("©")
    markup.cut([(start, start + 6)])
    assert markup.html() == "<p>One <b>two</b> three.</p><p>Five</p>"
    assert markup.text == "One two three.\n\nFive"


def test_deep_nesting_is_flattened_not_fatal() -> None:
    markup = Markup("<div>" * 5000 + "deep" + "</div>" * 5000, is_html=True, base=None)
    assert markup.text == "deep"


def test_addresses_compare_equal_across_accidents() -> None:
    assert canonical("http://www.x.example:80/a/?utm_medium=rss&b=1#top") == canonical(
        "https://x.example/a?b=1"
    )
    assert canonical("https://x.example/") is None
    assert untracked("https://x.example/?a=1&utm_source=b") == "https://x.example/?a=1"


def test_the_authors_of_a_json_feed_wrote_what_names_nobody() -> None:
    items = [{"id": "1", "authors": [{"name": "Ada Quill"}]}, {"id": "2"}]
    feed = {"version": "1.1", "authors": [{"name": "The Harbour"}], "items": items}
    found = parse(Document(url="https://h.example/f.json", body=json.dumps(feed).encode()))
    assert [[one.name for one in entry.authors] for entry in found.entries] == [
        ["Ada Quill"],
        ["The Harbour"],
    ]


def test_the_next_page_of_a_json_feed_is_known() -> None:
    feed = {"version": "1.1", "items": [], "next_url": "https://h.example/2.json"}
    found = parse(Document(url="https://h.example/f.json", body=json.dumps(feed).encode()))
    assert found.paging.next_page == "https://h.example/2.json"


def test_an_ill_formed_podcast_without_episodes_is_a_feed_without_entries() -> None:
    """Its own mark of what is explicit has no entry to stand before."""
    head = "<rss version='2.0'><channel><title>A & B</title><itunes:explicit>no</itunes:explicit>"
    document = Document(url="https://harbour.example/f", body=f"{head}</channel></rss>".encode())
    assert understand(document).candidates == ()


def test_of_more_entries_than_any_honest_document_has_the_first_are_read_and_it_is_said() -> None:
    item = {"uri": "g", "type": "text", "headline": "Ferry"}
    feed = parse(Document(url="https://harbour.example/i", body=json.dumps([item] * 2001).encode()))
    assert len(feed.entries) == 2000
    assert feed.warnings == ("only the first 2000 of 2001 entries were read",)


def test_addresses_of_a_json_feed_may_be_relative() -> None:
    item = {"id": "g", "url": "/a/b.html", "content_html": '<p><img src="c.png"> A ferry.</p>'}
    data = {"version": "https://jsonfeed.org/version/1.1", "title": "H", "items": [item]}
    (one,) = understand(
        Document(url="https://harbour.example/feed.json", body=json.dumps(data).encode())
    ).candidates
    assert one.article.link == "https://harbour.example/a/b.html"
    assert one.article.body is not None
    assert 'src="https://harbour.example/a/c.png"' in one.article.body.html


def test_a_list_of_feeds_is_told_where_it_belongs() -> None:
    document = Document(url="https://harbour.example/f", body=b"<opml version='2.0'><body/></opml>")
    with pytest.raises(ReadError, match="sources import"):
        understand(document)
