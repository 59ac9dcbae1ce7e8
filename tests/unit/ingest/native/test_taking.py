"""What the native reader takes, what it leaves to the tolerant one, and what it refuses."""

import pytest

from syndicator.errors import ReadError
from syndicator.ingest import parse
from syndicator.ingest.native import read_native
from tests.unit.ingest.feeds import document, native, rss

FEED = "<rss version='2.0'><channel><item><title>Café</title></item></channel></rss>"


@pytest.mark.parametrize(
    "body",
    [
        FEED[:-3],
        FEED.replace("Café", "Tom & Jerry"),
        FEED.replace("Café", "Caf&eacute;"),
        f"<!DOCTYPE rss [<!ENTITY a 'b'>]>{FEED}",
        '<!DOCTYPE rss SYSTEM "rss.dtd">' + FEED.replace("Café", "Caf&eacute;"),
        "<page><item><title>T</title></item></page>",
        "<rss version='2.0'><shelf><item><title>T</title></item></shelf></rss>",
        "<rss version='2.0'><channel><list><item><title>T</title></item></list></channel></rss>",
        FEED.replace("Café", "don&#146;t"),
        FEED.replace("Café", "don\x92t"),
    ],
)
def test_what_is_unusual_is_left_to_the_tolerant_reader(body: str) -> None:
    assert read_native(document(body)) is None


def test_what_is_left_is_still_read() -> None:
    (one,) = parse(document(FEED.replace("Café", "don&#146;t & caf&eacute;"))).entries
    assert one.title == "don’t & café"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_declared_encodings_are_read(codec: str) -> None:
    name = "utf-8" if codec == "utf-8-sig" else codec
    body = f"<?xml version='1.0' encoding='{name}'?>{FEED}".encode(codec)
    assert native(body).entries[0].title == "Café"


def test_a_header_that_contradicts_the_declaration_is_a_surprise() -> None:
    body = f"<?xml version='1.0' encoding='utf-8'?>{FEED}"
    assert read_native(document(body, "text/xml; charset=UTF-8")) is not None
    assert read_native(document(body, "text/xml; charset=iso-8859-1")) is None
    assert read_native(document(body, "text/xml; charset=no-such-thing")) is None


def test_windows_characters_under_the_name_of_latin_1_are_a_surprise() -> None:
    body = f"<?xml version='1.0' encoding='iso-8859-1'?>{FEED}".encode("latin-1")
    assert read_native(document(body)) is not None
    assert read_native(document(body.replace(b"\xe9", b"\x92"))) is None


def test_white_space_before_the_declaration_does_no_harm() -> None:
    assert native(f"\n\n <?xml version='1.0'?>{FEED}").entries[0].title == "Café"


def test_utf_8_encoded_twice_is_mended() -> None:
    twice = FEED.encode().decode("latin-1")
    assert native(twice).entries[0].title == "Café"


@pytest.mark.parametrize(
    "inside",
    [
        "<b>" * 100_000 + "</b>" * 100_000,
        "x" * 50_000_000,
        "<c " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>",
        "<" + "n" * 200_000 + "/>",
        f'<c a="{"x" * 20_000_000}"/>',
        f"<!--{'x' * 20_000_000}-->",
    ],
    ids=["depth", "text", "attributes", "name", "value", "comment"],
)
@pytest.mark.timeout(20)
def test_what_passes_all_bounds_is_refused_at_once(inside: str) -> None:
    body = f"<rss version='2.0'><channel><item><title>{inside}</title></item></channel></rss>"
    with pytest.raises(ReadError, match="deeper or longer"):
        read_native(document(body))


@pytest.mark.timeout(20)
def test_very_many_entries_are_cut_with_a_warning() -> None:
    feed = rss("<item><title>T</title></item>" * 100_000)
    assert len(feed.entries) == 2000
    assert feed.warnings == ("only the first 2000 of 100000 entries were read",)


@pytest.mark.timeout(20)
def test_very_many_elements_of_one_kind_cost_only_time_in_their_number() -> None:
    feed = rss(
        "<item>" + "<author>a@h.example (Ada)</author><category>c</category>" * 100_000 + "</item>"
    )
    assert len(feed.entries[0].authors) == len(feed.entries[0].categories) == 1


def test_nothing_outside_is_asked_for() -> None:
    body = '<!DOCTYPE rss SYSTEM "file:///etc/hostname">' + FEED
    assert native(body).entries[0].title == "Café"
