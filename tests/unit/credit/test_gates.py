"""A gated pattern finds in every labelled line what it finds without its gate."""

import json
from pathlib import Path

import pytest

from syndicator.credit import advisory, copyright, republish  # noqa: A004 - the room of notices
from syndicator.credit.form import Gated

LINES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "credit" / "lines.jsonl")
    .read_text("utf-8")
    .splitlines()
]
GATES = {
    f"{module.__name__}.{name}": gate
    for module in (advisory, copyright, republish)
    for name, gate in vars(module).items()
    if isinstance(gate, Gated)
} | {rule: gate for _, rule, gate in advisory._KILLS if isinstance(gate, Gated)}  # noqa: SLF001 - the table itself


@pytest.mark.parametrize("name", sorted(GATES))
def test_a_gate_keeps_nothing_out(name: str) -> None:
    gate = GATES[name]
    for row in LINES:
        text = str(row.get("text") or row.get("line") or row)
        bare = gate._pattern.search(text)  # noqa: SLF001 - what stands behind the gate
        found = gate.search(text)
        assert (found and found.span()) == (bare and bare.span()), text
