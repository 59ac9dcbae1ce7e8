"""What all formats promise together: same bytes, own ids, and no feed lost over one item."""

import json
from datetime import timedelta

import msgspec

from syndicator.model.entry import Category, Enclosure, Image, Person
from syndicator.model.ids import ArticleId
from syndicator.render import render_topic
from tests.builders import NOW
from tests.unit.render.editions import (
    RICH,
    SITE,
    a_piece,
    an_edition,
    document,
    many,
    texts,
    tree,
)

NASTY = "a\x00b\x08c\x0b\x1fd\ud800e\ufffef"


def test_the_same_edition_gives_the_same_bytes() -> None:
    edition = an_edition(a_piece(**RICH), *many(3))
    assert render_topic(edition, SITE) == render_topic(edition, SITE)


def test_every_format_has_its_path_and_type() -> None:
    outputs = render_topic(an_edition(a_piece()), SITE).outputs
    assert [(one.path, one.media_type) for one in outputs] == [
        ("world.rss", "application/rss+xml; charset=utf-8"),
        ("world.atom", "application/atom+xml; charset=utf-8"),
        ("world.json", "application/feed+json"),
        ("world/index.html", "text/html; charset=utf-8"),
    ]


def test_bytes_are_utf8_with_a_declaration_and_no_mark() -> None:
    for kind in ("rss", "atom"):
        assert document(an_edition(a_piece()), kind).startswith(
            b"<?xml version='1.0' encoding='UTF-8'?>"
        )


def test_an_empty_edition_is_a_sound_feed() -> None:
    edition = an_edition()
    assert tree(edition, "rss").find("channel/item") is None
    assert tree(edition, "atom").find("{*}entry") is None
    assert json.loads(document(edition, "json"))["items"] == []
    assert b"Nothing has been published" in document(edition, "html")


def test_characters_xml_forbids_are_dropped_and_nothing_else() -> None:
    item = a_piece(
        headline=NASTY,
        guid=NASTY,
        html=f"<p>{NASTY}</p>",
        summary=NASTY,
        authors=(Person(name=NASTY, url=f"https://harbour.example/{NASTY}"),),
        categories=(Category(term=NASTY, scheme=f"https://harbour.example/{NASTY}"),),
        enclosures=(Enclosure(url=f"https://harbour.example/{NASTY}", type=f"a/{NASTY}"),),
        images=(Image(url=f"https://harbour.example/{NASTY}", credit=NASTY),),
        language=NASTY,
    )
    edition = an_edition(item, *many(1))
    rendered = render_topic(edition, SITE)
    assert rendered.problems == ()
    assert texts(tree(edition, "rss"), "channel/item/title") == ["abcdef", "Ferry 0"]
    assert texts(tree(edition, "rss"), "channel/item/c:encoded")[0] == "<p>abcdef</p>"
    assert texts(tree(edition, "atom"), "a:entry/a:content")[0] == "<p>abcdef</p>"
    first = json.loads(document(edition, "json"))["items"][0]
    assert (first["id"], first["content_html"]) == ("abcdef", "<p>abcdef</p>")
    assert "abcdef" in document(edition, "html").decode()


def test_one_item_that_cannot_be_written_is_named_and_left_out() -> None:
    # A moment without a zone is what a broken store record would give.
    broken = a_piece(id=ArticleId("b" * 20), published=NOW.replace(tzinfo=None))
    rendered = render_topic(an_edition(broken, *many(2)), SITE)
    assert len(rendered.problems) == 1
    assert rendered.problems[0].startswith("b" * 20)
    edition = an_edition(broken, *many(2))
    assert texts(tree(edition, "rss"), "channel/item/title") == ["Ferry 0", "Ferry 1"]
    assert texts(tree(edition, "atom"), "a:entry/a:title") == ["Ferry 0", "Ferry 1"]


def test_of_two_articles_with_one_guid_the_first_seen_keeps_it() -> None:
    late = a_piece(id=ArticleId("b" * 20), guid="g1", headline="Late")
    early = a_piece(
        id=ArticleId("c" * 20), guid="g1", headline="Early", first_seen=NOW - timedelta(days=1)
    )
    for edition in (an_edition(late, early), an_edition(early, late)):
        root = tree(edition, "rss")
        assert texts(root, "channel/item[title='Early']/guid") == ["g1"]
        (minted,) = texts(root, "channel/item[title='Late']/guid")
        assert minted.startswith("urn:uuid:")
        assert len(set(texts(tree(edition, "atom"), "a:entry/a:id"))) == 2
        assert len({one["id"] for one in json.loads(document(edition, "json"))["items"]}) == 2


def test_an_empty_guid_is_minted() -> None:
    (guid,) = texts(tree(an_edition(a_piece(guid=" \x00")), "rss"), "channel/item/guid")
    assert guid.startswith("urn:uuid:")


def test_an_ancient_date_keeps_four_digits() -> None:
    item = a_piece(updated=NOW.replace(year=988))
    assert texts(tree(an_edition(item), "rss"), "channel/item/a:updated") == [
        "0988-11-24T12:00:00Z"
    ]


def test_the_item_itself_is_never_changed() -> None:
    item = a_piece(**RICH)
    before = msgspec.json.encode(item.article)
    render_topic(an_edition(item, item), SITE)
    assert msgspec.json.encode(item.article) == before
