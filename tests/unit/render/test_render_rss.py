"""RSS 2.0, and the defects of the feed builder that would spoil it."""

from tests.unit.render.editions import (
    BY,
    CREDIT,
    HTML,
    RICH,
    a_piece,
    an_edition,
    many,
    parsed,
    texts,
    tree,
)

RICHEST = an_edition(a_piece(**RICH))


def test_the_channel_names_its_page_and_itself() -> None:
    channel = tree(RICHEST, "rss").find("channel")
    assert texts(channel, "link") == ["https://desk.example/feeds/world/"]
    assert texts(channel, "a:link[@rel='self']/@href") == ["https://desk.example/feeds/world.rss"]
    assert texts(channel, "title") == ["World · The Desk"]
    assert texts(channel, "description") == ["News of the world"]
    assert texts(channel, "language") == ["en"]
    assert texts(channel, "ttl") == ["15"]
    assert texts(channel, "generator") == ["syndicator 0.1"]


def test_build_date_is_that_of_the_edition() -> None:
    assert texts(tree(RICHEST, "rss"), "channel/lastBuildDate") == [
        "Tue, 24 Nov 2026 12:00:00 +0000"
    ]


def test_authors_without_an_address_stay() -> None:
    item = tree(RICHEST, "rss").find("channel/item")
    assert texts(item, "dc:creator") == ["Ines Calloway", "Bo"]
    assert texts(item, "dc:contributor") == ["Ada Venn"]
    assert not texts(item, "author")


def test_rights_source_and_licence_leave_with_the_item() -> None:
    item = tree(RICHEST, "rss").find("channel/item")
    assert texts(item, "dc:rights") == [CREDIT]
    assert texts(item, "source") == ["Harbour News"]
    assert texts(item, "source/@url") == ["https://harbour.example/feed.xml"]
    assert texts(item, "cc:license") == [BY]
    assert texts(item, "a:link[@rel='license']/@href") == [BY]
    assert texts(item, "dc:language") == ["en-GB"]


def test_dates_of_first_publication_and_of_the_last_revision() -> None:
    item = tree(RICHEST, "rss").find("channel/item")
    assert texts(item, "pubDate") == ["Tue, 24 Nov 2026 09:00:00 +0000"]
    assert texts(item, "a:updated") == ["2026-11-24T10:00:00Z"]
    assert texts(item, "dcterms:modified") == ["2026-11-24T10:00:00Z"]


def test_full_text_and_plain_summary() -> None:
    item = tree(RICHEST, "rss").find("channel/item")
    assert texts(item, "description") == ["The ferry sails."]
    assert texts(item, "c:encoded") == [HTML]


def test_a_section_end_inside_the_text_stays_the_same_html() -> None:
    item = a_piece(html="<p>a ]]> b</p>")
    assert texts(tree(an_edition(item), "rss"), "channel/item/c:encoded") == ["<p>a ]]&gt; b</p>"]


def test_a_headline_alone_has_a_description_and_no_empty_text() -> None:
    item = tree(an_edition(a_piece(html="", summary="")), "rss").find("channel/item")
    assert texts(item, "description") == [CREDIT]
    assert not texts(item, "c:encoded")


def test_guid_is_a_permalink_only_where_it_is_the_link() -> None:
    link = "https://harbour.example/one"
    items = an_edition(
        a_piece(guid="g1", link=link), a_piece(guid=link, link=link), a_piece(guid="g2", link=None)
    )
    root = tree(items, "rss")
    assert texts(root, "channel/item/guid") == ["g1", link, "g2"]
    assert texts(root, "channel/item/guid/@isPermaLink") == ["false", "true", "false"]


def test_one_whole_enclosure() -> None:
    root = tree(RICHEST, "rss")
    (enclosure,) = root.findall("channel/item/enclosure")
    assert dict(enclosure.attrib) == {
        "url": "https://harbour.example/a.mp3",
        "type": "audio/mpeg",
        "length": "1234",
    }
    second = a_piece(enclosures=RICH["enclosures"][1:])
    (enclosure,) = tree(an_edition(second), "rss").findall("channel/item/enclosure")
    assert (enclosure.get("length"), enclosure.get("type")) == ("0", "application/octet-stream")


def test_each_picture_keeps_its_own_credit() -> None:
    item = tree(RICHEST, "rss").find("channel/item")
    assert texts(item, "m:content[@url='https://harbour.example/1.jpg']/m:credit") == ["Jo Marsh"]
    assert texts(item, "m:content[@url='https://harbour.example/2.jpg']/m:credit") == ["Lee Dunn"]
    assert texts(item, "m:content[1]/m:description") == ["A"]
    assert texts(item, "m:content[2]/m:copyright") == ["©2026 Lee Dunn"]


def test_categories_keep_their_domain() -> None:
    item = tree(RICHEST, "rss").find("channel/item")
    assert texts(item, "category") == ["The sea", "ferries"]
    assert texts(item, "category/@domain") == ["https://harbour.example/subjects"]


def test_order_is_that_of_the_edition() -> None:
    titles = texts(tree(an_edition(*many(3)), "rss"), "channel/item/title")
    assert titles == ["Ferry 0", "Ferry 1", "Ferry 2"]


def test_markup_in_a_headline_is_text() -> None:
    headline = "Ferry <b>& crew</b>"
    assert texts(tree(an_edition(a_piece(headline=headline)), "rss"), "channel/item/title") == [
        headline
    ]


def test_a_reader_sees_it_all() -> None:
    (entry,) = parsed(RICHEST, "rss").entries
    assert [one.name for one in entry.authors] == ["Ines Calloway", "Bo"]
    assert entry.id == "g1"
    assert entry.link == "https://harbour.example/one"
    assert entry.source.title == "Harbour News"
    assert entry.content[0].value == HTML
    assert [one.href for one in entry.links if one.rel == "license"][0] == BY
    assert entry.rights == CREDIT
