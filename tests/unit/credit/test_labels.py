from syndicator.credit import labelled, read_line
from tests.builders import a_context


def test_no_fact_is_none() -> None:
    assert labelled(None) == {"kind": "none", "labels": {}}


def test_each_fact_has_its_kind() -> None:
    context = a_context()
    lines = {
        "By Ines Calloway": "byline",
        "PARIS (AP) — The ferry sailed.": "dateline",
        "(Reporting by Ines Calloway)": "assistance",
        "© 2026 Harbour Co.": "credit",
        "Originally published by Grist.": "republish",
        "EMBARGOED UNTIL 12 MAY 2026": "embargo",
        "KILL KILL KILL": "kill",
        "Clarification: The vote was not binding.": "correction",
        "The ferry sailed.": "none",
    }
    assert {line: labelled(read_line(line, context))["kind"] for line in lines} == lines


def test_empty_labels_are_left_out() -> None:
    assert labelled(read_line("By Ines Calloway", a_context()))["labels"] == {
        "authors": ("Ines Calloway",)
    }
