from datetime import UTC, datetime

import pytest

from syndicator.errors import ReadError
from syndicator.ingest import parse
from syndicator.model.entry import Document, Entry


def wire(body: bytes | str, **kwargs: str) -> Entry:
    return only(Document(url="file:///wire.txt", body=raw(body), **kwargs))


def only(document: Document) -> Entry:
    (entry,) = parse(document).entries
    return entry


def raw(body: bytes | str) -> bytes:
    return body if isinstance(body, bytes) else body.encode("latin-1")


HARBOUR = (
    "\x7f\x7f\r\n\x01hbr0042 3 i 120  hbr 0007\r\n\r\nNorway/shipping/\r\n"
    "\x02REFILE\r\n2ND LEAD\r\nFerries stay in port as storm nears coast \r\nBy Ada Quill, hbr =\r\n\r\n"
    "Bergen (hbr) - Ferries along the western coast stayed in port on\r\n"
    "Tuesday as a winter storm drew near, the harbour office said. Crews\r\n"
    "tied up the boats with double lines.\r\n\r\n"
    "The storm is expected to pass within a day, said harbour master\r\n"
    "Odd Kai. \xabWe have seen worse\xbb, he added.\r\n\r\n"
    "# Notebook\r\n\r\n## Note to editors\r\n- adds harbour master\r\n\r\n* * * *\r\n"
    "The following information is not intended for publication\r\n\r\n"
    "## Editorial contacts\r\n- Editing by: Nils Deck, +47 55 00 00 00\r\n\r\n"
    "\x03041705 GMT Feb 25\r\n\x7f\r\n\x7f\x04"
)


def test_the_heading_of_a_four_line_message_is_parted() -> None:
    entry = wire(HARBOUR)
    assert entry.title == "Ferries stay in port as storm nears coast"
    assert entry.byline == "By Ada Quill, hbr"
    assert entry.section == "Norway/shipping"
    assert [one.term for one in entry.categories] == ["Norway", "shipping"]
    assert entry.provider == "hbr"


def test_the_text_is_unwrapped_and_nothing_of_the_header_stays() -> None:
    content = wire(HARBOUR).content or ""
    assert content.startswith(
        "Bergen (hbr) - Ferries along the western coast stayed in port on Tue"
    )
    assert content.endswith("Odd Kai. «We have seen worse», he added.")
    assert "0042" not in content
    assert "LEAD" not in content
    assert content.count("\n\n") == 1


def test_notes_and_private_lines_leave_the_text_and_are_kept() -> None:
    entry = wire(HARBOUR)
    assert entry.advisories == ("# Notebook", "## Note to editors\n- adds harbour master")
    assert entry.private[0] == "The following information is not intended for publication"
    assert "Nils Deck, +47 55 00 00 00" in entry.private[1]
    assert "Nils" not in (entry.content or "")


def test_the_date_of_a_message_is_its_trailer() -> None:
    entry = wire(HARBOUR)
    assert entry.published == datetime(2025, 2, 4, 17, 5, tzinfo=UTC)
    assert entry.guid == "iptc7901:hbr0042:2025-02-04"


@pytest.mark.parametrize(
    ("trailer", "month"), [("041705 dec 18", 12), ("041705 août 18", 8), ("041705 Mai 18", 5)]
)
def test_months_are_read_in_the_languages_of_the_wires(trailer: str, month: int) -> None:
    entry = wire(
        f"\x01abc001 3 ec 9\r\nVille\r\n\x02Un titre =\r\nTexte du jour.\r\n\x03{trailer}\r\n\x04"
    )
    assert entry.published is not None
    assert entry.published.month == month


def test_an_overline_is_no_headline() -> None:
    entry = wire(
        "\x01abc001 3 ec 9   xyz 1\r\n\r\nPort\r\n\r\n\x02Situation \r\nNorvège:  \r\n"
        "Les ferries restent à quai (Capitainerie) = \r\n \r\n   Bergen (abc) Les ferries de toute la côte occidentale \r\n"
        "restent à quai. \r\n \r\n(ABC/xy) \r\n \r\n\x03041705 dec 18\r\n\x04"
    )
    assert entry.title == "Les ferries restent à quai (Capitainerie)"
    assert (
        entry.content
        == "Bergen (abc) Les ferries de toute la côte occidentale restent à quai.\n\n(ABC/xy)"
    )


def test_takes_of_one_story_are_joined() -> None:
    first = "\x01abc001 3 i 9\r\nStorm/1\r\n\x02Storm nears coast =\r\n\r\nOne.\r\n\r\n(more)\r\n\x03041705 GMT Feb 25\r\n\x04"
    second = "\x01abc002 3 i 9\r\nStorm/2\r\n\x02Storm nears coast (2) =\r\n\r\nTwo.\r\n\x03041709 GMT Feb 25\r\n\x04"
    entry = wire(first + second)
    assert entry.title == "Storm nears coast"
    assert entry.content == "One.\n\nTwo."


