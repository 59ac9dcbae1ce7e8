"""Drop folders, in a real folder: when a file is taken, and where it goes."""

import gzip
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicator.adapters.fetcher import SourceFetcher
from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.adapters.reader_pool import ReaderPool
from syndicator.errors import FetchError
from syndicator.model.desk import FetchSettings, Settings
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from syndicator.model.source import Source, SourceState
from syndicator.poll import LEASE, Poller, Result
from syndicator.ports import Fetched
from tests.builders import a_feed, an_item
from tests.unit.parts import OPEN, WORLD, SetClock, settings

NITF = (
    b"<nitf><head><docdata><doc-id id-string='n1'/></docdata></head><body><body.head><hedline>"
    b"<hl1>Ferry by wire</hl1></hedline></body.head><body.content><p>It sails.</p></body.content>"
    b"</body></nitf>"
)
FEED = a_feed(an_item("Ferry by feed", "f1"), an_item("Port by feed", "f2"))
TEXT = (
    b"Night ferry by text\n\nThe harbour office closed the port on Tuesday, it said in a note to all.\n\n"
    b"Captains of ferries waited outside until the wind had died down towards the evening.\n"
)
SIZE = 100_000


class Drop:
    """A drop folder, its source, and the desk that looks at it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = SetClock()
        self.clock.moment = datetime.now(UTC) + timedelta(minutes=1)  # noqa: TID251 - files have the real time
        self.fetcher = SourceFetcher(FetchSettings(max_bytes=SIZE), contact=None, version="1")
        self.library = MemoryLibrary()
        source = Source(url=folder.as_uri(), license=OPEN, topics=(WORLD,), drop=True)
        plain = settings(folder.parent, "a")
        self.desk: Settings = plain.model_copy(update={"sources": {SourceId("a"): source}})
        self.source = source
        self.reader = ReaderPool(workers=1, timeout=timedelta(seconds=30), memory_mb=500, houses=())

    def put(self, name: str, body: bytes, *, age: float = 60) -> Path:
        """Put a file there, last written ``age`` seconds ago."""
        self.folder.mkdir(exist_ok=True)
        path = self.folder / name
        path.write_bytes(body)
        then = (self.clock.now() - timedelta(seconds=age)).timestamp()
        os.utime(path, (then, then))
        return path

    async def look(self) -> list[str]:
        """Return the names of what would be taken now."""
        state = SourceState(source=SourceId("a"), url=self.source.url)
        answer = await self.fetcher.fetch(self.source, state, self.clock.now())
        return [one.name for one in answer.documents] if isinstance(answer, Fetched) else []

    async def poll(self) -> Result:
        poller = Poller(
            fetcher=self.fetcher, reader=self.reader, library=self.library, clock=self.clock
        )
        (claim,) = await self.library.claim([SourceId("a")], self.clock.now(), LEASE)
        return await poller.poll(claim, self.desk)

    def names(self, inside: str = "") -> list[str]:
        return sorted(one.name for one in (self.folder / inside).iterdir() if one.is_file())

    async def headlines(self) -> list[str]:
        return sorted([one.headline async for one in self.library.every_article()])


@pytest.fixture
async def drop(tmp_path: Path) -> AsyncIterator[Drop]:
    one = Drop(tmp_path / "in")
    yield one
    await one.fetcher.close()
    await one.reader.close()


async def test_only_whole_files_are_taken_the_oldest_first(drop: Drop) -> None:
    drop.put("b.xml", NITF, age=9)
    drop.put("a.xml", NITF, age=5)
    drop.put("fresh.xml", NITF, age=1)
    for name in (".hidden.xml", "half.xml.part", "half.tmp", "~lock.xml", "x.filepart"):
        drop.put(name, NITF)
    (drop.folder / "link.xml").symlink_to(drop.put("c.xml", NITF, age=3))
    (drop.folder / "sub").mkdir()
    assert await drop.look() == ["b.xml", "a.xml", "c.xml"]
    drop.clock.forward(seconds=2)
    assert await drop.look() == ["b.xml", "a.xml", "c.xml", "fresh.xml"]


@pytest.mark.skipif(sys.platform != "linux", reason="leases are a thing of Linux")
async def test_what_somebody_still_writes_waits(drop: Drop) -> None:
    path = drop.put("a.xml", NITF)
    with path.open("ab"):
        os.utime(path, (0, 0))
        assert await drop.look() == []
    assert await drop.look() == ["a.xml"]


async def test_files_of_every_kind_are_stored_and_moved(drop: Drop) -> None:
    drop.put("a.nitf", NITF, age=9)
    drop.put("b.rss", FEED, age=8)
    drop.put("c.txt", TEXT, age=7)
    result = await drop.poll()
    assert (result.status, result.new, result.error) == ("ok", 4, None)
    assert await drop.headlines() == [
        "Ferry by feed", "Ferry by wire", "Night ferry by text", "Port by feed",
    ]  # fmt: skip
    assert drop.names() == []
    assert drop.names("done") == ["a.nitf", "b.rss", "c.txt"]
    assert drop.names("failed") == []
    assert result.next_poll == drop.clock.now() + timedelta(seconds=10)
    assert (await drop.poll()).status == "not-modified"


async def test_a_packed_file_is_read_and_half_of_one_is_told(drop: Drop) -> None:
    drop.put("half.xml.gz", gzip.compress(NITF)[:-9], age=9)
    drop.put("whole.xml.gz", gzip.compress(NITF), age=8)
    result = await drop.poll()
    assert (result.status, result.new) == ("ok", 1)
    assert drop.names("done") == ["whole.xml.gz"]
    reason = (drop.folder / "failed/half.xml.gz.why.txt").read_text()
    assert reason == "half.xml.gz: the compressed body ends too soon\n"


async def test_one_bad_file_costs_no_other_and_has_its_reason_beside_it(drop: Drop) -> None:
    drop.put("a.bad", b"\x00\x01\x02", age=9)
    drop.put("big.xml", b"x" * (SIZE + 1), age=8)
    drop.put("good.xml", NITF, age=7)
    result = await drop.poll()
    assert (result.status, result.new) == ("ok", 1)
    assert any(line.startswith("a.bad: ") for line in result.warnings)
    assert drop.names("done") == ["good.xml"]
    assert drop.names("failed") == ["a.bad", "a.bad.why.txt", "big.xml", "big.xml.why.txt"]
    reason = (drop.folder / "failed/big.xml.why.txt").read_text()
    assert reason == "big.xml: larger than 100,000 bytes; raise fetch.max_bytes if that is right\n"
    assert "a.bad" in (drop.folder / "failed/a.bad.why.txt").read_text()


async def test_the_same_name_again_overwrites_nothing(drop: Drop) -> None:
    drop.put("a.xml", NITF)
    await drop.poll()
    drop.put("a.xml", NITF.replace(b"sails", b"sails again"))
    result = await drop.poll()
    assert (result.new, result.revised) == (0, 1)
    assert len(drop.names("done")) == 2
    assert (drop.folder / "done/a.xml").read_bytes() == NITF


async def test_a_file_that_was_stored_and_not_moved_is_taken_again_and_brings_nothing(
    drop: Drop,
) -> None:
    drop.put("a.xml", NITF)
    await drop.poll()
    (drop.folder / "done/a.xml").replace(drop.folder / "a.xml")  # as a crash would leave it
    result = await drop.poll()
    assert (result.new, result.unchanged) == (0, 1)
    assert drop.names("done") == ["a.xml"]


async def test_a_folder_that_cannot_be_made_is_one_clear_error(drop: Drop) -> None:
    drop.folder.write_bytes(b"no folder")
    result = await drop.poll()
    assert result.kind == "file"
    assert "in/done" in (result.error or "")
    document = Document(url="file:///x", body=b"", name="gone.xml")
    with pytest.raises(FetchError, match="cannot be moved"):
        await drop.fetcher.settle(drop.source, document, "bad", drop.clock.now())
