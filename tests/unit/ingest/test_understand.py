"""From what came of an entry to its story, its facts and its authors; and again with better rules."""

from datetime import UTC, datetime

import msgspec

from syndicator.credit import Houses
from syndicator.ingest import Profile, read
from syndicator.ingest.understand import reread, understand
from syndicator.model.article import Received
from syndicator.model.credit import Advisory, Byline, CreditLine, Dateline, Embargo
from syndicator.model.entry import Person, Rights
from syndicator.model.house import House, HouseKind
from syndicator.model.ids import SourceId
from tests.builders import HOUSES, NOW, a_context, a_document, an_article, an_item

STORY = "<p>The ferry crossed the strait in the rain on Monday and came back.</p>" * 2


def test_the_body_is_the_story_alone_and_what_came_is_kept() -> None:
    content = f"<p>By Ines Calloway, Harbour News</p>{STORY}<p>©2026 Harbour Co.</p>"
    body, facts, authors = understand(Received(content=content, is_html=True), a_context())
    assert body.html == STORY
    assert body.received is not None
    assert body.received.content == content
    assert [type(one).__name__ for one in facts] == ["Byline", "CreditLine"]
    assert authors == (Person(name="Ines Calloway"),)


def test_what_a_wire_format_says_has_no_place_in_the_text() -> None:
    came = Received(
        content=STORY, is_html=True, byline="Ines Calloway, Harbour News", pubstatus="stat:canceled",
        embargoed=datetime(2026, 1, 1, tzinfo=UTC), advisories=("Adds quotes.",),
        private=("- Reporting by: Odile Marchetti in Merrow\n  and Tomas Reyes in Vienna",),
    )  # fmt: skip
    body, facts, _ = understand(came, a_context())
    assert body.html == STORY
    assert {(one.start, one.end, one.cut) for one in facts} == {(0, 0, False)}
    kinds = {type(one).__name__ for one in facts}
    assert kinds == {"Byline", "Advisory", "Assistance", "Embargo"}
    assert {one.action for one in facts if isinstance(one, Advisory)} == {"writethru", "kill"}
    (embargo,) = (one for one in facts if isinstance(one, Embargo))
    assert embargo.moments[0].until == "2026-01-01T00:00:00+00:00"


def test_an_order_in_a_note_that_is_not_public_is_obeyed_and_not_quoted() -> None:
    note = "KILL KILL. Please kill this story, the minister did not resign.\nCall 0123 456."
    came = Received(content=STORY, is_html=True, private=(note,))
    _, facts, _ = understand(came, a_context())
    (order,) = facts
    assert isinstance(order, Advisory)
    assert (order.action, order.for_readers) == ("kill", False)
    assert "minister" not in order.raw


def test_names_of_metadata_are_split_where_nobody_is_named_in_the_copy() -> None:
    came = Received(
        content=STORY, is_html=True, authors=(Person(name="By Ines Calloway and Odile Marchetti"),)
    )
    _, _, authors = understand(came, a_context())
    assert [one.name for one in authors] == ["Ines Calloway", "Odile Marchetti"]


def test_a_new_house_is_known_when_read_again() -> None:
    item = an_item("T", "g", body=f"<p>Ines Calloway, Merrow Lantern</p>{STORY}")
    profile = Profile(source=SourceId("harbour"), publisher="harbour")
    (one,) = read(a_document(item), profile, NOW, HOUSES).candidates
    assert one.article.byline is None
    lantern = House(name="Merrow Lantern", kind=HouseKind.PUBLISHER)
    again = reread(one.article, Houses([lantern]))
    assert isinstance(again.byline, Byline)
    assert again.byline.organizations == ("Merrow Lantern",)
    assert "Lantern" not in again.body.text
    same = {"version", "published", "updated", "guid", "headline"}
    assert all(getattr(again, name) == getattr(one.article, name) for name in same)


def test_an_article_without_what_was_received_stays_as_it_is() -> None:
    (one,) = read(
        a_document(an_item("T", "g")), Profile(source=SourceId("h"), publisher="h"), NOW, HOUSES
    ).candidates
    bare = msgspec.structs.replace(
        one.article, body=msgspec.structs.replace(one.article.body, received=None)
    )
    assert reread(bare, HOUSES) == bare


def test_rereading_a_page_keeps_the_fingerprint_of_the_feeds_entry() -> None:
    article = an_article(page="https://harbour.example/one", fingerprint="of the entry")
    assert reread(article, HOUSES).fingerprint == "of the entry"
    bare = msgspec.structs.replace(article, page=None)
    assert reread(bare, HOUSES).fingerprint != "of the entry"


def test_a_dateline_element_holds_a_place_whatever_its_letters() -> None:
    came = Received(content=STORY, is_html=True, dateline="Copenhagen, Denmark")
    _, facts, _ = understand(came, a_context())
    (dateline,) = (one for one in facts if isinstance(one, Dateline))
    assert dateline.locations == ("Copenhagen, Denmark",)
    assert dateline.raw == "Copenhagen, Denmark"
    assert not dateline.cut


def test_the_copys_own_dateline_goes_before_that_of_metadata() -> None:
    content = STORY.replace("<p>The", "<p>MERROW (AP) — The", 1)
    came = Received(content=content, is_html=True, dateline="MERROW")
    body, facts, _ = understand(came, a_context())
    (dateline,) = (one for one in facts if isinstance(one, Dateline))
    assert (dateline.raw, dateline.cut, dateline.agency) == ("MERROW (AP) —", True, "AP")
    assert body.text.startswith("The ferry")


def test_whose_copy_it_is_may_stand_in_a_note_to_editors() -> None:
    note = "## Note to editors\n- (c)2018 The Merrow Lantern\n- adds quote"
    _, facts, _ = understand(Received(content=STORY, is_html=True, advisories=(note,)), a_context())
    (line,) = (one for one in facts if isinstance(one, CreditLine))
    assert (line.holder, line.year, line.cut) == ("The Merrow Lantern", 2018, False)
    assert line.raw == "(c)2018 The Merrow Lantern"


def test_the_houses_that_metadata_names_are_facts_without_a_place() -> None:
    came = Received(
        content=STORY, is_html=True, byline="Ines Calloway", credit="Reuters",
        sources=("Merrow Lantern",), provider="dpa",
    )  # fmt: skip
    body, facts, _ = understand(came, a_context(), Rights(holder="Coast Papers"))
    lines = [one for one in facts if isinstance(one, CreditLine)]
    named = [("Reuters",), ("Coast Papers",), ("Merrow Lantern",), ("dpa",)]
    assert [one.agencies for one in lines] == named
    assert {(one.start, one.end, one.cut) for one in lines} == {(0, 0, False)}
    assert body.html == STORY


def test_an_article_is_read_again_with_the_holder_of_its_metadata() -> None:
    article = an_article(rights=Rights(holder="Coast Papers"))
    again = reread(article, HOUSES)
    assert again.credit is not None
    assert again.credit.agencies == ("Coast Papers",)
