from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.compare import knowledge
from syndicator.errors import FetchError
from syndicator.model.arrival import Key, Known, Revised
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, SourceId
from syndicator.model.source import Source, SourceState
from syndicator.poll import LEASE, TRIES, Result
from syndicator.ports import Admission, Verdict
from tests.builders import NOW
from tests.unit.parts import WORLD, Bench, settings

A = SourceId("a")
URL = "https://a.example/f"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    return settings(tmp_path, "a")


async def polled(bench: Bench, desk: Settings) -> Result:
    (claim,) = await bench.library.claim([A], bench.clock.now(), LEASE)
    return await bench.poller.poll(claim, desk)


async def state_of(bench: Bench) -> SourceState:
    return (await bench.library.source_states())[A]


async def test_what_is_new_is_stored_once(bench: Bench, desk: Settings) -> None:
    bench.shelf.put(URL, "1|One", "2|Two", "|Nobody")
    first = await polled(bench, desk)
    assert (first.status, first.new, first.dropped) == ("ok", 2, 1)
    assert first.topics == {WORLD}
    assert first.warnings == ("entry '|Nobody' has no id",)
    second = await polled(bench, desk)
    assert (second.status, second.new) == ("not-modified", 0)
    bench.shelf.put(URL, "1|One, again", "2|Two")
    third = await polled(bench, desk)
    assert (third.new, third.revised, third.unchanged) == (0, 1, 1)
    assert await bench.library.count() == 2


async def test_a_lively_source_is_asked_more_often_than_a_quiet_one(
    bench: Bench, desk: Settings
) -> None:
    bench.shelf.put(URL, "1|One")
    await polled(bench, desk)
    for hour in range(2, 30):
        bench.clock.forward(hours=1)
        bench.shelf.put(URL, *(f"{n}|No. {n}" for n in range(1, hour)))
        lively = await polled(bench, desk)
    assert lively.next_poll is not None
    assert lively.next_poll - bench.clock.now() < timedelta(minutes=45)
    assert "articles a day" in str(lively.why)
    for _ in range(40):
        bench.clock.forward(days=1)
        quiet = await polled(bench, desk)
    assert quiet.next_poll is not None
    assert quiet.next_poll - bench.clock.now() > timedelta(hours=5)


async def test_trouble_is_recorded_and_what_was_known_stays(bench: Bench, desk: Settings) -> None:
    bench.shelf.put(URL, "1|One")
    await polled(bench, desk)
    before = await state_of(bench)
    bench.shelf.errors[URL] = FetchError("server-error", "it broke")
    for failures in (1, 2):
        result = await polled(bench, desk)
        after = await state_of(bench)
        assert (result.status, result.kind, result.error) == ("failed", "server-error", "it broke")
        assert (after.failures, after.last_error) == (failures, "it broke")
        assert (after.etag, after.documents) == (before.etag, before.documents)
        assert result.next_poll == bench.clock.now() + timedelta(seconds=after.wait)
        assert after.wait >= desk.sources[A].poll.min.total_seconds()
    del bench.shelf.errors[URL]
    assert (await polled(bench, desk)).status == "not-modified"
    mended = await state_of(bench)
    assert (mended.failures, mended.last_error, mended.error_kind) == (0, None, None)


async def test_what_a_server_asks_for_outweighs_the_back_off(bench: Bench, desk: Settings) -> None:
    later = NOW + timedelta(days=2)
    bench.shelf.errors[URL] = FetchError("rate-limited", "wait", retry_at=later)
    assert (await polled(bench, desk)).next_poll == later


async def test_an_unreadable_document_is_asked_for_in_full_again(
    bench: Bench, desk: Settings
) -> None:
    bench.shelf.put(URL, "no feed")
    for failures in (1, 2):
        assert (await polled(bench, desk)).kind == "not-a-feed"
        after = await state_of(bench)
        assert (after.failures, after.etag, after.documents) == (failures, None, {})


