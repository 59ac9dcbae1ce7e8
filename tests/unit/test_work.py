import asyncio
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import current_thread, main_thread
from typing import TypeVar

import pytest

from syndicator import work
from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.editing import edit_stock
from syndicator.errors import FetchError, LibraryError
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId, TopicId
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.source import SourceState
from syndicator.model.topic import Topic
from syndicator.poll import LEASE
from syndicator.ports import Admission, Claim, Verdict
from syndicator.render.jsonfeed import render_json
from syndicator.render.page import render_page
from tests.builders import NOW
from tests.unit.parts import WORLD, Bench, settings

T = TypeVar("T")
NAMES = [f"s{n}" for n in range(12)]
IDS = [SourceId(name) for name in NAMES]


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return settings(tmp_path, *NAMES, fetch={"concurrency": 3})


def stock(bench: Bench, desk: Settings) -> None:
    """Put two stories on the shelf for each source."""
    for key, source in desk.sources.items():
        bench.shelf.put(source.url, f"{key}-1|One of {key}", f"{key}-2|Two of {key}")


@pytest.fixture
def bench(tmp_path: Path, desk: Settings) -> Bench:
    one = Bench(tmp_path)
    stock(one, desk)
    return one


async def test_every_named_source_is_polled_once(bench: Bench, desk: Settings) -> None:
    told: list[str] = []
    results = await work.poll_named(bench.parts, IDS, desk, lambda one: told.append(one.source))
    assert sorted(told) == sorted(NAMES)
    assert sum(one.new for one in results) == 24
    assert len(bench.shelf.asked) == 12


async def test_a_source_another_process_polls_is_said_to_be_busy(
    bench: Bench, desk: Settings
) -> None:
    await bench.library.claim(IDS[:1], NOW, LEASE)
    results = await work.poll_named(bench.parts, IDS, desk)
    (busy,) = [one for one in results if one.error]
    assert (busy.source, busy.kind) == ("s0", "busy")
    assert len(results) == 12


async def test_trouble_with_one_source_costs_no_other(bench: Bench, desk: Settings) -> None:
    bench.shelf.errors["https://s3.example/f"] = FetchError("dns", "nowhere")
    del bench.shelf.documents["https://s5.example/f"]  # a fault: this shelf raises KeyError
    results = await work.poll_named(bench.parts, IDS, desk)
    failed = {one.source: one.kind for one in results if one.error}
    assert failed == {"s3": "dns", "s5": "fault"}
    (fault,) = [one for one in results if one.kind == "fault"]
    assert fault.error == "s5: a fault of the desk's own: KeyError: 'https://s5.example/f'"


async def test_polling_cut_off_gives_its_claims_back(bench: Bench, desk: Settings) -> None:
    reached, never = asyncio.Event(), asyncio.Event()
    fetch = bench.shelf.fetch

    async def hang(*given: object) -> object:
        answer = await fetch(*given)  # type: ignore[arg-type]
        reached.set()
        await never.wait()
        return answer

    bench.shelf.fetch = hang  # type: ignore[method-assign, assignment]
    await bench.library.enroll(IDS, NOW)
    task = asyncio.create_task(work.poll_named(bench.parts, IDS, desk))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(await bench.library.claim(IDS, NOW, LEASE)) == 12


