"""Atom 1.0 (RFC 4287), and the defects of the feed builder that would spoil it."""

import pytest

from syndicator.model.entry import Category, Origin
from tests.unit.render.editions import (
    BY,
    CREDIT,
    HTML,
    RICH,
    a_piece,
    an_edition,
    parsed,
    texts,
    tree,
)

RICHEST = an_edition(a_piece(**RICH))


def test_feed_level() -> None:
    feed = tree(RICHEST, "atom")
    assert texts(feed, "a:id") == ["https://desk.example/feeds/world.atom"]
    assert texts(feed, "a:updated") == ["2026-11-24T12:00:00+00:00"]
    assert texts(feed, "a:link[@rel='self']/@href") == ["https://desk.example/feeds/world.atom"]
    assert texts(feed, "a:link[@rel='alternate']/@href") == ["https://desk.example/feeds/world/"]
    assert texts(feed, "a:subtitle") == ["News of the world"]


def test_links_keep_their_relation_type_and_length() -> None:
    entry = tree(RICHEST, "atom").find("{*}entry")
    links = [dict(one.attrib) for one in entry.findall("{*}link")]
    assert links == [
        {"rel": "alternate", "href": "https://harbour.example/one"},
        {"rel": "license", "href": BY},
        {
            "rel": "enclosure",
            "href": "https://harbour.example/a.mp3",
            "type": "audio/mpeg",
            "length": "1234",
        },
        {"rel": "enclosure", "href": "https://harbour.example/b.bin"},
    ]


def test_content_is_html_and_summary_is_text() -> None:
    entry = tree(RICHEST, "atom").find("{*}entry")
    assert texts(entry, "a:content[@type='html']") == [HTML]
    assert texts(entry, "a:summary[@type='text']") == ["The ferry sails."]


def test_the_source_is_whole() -> None:
    source = tree(RICHEST, "atom").find("{*}entry/{*}source")
    assert texts(source, "a:id") == ["tag:harbour.example,2020:feed"]
    assert texts(source, "a:title") == ["Harbour News"]
    assert texts(source, "a:updated") == ["2026-11-24T11:00:00Z"]
    assert texts(source, "a:rights") == ["©2026 Harbour News Co."]
    assert texts(source, "a:link[@rel='self']/@href") == ["https://harbour.example/feed.xml"]


def test_a_source_that_said_nothing_still_has_what_the_format_wants() -> None:
    source = tree(an_edition(a_piece(origin=Origin())), "atom").find("{*}entry/{*}source")
    assert texts(source, "a:id") == ["urn:x-syndicator:harbour"]
    assert texts(source, "a:title") == ["Harbour News"]
    assert texts(source, "a:updated") == ["2026-11-24T12:00:00Z"]


def test_people_rights_dates_and_subjects() -> None:
    entry = tree(RICHEST, "atom").find("{*}entry")
    assert texts(entry, "a:author/a:name") == ["Ines Calloway", "Bo"]
    assert texts(entry, "a:author/a:uri") == ["https://harbour.example/ines"]
    assert texts(entry, "a:contributor/a:name") == ["Ada Venn"]
    assert texts(entry, "a:rights") == [CREDIT]
    assert texts(entry, "a:published") == ["2026-11-24T09:00:00+00:00"]
    assert texts(entry, "a:updated") == ["2026-11-24T10:00:00+00:00"]
    assert texts(entry, "a:category/@term") == ["sea", "ferries"]
    assert texts(entry, "a:category/@label") == ["The sea"]
    assert texts(entry, "@xml:lang") == ["en-GB"]
    assert texts(entry, "m:content/m:credit") == ["Jo Marsh", "Lee Dunn"]


@pytest.mark.parametrize("scheme", ["local subjects", "urn:x:short", "http://x.example/a b"])
def test_a_scheme_that_is_no_uri_is_dropped(scheme: str) -> None:
    item = a_piece(categories=(Category(term="sea", scheme=scheme),))
    (category,) = tree(an_edition(item), "atom").findall("{*}entry/{*}category")
    assert dict(category.attrib) == {"term": "sea"}


def test_without_an_author_the_source_is_named() -> None:
    feed = tree(an_edition(a_piece(authors=())), "atom")
    assert texts(feed, "a:entry/a:author/a:name") == ["Harbour News"]


def test_without_a_link_there_is_content() -> None:
    entry = tree(an_edition(a_piece(link=None, html="", summary="")), "atom").find("{*}entry")
    assert texts(entry, "a:content") == ["Night ferry sails again"]
    assert not texts(entry, "a:link[@rel='alternate']")


def test_where_no_licence_is_known_the_entry_says_so() -> None:
    item = a_piece()
    bare = type(item)(
        article=item.article,
        cleared=item.cleared,
        license=item.license.model_copy(update={"url": None}),
        source_title=item.source_title,
        html=item.html,
        summary=item.summary,
    )
    links = texts(tree(an_edition(bare), "atom"), "a:entry/a:link[@rel='license']/@href")
    assert links == ["http://purl.org/atompub/license#unspecified"]


@pytest.mark.parametrize(
    "guid",
    [
        "https://harbour.example/one?id=1&x=2#top",
        "tag:harbour.example,2026-11:one",
        "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e",
        "urn:isbn:0451450523",
        "info:ddc/22/eng//004.678",
    ],
)
def test_an_id_that_is_a_uri_stays(guid: str) -> None:
    assert texts(tree(an_edition(a_piece(guid=guid)), "atom"), "a:entry/a:id") == [guid]


@pytest.mark.parametrize(
    "guid",
    [
        "g1",
        "4711",
        "/relative",
        "https://",
        "https://harbour.example/a b",
        "https://harbour.example/é",
        "https://harbour.example/100%",
        "urn:uuid:nonsense",
        "tag:harbour.example:one",
    ],
)
def test_any_other_id_becomes_one_urn_for_good(guid: str) -> None:
    first, again = (
        texts(tree(an_edition(a_piece(guid=guid)), "atom"), "a:entry/a:id") for _ in range(2)
    )
    assert first == again
    assert first[0].startswith("urn:uuid:")


def test_a_reader_sees_it_all() -> None:
    (entry,) = parsed(RICHEST, "atom").entries
    assert [one.name for one in entry.authors] == ["Ines Calloway", "Bo"]
    assert entry.link == "https://harbour.example/one"
    assert entry.content[0].value == HTML
    assert entry.enclosures[0].href == "https://harbour.example/a.mp3"
    assert entry.source.title == "Harbour News"
    assert entry.source.id == "tag:harbour.example,2020:feed"
    assert entry.rights == CREDIT
