"""A topic that is not for everyone: released without a file, composed for each reader."""

from datetime import timedelta
from pathlib import Path

import pytest

from syndicator import work
from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.errors import LibraryError
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId, SubscriberId, TopicId
from syndicator.model.subscriber import Reader, Subscriber, hashed
from syndicator.model.topic import Audience, Topic
from syndicator.ports import Entered
from syndicator.subscription import Offer, Subscriptions
from tests.builders import NOW
from tests.unit.parts import WORLD, Bench, settings

A = SourceId("a")
COAST = Reader(
    id=SubscriberId("coast"), terms=Subscriber(token=hashed("syn_x", bytes(16)), rate=60)
)


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return settings(tmp_path, "a")


def private(desk: Settings) -> Settings:
    hidden = Topic(title="World", audience=Audience.SUBSCRIBERS)
    return desk.model_copy(update={"topics": {WORLD: hidden, TopicId("sea"): Topic(title="Sea")}})


async def stocked(root: Path, desk: Settings, library: MemoryLibrary | None = None) -> Bench:
    bench = Bench(root, library)
    bench.shelf.put(desk.sources[A].url, "g1|One", "g2|Two")
    (claim,) = await bench.library.claim([A], NOW, timedelta(minutes=3))
    assert (await bench.poller.poll(claim, desk)).new == 2
    return bench


def files(bench: Bench) -> set[str]:
    return {path.relative_to(bench.feeds).as_posix() for path in bench.feeds.rglob("*.*")}


async def test_a_topic_made_private_leaves_no_file_and_ends_its_lines(
    tmp_path: Path, desk: Settings
) -> None:
    bench = await stocked(tmp_path, desk)
    await work.release_due(bench.parts, desk)
    assert "world.rss" in files(bench)
    later = bench.clock.forward(hours=1)
    await bench.library.mark([WORLD], later)
    made = await work.release_due(bench.parts, private(desk))
    assert [(one.topic, one.written) for one in made.done] == [(WORLD, ())]
    assert not [name for name in files(bench) if "world" in name]
    for name in ("index.html", "topics.opml"):
        text = (bench.feeds / name).read_text()
        assert "Sea" in text
        assert "World" not in text
    lines = [one async for one in bench.library.publications()]
    assert [one.until for one in lines] == [None, None, later, later]
    await bench.library.mark([WORLD], later)
    await work.release_due(bench.parts, desk)  # and back
    assert "world.rss" in files(bench)


async def offered(bench: Bench, desk: Settings) -> Offer:
    return await Subscriptions(bench.library, "test").offer(WORLD, COAST, desk, bench.clock.now())


async def test_no_hub_is_named_to_subscribers(tmp_path: Path) -> None:
    desk = settings(tmp_path, "a", public_url="https://desk.example")
    bench = await stocked(tmp_path, desk)
    await work.release_due(bench.parts, desk)
    assert b"https://desk.example/hub" in (bench.feeds / "world.atom").read_bytes()
    for one in (await offered(bench, private(desk))).outputs:
        assert b"https://desk.example/hub" not in one.body


async def test_the_same_library_makes_the_same_offer(tmp_path: Path, desk: Settings) -> None:
    bench = await stocked(tmp_path, desk)
    first = await offered(bench, private(desk))
    bench.clock.forward(hours=1)
    assert await offered(bench, private(desk)) == first
    assert {one.path for one in first.outputs} == {
        "world.rss", "world.atom", "world.json", "world/index.html",
    }  # fmt: skip
    assert first.generation == await bench.library.generation(WORLD)
    assert len([one async for one in bench.library.publications()]) == 2


class Contended(MemoryLibrary):
    """A library in which other web servers enter the same lines first, so many times."""

    others = 0

    async def enter(self, topic: TopicId, entered: Entered) -> bool:
        if self.others:
            self.others -= 1
            return False
        return await super().enter(topic, entered)


async def test_an_offer_is_made_again_when_others_were_quicker(
    tmp_path: Path, desk: Settings
) -> None:
    library = Contended()
    bench = await stocked(tmp_path, desk, library)
    library.others = 2
    assert (await offered(bench, private(desk))).outputs
    library.others = 99
    bench.clock.forward(hours=1)
    headline = COAST.terms.model_copy(update={"forms": "headline"})
    subscriptions = Subscriptions(library, "test")
    other = Reader(id=COAST.id, terms=Subscriber.model_validate(headline.model_dump()))
    with pytest.raises(LibraryError, match="world@coast"):
        await subscriptions.offer(WORLD, other, private(desk), bench.clock.now())
