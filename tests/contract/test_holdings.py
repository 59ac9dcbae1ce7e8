"""What a release reads in one step is what the library says piece by piece."""

from datetime import timedelta
from pathlib import Path

import pytest

from syndicator import work
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.ports import Holdings, Library
from tests.unit.parts import WORLD, Bench, settings

A = SourceId("a")
DAY = timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return settings(tmp_path, "a")


@pytest.fixture
def bench(tmp_path: Path, library: Library) -> Bench:
    return Bench(tmp_path, library)


async def arrive(bench: Bench, desk: Settings, *lines: str) -> None:
    bench.shelf.put(desk.sources[A].url, *lines)
    (claim,) = await bench.library.claim([A], bench.clock.now(), timedelta(minutes=3))
    await bench.poller.poll(claim, desk)
    assert (await work.release_due(bench.parts, desk)).failed == {}
    bench.clock.forward(minutes=5)


async def piece_by_piece(bench: Bench, topic: TopicId, limit: int, note: str) -> Holdings:
    library = bench.library
    ids = await library.newest(topic=topic, limit=limit)
    standing = await library.standing(topic, bench.clock.now() - DAY)
    wanted = {*ids, *standing.now, *(line.article for line in standing.past)}
    return Holdings(
        articles=tuple(await library.articles(ids)),
        standing=standing,
        stories=await library.stories_of(wanted),
        rulings=await library.rulings_of(wanted),
        note=await library.note(note),
    )


async def same(bench: Bench, limit: int = 100, note: str = "n") -> Holdings:
    """Read it both ways, twice: the second time the articles are known."""
    expected = await piece_by_piece(bench, WORLD, limit, note)
    for _ in range(2):
        since = bench.clock.now() - DAY
        found = await bench.library.holdings(WORLD, WORLD, limit, since, note)
        assert found == expected
    return expected


async def rule(bench: Bench, kind: RulingKind, article: ArticleId) -> None:
    at = bench.clock.now()
    await bench.library.rule(Ruling(article=article, kind=kind, at=at, by="ada", reason="Wrong."))


async def test_an_empty_topic_holds_nothing(bench: Bench) -> None:
    found = await same(bench)
    assert found == Holdings(
        articles=(), standing=found.standing, stories={}, rulings={}, note=None
    )
    assert found.standing.count == 0


async def test_all_is_read_at_once(bench: Bench, desk: Settings) -> None:
    await arrive(bench, desk, *(f"g{n}|Story number {n} of the day" for n in range(6)))
    await bench.library.set_note("n", "seven")
    one, two, three, four = [article.id for article in (await same(bench)).articles[:4]]
    await bench.library.join(one, two, bench.clock.now())
    await rule(bench, RulingKind.KILL, three)
    await rule(bench, RulingKind.APPROVE, four)
    assert (await work.release_due(bench.parts, desk)).failed == {}
    found = await same(bench)
    assert len(found.articles) == 6
    assert {one, two} <= found.stories.keys()
    assert found.rulings.keys() == {three, four}
    assert [line.article for line in found.standing.past] == [three]
    assert found.note == "seven"
    assert len((await same(bench, limit=2, note="other")).articles) == 2


async def test_what_changed_since_is_read_anew(bench: Bench, desk: Settings) -> None:
    await arrive(bench, desk, "g1|Ferry sails", "g2|Quay closes")
    before = await same(bench)
    await arrive(bench, desk, "g1|Ferry sails again after the storm", "g2|Quay closes")
    after = await same(bench)
    assert {one.headline for one in after.articles} != {one.headline for one in before.articles}


async def test_what_was_killed_stands_in_it_when_it_is_no_longer_held(
    bench: Bench, desk: Settings
) -> None:
    await arrive(bench, desk, "g1|Ferry sails", "g2|Quay closes")
    (victim, _) = (await same(bench)).articles
    await rule(bench, RulingKind.KILL, victim.id)
    assert (await work.release_due(bench.parts, desk)).failed == {}
    await bench.library.retire([victim.id], bench.clock.now(), standing=True)
    found = await same(bench)
    assert victim.id not in {one.id for one in found.articles}
    assert victim.id in found.rulings
