"""How well lines are read that somebody labelled: our own, and the sample where it is at hand."""

import collections
import json
import re
from pathlib import Path
from typing import Any

import pytest

from syndicator.credit import labelled, read_line
from tests.builders import a_context

HERE = Path(__file__).parents[2]
SAMPLES = {
    HERE / "credit/lines.jsonl": (0.93, 0.90, 0.05),
    HERE.parents[1] / "shared/credit/dev.jsonl": (0.98, 0.97, 0.04),
}
"""Each with the least right kinds and fields, and the most false alarms."""
FIELDS: dict[str, tuple[str, ...]] = {
    "credit": ("copyright_year", "copyright_holder", "visit", "distributor"),
    "byline": ("authors", "organization", "role", "location"),
    "assistance": ("contributors", "editors", "reporters", "writers"),
    "dateline": ("location", "agency"),
    "embargo": ("until",),
    "kill": ("action",),
    "correction": ("type",),
    "republish": ("licence", "original_publisher"),
    "none": (),
}


def normal(value: Any) -> Any:
    """Fold case, space, quotes, a leading www. and trailing punctuation; lists become sets."""
    if not value:
        return None
    if isinstance(value, list | tuple):
        return frozenset(normal(item) for item in value) - {None} or None
    text = re.sub(r"\s+", " ", str(value)).strip().casefold()
    text = text.translate(str.maketrans("‘’“”", "''\"\""))
    return re.sub(r"^(https?://)?(www\.)?", "", text).strip(" .,;:/") or None


@pytest.mark.parametrize(
    "sample", [one for one in SAMPLES if one.is_file()], ids=lambda one: one.name
)
def test_labelled_lines_are_read_as_they_are_labelled(sample: Path) -> None:
    context = a_context()
    score: collections.Counter[str] = collections.Counter()
    wrong = []
    for row in sample.read_text("utf-8").splitlines():
        gold = json.loads(row)
        if gold.get("certain") is False:
            continue
        said = labelled(read_line(gold["text"], context))
        same = said["kind"] == gold["kind"]
        score["kinds"] += 1
        score["kinds right"] += same
        score["none"] += gold["kind"] == "none"
        score["alarms"] += gold["kind"] == "none" and not same
        if not same:
            wrong.append((gold["id"], gold["kind"], said["kind"], gold["text"][:80]))
        for name in FIELDS[gold["kind"]]:
            want = normal(gold["labels"].get(name))
            got = normal(said["labels"].get(name)) if same else None
            if want is not None or got is not None:
                score["fields"] += 1
                score["fields right"] += want == got
    kinds, fields, alarms = SAMPLES[sample]
    assert score["kinds right"] >= kinds * score["kinds"], wrong
    assert score["fields right"] >= fields * score["fields"]
    assert score["alarms"] <= alarms * score["none"], [one for one in wrong if one[1] == "none"]


def test_our_lines_are_many_of_every_kind_and_a_fifth_are_none() -> None:
    rows = [
        json.loads(row) for row in (HERE / "credit/lines.jsonl").read_text("utf-8").splitlines()
    ]
    kinds = collections.Counter(row["kind"] for row in rows)
    assert set(kinds) == set(FIELDS)
    assert min(kinds.values()) >= 30
    assert kinds["none"] >= 0.18 * len(rows)
    assert len({row["lang"] for row in rows}) >= 18
    assert len({row["text"] for row in rows}) == len(rows)