class Moody(MemoryLibrary):
    """A library whose store is away while ``away`` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False

    def _look(self) -> None:
        if self.away:
            raise LibraryError("the store does not answer")

    async def finish(self, claim: Claim, state: SourceState, next_poll: object) -> bool:
        self._look()
        return await super().finish(claim, state, next_poll)  # type: ignore[arg-type]

    async def admit(self, admission: Admission) -> Verdict:
        self._look()
        return await super().admit(admission)


async def test_a_store_that_goes_away_is_one_error(tmp_path: Path, desk: Settings) -> None:
    library = Moody()
    bench = Bench(tmp_path, library)
    stock(bench, desk)
    bench.shelf.on_ask = lambda: setattr(library, "away", len(bench.shelf.asked) > 4)
    with pytest.raises(LibraryError):
        await work.poll_named(bench.parts, IDS, desk)
    library.away = False
    bench.shelf.on_ask = lambda: None
    bench.clock.forward(minutes=5)
    await work.poll_named(bench.parts, IDS, desk)
    assert await library.count() == 24


async def test_claims_are_given_back_when_the_store_hears_of_it(tmp_path: Path) -> None:
    library = Moody()
    bench = Bench(tmp_path, library)
    await library.enroll(IDS, NOW)
    claims = await library.claim_due(NOW, 3, LEASE)
    library.away = True
    assert await work.give_back(bench.parts, claims) == claims
    library.away = False
    assert await work.give_back(bench.parts, claims) == []
    assert len(await library.claim_due(NOW, 99, LEASE)) == 12
    assert await work.give_back(bench.parts, claims) == []  # lost meanwhile: let be
    assert await library.claim_due(NOW, 99, LEASE) == []


async def test_what_changed_is_released_and_no_more(bench: Bench, desk: Settings) -> None:
    await work.poll_named(bench.parts, IDS[:1], desk)
    made = await work.release_due(bench.parts, desk)
    assert [(one.topic, one.entries) for one in made.done] == [(WORLD, 2)]
    assert made.failed == {}
    assert "2" in (bench.feeds / "index.html").read_text()
    assert await work.release_due(bench.parts, desk) == work.Round()


async def test_one_topic_without_room_costs_no_other(bench: Bench, desk: Settings) -> None:
    sea = TopicId("sea")
    both = desk.model_copy(update={"topics": {**desk.topics, sea: Topic(title="Sea")}})
    (bench.feeds / "sea.rss").mkdir(parents=True)
    await bench.library.mark([WORLD, sea], NOW)
    made = await work.release_due(bench.parts, both)
    assert [one.topic for one in made.done] == [WORLD]
    assert set(made.failed) == {sea}
    assert "sea.rss" in made.failed[sea]
    assert await work.release_due(bench.parts, both) == work.Round()

    (bench.feeds / "sea.rss").rmdir()
    bench.clock.forward(seconds=work.RELEASE_RETRY.total_seconds())
    assert [one.topic for one in (await work.release_due(bench.parts, both)).done] == [sea]


async def test_a_topic_gone_from_the_settings_is_let_go(bench: Bench, desk: Settings) -> None:
    await bench.library.mark([TopicId("old")], NOW)
    assert await work.release_due(bench.parts, desk) == work.Round()
    assert await bench.library.claim_releases(NOW + timedelta(days=1), 9, LEASE) == []


async def test_applying_settings_refiles_once(bench: Bench, desk: Settings) -> None:
    await work.apply_settings(bench.parts, desk)
    await work.poll_named(bench.parts, IDS, desk)
    await work.release_due(bench.parts, desk)
    sea = TopicId("sea")
    moved = {key: one.model_copy(update={"topics": (sea,)}) for key, one in desk.sources.items()}
    fresh = desk.model_copy(update={"sources": moved, "topics": {sea: Topic(title="Sea")}})
    await work.apply_settings(bench.parts, fresh)
    assert await bench.library.count(sea) == 24
    assert await bench.library.count(WORLD) == 0
    made = await work.release_due(bench.parts, fresh)
    assert [(one.topic, one.entries) for one in made.done] == [(sea, 24)]
    await work.apply_settings(bench.parts, fresh)
    assert await work.release_due(bench.parts, fresh) == work.Round()


async def test_a_paused_source_is_not_enrolled(bench: Bench, desk: Settings) -> None:
    paused = {**desk.sources, IDS[0]: desk.sources[IDS[0]].model_copy(update={"paused": True})}
    await work.apply_settings(bench.parts, desk.model_copy(update={"sources": paused}))
    assert set(await bench.library.due_times()) == set(IDS[1:])


def test_the_digest_of_rules_follows_every_rule(desk: Settings) -> None:
    same = work.rules_digest(desk.model_copy(deep=True))
    assert work.rules_digest(desk) == same
    titled = desk.model_copy(update={"topics": {WORLD: Topic(title="The World")}})
    assert work.rules_digest(titled) != same
    reached = desk.desk.model_copy(update={"public_url": desk.desk.base_url})
    hubs = work.rules_digest(desk.model_copy(update={"desk": reached}))
    assert hubs != same  # the documents name a hub
    off = reached.model_copy(update={"hub": "off"})
    assert work.rules_digest(desk.model_copy(update={"desk": off})) == same


async def test_the_directory_names_the_newest_headlines_and_drops_them_with_their_entries(
    bench: Bench, desk: Settings
) -> None:
    await bench.library.set_note(f"released:{WORLD}", f"7 {NOW.isoformat()}")  # of an earlier desk
    await work.release_site(bench.parts, desk)
    assert "7 articles" in (bench.feeds / "index.html").read_text()
    await work.poll_named(bench.parts, IDS, desk)
    await work.release_due(bench.parts, desk)
    page = (bench.feeds / "index.html").read_text()
    assert page.count("<li dir") == 3
    assert "24 articles" in page
    every = await bench.library.articles(await bench.library.newest(limit=24))
    killed = next(one for one in every if f">{one.headline}<" in page)
    ruling = Ruling(article=killed.id, kind=RulingKind.KILL, at=NOW, by="ada", reason="x")
    await bench.library.rule(ruling)
    await bench.library.mark([WORLD], NOW)
    await work.release_due(bench.parts, desk)
    assert f">{killed.headline}<" not in (bench.feeds / "index.html").read_text()


async def test_topics_are_made_one_after_another_and_beside_the_loop(
    bench: Bench, desk: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = {TopicId(f"t{n}"): Topic(title=f"Topic {n}") for n in range(4)}
    sources = {
        one: source.model_copy(update={"topics": tuple(topics)})
        for one, source in desk.sources.items()
    }
    desk = desk.model_copy(update={"topics": topics, "sources": sources})
    busy, most, threads = [0], [0], set()

    def watched(work: Callable[..., T]) -> Callable[..., T]:
        def done(*told: object, **more: object) -> T:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
            threads.add(current_thread())
            made = work(*told, **more)
            busy[0] -= 1
            return made

        return done

    monkeypatch.setattr("syndicator.release.edit_stock", watched(edit_stock))
    monkeypatch.setattr("syndicator.render.render_json", watched(render_json))
    monkeypatch.setattr("syndicator.render.render_page", watched(render_page))
    await work.poll_named(bench.parts, IDS, desk)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads that may run side by side do
    try:
        made = await work.release_due(bench.parts, desk)
    finally:
        sys.setswitchinterval(usual)
    assert len(made.done) == len(topics)
    assert all(one.entries == 24 for one in made.done)
    assert most == [1]
    assert threads
    assert main_thread() not in threads
