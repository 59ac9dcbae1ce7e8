from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from syndicator.errors import PublishError
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.license import License
from syndicator.model.topic import Topic, Window
from syndicator.release import EPOCH, compose, source_title
from tests.builders import NOW, an_article
from tests.unit.parts import OPEN, WORLD, Bench, settings

A = SourceId("a")


def articles(count: int) -> list[Article]:
    """Articles of source ``a``, the newest first, an hour apart."""
    return [
        an_article(
            id=ArticleId(f"{n:020}"),
            source=A,
            guid=f"g{n}",
            headline=f"Story {n}",
            published=NOW - timedelta(hours=n),
            updated=NOW - timedelta(hours=n),
        )
        for n in range(count)
    ]


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return settings(tmp_path, "a")


def test_composing_keeps_the_window(desk: Settings) -> None:
    narrow = Topic(title="World", window=Window(entries=3, hours=1))
    edition, refused, wake = compose(
        WORLD, articles(9), desk.model_copy(update={"topics": {WORLD: narrow}}), NOW
    )
    assert [item.article.headline for item in edition.items] == ["Story 0", "Story 1", "Story 2"]
    assert (refused, wake, edition.updated) == (0, None, NOW)


def test_what_has_no_licence_stays_in(desk: Settings) -> None:
    bare = {A: desk.sources[A].model_copy(update={"license": None})}
    changes: list[dict[str, object]] = [{"sources": bare}, {"sources": {}}, {"licenses": {}}]
    for changed in changes:
        edition, refused, _ = compose(WORLD, articles(2), desk.model_copy(update=changed), NOW)
        assert (edition.items, refused, edition.updated) == ((), 2, EPOCH)


def test_a_licence_that_ends_says_when_to_build_again(desk: Settings) -> None:
    month = {OPEN: License(text="full", expires=timedelta(days=30))}
    limited = desk.model_copy(update={"licenses": month})
    _, _, wake = compose(WORLD, articles(3), limited, NOW)
    assert wake == NOW - timedelta(hours=2) + timedelta(days=30)
    assert wake is not None
    edition, refused, _ = compose(WORLD, articles(3), limited, wake)
    assert (len(edition.items), refused) == (2, 1)


def test_a_source_is_named_as_the_operator_does(desk: Settings) -> None:
    article = articles(1)[0]
    assert source_title(desk, article) == "Harbour News"
    named = {A: desk.sources[A].model_copy(update={"title": "The Harbour"})}
    assert source_title(desk.model_copy(update={"sources": named}), article) == "The Harbour"
    bare = msgspec.structs.replace(
        article, origin=msgspec.structs.replace(article.origin, title=None)
    )
    assert source_title(desk, bare) == "a"


async def stocked(tmp_path: Path, desk: Settings, count: int) -> Bench:
    """Parts whose library holds articles, polled in."""
    bench = Bench(tmp_path)
    lines = [f"g{n}|Story {n}" for n in range(count)]
    bench.shelf.put(desk.sources[A].url, *lines)
    (claim,) = await bench.library.claim([A], NOW, timedelta(minutes=3))
    assert (await bench.poller.poll(claim, desk)).new == count
    return bench


async def test_releasing_twice_writes_once(tmp_path: Path, desk: Settings) -> None:
    bench = await stocked(tmp_path, desk, 3)
    first = await bench.releaser.release(WORLD, desk, NOW)
    assert (first.entries, first.refused, first.problems) == (3, 0, ())
    assert set(first.written) == {"world.rss", "world.atom", "world.json", "world/index.html"}
    before = {path: (bench.feeds / path).read_bytes() for path in first.written}
    again = await bench.releaser.release(WORLD, desk, NOW + timedelta(hours=1))
    assert again.written == ()
    assert {path: (bench.feeds / path).read_bytes() for path in first.written} == before


async def test_a_release_that_cannot_be_written_leaves_the_last(
    tmp_path: Path, desk: Settings
) -> None:
    bench = await stocked(tmp_path, desk, 1)
    (bench.feeds / "world").mkdir(parents=True)
    (bench.feeds / "world.rss").mkdir()
    with pytest.raises(PublishError, match=r"world\.rss"):
        await bench.releaser.release(WORLD, desk, NOW)


async def test_the_directory_follows_the_settings(tmp_path: Path, desk: Settings) -> None:
    bench = await stocked(tmp_path, desk, 1)
    await bench.releaser.release(WORLD, desk, NOW)
    bench.releaser.publish_site(desk, {WORLD: (1, NOW)})
    assert "World" in (bench.feeds / "index.html").read_text()
    renamed = desk.model_copy(update={"topics": {TopicId("sea"): Topic(title="Sea")}})
    gone = bench.releaser.publish_site(renamed, {})
    assert {"world.rss", "world.atom", "world.json", "world/index.html"} <= set(gone)
    assert not (bench.feeds / "world").exists()
    assert "Sea" in (bench.feeds / "topics.opml").read_text()