def test_messages_that_only_count_are_no_takes() -> None:
    messages = "".join(
        f"\x01abc00{one} 3 i 9\r\n{word}{one}\r\n\x02Storm {one} =\r\n\r\nOne.\r\n\x03041705 GMT Feb 25\r\n\x04"
        for word in ("Politik", "League/")
        for one in (1, 2)
    )
    found = parse(Document(url="file:///a.txt", body=messages.encode()))
    assert [one.title for one in found.entries] == ["Storm 1", "Storm 2"] * 2


@pytest.mark.parametrize("between", ["", "\n"])
def test_a_copy_without_control_bytes_keeps_its_keywords(between: str) -> None:
    entry = wire(f"abc001 3 i 9\nStorm/Norway\n{between}Storm nears coast =\n\nBergen - One.\n")
    assert (entry.title, entry.section) == ("Storm nears coast", "Storm/Norway")
    assert [one.term for one in entry.categories] == ["Storm", "Norway"]


@pytest.mark.parametrize(
    ("below", "provider"),
    [
        ("Associated Press Writer", "Associated Press"),
        ("Harbour Agency", "Harbour Agency"),
        ("Staff Writer", "AP"),
    ],
)
def test_the_house_below_a_byline_is_the_provider(below: str, provider: str) -> None:
    text = ASSOCIATED.replace("^Associated Press=", f"^{below}=")
    assert wire(text).provider == provider


def test_a_message_without_its_control_bytes_is_still_read() -> None:
    stripped = "".join(one for one in HARBOUR if one >= " " or one in "\r\n").replace("\x7f", "")
    entry = wire(stripped)
    assert entry.published == datetime(2025, 2, 4, 17, 5, tzinfo=UTC)
    assert (entry.content or "").endswith("he added.")


def test_a_declared_charset_is_believed_if_it_fits() -> None:
    text = "\x01abc001 3 i 9\r\nStad\r\n\x02Łódź rośnie =\r\n\r\nTreść.\r\n\x03041705 GMT Feb 25\r\n\x04"
    entry = wire(text.encode("iso-8859-2"), content_type="text/plain; charset=iso-8859-2")
    assert entry.title == "Łódź rośnie"


ASSOCIATED = (
    "\x16\x16\x01W4242\x1f_euro\r\nr i\x13\x11 BC-EU--Norway-Ferries    1stLd-Writethru   02-04 0120\r\n"
    "\x02^BC-EU--Norway-Ferries, 1st Ld-Writethru,120<\r\n"
    "^Ferries stay in port as storm nears Norway's coast<\r\n"
    "^AP Photo HBR101, HBR102<\r\n"
    "^(Eds: Updates with quote. With AP Photos. Note that\r\nthe slug has changed.)<\r\n"
    "^By ADA QUILL and ODD KAI=\r\n^Associated Press=\r\n"
    "\t   BERGEN, Norway (AP) _ Ferries stayed in port, ``as a precaution,'' the office said.\r\n \r\n"
    "\t   ^A LONG NIGHT<\r\n"
    "\t   Crews tied up the boats.\r\n \r\n\t   ___\r\n \r\n"
    "\t   AP writer Nils Deck in Oslo contributed.\r\n\r\n"
    "\t   \x03AP-WF-02-04-25 1705GMT<\r\n\r\n\x0c\r\n\x04"
)


def test_the_lines_set_apart_are_told_apart() -> None:
    entry = wire(ASSOCIATED)
    assert entry.title == "Ferries stay in port as storm nears Norway's coast"
    assert entry.byline == "By ADA QUILL and ODD KAI\nAssociated Press"
    assert entry.provider == "Associated Press"
    assert entry.advisories == (
        "AP Photo HBR101, HBR102",
        "(Eds: Updates with quote. With AP Photos. Note that the slug has changed.)",
    )
    assert entry.published == datetime(2025, 2, 4, 17, 5, tzinfo=UTC)


def test_the_story_keeps_quotes_crossheads_and_sign_off() -> None:
    content = wire(ASSOCIATED).content or ""
    assert content.startswith("BERGEN, Norway (AP) _ Ferries stayed in port, ``as a precaution,''")
    assert "\n\nA LONG NIGHT\n\n" in content
    assert content.endswith("AP writer Nils Deck in Oslo contributed.")
    for noise in ("^", "<", "AP-WF", "BC-EU", "\x0c"):
        assert noise not in content


def test_an_add_is_joined_to_its_story() -> None:
    add = ASSOCIATED.replace("1st Ld-Writethru,120", "1st Add,90").replace(
        "BC-EU--Norway-Ferries, 1st Add", "BC-EU--Norway-Ferries, 1st Add"
    )
    story = ASSOCIATED.replace(", 1st Ld-Writethru,120", ",120")
    entry = wire(story + add)
    assert (entry.content or "").count("Crews tied up the boats.") == 2


def test_an_editors_note_for_readers_stays_in_the_text() -> None:
    note = ASSOCIATED.replace("^AP Photo HBR101, HBR102<", "^EDITOR'S NOTE _ A story of the sea.<")
    entry = wire(note)
    assert (entry.content or "").startswith("EDITOR'S NOTE _ A story of the sea.\n\n")


