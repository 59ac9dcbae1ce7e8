"""Entries that come again to the letter are passed over; whatever may matter to them is looked at."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from syndicator.compare import judge, remembered
from syndicator.credit import Houses
from syndicator.ingest import Profile, Reading, read
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from tests.builders import HOUSES, NOW, a_document, an_item

PROFILE = Profile(source=SourceId("harbour"), publisher="harbour")
ONE, TWO, THREE = an_item("One", "1"), an_item("Two", "2"), an_item("Three", "3")


def after(document: Document, houses: Houses = HOUSES) -> Profile:
    """Return the profile that remembers a document all of whose entries were new."""
    reading = read(document, PROFILE, NOW, houses)
    arrivals = judge(reading.candidates, {}, NOW)
    return replace(PROFILE, memory=remembered(reading.candidates, arrivals, b""))


def headlines(reading: Reading) -> list[str]:
    return [one.article.headline for one in reading.candidates]


def test_the_same_document_needs_no_look() -> None:
    document = a_document(ONE, TWO)
    profile = after(document)
    reading = read(document, profile, NOW, HOUSES)
    assert (headlines(reading), reading.passed, reading.entries) == ([], 2, 2)
    assert reading.kept == profile.memory


def test_what_is_new_is_looked_at_behind_those_that_are_known() -> None:
    profile = after(a_document(ONE, TWO))
    reading = read(a_document(ONE, THREE, TWO), profile, NOW, HOUSES)
    (found,) = reading.candidates
    assert (found.article.headline, reading.passed) == ("Three", 2)
    first = read(a_document(ONE), PROFILE, NOW, HOUSES).candidates[0].article.id
    assert found.after == (first,)


@pytest.mark.parametrize(
    "changed",
    [
        an_item("One more", "1"),
        an_item("One", "1", body="<p>Other words.</p>"),
        an_item("One", "1", link="https://harbour.example/moved"),
        ONE.replace("</item>", "<category>Ferries</category></item>"),
    ],
)
def test_whatever_an_entry_says_otherwise_is_looked_at(changed: str) -> None:
    reading = read(a_document(changed, TWO), after(a_document(ONE, TWO)), NOW, HOUSES)
    assert (len(reading.candidates), reading.passed) == (1, 1)


@pytest.mark.parametrize(
    "other",
    [
        an_item("Else", "1"),
        an_item("Else", "3", link="http://www.harbour.example/1/?utm_source=x"),
        an_item("ONE", "3"),
    ],
    ids=["guid", "address", "headline"],
)
def test_entries_that_share_a_name_are_looked_at_together(other: str) -> None:
    reading = read(a_document(other, ONE, TWO), after(a_document(ONE, TWO)), NOW, HOUSES)
    assert (len(reading.candidates), reading.passed) == (2, 1)


@pytest.mark.parametrize(
    "changes",
    [{"publisher": "coast"}, {"language": "en"}, {"section": "Sea"}, {"pixels": True}],
)
def test_a_source_that_was_edited_is_looked_at_whole(changes: dict[str, Any]) -> None:
    document = a_document(ONE, TWO)
    reading = read(document, replace(after(document), **changes), NOW, HOUSES)
    assert reading.passed == 0


def test_other_houses_read_other_credits() -> None:
    document = a_document(ONE)
    assert read(document, after(document, Houses()), NOW, HOUSES).passed == 0


def test_entries_without_a_title_are_told_apart_by_their_names() -> None:
    def untitled(number: int) -> str:
        return an_item("", str(number)).replace("<title></title>", "")

    profile = after(a_document(untitled(1), untitled(2)))
    reading = read(a_document(untitled(3), untitled(1), untitled(2)), profile, NOW, HOUSES)
    assert (len(reading.candidates), reading.passed) == (1, 2)


def test_what_the_feed_says_of_all_counts_but_not_when_it_was_made() -> None:
    document = a_document(ONE)
    profile = after(document)

    def said(more: str) -> int:
        body = document.body.replace(b"<item>", more.encode() + b"<item>", 1)
        return read(replace(document, body=body), profile, NOW, HOUSES).passed

    assert said("<lastBuildDate>Tue, 24 Nov 2026 11:00:00 GMT</lastBuildDate>") == 1
    assert said("<copyright>© 2026 Harbour News</copyright>") == 0


def test_a_document_that_deletes_is_looked_at_whole() -> None:
    def feed(more: str = "") -> Document:
        body = (
            '<feed xmlns="http://www.w3.org/2005/Atom" '
            'xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>H</title><id>h</id>'
            f"{more}<entry><id>1</id><title>One</title><content>Words.</content></entry></feed>"
        )
        return Document(url="https://harbour.example/f", body=body.encode())

    profile = after(feed())
    assert read(feed(), profile, NOW, HOUSES).passed == 1
    deleting = feed('<at:deleted-entry ref="2" when="2026-11-24T10:00:00Z"/>')
    reading = read(deleting, profile, NOW, HOUSES)
    assert (reading.feed.deleted[0].ref, reading.passed) == ("2", 0)


def test_half_a_character_costs_nothing() -> None:
    items = [
        {"id": "1", "title": "Half \ud83d", "content_text": "Words."},
        {"id": "2", "title": "Whole", "content_text": "Words."},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "H", "items": items}
    document = Document(url="https://harbour.example/f", body=json.dumps(feed).encode())
    reading = read(document, after(document), NOW, HOUSES)
    assert reading.entries == 2
    assert reading.passed == 2
