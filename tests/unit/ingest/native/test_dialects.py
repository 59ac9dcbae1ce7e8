import pytest

from tests.unit.ingest.feeds import native, rss

RSS10 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://h.example/"><title>H</title><link>https://h.example/</link></channel>
<item rdf:about="https://h.example/1"><title>One</title><link>https://h.example/1</link></item>
<item rdf:about="https://h.example/2"><title>Two</title></item></rdf:RDF>"""
RSS090 = RSS10.replace("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/")
ATOM03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>H</title>
<entry><id>tag:h,2004:1</id><title mode="escaped" type="text/html">One &lt;b>bold&lt;/b></title>
<issued>2004-01-01T10:00:00Z</issued><modified>2004-01-02T10:00:00Z</modified>
<content type="application/xhtml+xml" mode="xml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Words</p></div></content>
</entry></feed>"""
CDF = """<CHANNEL HREF="https://h.example/" BASE="https://h.example/base/" LASTMOD="2004-01-03"><TITLE>H</TITLE>
<ITEM HREF="1.html" LASTMOD="2004-01-02T10:00:00Z"><TITLE>One</TITLE><ABSTRACT>Short</ABSTRACT></ITEM></CHANNEL>"""


@pytest.mark.parametrize(
    ("version", "dialect"),
    [("0.91", "rss091u"), ("0.92", "rss092"), ("0.93", "rss093"), ("0.94", "rss094"),
     ("2.0", "rss20"), ("2.0.1", "rss20"), ("", "rss")],
)  # fmt: skip
def test_rss_versions(version: str, dialect: str) -> None:
    body = f"<rss version='{version}'><channel><title>H</title><item><title>One</title></item></channel></rss>"
    assert native(body).format == dialect


def test_netscapes_rss_is_told_by_its_document_type() -> None:
    feed = native(
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss.dtd">'
        "<rss version='0.91'><channel><item><title>One</title></item></channel></rss>"
    )
    assert feed.format == "rss091n"
    assert feed.entries[0].title == "One"


@pytest.mark.parametrize(("body", "dialect"), [(RSS10, "rss10"), (RSS090, "rss090")])
def test_rdf_items_stand_beside_the_channel(body: str, dialect: str) -> None:
    feed = native(body)
    assert feed.format == dialect
    assert [one.title for one in feed.entries] == ["One", "Two"]
    assert feed.entries[0].guid == feed.entries[0].link == "https://h.example/1"
    assert feed.entries[1].link is None
    assert feed.origin.link == "https://h.example/"


def test_atom_03_has_its_own_names_for_dates_and_modes() -> None:
    feed = native(ATOM03)
    (one,) = feed.entries
    assert feed.format == "atom03"
    assert (one.title, one.title_html) == ("One <b>bold</b>", True)
    assert one.published is not None
    assert one.updated is not None
    assert one.published < one.updated
    assert one.content == "<p>Words</p>"


def test_cdf_says_in_attributes_what_others_say_in_elements() -> None:
    feed = native(CDF)
    (one,) = feed.entries
    assert (feed.format, feed.origin.title, feed.origin.link) == ("cdf", "H", "https://h.example/")
    assert (one.title, one.summary, one.link) == ("One", "Short", "1.html")
    assert one.base == "https://h.example/base/"
    assert one.updated is not None
    assert one.updated.day == 2
    assert feed.origin.updated is not None
    assert feed.origin.updated.day == 3


def test_names_count_by_their_namespace_whatever_the_prefix_and_case() -> None:
    feed = native(
        '<RSS version="2.0" xmlns:who="http://purl.org/dc/elements/1.1/"><Channel><Item>'
        "<Title>T</Title><who:creator>Ada Berg</who:creator></Item></Channel></RSS>"
    )
    assert feed.entries[0].title == "T"
    assert feed.entries[0].authors[0].name == "Ada Berg"


def test_a_misspelt_namespace_counts_by_its_usual_prefix() -> None:
    feed = native(
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/2.2/" xmlns:x="http://x.example/">'
        "<channel><item><title>T</title><dc:creator>Ada Berg</dc:creator>"
        "<x:title>Another</x:title><x:author>Nobody</x:author></item></channel></rss>"
    )
    (one,) = feed.entries
    assert (one.title, [person.name for person in one.authors]) == ("T", ["Ada Berg"])


def test_rss_in_a_namespace_of_userland_is_rss() -> None:
    feed = native(
        '<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel><item><title>T</title>'
        "</item></channel></rss>"
    )
    assert feed.entries[0].title == "T"


def test_entries_keep_their_order_over_several_channels() -> None:
    feed = native(
        "<rss version='2.0'><channel><title>H</title><item><title>1</title></item>"
        "<item><title>2</title></item></channel><channel><item><title>3</title></item></channel></rss>"
    )
    assert [one.title for one in feed.entries] == ["1", "2", "3"]


def test_a_feed_without_entries_is_a_feed() -> None:
    assert rss("<title>H</title>").entries == ()