def test_a_notice_among_the_lines_set_apart_is_a_notice() -> None:
    entry = wire(ASSOCIATED.replace("^Associated Press=", "^c.2025 Harbour News Service="))
    assert entry.rights.notice == "c.2025 Harbour News Service"


@pytest.mark.parametrize(
    "body", ["\x01abc001 3 i 9\r\n\x02\x03\x04", "\x16\x16\x01W1\x1f_x\r\n\x02\x03\x04"]
)
def test_a_header_without_a_text_is_an_error(body: str) -> None:
    with pytest.raises(ReadError):
        wire(body)


@pytest.mark.parametrize(
    "unit", ["\x01", "\x02^a<\r\n", "^By A=\r\n", "a b\r\n", " (more)", "=\r\n", "-"]
)
def test_hostile_wire_text_takes_linear_time(unit: str) -> None:
    for head in ("\x01abc001 3 i 9\r\n\x02", "\x16\x16\x01W1\x1f_x\r\n\x02^"):
        body = head + unit * (300_000 // len(unit)) + "\x03\x04"
        try:
            parse(Document(url="file:///w", body=raw(body)))
        except ReadError:
            continue


def test_a_byline_may_have_a_mark_of_its_own() -> None:
    entry = wire(
        "\x01abc001 3 i 9\r\nPort\r\n\x02Storm nears coast =\r\nBy Ada Quill, abc =\r\n\r\nBergen (abc) - Text.\r\n"
        "\x03041705 GMT Feb 25\r\n\x04"
    )
    assert entry.title == "Storm nears coast"
    assert entry.byline == "By Ada Quill, abc"
    assert entry.content == "Bergen (abc) - Text."


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("^Updates on ferries come hourly<", "Updates on ferries come hourly"),
        ("^By land and by sea, travelers wait<", "By land and by sea, travelers wait"),
        ("^Corrections officer charged<", "Corrections officer charged"),
    ],
)
def test_a_headline_that_begins_like_a_note_is_a_headline(line: str, title: str) -> None:
    entry = wire(ASSOCIATED.replace("^Ferries stay in port as storm nears Norway's coast<", line))
    assert entry.title == title
    assert (entry.byline or "").startswith("By ADA QUILL")


def test_a_message_without_a_heading_keeps_its_first_paragraph() -> None:
    prose = (
        "Bergen (abc) - Ferries along the western coast stayed in port on\r\n"
        "Tuesday as a winter storm drew near, the harbour office said. Crews\r\n"
        "tied up the boats with double lines.\r\n\r\nMore text.\r\n"
    )
    entry = wire(f"\x01abc001 3 i 9\r\nPort\r\n\x02{prose}\x03041705 GMT Feb 25\r\n\x04")
    assert entry.title is None
    assert (entry.content or "").startswith("Bergen (abc) - Ferries")
    titled = wire(
        f"\x01abc001 3 i 9\r\nPort\r\n\x02Storm nears coast\r\n   {prose}\x03041705 GMT Feb 25\r\n\x04"
    )
    assert titled.title == "Storm nears coast"
    assert (titled.content or "").startswith("Bergen (abc) - Ferries")


STANDINGS = (
    "\x16\x16\x01z0042\x1f-----\r\nr z\x14\x12 BC-FER--Expanded     02-05 0820\r\n"
    "\x02^BC-FER--Expanded Glance< \r\n^Ferry Standings= \r\n^All Times CET= \r\n"
    "^By The Harbour Agency= \r\n^COASTAL LEAGUE= \r\n^West Division= \r\n"
    "\x08^;W;L\x10 \r\n\x08North\x10 Pier;23;13\x10 \r\n\x08Bergen;21;15\x10 \r\n\t   ___= \r\n"
    "^Sunday's Games= \r\n\t   Bergen 2, North Pier 1< \r\n\t   \x03HBR-WF-02-05-25 0620GMT<\r\n\x04"
)


def test_what_is_centred_around_the_byline_of_a_table_is_no_byline() -> None:
    entry = wire(STANDINGS)
    assert (entry.title, entry.byline) == ("Ferry Standings", "By The Harbour Agency")
    assert entry.provider == "HBR"


def test_each_row_of_a_table_stands_alone() -> None:
    assert (wire(STANDINGS).content or "").split("\n\n") == [
        "All Times CET", "COASTAL LEAGUE", "West Division", ";W;L", "North Pier;23;13",
        "Bergen;21;15", "___", "Sunday's Games", "Bergen 2, North Pier 1",
    ]  # fmt: skip


def test_the_agency_of_a_header_is_the_provider_if_the_dateline_names_it_too() -> None:
    shared = HARBOUR.replace("  hbr 0007", "  hbr-tns 0007").replace("(hbr)", "(nor/hbr)")
    assert wire(shared).provider == "hbr"
    assert wire(shared.replace("(nor/hbr)", "(nor)")).provider is None
