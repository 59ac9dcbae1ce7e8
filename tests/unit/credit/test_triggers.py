"""The cheap questions never turn away a line that a form would read."""

import json
from collections.abc import Iterator
from pathlib import Path

from syndicator.credit import read_line
from syndicator.credit.triggers import Suspicion, opens_a_message
from syndicator.model.credit import Advisory, Assistance, CreditLine, Embargo, Fact, Republication
from tests.builders import a_context

HERE = Path(__file__).parents[2]
SAMPLES = (HERE / "credit/lines.jsonl", HERE.parents[1] / "shared/credit/dev.jsonl")


def lines() -> Iterator[str]:
    for path in SAMPLES:
        if path.is_file():
            for row in path.read_text("utf-8").splitlines():
                yield json.loads(row)["text"]


def suspected(fact: Fact | None, may: Suspicion) -> bool:
    match fact:
        case Embargo() | Advisory():
            return may.message()
        case Republication():
            return may.republication()
        case Assistance():
            return may.sign_off()
        case CreditLine():
            return may.credit() or may.source()
        case _:
            return True


def test_every_line_a_form_reads_is_suspected() -> None:
    context = a_context()
    missed = [one for one in lines() if not suspected(read_line(one, context), Suspicion(one))]
    assert missed == []


def test_a_plain_paragraph_is_not_suspected() -> None:
    may = Suspicion(
        "The ferry crossed the strait in the rain on Monday, the harbour master said, with two hundred people."
    )
    assert not any((may.message(), may.republication(), may.credit(), may.sign_off()))


def test_a_message_far_into_a_paragraph_does_not_open_it() -> None:
    assert not opens_a_message("The ferry sailed. " * 20 + "Correction")
    assert opens_a_message(
        "Correction: The ferry did not sail. " + "The fare is nine crowns. " * 20
    )