async def test_a_folder_keeps_what_it_read_before_one_fails(bench: Bench, desk: Settings) -> None:
    bench.shelf.put(URL, "1|One", name="1.xml")
    bench.shelf.put(URL, "no feed", name="2.xml")
    assert (await polled(bench, desk)).status == "failed"
    assert await bench.library.count() == 1
    bench.shelf.put(URL, "2|Two", name="2.xml")
    assert (await polled(bench, desk)).new == 1
    assert set((await state_of(bench)).documents) == {"1.xml", "2.xml"}


async def test_a_source_that_moved_starts_afresh(bench: Bench, desk: Settings) -> None:
    bench.shelf.put(URL, "1|One")
    await polled(bench, desk)
    moved = Source(url="https://b.example/f", license=desk.sources[A].license)
    bench.shelf.put(moved.url, "1|One", "2|Two")
    result = await polled(bench, desk.model_copy(update={"sources": {A: moved}}))
    assert (result.new, result.unchanged) == (1, 1)
    assert (await state_of(bench)).url == moved.url


async def test_a_lost_claim_writes_nothing(bench: Bench, desk: Settings) -> None:
    bench.shelf.put(URL, "1|One")
    (claim,) = await bench.library.claim([A], NOW, LEASE)
    later = bench.clock.forward(minutes=4)
    assert len(await bench.library.claim([A], later, LEASE)) == 1
    assert (await bench.poller.poll(claim, desk)).status == "lost"
    assert await bench.library.count() == 0
    bench.shelf.errors[URL] = FetchError("dns", "gone")
    assert (await bench.poller.poll(claim, desk)).status == "lost"
    assert A not in await bench.library.source_states()


class Contended(MemoryLibrary):
    """A library in which another poll stores the same story between look-up and admission."""

    def __init__(self, rivals: int) -> None:
        super().__init__()
        self.rivals = rivals
        self.looked = 0

    async def lookup(
        self, keys: Sequence[Key], likely: Sequence[ArticleId] = ()
    ) -> dict[Key, Known]:
        self.looked += 1
        return await super().lookup(keys, likely)

    async def admit(self, admission: Admission) -> Verdict:
        if self.rivals:
            self.rivals -= 1
            await self.rival(admission)
        return await super().admit(admission)

    async def rival(self, admission: Admission) -> None:
        other = SourceId("other")
        (claim,) = await self.claim([other], admission.now, LEASE)
        (arrival,) = admission.arrivals
        article = msgspec.structs.replace(
            arrival.article,  # type: ignore[union-attr]
            headline=f"Rival {self.rivals}",
            fingerprint=f"rival {self.rivals}",
            version=getattr(arrival, "expects", 0) + 1,
        )
        theirs = msgspec.structs.replace(arrival, article=article)
        if isinstance(theirs, Revised):
            theirs = msgspec.structs.replace(theirs, known=knowledge(article))
        done = msgspec.structs.replace(
            admission,
            claim=claim,
            arrivals=(theirs,),
            state=SourceState(source=other),
            next_poll=admission.now,
        )
        assert (await super().admit(done)).outcome == "stored"


async def test_a_conflict_is_looked_at_again(tmp_path: Path, desk: Settings) -> None:
    library = Contended(rivals=1)
    bench = Bench(tmp_path, library)
    bench.shelf.put(URL, "1|One")
    result = await polled(bench, desk)
    assert (result.status, result.new, result.revised, library.looked) == ("ok", 0, 1, 2)
    (article,) = await library.articles(await library.newest(limit=9))
    assert (article.headline, article.version) == ("One", 2)


async def test_endless_conflict_is_trouble_with_a_back_off(tmp_path: Path, desk: Settings) -> None:
    library = Contended(rivals=99)
    bench = Bench(tmp_path, library)
    bench.shelf.put(URL, "1|One")
    result = await polled(bench, desk)
    assert (result.status, result.kind, library.looked) == ("failed", "contended", TRIES)
    library.rivals = 0
    assert (await polled(bench, desk)).status == "ok"
