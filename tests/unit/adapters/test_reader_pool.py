"""Reading in processes that can be killed: what one document costs, and that it costs no other."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from syndicator.adapters.quarantine import MOST, Quarantine
from syndicator.adapters.reader_pool import ReaderPool
from syndicator.errors import ReadError
from syndicator.ingest import Profile
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from tests.builders import NOW, a_document, an_item

PROFILE = Profile(source=SourceId("a"), publisher="a")
GOOD = a_document(an_item("One", "1"))
# feedparser's time grows with the square of the attributes of one element; it has what is ill-formed.
WIDE = b"<x " + b" ".join(b'a%d=""' % n for n in range(19_000)) + b">"
SLOW = Document(url="https://slow.example/", body=b"<rss><channel>" + WIDE * 60 + b"</channel>")
LARGE = a_document(*(an_item("Large", str(n), body="w" * 60_000) for n in range(1000)))


def workers() -> set[int]:
    """Process ids of this process's readers."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        alive = status[0] != "Z"
        if alive and int(status[1]) == os.getpid() and "reader_worker" in command:
            found.add(int(folder.name))
    return found


def a_pool(**limits: object) -> ReaderPool:
    sound = {"workers": 1, "timeout": timedelta(seconds=60), "memory_mb": 1024, "houses": ()}
    return ReaderPool(**{**sound, **limits})  # type: ignore[arg-type]


@pytest.fixture
async def pool() -> AsyncIterator[ReaderPool]:
    one = a_pool()
    yield one
    await one.close()
    assert not workers()


async def started(task: "asyncio.Task[object]") -> None:
    """Return when a worker runs for ``task``."""
    async with asyncio.timeout(30):
        while not workers() and not task.done():  # noqa: ASYNC110 - a process tells no event
            await asyncio.sleep(0)


async def headlines(pool: ReaderPool, document: Document = GOOD) -> list[str]:
    reading = await pool.read(document, PROFILE, NOW)
    return [one.article.headline for one in reading.candidates]


async def fails(pool: ReaderPool, document: Document) -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        await pool.read(document, PROFILE, NOW)
    return caught.value.kind, str(caught.value)


async def test_one_worker_reads_many_documents(pool: ReaderPool) -> None:
    assert await headlines(pool) == ["One"]
    before = workers()
    for _ in range(3):
        assert await headlines(pool) == ["One"]
    assert workers() == before
    assert len(before) == 1


async def test_no_feed_is_said_and_costs_no_worker(pool: ReaderPool) -> None:
    await headlines(pool)
    before = workers()
    kind, text = await fails(pool, Document(url="https://x.example/", body=b"words"))
    assert kind == "not-a-feed"
    assert "https://x.example/" in text
    assert workers() == before


async def test_as_many_at_once_as_there_are_workers() -> None:
    pool = a_pool(workers=2)
    done = await asyncio.gather(*(headlines(pool) for _ in range(6)))
    assert done == [["One"]] * 6
    assert len(workers()) == 2
    await pool.close()
    assert not workers()


async def test_a_slow_document_costs_its_worker_and_no_other() -> None:
    pool = a_pool(timeout=timedelta(seconds=3))
    await headlines(pool)
    before = workers()
    kind, text = await fails(pool, SLOW)
    assert (kind, text) == ("too-slow", "https://slow.example/: reading took over 3 s")
    assert not workers() & before
    assert await headlines(pool) == ["One"]
    await pool.close()


async def test_a_large_document_meets_the_limit_and_no_other_does() -> None:
    pool = a_pool(memory_mb=256)
    await headlines(pool)
    kind, text = await fails(pool, LARGE)
    assert kind in {"too-large", "crashed"}
    assert "memory" in text
    assert await headlines(pool) == ["One"]
    await pool.close()


async def test_a_worker_killed_at_rest_is_replaced_unnoticed(pool: ReaderPool) -> None:
    await headlines(pool)
    (first,) = workers()
    os.kill(first, signal.SIGKILL)
    assert await headlines(pool) == ["One"]
    assert workers() != {first}


async def test_a_worker_killed_at_work_is_an_error_of_its_document(pool: ReaderPool) -> None:
    reading = asyncio.create_task(fails(pool, SLOW))
    await started(reading)
    for worker in workers():
        os.kill(worker, signal.SIGKILL)
    kind, text = await reading
    assert (kind, "https://slow.example/" in text) == ("crashed", True)
    assert await headlines(pool) == ["One"]


async def test_a_reading_cut_off_leaves_no_worker_behind(pool: ReaderPool) -> None:
    reading = asyncio.create_task(headlines(pool, SLOW))
    await started(reading)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert not workers()
    assert await headlines(pool) == ["One"]


async def test_what_ends_a_reader_is_kept_and_not_read_again(tmp_path: Path) -> None:
    pool = a_pool(memory_mb=256, quarantine=Quarantine(tmp_path / "q"))
    kind, text = await fails(pool, LARGE)
    assert kind in {"too-large", "crashed"}
    (kept,) = (tmp_path / "q").glob("*.doc")
    assert kept.name.startswith("a-")
    assert kept.read_bytes() == LARGE.body
    assert f"it is kept in {kept}" in text
    note = kept.with_name(kept.name + ".why.txt").read_text()
    assert f"syndicator preview {kept}" in note
    assert LARGE.url in note
    before = workers()
    kind, text = await fails(pool, LARGE)
    assert kind == "quarantined"
    assert str(kept) in text
    assert workers() == before
    assert await headlines(pool) == ["One"]
    await pool.close()
    again = a_pool(quarantine=Quarantine(tmp_path / "q"))  # another process knows it too
    assert (await fails(again, LARGE))[0] == "quarantined"
    kept.unlink()
    assert set(await headlines(again, LARGE)) == {"Large"}
    await again.close()


async def test_what_is_slow_is_given_a_second_chance(tmp_path: Path) -> None:
    pool = a_pool(timeout=timedelta(seconds=1), quarantine=Quarantine(tmp_path / "q"))
    kinds = [(await fails(pool, SLOW))[0] for _ in range(3)]
    assert kinds == ["too-slow", "too-slow", "quarantined"]
    await pool.close()


def test_a_quarantine_keeps_the_latest_fifty(tmp_path: Path) -> None:
    ward = Quarantine(tmp_path)
    for n in range(MOST + 5):
        path = ward.put(Document(url="u", body=b"%d" % n), SourceId("a"), "why", NOW)
        assert path is not None
        os.utime(path, (n, n))
    assert len(list(tmp_path.glob("*.doc"))) == len(list(tmp_path.glob("*.why.txt"))) == MOST
    assert ward.holds(Document(url="u", body=b"0")) is None
    assert ward.holds(Document(url="u", body=b"54")) is not None
