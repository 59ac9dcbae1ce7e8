"""A gated pattern finds in every labelled line what it finds without its gate."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicator.credit import (
    advisory,
    assistance,
    byline,
    byline_parts,
    copyright,  # noqa: A004 - the room of notices
    embargo,
    republish,
    sources,
)
from syndicator.credit.form import Gated, Parted
from syndicator.credit.moments import _DATE, _NAMED, _NUMERIC, may_hold_date

LINES = [
    str(row.get("text") or row.get("line") or row)
    for row in map(
        json.loads,
        (Path(__file__).parents[2] / "credit" / "lines.jsonl").read_text("utf-8").splitlines(),
    )
]
ROOMS = (advisory, assistance, byline, byline_parts, copyright, embargo, republish, sources)


def gates() -> Iterator[tuple[str, Gated]]:
    """Find every gate, those inside of tables and of parted patterns too."""
    for module in ROOMS:
        for name, value in vars(module).items():
            for row in value if isinstance(value, tuple) else ((name, value),):
                for one in row if isinstance(row, tuple) else ():
                    gate = one._anywhere if isinstance(one, Parted) else one  # noqa: SLF001 - what may be anywhere
                    if isinstance(gate, Gated):
                        yield f"{module.__name__}.{name} {row[1] if row[0] != name else ''}", gate


GATES = dict(gates())


@pytest.mark.parametrize("name", sorted(GATES))
def test_a_gate_keeps_nothing_out(name: str) -> None:
    gate = GATES[name]
    for text in LINES:
        bare = gate._pattern.search(text)  # noqa: SLF001 - what stands behind the gate
        found = gate.search(text)
        assert (found and found.span()) == (bare and bare.span()), text


def test_there_are_many_gates() -> None:
    assert len(GATES) > 30


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^a|b", "cab"),
        (r"^a|b", "ac"),
        (r"(?-i:^A|^B)\b|[|)]x|\|y", "c |y"),
        (r"^(?:a|b)c|d$", "bc"),
        (r"^(?:a|b)c|d$", "abc"),
    ],
)
def test_a_parted_pattern_finds_what_the_whole_finds(pattern: str, text: str) -> None:
    whole = re.compile(pattern, re.IGNORECASE).search(text) is not None
    assert Parted(pattern, re.IGNORECASE).found(text) is whole


def test_wherever_a_date_stands_one_may_stand() -> None:
    for text in LINES:
        if _DATE.search(text) or _NAMED.search(text) or _NUMERIC.search(text):
            assert may_hold_date(text), text
