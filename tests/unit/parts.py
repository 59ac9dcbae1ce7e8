"""A desk's parts joined in one process: a shelf to fetch from, lines to read, a clock to set."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from syndicator.adapters.file_publisher import FilePublisher
from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.adapters.published import PublishedDocuments
from syndicator.announcing import Announcer
from syndicator.archive import Archivist
from syndicator.compare import identify
from syndicator.directory import Directory
from syndicator.errors import FetchError, ReadError
from syndicator.ingest import Profile, Reading
from syndicator.model.desk import Desk, Settings
from syndicator.model.entry import Document, Feed
from syndicator.model.ids import LicenseId, SourceId, TopicId
from syndicator.model.license import License
from syndicator.model.source import Source, SourceState
from syndicator.model.topic import Topic
from syndicator.poll import Poller
from syndicator.ports import Fetched, Hints, Library, NotModified
from syndicator.release import Releaser
from syndicator.wiring import Parts
from tests.builders import NOW, an_article

WORLD = TopicId("world")
OPEN = LicenseId("open")


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> datetime:
        self.moment += timedelta(**by)
        return self.moment


class Shelf:
    """Implements ``ports.Fetcher`` over what is put on it: documents by address, or an error."""

    def __init__(self) -> None:
        self.documents: dict[str, list[tuple[str, bytes]]] = {}
        self.errors: dict[str, FetchError] = {}
        self.hints = Hints()
        self.settled: list[tuple[datetime, str, str, str | None]] = []
        self.asked: list[tuple[datetime, str]] = []
        self.on_ask: Callable[[], object] = lambda: None

    def put(self, url: str, *lines: str, name: str = "") -> None:
        """Put one document of ``guid|headline`` lines there."""
        self.documents.setdefault(url, [])
        kept = [one for one in self.documents[url] if one[0] != name]
        self.documents[url] = [*kept, (name, "\n".join(lines).encode())]

    async def fetch(
        self, source: Source, state: SourceState, now: datetime
    ) -> Fetched | NotModified:
        self.asked.append((now, source.url))
        self.on_ask()
        if source.url in self.errors:
            raise self.errors[source.url]
        made = tuple(
            Document(url=source.url, body=body, name=name)
            for name, body in self.documents[source.url]
        )
        tag = "".join(one.digest for one in made)
        if state.etag == tag:
            return NotModified(hints=self.hints)
        return Fetched(documents=made, etag=tag, hints=self.hints)

    async def settle(
        self, source: Source, document: Document, error: str | None, now: datetime
    ) -> None:
        self.settled.append((now, source.url, document.name, error))

    async def close(self) -> None:
        """Nothing is open."""


class LineReader:
    """Implements ``ports.Reader`` for documents of ``guid|headline`` lines."""

    async def read(self, document: Document, profile: Profile, now: datetime) -> Reading:
        if document.body == b"no feed":
            raise ReadError("not-a-feed", f"{document.url}: not a feed")
        articles, dropped = [], []
        for line in document.body.decode().splitlines():
            guid, _, headline = line.partition("|")
            if not guid:
                dropped.append(f"entry {line!r} has no id")
                continue
            changes = {"source": profile.source, "publisher": profile.publisher, "guid": guid}
            link = f"https://{profile.publisher}.example/{guid}"
            mark = f"{guid} {headline}"
            article = an_article(
                **changes, headline=headline, link=link, fingerprint=mark, first_seen=now
            )
            articles.append((article, guid))
        return Reading(
            feed=Feed(format="lines"), candidates=identify(articles), dropped=tuple(dropped)
        )

    async def close(self) -> None:
        """Nothing is open."""


def settings(root: Path, *sources: str, **desk: Any) -> Settings:
    """Settings of a desk with these sources, one licence and one topic for all of them."""
    return Settings(
        root=root,
        config=root / "config",
        desk=Desk(data=root / "data", feeds=root / "feeds", **desk),
        sources={
            SourceId(one): Source(url=f"https://{one}.example/f", license=OPEN, topics=(WORLD,))
            for one in sources
        },
        licenses={OPEN: License(text="full")},
        topics={WORLD: Topic(title="World")},
    )


class Bench:
    """Everything ``work`` needs, in memory save for the published files."""

    def __init__(self, root: Path, library: Library | None = None) -> None:
        self.clock = SetClock()
        self.shelf = Shelf()
        self.library = library or MemoryLibrary()
        self.feeds = root / "feeds"
        self.poller = Poller(
            fetcher=self.shelf, reader=LineReader(), library=self.library, clock=self.clock
        )
        self.releaser = Releaser(
            library=self.library, publisher=FilePublisher(self.feeds), generator="test"
        )
        self.directory = Directory(library=self.library, publisher=FilePublisher(self.feeds))
        self.archivist = Archivist(
            library=self.library, publisher=FilePublisher(self.feeds), generator="test"
        )
        self.announcer = Announcer(self.library, PublishedDocuments(self.feeds), self.clock)

    @property
    def parts(self) -> Parts:
        """The same, as ``work`` takes it."""
        joined = SimpleNamespace(
            clock=self.clock,
            library=self.library,
            poller=self.poller,
            releaser=self.releaser,
            directory=self.directory,
            archivist=self.archivist,
            rules=None,
            announcer=self.announcer,
        )
        return cast("Parts", joined)
