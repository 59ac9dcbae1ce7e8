"""The directory: what it says of topics, and which files it lets stand."""

from pathlib import Path

import pytest

from syndicator.directory import ROUNDS
from syndicator.model.desk import Settings
from syndicator.model.ids import TopicId
from syndicator.model.topic import Topic
from tests.unit.parts import Bench, settings


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return settings(tmp_path, "a")


async def published(bench: Bench, desk: Settings) -> tuple[str, ...]:
    return await bench.directory.publish(desk, bench.releaser.site(desk))


async def test_files_of_no_topic_go_when_the_settings_are_others(
    bench: Bench, desk: Settings
) -> None:
    bench.feeds.mkdir()
    (bench.feeds / "old.rss").write_text("of a topic that is gone")
    assert "old.rss" in await published(bench, desk)
    (bench.feeds / "sea.rss").write_text("of a topic that is none yet")
    assert await published(bench, desk) == ()
    other = desk.model_copy(update={"topics": {TopicId("sea"): Topic(title="Sea")}})
    await published(bench, other)
    assert (bench.feeds / "sea.rss").exists()
    assert "sea.rss" in await published(bench, desk)


async def test_what_another_process_left_goes_in_the_end(bench: Bench, desk: Settings) -> None:
    await published(bench, desk)
    (bench.feeds / "old.rss").write_text("written late")
    gone = [name for _ in range(ROUNDS + 1) for name in await published(bench, desk)]
    assert gone == ["old.rss"]
