"""What stands after the last sentence of the story, and what is glued to it."""

import pytest

from syndicator.credit import read
from syndicator.model.credit import Assistance, CreditLine, Fact, Republication
from tests.builders import a_context

STORY = (
    "The ferry crossed the strait in the rain on Monday, the harbour master said, and came back "
    "with the mail and the passengers who had waited since the morning for it to sail."
)


def end_of(*lines: str, story: str = STORY) -> tuple[Fact, ...]:
    return read("\n\n".join((STORY, story, *lines)), a_context())


def left(*lines: str, story: str = STORY) -> str:
    text = "\n\n".join((STORY, story, *lines))
    for fact in reversed(end_of(*lines, story=story)):
        if fact.cut:
            text = text[: fact.start] + text[fact.end :]
    return text.strip()


def test_three_lines_of_a_syndicate_are_one_credit() -> None:
    (credit,) = end_of(
        "©2018 The Harbour Pilot (Merrow, Va.)\nVisit The Harbour Pilot at pilot.example\n"
        "Distributed by Lighthouse Agency, LLC."
    )
    assert isinstance(credit, CreditLine)
    assert (credit.holder, credit.year, credit.site, credit.distributor) == (
        "The Harbour Pilot", 2018, "pilot.example", "Lighthouse Agency, LLC",
    )  # fmt: skip


def test_a_sign_off_glued_to_the_last_sentence_is_parted_from_it() -> None:
    sign_off = "(Reporting by Ines Calloway in Merrow; Editing by Tomas Reyes)"
    (fact,) = end_of(story=f"{STORY} {sign_off}")
    assert isinstance(fact, Assistance)
    assert fact.raw == sign_off
    assert (fact.reporters, fact.editors) == (("Ines Calloway",), ("Tomas Reyes",))
    assert left(story=f"{STORY} {sign_off}").endswith("to sail.")


def test_agencies_glued_in_brackets() -> None:
    (fact,) = end_of(story=f"{STORY} (APA/dpa, 23.8.2015)")
    assert isinstance(fact, CreditLine)
    assert fact.agencies == ("APA", "dpa")


@pytest.mark.parametrize(
    "aside", ["(or nearly so)", "(see page 4)", "(AP had no comment)", "(2015)"]
)
def test_brackets_of_the_story_stay(aside: str) -> None:
    assert end_of(story=f"{STORY} {aside}") == ()


def test_what_follows_a_sign_off_is_the_pages() -> None:
    after = ("To add symbols:", "Recommended For You", "SEE ALSO: Another ferry", "The harbour app")
    assert left("(Reporting by Ines Calloway)", *after) == f"{STORY}\n\n{STORY}"


def test_without_a_sign_off_short_last_lines_stay() -> None:
    assert left("Nobody waited.", "The end, then.").endswith("The end, then.")


def test_a_republication_line_and_its_teaser() -> None:
    facts = end_of("This article originally appeared at Grist. Copyright 2015.", "SEE ALSO: More")
    assert isinstance(facts[0], Republication)
    assert (facts[0].publisher, facts[0].year) == ("Grist", 2015)


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this story misstated the fare. It is nine crowns.",
        "This post has been updated.",
        "If you need help, call the Merrow Lifeline at 1-800-555-0100.",
        "This article was generated automatically by a machine from harbour data.",
        "Editor’s note: This piece is satire.",
    ],
)
def test_notes_to_readers_stay_with_the_story(note: str) -> None:
    assert left(note, "©2026 Harbour Co.").endswith(note)


def test_the_notice_of_a_carrier_is_of_its_site() -> None:
    text = f"MERROW (AP) — {STORY}\n\n{STORY}\n\n© 2026 Harbour Papers, Inc. All Rights Reserved."
    credit = next(one for one in read(text, a_context()) if isinstance(one, CreditLine))
    assert credit.scope == "site"


def test_a_korean_reporter_stands_at_the_end() -> None:
    facts = read("배가 월요일에 다시 떠난다고 항만청이 밝혔다.\n\n김하늘 기자", a_context())
    assert [fact.rule for fact in facts] == ["korean-reporter"]
