"""What stands before the first line of the story."""

import pytest

from syndicator.credit import read
from syndicator.credit.lines import lines_of
from syndicator.credit.top import read_top
from syndicator.model.credit import Advisory, Byline, Dateline, Embargo, Fact
from tests.builders import a_context

STORY = (
    "The ferry crossed the strait in the rain on Monday, the harbour master said, and came back."
)


def top_of(*lines: str, headline: str = "") -> tuple[list[Fact], int]:
    text = "\n\n".join((*lines, STORY, STORY))
    return read_top(lines_of(text), a_context(headline=headline))


def rules(*lines: str, headline: str = "") -> list[str]:
    facts, _ = top_of(*lines, headline=headline)
    return [fact.rule for fact in facts]


@pytest.mark.parametrize(
    ("lines", "authors", "organization", "role"),
    [
        (["By Ines Calloway, Harbour News"], ("Ines Calloway",), "Harbour News", None),
        (["By INES CALLOWAY", "AP Sports Writer"], ("Ines Calloway",), "AP", "Sports Writer"),
        (["Written by", "Ines Calloway for", "Reuters ->"], ("Ines Calloway",), "Reuters", None),
        (["By:", "Ines Calloway"], ("Ines Calloway",), None, None),
    ],
)
def test_a_byline_over_lines(
    lines: list[str], authors: tuple[str, ...], organization: str | None, role: str | None
) -> None:
    facts, taken = top_of(*lines)
    (byline,) = (fact for fact in facts if isinstance(fact, Byline))
    assert (byline.authors, byline.organization, byline.role) == (authors, organization, role)
    assert taken == len(lines)


def test_breadcrumbs_and_the_headline_said_again_go_with_a_byline() -> None:
    found = rules(
        "Today", "/", "Coast Wire", "Night ferry sails", "By Ines Calloway", headline="Night ferry sails"
    )  # fmt: skip
    assert found == ["breadcrumb", "rule-line", "breadcrumb", "headline-repeated", "by"]


def test_a_headline_said_again_alone_stays() -> None:
    assert rules("Night ferry sails", headline="Night ferry sails") == []


def test_a_second_byline_only_says_again_who_was_named() -> None:
    assert rules("By Ines Calloway", "By Ines Calloway, Merrow") == ["by", "by"]
    assert rules("By Ines Calloway", "By Odile Marchetti") == ["by"]


def test_a_dateline_takes_no_line() -> None:
    text = f"By Ines Calloway\n\nMERROW, Va. (AP) — {STORY}"
    facts, taken = read_top(lines_of(text), a_context())
    assert isinstance(facts[-1], Dateline)
    assert taken == 1
    assert text[facts[-1].end :].strip() == STORY


def test_messages_to_editors_go_and_those_to_readers_stay() -> None:
    facts, _ = top_of("Eds: Adds quotes from the harbour master. With AP Photos.")
    assert [(fact.cut, type(fact)) for fact in facts] == [(True, Advisory)]
    facts, _ = top_of("Editor’s note: This story was first told at a school.")
    assert [fact.cut for fact in facts] == [False]


def test_an_embargo_on_top() -> None:
    facts, _ = top_of("EMBARGOED UNTIL 8:30 A.M. EDT, WEDNESDAY, APRIL 29, 2015")
    assert isinstance(facts[0], Embargo)
    assert facts[0].moments[0].until == "2015-04-29T08:30:00-04:00"


@pytest.mark.parametrize(
    "first",
    [
        "By noon the quay was empty, and by night so was the town, its people said.",
        "Note that you cannot float in the air.",
        "Ines Calloway was tired.",
        "Visit any harbour at dawn and you will see the nets.",
        "Corrections officers found the door open on Monday.",
    ],
)
def test_a_first_sentence_stays(first: str) -> None:
    assert read(f"{first}\n\n{STORY}", a_context()) == ()
