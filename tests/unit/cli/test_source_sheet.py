from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.cli.source_sheet import lines, pushing, sheet
from syndicator.cli.sources import describe, spoken
from syndicator.hubs import Service
from syndicator.model.ids import SourceId
from syndicator.model.push import Agreement, Offer, Pushed, Score
from syndicator.model.source import Habits, SourceState
from tests.builders import NOW
from tests.unit.parts import settings

A = SourceId("a")
HUB = "https://hub.example/"
URL = "https://a.example/f"
AGREED = Agreement(
    token="t",
    source=A,
    hub=HUB,
    topic=URL,
    secret="s",
    callback="https://desk.example/websub/t",
    since=NOW,
    until=NOW + timedelta(days=7),
)
STATE = SourceState(source=A, url=URL, offer=Offer(hubs=(HUB,), topic=URL))
SERVED = replace(STATE, pushed=Pushed(hub=HUB, row=3, first=41, missed=1, last=NOW))


def said(root: Path, state: SourceState, service: Service, **desk: Any) -> dict[str, str]:
    """Return what the sheet says, by its names."""
    desk = {"public_url": "https://desk.example", **desk}
    found = sheet(A, settings(root, "a", **desk), state, NOW, service)
    rows = [line.partition(" ") for line in lines(found, NOW)]
    return {name: text.strip() for name, _, text in rows}


@pytest.mark.parametrize(
    ("state", "service", "push", "score"),
    [
        (SourceState(source=A, url=URL), Service(), None, None),
        (STATE, Service(), f"not yet by {HUB}: not asked for", None),
        (
            STATE,
            Service(replace(AGREED, until=None, asked=NOW)),
            f"not yet by {HUB}: asked for",
            None,
        ),
        (
            STATE,
            Service(replace(AGREED, until=None, trouble="it is down")),
            f"not yet by {HUB}: it is down",
            None,
        ),
        (STATE, Service(AGREED), f"by {HUB} until 2026-12-01 12:00 UTC; nothing yet", None),
        (
            SERVED,
            Service(AGREED, Score(first=96, missed=4)),
            f"by {HUB} until 2026-12-01 12:00 UTC; last delivery just now",
            "news first by push 41 times, missed 1; the hub, for all its sources: 96%",
        ),
    ],
)
def test_how_push_stands(
    tmp_path: Path, state: SourceState, service: Service, push: str | None, score: str | None
) -> None:
    found = said(tmp_path, state, service)
    assert (found.get("push"), found.get("score")) == (push, score)


def test_without_a_public_url_push_is_off(tmp_path: Path) -> None:
    found = said(tmp_path, STATE, Service(), public_url=None)
    assert found["push"] == f"offered by {HUB}; off, because public_url is not set"


async def test_what_is_shown_is_what_the_library_knows(tmp_path: Path) -> None:
    library, score = MemoryLibrary(), Score(first=1)
    await library.keep_agreement(AGREED, NOW)
    await library.set_hub_score(HUB, score)
    on = settings(tmp_path, "a", public_url="https://desk.example")
    assert await pushing(library, on, STATE) == Service(replace(AGREED, revision=1), score)
    assert await pushing(library, on, None) == Service()
    assert await pushing(library, settings(tmp_path, "a"), STATE) == Service()


def test_dates_and_revisions_that_cannot_be_trusted_are_named(tmp_path: Path) -> None:
    plain = said(tmp_path, replace(STATE, last_polled=NOW), Service())
    assert not {"dates", "noisy"} & plain.keys()
    habits = Habits(untrusted=True, as_of=NOW, revised=12.0, small=11.0)
    state = replace(STATE, last_polled=NOW, last_status="ok", habits=habits)
    rows = said(tmp_path, state, Service())
    assert "ours are used" in rows["dates"]
    assert "again and again" in rows["noisy"]
    row = describe(A, settings(tmp_path, "a"), state, NOW)
    assert spoken(row, NOW)["state"] == "ok, noisy, dates: untrusted"
    later = replace(state, last_polled=NOW + timedelta(days=9))
    assert "noisy" not in said(tmp_path, later, Service())
