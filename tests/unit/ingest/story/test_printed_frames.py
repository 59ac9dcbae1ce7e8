"""Wire text whose frame is printed: what the signs name, and nothing of the frame in the story."""

from datetime import UTC, datetime

import pytest

from syndicator.errors import ReadError
from syndicator.ingest import parse
from syndicator.model.entry import Category, Document, Feed

SIGNED = (
    "ZCZC HBR\r\n%A\r\n#Sea: Ferries_BC2\r\n$Ferries stay in port\r\n\r\n:(BERGEN)\r\n&Ada Quill\r\n"
    "*04015001\r\n@Coast\r\n* Ferries stayed in port on Tuesday, the harbour office said.\r\n\r\n"
    "   Crews tied up the boats.\r\n\r\nHBR RTV\r\nNNNN\r\n"
)
RELEASE = (
    "   ZCZC HBR\r\n%D:NXX(XX4) BDA MNX\r\n$J\r\n:\r\n:Harbour Office\r\n*X\r\n"
    "Ferries stay in port this week\r\n\r\nThe harbour office today said that ferries stay.\r\n\r\n"
    "http://harbour.example/1\r\nSOURCE: Harbour Office\r\n\r\nNNNN\r\n"
)
FIELDS = (
    "zczc\r\nAN#4711\r\nPD#04 February 2025 18:05:00\r\nSO#HBR\r\nBY#Ada Quill\r\nKY#Sea\r\n"
    "TI#Ferries stay in port\r\nAB#A storm.\r\nTX#\r\nFerries stayed in port on Tuesday.\r\n"
)


def feed(text: str) -> Feed:
    return parse(Document(url="file:///wire.txt", body=text.encode()))


def test_the_signs_at_the_top_say_what_a_line_is() -> None:
    (entry,) = feed(SIGNED).entries
    assert (entry.title, entry.byline, entry.dateline) == (
        "Ferries stay in port",
        "Ada Quill",
        "BERGEN",
    )
    assert entry.categories == (Category(term="04015001", scheme="iptc-subject"),)
    assert entry.provider == "HBR"


def test_nothing_of_the_frame_is_in_the_story() -> None:
    (entry,) = feed(SIGNED).entries
    assert entry.content == (
        "* Ferries stayed in port on Tuesday, the harbour office said.\n\nCrews tied up the boats."
    )


@pytest.mark.parametrize("sign", ["&HBRIS\\quilla", "&quilla", "&"])
def test_how_one_logs_in_is_no_byline(sign: str) -> None:
    assert feed(SIGNED.replace("&Ada Quill", sign)).entries[0].byline is None


@pytest.mark.parametrize("sign", [":1200", ":Harbour Office", ":"])
def test_a_time_or_an_office_is_no_dateline(sign: str) -> None:
    assert feed(SIGNED.replace(":(BERGEN)", sign)).entries[0].dateline is None


def test_a_first_line_that_stands_alone_is_the_headline_where_none_is_signed() -> None:
    (entry,) = feed(RELEASE).entries
    assert entry.title == "Ferries stay in port this week"
    assert entry.content == (
        "The harbour office today said that ferries stay.\n\nhttp://harbour.example/1\n\n"
        "SOURCE: Harbour Office"
    )


@pytest.mark.parametrize("line", ["By Ada Quill, Harbour", "Ferries stayed in port again."])
def test_a_byline_or_a_sentence_is_no_headline(line: str) -> None:
    (entry,) = feed(RELEASE.replace("Ferries stay in port this week", line)).entries
    assert entry.title is None
    assert (entry.content or "").startswith(line)


def test_fields_of_two_letters_name_the_lines() -> None:
    (entry,) = feed(FIELDS).entries
    assert (entry.title, entry.summary, entry.byline) == (
        "Ferries stay in port",
        "A storm.",
        "Ada Quill",
    )
    assert entry.content == "Ferries stayed in port on Tuesday."
    assert entry.published == datetime(2025, 2, 4, 18, 5, tzinfo=UTC)
    assert (entry.guid, entry.provider) == ("zczc:4711", "HBR")


@pytest.mark.parametrize("said", ["31 February 2025", "04 Brumaire 2025", "soon"])
def test_what_is_no_date_is_none(said: str) -> None:
    assert feed(FIELDS.replace("04 February 2025 18:05:00", said)).entries[0].published is None


def test_routing_without_signs_leaves_too() -> None:
    text = RELEASE.replace(
        "%D:NXX(XX4) BDA MNX\r\n$J\r\n:\r\n:Harbour Office\r\n*X", "BC-SEA 02-04 0123"
    )
    assert feed(text).entries[0].title == "Ferries stay in port this week"


def test_several_frames_are_several_entries_and_what_stands_between_is_none() -> None:
    entries = feed(SIGNED + "line noise\r\n" + RELEASE + FIELDS).entries
    assert [one.title for one in entries] == [
        "Ferries stay in port",
        "Ferries stay in port this week",
        "Ferries stay in port",
    ]
    assert not any("noise" in (one.content or "") for one in entries)


def test_a_frame_may_hold_a_message_of_another_format() -> None:
    inside = (
        "hbr0042 3 i 120 hbr 0007\r\nNorway/shipping/\r\nFerries stay in port =\r\n\r\n"
        "Bergen (hbr) - Ferries stayed in port on Tuesday.\r\n"
    )
    found = feed(f"ZCZC\r\n{inside}NNNN\r\n")
    assert found.format == "iptc7901"
    assert found.entries[0].urgency == 3


def test_a_frame_without_a_text_is_an_error() -> None:
    with pytest.raises(ReadError, match="ZCZC"):
        feed("ZCZC HBR\r\n%A\r\nNNNN\r\n")


def test_words_that_begin_like_a_frame_are_none() -> None:
    text = "ZCZC is how telexes began\n\nFor decades it opened each message that came in."
    document = Document(url="file:///a.txt", body=text.encode())
    assert parse(document, articles=True).format == "text"
