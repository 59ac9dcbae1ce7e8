"""What is read from one document of each dialect is what a person found right beside the source."""

import ast
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest

from syndicator import ingest
from syndicator.ingest.native import reader
from tests.corpus.goldens import CAPTURES, DOCUMENTS, GOLDEN, GOLDENS, Golden, made, text

FORMATS = Path(__file__).parents[2] / "docs" / "formats.md"
LARGEST = 15_000
# Drafts that differ from their neighbours in the number of the version alone.
DRAFTS = {"rss", "rss093", "rss094", "atom", "atom01", "atom02"}
# Captures live beside the project, and not everywhere; our own documents are always at hand.
AT_HAND = [one for one in GOLDENS if CAPTURES.exists() or one.is_own]


@pytest.mark.parametrize("golden", AT_HAND, ids=lambda golden: golden.name)
def test_a_document_is_read_as_its_golden_says(golden: Golden) -> None:
    kept = golden.path.read_text(encoding="utf-8")
    now = text(made(golden))
    changed = unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", lineterm="", n=4)
    told = "\n".join(changed)
    assert kept == now, f"{golden.name} (docs/formats.md, Goldens):\n{told}"


def test_every_dialect_has_a_golden() -> None:
    kept = {_format(golden) for golden in GOLDENS}
    assert dialects() - kept - DRAFTS == set()


def test_the_documentation_names_each_golden_and_no_other() -> None:
    table = FORMATS.read_text(encoding="utf-8").partition("## Goldens")[2]
    named = {line.split("`")[1] for line in table.splitlines() if line.startswith("| `")}
    assert named == {golden.name for golden in GOLDENS}


def test_nothing_lies_about_unread() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {golden.name for golden in GOLDENS}
    written = {path.name for path in DOCUMENTS.iterdir()}
    assert written == {golden.document for golden in GOLDENS if golden.is_own}
    assert [golden.name for golden in GOLDENS if golden.path.stat().st_size > LARGEST] == []


def _format(golden: Golden) -> str:
    lines = golden.path.read_text(encoding="utf-8").splitlines()
    found = (line.split('"')[3] for line in lines if line.startswith(' "format": '))
    return next(found, "refused")


def dialects() -> set[str]:
    """Name every dialect that some reader says it has read, by the readers' own source."""
    named = set(reader._RSS.values()) | set(reader._ATOM.values())  # noqa: SLF001
    for path in Path(ingest.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "format":
                named |= set(_results(node.value))
            elif isinstance(node, ast.FunctionDef) and node.name == "_dialect":
                returned = (one for one in ast.walk(node) if isinstance(one, ast.Return))
                named |= {one for each in returned for one in _results(each.value)}
    return named - {"unknown"}


def _results(value: ast.expr | None) -> Iterator[str]:
    """Yield what an expression may come to, not what it looks at."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from (*_results(value.body), *_results(value.orelse))
    elif isinstance(value, ast.BoolOp):
        yield from (one for each in value.values for one in _results(each))
    elif isinstance(value, ast.Call):
        yield from (one for each in value.args[1:] for one in _results(each))
