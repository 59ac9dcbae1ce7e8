"""What ``explain`` adds to a verdict: what outranks what, and what a feed has room for."""

from datetime import timedelta
from pathlib import Path

import msgspec

from syndicator.explain import composed_at, explain
from syndicator.model.desk import Settings
from syndicator.model.entry import Rights
from syndicator.model.ids import SourceId
from syndicator.model.license import License
from syndicator.model.topic import Topic, Window
from syndicator.settings.presets import presets
from tests.builders import NOW, an_article
from tests.unit.parts import OPEN, WORLD, Bench, settings

A = SourceId("a")


def test_it_says_that_the_contract_outranks_what_the_copy_states(tmp_path: Path) -> None:
    desk = settings(tmp_path, "a")
    desk = desk.model_copy(update={"licenses": {**presets(), **desk.licenses}})
    article = an_article(source=A, rights=Rights(notice="CC BY-NC 4.0", named=("CC-BY-NC-4.0",)))
    said = explain(article, [WORLD], desk, NOW)
    assert said.verdict == "cleared"
    assert said.reasons[0].rule == "stated"
    assert "cc-by-nc-4.0; the contract open comes before it" in said.reasons[0].text
    plain = explain(msgspec.structs.replace(article, rights=Rights()), [WORLD], desk, NOW)
    assert plain.reasons == said.reasons[1:]


async def stocked(tmp_path: Path, desk: Settings) -> Bench:
    bench = Bench(tmp_path)
    bench.shelf.put(desk.sources[A].url, *[f"g{n}|Story {n}" for n in range(3)])
    (claim,) = await bench.library.claim([A], NOW, timedelta(minutes=3))
    await bench.poller.poll(claim, desk)
    return bench


async def reasons(bench: Bench, desk: Settings) -> list[str]:
    """Return the verdict on each article, with the rule that decided."""
    made = await composed_at(bench.library, WORLD, desk, NOW)
    stored = await bench.library.articles(await bench.library.newest(limit=9))
    said = [explain(one, [WORLD], desk, NOW, topic=WORLD, made=made) for one in stored]
    return sorted(f"{one.verdict} {one.reasons[-1].rule}" for one in said)


async def test_it_tells_what_a_feed_has_no_room_for(tmp_path: Path) -> None:
    desk = settings(tmp_path, "a")
    narrow = {WORLD: Topic(title="World", window=Window(entries=1))}
    desk = desk.model_copy(update={"topics": narrow})
    bench = await stocked(tmp_path, desk)
    assert await reasons(bench, desk) == ["cleared credit", "refused window", "refused window"]


async def test_it_tells_what_waits_for_a_place(tmp_path: Path) -> None:
    desk = settings(tmp_path, "a")
    desk = desk.model_copy(update={"licenses": {OPEN: License(text="full", quota=1)}})
    bench = await stocked(tmp_path, desk)
    assert await reasons(bench, desk) == ["cleared credit", "refused quota", "refused quota"]
    await bench.releaser.release(WORLD, desk, NOW)
    assert await reasons(bench, desk) == ["cleared credit", "refused quota", "refused quota"]


async def test_of_a_past_moment_only_what_had_been_seen_by_then_is_told(tmp_path: Path) -> None:
    desk = settings(tmp_path, "a")
    bench = await stocked(tmp_path, desk)
    made = await composed_at(bench.library, WORLD, desk, NOW - timedelta(hours=1))
    assert made.edition.items == ()
