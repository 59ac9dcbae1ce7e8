"""dpa's digitalwires: ninjs under other names, with what is not publishable kept apart."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from syndicator.errors import ReadError
from syndicator.ingest import parse
from syndicator.model.entry import Category, Document, Entry, Feed, Image, Rights

ONE: dict[str, Any] = {
    "format": "digitalwires@0.9.1",
    "type": "composite",
    "urn": "urn:newsml:harbour:77",
    "version": 2,
    "version_created": "2026-11-24T12:30:00+01:00",
    "content_created": None,
    "pubstatus": "usable",
    "embargoed": "2026-11-24T18:00:00+01:00",
    "language": "de",
    "urgency": 3,
    "headline": "Fähre fährt wieder",
    "subhead": None,
    "teaser": "Nach dem Sturm.",
    "byline": "Von Ada Quill, dpa",
    "dateline": "Bergen (dpa) - ",
    "article_html": "<section><p>Die Nachtfähre fährt wieder.</p></section>",
    "infobox_html": "<section><p>Sie ist 40 Jahre alt.</p></section>",
    "creditline": "dpa",
    "copyrightnotice": "Copyright 2026, dpa",
    "usageterms": "Nur nach Vereinbarung",
    "ednotes": [
        {"role": "a:editorialnote", "ednote": "Mit Bild.", "is_publishable": True},
        {"role": "a:dpacontacts", "ednote": "Redaktion: 0123", "is_publishable": False},
        {"role": "a:other", "ednote": "Unklar"},
    ],
    "categories": [
        {"type": "dnltype:dpasubject", "name": "Verkehr", "qcode": "dpasubject:1"},
        {"type": "dnltype:keyword", "name": "Fähren", "qcode": None},
        {"type": "dnltype:wire", "name": "bdt", "qcode": "dpasrv:bdt"},
        "damaged",
    ],
    "associations": [
        {
            "type": "image",
            "caption": "Eine Fähre.",
            "creditline": "Odd Kai/dpa",
            "renditions": [
                {"url": "https://p.example/s.jpg", "width": 256, "height": 170},
                {"url": "https://p.example/l.jpg", "width": 2048, "height": 1365, "mimetype": "image/jpeg"},
            ],
        },
        {"type": "audio", "renditions": [{"url": "https://p.example/a.mp3"}]},
    ],
}  # fmt: skip


def feed(data: Any) -> Feed:
    return parse(Document(url="https://wire.example/i.json", body=json.dumps(data).encode()))


def only(**changed: Any) -> Entry:
    (entry,) = feed({**ONE, **changed}).entries
    return entry


def test_an_entry_is_read_into_its_fields() -> None:
    entry = only()
    assert (entry.guid, entry.title, entry.summary) == (
        "urn:newsml:harbour:77",
        "Fähre fährt wieder",
        "Nach dem Sturm.",
    )
    assert entry.content == ONE["article_html"] + ONE["infobox_html"]
    assert (entry.byline, entry.dateline) == ("Von Ada Quill, dpa", "Bergen (dpa) -")
    assert entry.published == entry.updated == datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
    assert entry.embargoed == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert (entry.pubstatus, entry.urgency, entry.language) == ("usable", 3, "de")
    assert (entry.credit, entry.provider) == ("dpa", "dpa")
    assert entry.rights == Rights(notice="Copyright 2026, dpa", usage="Nur nach Vereinbarung")
    assert entry.categories == (
        Category(term="1", scheme="dpasubject", label="Verkehr"),
        Category(term="Fähren", label="Fähren"),
    )


def test_of_a_picture_the_largest_file_is_taken_with_its_credit() -> None:
    assert only().images == (
        Image(
            url="https://p.example/l.jpg", type="image/jpeg", width=2048, height=1365,
            credit="Odd Kai/dpa", caption="Eine Fähre.",
        ),
    )  # fmt: skip


def test_what_does_not_say_that_it_may_be_public_is_private() -> None:
    entry = only()
    assert entry.advisories == ("Mit Bild.",)
    assert entry.private == ("Redaktion: 0123", "Unklar")


def test_what_is_taken_back_needs_no_text() -> None:
    entry = only(pubstatus="canceled", article_html=None, infobox_html=None)
    assert (entry.pubstatus, entry.content) == ("canceled", None)


def test_lists_and_answers_hold_several_and_what_has_no_text_is_left_out() -> None:
    picture = {**ONE, "urn": "p", "article_html": None}
    for data in ([ONE, picture], {"entries": [ONE, picture]}):
        found = feed(data)
        assert found.format == "digitalwires"
        assert [one.guid for one in found.entries] == ["urn:newsml:harbour:77"]
        assert found.warnings == ("1 item without a text was left out",)
    with pytest.raises(ReadError, match="without an entry of text"):
        feed(picture)


@pytest.mark.parametrize(
    "name", ["ednotes", "categories", "associations", "teaser", "urn", "embargoed", "dateline"]
)
@pytest.mark.parametrize("value", [None, 7, "x", [None, 3, {"renditions": 5, "type": 4}], {}])
def test_damaged_parts_cost_only_themselves(name: str, value: Any) -> None:
    assert only(**{name: value}).title == "Fähre fährt wieder"
