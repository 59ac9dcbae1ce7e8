"""Nothing that readers would refuse replaces what stands; an entry costs itself alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId
from tests.builders import NOW
from tests.unit.parts import WORLD, Bench, settings

A = SourceId("a")
FEEDS = ("world.rss", "world.atom", "world.json")


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return settings(tmp_path, "a")


async def stocked(tmp_path: Path, desk: Settings, *lines: str) -> Bench:
    bench = Bench(tmp_path)
    bench.shelf.put(desk.sources[A].url, *lines)
    (claim,) = await bench.library.claim([A], NOW, timedelta(minutes=3))
    await bench.poller.poll(claim, desk)
    return bench


async def test_a_document_with_an_error_does_not_replace_the_last_good_one(
    tmp_path: Path, desk: Settings
) -> None:
    bench = await stocked(tmp_path, desk, "g1|Story 1")
    await bench.releaser.release(WORLD, desk, NOW)
    good = {path: (bench.feeds / path).read_bytes() for path in FEEDS}
    page = (bench.feeds / "world/index.html").read_bytes()
    odd = desk.desk.model_copy(update={"public_url": "https://desk.example/our feeds"})
    broken = desk.model_copy(update={"desk": odd})
    made = await bench.releaser.release(WORLD, broken, NOW)
    assert {path: (bench.feeds / path).read_bytes() for path in FEEDS} == good
    assert made.written == ("world/index.html",)
    assert (bench.feeds / "world/index.html").read_bytes() != page
    assert [one.partition(" ")[0] for one in made.problems] == list(FEEDS)
    assert all(" held back: " in one for one in made.problems)
    assert "InvalidUriChar at rss/channel/" in made.problems[0]
    mended = await bench.releaser.release(WORLD, desk, NOW)
    assert mended.problems == ()


async def test_a_sound_release_says_nothing(tmp_path: Path, desk: Settings) -> None:
    bench = await stocked(tmp_path, desk, *(f"g{n}|Story {n}" for n in range(5)))
    made = await bench.releaser.release(WORLD, desk, NOW)
    assert made.problems == ()
    assert {*FEEDS, "world/index.html"} == set(made.written)


async def test_a_language_that_is_none_is_not_said(tmp_path: Path, desk: Settings) -> None:
    bench = await stocked(tmp_path, desk, "g1|Story 1")
    topic = desk.topics[WORLD].model_copy(update={"language": "English"})
    named = desk.model_copy(update={"topics": {WORLD: topic}})
    made = await bench.releaser.release(WORLD, named, NOW)
    assert made.problems == ()
    assert b"English" not in (bench.feeds / "world.rss").read_bytes()
