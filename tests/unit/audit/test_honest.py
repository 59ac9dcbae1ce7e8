"""What an honest desk publishes is no breach, however odd its words."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicator import work
from syndicator.audit import audit, documents_in, stock
from syndicator.model.ids import SourceId
from syndicator.model.license import License
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.topic import Topic
from syndicator.poll import Poller
from tests.builders import a_feed, an_item
from tests.contract.polite import HereReader
from tests.unit.parts import OPEN, WORLD, Bench, settings

A = SourceId("a")
FULL = {"text": "full", "credit": "{source}"}
PIXEL = "<p>The ferry sails.</p><img src='https://harbour.example/c.gif' width='1' height='1'>"
FIRST = (
    "<p>Brewers save water in their works all over the country.</p>"
    "<p>Originally published under Creative Commons by 360info™.</p>"
)
SAME = "https://harbour.example/"
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], list[str]]] = {
    "an ampersand in the title of a source": (
        {**FULL, "text": "headline"},
        {"title": "Smith & Sons"},
        {},
        [an_item("Ferry", "g1", body="<p>The ferry sails again today at noon.</p>")],
    ),
    "counting pictures that the operator lets through": (
        {**FULL, "images": "all"},
        {"pixels": True},
        {},
        [an_item("Ferry", "g1", body=PIXEL)],
    ),
    "two entries with one link, and words before their headlines": (
        FULL,
        {},
        {"prefix": "{source}: "},
        [
            an_item("Ferry sails", "g1", link=SAME),
            an_item("The ferry sails", "g2", link=SAME, body="<p>Other words.</p>"),
        ],
    ),
    "a copy that says where it was published first": (
        {"text": "full", "credit": "{source}, via {distributor}", "distributor": "Agency"},
        {},
        {},
        [an_item("Beer", "g1", body=FIRST)],
    ),
}


async def breaches(root: Path, case: str, corrected: str = "", **topic: Any) -> list[str]:
    terms, source, rules, items = CASES[case]
    bench, desk = Bench(root), settings(root, "a")
    bench.poller = Poller(
        fetcher=bench.shelf, reader=HereReader(), library=bench.library, clock=bench.clock
    )
    desk = desk.model_copy(
        update={
            "sources": {A: desk.sources[A].model_copy(update=source)},
            "licenses": {OPEN: License.model_validate(terms)},
            "topics": {WORLD: Topic.model_validate({"title": "World", **rules, **topic})},
        }
    )
    bench.shelf.put(desk.sources[A].url, a_feed(*items).decode())
    await work.poll_named(bench.parts, [A], desk)
    await work.release_due(bench.parts, desk)
    if corrected:
        (article,) = await bench.library.newest(limit=1)
        at = bench.clock.forward(minutes=1)
        ruling = Ruling(
            article=article,
            kind=RulingKind.CORRECT,
            at=at,
            by="ada",
            reason=corrected,
            public=True,
        )
        await bench.library.rule(ruling)
        await work.release_due(bench.parts, desk)
    documents, found = documents_in(bench.feeds)
    assert documents
    now = bench.clock.now() + timedelta(seconds=10)
    known = await stock(bench.library, desk, documents, now)
    return [str(one) for one in (*found, *audit(documents, known, desk, now))]


@pytest.mark.parametrize("case", CASES)
async def test_an_honest_desk_is_clean(tmp_path: Path, case: str) -> None:
    assert await breaches(tmp_path, case) == []


async def test_a_correction_with_an_ampersand_is_the_correction(tmp_path: Path) -> None:
    case = "an ampersand in the title of a source"
    words = "The name is Smith & Sons, not <Sons>."
    assert await breaches(tmp_path, case, words, corrections="notice") == []
