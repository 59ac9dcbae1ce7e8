"""Any markup is read, left to the tolerant reader or refused; nothing else comes out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.errors import ReadError
from syndicator.ingest import Profile, parse, read
from syndicator.ingest.native import read_native
from syndicator.ingest.xmlfeed import read_xml
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from tests.builders import HOUSES, NOW
from tests.unit.ingest.feeds import SPACES, URL

NAMES = st.sampled_from(
    """title link guid description content:encoded pubDate author dc:creator category enclosure
    source media:content media:group media:description media:credit media:thumbnail itunes:image
    dc:date atom:link atom:author xhtml:body cc:license rsl:content rsl:license rights item entry
    channel skipHours hour sy:updatePeriod updated published summary content id name""".split()  # noqa: SIM905 - one list
)
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["url", "href", "rel", "type", "src", "xml:base", "xml:lang", "term", "isPermaLink", "length", "mode"]),
    st.one_of(TEXT, st.sampled_from(["html", "xhtml", "base64", "self", "license", "//[", "http://[::1", "/a", "image/png"])),
    max_size=3,
)  # fmt: skip


def written(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def element(name: str, attributes: dict[str, str], inside: list[str]) -> str:
    said = "".join(f' {key}="{written(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{''.join(inside)}</{name}>"


TREES = st.recursive(
    TEXT.map(written),
    lambda inner: st.builds(element, NAMES, ATTRIBUTES, st.lists(inner, max_size=4)),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None)
@given(
    inside=st.lists(TREES, max_size=5), root=st.sampled_from(["rss", "feed", "rdf:RDF", "channel"])
)
def test_any_well_formed_tree_is_read_as_articles(inside: list[str], root: str) -> None:
    core = ' xmlns="http://www.w3.org/2005/Atom"' if root == "feed" else ""
    body = f"<{root} {SPACES}{core}><channel><item>{''.join(inside)}</item></channel>{''.join(inside)}</{root}>"
    document = Document(url=URL, body=body.encode())
    try:
        entries = parse(document).entries
    except ReadError:  # of a feed that is not native
        assert read_native(document) is None
        return
    reading = read(document, Profile(source=SourceId("s"), publisher="s"), NOW, HOUSES)
    assert len(reading.candidates) + len(reading.dropped) <= len(entries)


@settings(max_examples=200, deadline=None)
@given(
    body=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    )
)
def test_any_bytes_are_read_left_or_refused(body: bytes) -> None:
    for document in (
        body,
        b"<rss version='2.0'><channel><item>" + body + b"</item></channel></rss>",
    ):
        try:
            read_native(Document(url=URL, body=document))
        except ReadError as error:
            assert str(error)


@settings(max_examples=100, deadline=None)
@given(
    titles=st.lists(TEXT.filter(str.strip), max_size=6), dialect=st.sampled_from(["rss", "atom"])
)
def test_entries_come_in_the_order_of_the_tolerant_reader(titles: list[str], dialect: str) -> None:
    if dialect == "rss":
        items = "".join(
            f"<item><guid isPermaLink='false'>{n}</guid><title>{written(one)}</title></item>"
            for n, one in enumerate(titles)
        )
        body = f"<rss version='2.0'><channel><title>H</title>{items}</channel></rss>"
    else:
        items = "".join(
            f"<entry><id>urn:{n}</id><title>{written(one)}</title></entry>"
            for n, one in enumerate(titles)
        )
        body = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>H</title>{items}</feed>"
    document = Document(url=URL, body=body.encode())
    native = read_native(document)
    if native is not None:
        theirs = read_xml(document)
        assert [one.guid for one in native.entries] == [one.guid for one in theirs.entries]
        assert len(native.entries) == len(titles)
