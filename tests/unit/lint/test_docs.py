"""The page of rules says what the program says."""

from pathlib import Path

from syndicator.lint import RULES
from syndicator.lint.rules import PROMISED

PAGE = (Path(__file__).parents[3] / "docs" / "lint.md").read_text(encoding="utf-8")


def test_every_rule_stands_in_the_page_as_it_is() -> None:
    rows = [
        [cell.strip().replace("&lt;", "<") for cell in line.strip("|").split("|")]
        for line in PAGE.splitlines()
        if line.startswith("| `")
    ]
    listed = {row[0].strip("`"): tuple(row[1:]) for row in rows if len(row) == 5}
    assert listed == {
        one.name: (one.level.value, one.what, one.todo, one.source) for one in RULES.values()
    }


def test_what_the_desk_promises_is_named() -> None:
    assert set(RULES) >= PROMISED
    assert all(f"`{name}`" in PAGE for name in PROMISED)
