import pytest

from syndicator.model.entry import Enclosure
from tests.unit.ingest.feeds import atom, entry, item, native, rss


@pytest.mark.parametrize(
    ("inside", "link"),
    [
        ("<link>https://h.example/1</link>", "https://h.example/1"),
        ("<link>/1</link>", "https://harbour.example/1"),
        ("<link>?p=1</link>", "https://harbour.example/news/feed.xml?p=1"),
        ("<link></link><guid>https://h.example/2</guid>", "https://h.example/2"),
        ("<atom:link href='https://h.example/a'/><link>https://h.example/1</link>", "https://h.example/1"),
        ("<atom:link rel='self' href='https://h.example/a'/>", None),
        ("<guid>g1</guid>", None),
        ("<guid isPermaLink='false'>https://h.example/2</guid>", None),
        ("<guid ispermalink='FALSE'>https://h.example/2</guid>", None),
    ],
)  # fmt: skip
def test_links_of_an_item(inside: str, link: str | None) -> None:
    assert item(inside).link == link


def test_a_guid_is_kept_as_written_and_permanent_only_if_it_is_the_link() -> None:
    one = item("<guid>https://h.example/1</guid><link>https://h.example/1</link>")
    assert one.guid_is_permalink
    other = item("<guid>https://h.example/?p=1</guid><link>https://h.example/1</link>")
    assert (other.guid, other.guid_is_permalink) == ("https://h.example/?p=1", False)


def test_the_alternate_page_of_an_entry_is_its_link() -> None:
    one = entry(
        "<link rel='edit' href='/edit'/><link rel='alternate' type='application/pdf' href='/1.pdf'/>"
        "<link type='text/html' href='/1.html'/><link href='/2.html'/>"
    )
    assert one.link == "https://harbour.example/1.html"
    assert entry("<link type='application/pdf' href='/1.pdf'/>").link.endswith(".pdf")  # type: ignore[union-attr]


def test_relations_may_be_registered_addresses_and_several() -> None:
    feed = atom(
        "<link rel='http://www.iana.org/assignments/relation/self' href='s'/>"
        "<link rel='HUB alternate' href='https://hub.example/'/>"
    )
    assert feed.origin.self_link == "https://harbour.example/news/s"
    assert feed.hubs == ("https://hub.example/",)


def test_an_empty_self_is_the_document() -> None:
    assert (
        atom("<link rel='self' href=''/>").origin.self_link
        == "https://harbour.example/news/feed.xml"
    )


def test_bases_nest() -> None:
    feed = native(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/one/"><link href="home"/>'
        '<entry xml:base="two/"><id>1</id><link href="three" xml:base="deep/"/>'
        '<content type="html">&lt;a href="x">x&lt;/a></content></entry></feed>'
    )
    (one,) = feed.entries
    assert feed.origin.link == "https://harbour.example/one/home"
    assert one.link == "https://harbour.example/one/two/deep/three"
    assert one.base == "https://harbour.example/one/two/"


@pytest.mark.parametrize("base", ["javascript:alert(1)", "http:///x/", "data:text/html,x"])
def test_a_base_that_is_no_web_address_does_not_count(base: str) -> None:
    one = entry("<link href='1'/><title>T</title>", f'xml:base="{base}"')
    assert one.link == "https://harbour.example/news/1"
    assert not one.base_stated


def test_enclosures_all_of_them() -> None:
    one = item(
        "<enclosure url='/1.mp3' type='audio/mpeg' length='12'/><enclosure url='2.ogg' length='x'/>"
        "<enclosure/><atom:link rel='enclosure' href='/3.pdf' title='Notes' length=' 7 '/>"
    )
    assert one.enclosures == (
        Enclosure(url="https://harbour.example/1.mp3", type="audio/mpeg", length=12),
        Enclosure(url="https://harbour.example/news/2.ogg"),
        Enclosure(url="https://harbour.example/3.pdf", length=7, title="Notes"),
    )


def test_content_that_stands_elsewhere_is_an_enclosure() -> None:
    one = entry("<content type='video/mp4' src='/f.mp4'/>")
    assert one.enclosures == (Enclosure(url="https://harbour.example/f.mp4", type="video/mp4"),)
    assert one.content is None


def test_the_source_of_an_item() -> None:
    one = item("<source url='https://o.example/f.xml'>The Other</source>")
    assert one.origin is not None
    assert (one.origin.title, one.origin.self_link) == ("The Other", "https://o.example/f.xml")


def test_the_source_of_an_entry_with_its_rights_and_authors() -> None:
    one = entry(
        "<title>T</title><source><id>tag:o,2020:f</id><title>The Other</title><link href='/o'/>"
        "<rights>© Other</rights><updated>2026-01-01T00:00:00Z</updated>"
        "<author><name>Ada Berg</name></author></source>"
    )
    assert one.origin is not None
    assert one.origin.id == "tag:o,2020:f"
    assert one.origin.link == "https://harbour.example/o"
    assert one.origin.rights.notice == "© Other"
    assert one.origin.updated is not None
    assert [person.name for person in one.authors] == ["Ada Berg"]


def test_the_facts_of_a_channel() -> None:
    feed = rss(
        "<title>H</title><link>/</link><language>en-gb</language><copyright>© H</copyright>"
        "<lastBuildDate>Tue, 24 Nov 2026 10:00:00 GMT</lastBuildDate><ttl> 15 </ttl>"
        "<image><title>Not this</title><link>https://not.example/</link></image>"
    )
    assert (feed.origin.title, feed.origin.link) == ("H", "https://harbour.example/")
    assert (feed.origin.language, feed.origin.rights.notice, feed.ttl) == ("en-gb", "© H", 900)
    assert feed.origin.updated is not None


@pytest.mark.parametrize("base", ["http://[", "//[", "http://[::1", "http://a b/", ":"])
def test_a_base_that_is_none_costs_nothing(base: str) -> None:
    inside = (
        f"<entry xml:base='{base}'><id>1</id><link href='x'/><author><name>A</name><uri>y</uri>"
        f"</author><content type='xhtml' xml:base='{base}'>"
        "<div xmlns='http://www.w3.org/1999/xhtml'><a href='z'>z</a></div></content></entry>"
    )
    (one,) = atom(inside).entries
    assert one.guid == "1"
    assert "z" in (one.content or "")
