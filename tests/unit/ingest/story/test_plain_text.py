import pytest

from syndicator.errors import ReadError
from syndicator.ingest import parse
from syndicator.ingest.story.text import paragraphs
from syndicator.model.entry import Document, Entry

LEAD = "Ferries along the western coast stayed in port on Tuesday as a winter storm drew near, the harbour office said."


def only(text: str | bytes) -> Entry:
    body = text.encode() if isinstance(text, str) else text
    (entry,) = parse(Document(url="file:///story.txt", body=body), articles=True).entries
    return entry


def test_a_headline_above_byline_and_prose_is_the_title() -> None:
    entry = only(
        f"Home\n\n/\n\nSea\n\nFerries stay in port as storm nears\n\nAda Quill, Harbour News on\n\nPublished in Sea\n\n{LEAD}\n"
    )
    assert entry.title == "Ferries stay in port as storm nears"
    assert (
        entry.content
        == f"Home\n\n/\n\nSea\n\nAda Quill, Harbour News on\n\nPublished in Sea\n\n{LEAD}"
    )
    assert not entry.content_html


def test_a_text_that_begins_with_prose_has_no_title() -> None:
    entry = only(f"BERGEN -- {LEAD}\n\n©2025 Harbour L.P. Visit harbour.example.\n")
    assert entry.title is None
    assert entry.content == f"BERGEN -- {LEAD}\n\n©2025 Harbour L.P. Visit harbour.example."


def test_a_release_with_wrapped_lines_is_unwrapped() -> None:
    entry = only(
        "Source: Harbour, Inc. \r\nMEDIA RELEASE PR12345\r\n"
        "Harbour Partners with Tide on a Platform for Boats That Sail by Night and \r\nDaylight\r\n\r\n"
        "BERGEN, Norway, Feb. 4, 2025 /HBRwire/ --\r\n\r\n"
        "Harbour, Inc. ( https://harbour.example/ ), a leader in ferries, today announced \r\n"
        "a partnership with Tide.\r\n\r\nContact:\r\nAda Quill\r\nHarbour\r\n"
    )
    assert (
        entry.title
        == "Harbour Partners with Tide on a Platform for Boats That Sail by Night and Daylight"
    )
    assert (entry.content or "").startswith(
        "Source: Harbour, Inc.\nMEDIA RELEASE PR12345\n\nBERGEN"
    )
    assert "today announced a partnership with Tide." in (entry.content or "")
    assert (entry.content or "").endswith("Contact:\nAda Quill\nHarbour")


def test_long_lines_are_paragraphs() -> None:
    entry = only(
        f"Ferries stay in port as storm nears\n    April 03, 2025\n    By Ada Quill\n    {LEAD}\n    {LEAD}\n"
    )
    assert entry.title == "Ferries stay in port as storm nears"
    assert entry.content == f"April 03, 2025\nBy Ada Quill\n\n{LEAD}\n\n{LEAD}"


def test_bytes_of_an_unnamed_encoding_are_kept() -> None:
    assert "caf\u00e9 \u201cX\u201d" in (only(b"caf\xe9 \x93X\x94 " + LEAD.encode()).content or "")


@pytest.mark.parametrize("body", [b"\x00\x01\x02\x00binary", b"   \n "])
def test_what_is_no_text_is_an_error(body: bytes) -> None:
    with pytest.raises(ReadError):
        only(body)


@pytest.mark.parametrize("unit", ["a\n", "by ", "\n\n", "| / > ", "(", "Published "])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    only("x" + unit * (500_000 // len(unit)))


@pytest.mark.parametrize("body", ["“café”".encode("cp1252"), "“café”".encode()])
def test_a_charset_called_latin_1_is_read_as_what_it_is(body: bytes) -> None:
    document = Document(
        url="file:///s.txt",
        body=body + b" " + LEAD.encode(),
        content_type="text/plain; charset=ISO-8859-1",
    )
    (entry,) = parse(document, articles=True).entries
    assert (entry.content or "").startswith("“café” ")


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("Storm nears coast\nBy Ada Quill\nFeb. 4, 2025", "Storm nears coast"),
        ("FERRIES STAY IN PORT AS STORM NEARS\n\nADA QUILL", "FERRIES STAY IN PORT AS STORM NEARS"),
        (
            "Sea > News > Ferries\n\nWill ferries sail tomorrow?\n\n4 February 2025",
            "Will ferries sail tomorrow?",
        ),
        ("嵐の接近でフェリー欠航\n\n2025年2月4日", "嵐の接近でフェリー欠航"),
        ("By Ada Quill\n\nUpdated Feb. 4, 2025", None),
        ("Home\nNews", None),
    ],
)
def test_headlines_of_many_kinds(top: str, title: str | None) -> None:
    entry = only(f"{top}\n\n{LEAD}\n\n{LEAD}")
    assert entry.title == title
    for line in top.split("\n"):
        assert line == title or line in (entry.content or "")


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (["    One ferry sails.", "    The other stays in port.", '    "Not today," he said.'], 3),
        (
            [
                "    One ferry sails and the other",
                "    stays in port.",
                "    None will sail today.",
            ],
            1,
        ),
        (["One ferry sails.", "The other stays in port."], 1),
    ],
)
def test_lines_that_are_all_indented_and_end_a_sentence_are_paragraphs(
    lines: list[str], parts: int
) -> None:
    assert len(paragraphs(lines, 60)) == parts
