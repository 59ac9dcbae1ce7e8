"""A desk in one process that really asks a server on loopback; the clock is set, never waited for."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from syndicator.adapters.fetcher import SourceFetcher
from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.ingest import Profile, Reading, read
from syndicator.model.desk import Desk, FetchSettings, HostPace, Settings
from syndicator.model.entry import Document
from syndicator.model.ids import LicenseId, SourceId, TopicId
from syndicator.model.license import License
from syndicator.model.source import Source, SourceState
from syndicator.model.topic import Topic
from syndicator.poll import LEASE, Poller, Result
from syndicator.ports import Library
from syndicator.settings.hosts import known_hosts
from tests.builders import HOUSES, NOW
from tests.contract.upstream import Reply, Request, Upstream, Write, answer

OPEN, WORLD = LicenseId("open"), TopicId("world")
NAMES = "example.org", "example.net", "reddit.com", "youtube.com"


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment


class HereReader:
    """Implements ``ports.Reader`` in this process, with the real reading."""

    async def read(self, document: Document, profile: Profile, now: datetime) -> Reading:
        return read(document, profile, now, HOUSES)

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it, and when the desk's clock made it."""

    at: datetime
    path: str
    headers: Mapping[str, str]


@dataclass
class Street:
    """An upstream, and the desk that asks it."""

    server: Upstream
    settings: Settings
    library: Library = field(default_factory=MemoryLibrary)
    clock: SetClock = field(default_factory=SetClock)
    log: list[Asked] = field(default_factory=list)
    fetcher: SourceFetcher = field(init=False)
    poller: Poller = field(init=False)

    def __post_init__(self) -> None:
        self.fetcher = SourceFetcher(
            self.settings.desk.fetch, contact="https://desk.example.org/about", version="1.2"
        )
        self.restart()

    def restart(self) -> None:
        """Start another process over the same library."""
        self.poller = Poller(
            fetcher=self.fetcher,
            reader=HereReader(),
            library=self.library,
            clock=self.clock,
            hosts=known_hosts(),
        )

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of ``path`` under one of the names that lead to the server."""
        return self.server.url.replace("127.0.0.1", host) + path

    def add(self, name: str, url: str, **more: Any) -> SourceId:
        """Add a source to the settings."""
        source = Source(url=url, license=OPEN, topics=(WORLD,), **more)
        sources = {**self.settings.sources, SourceId(name): source}
        self.settings = self.settings.model_copy(update={"sources": sources})
        return SourceId(name)

    async def poll(self, name: str = "a", *, by_hand: bool = False) -> Result:
        """Poll a source now, due or not."""
        source = SourceId(name)
        await self.library.enroll(list(self.settings.sources), self.clock.now())
        (claim,) = await self.library.claim([source], self.clock.now(), LEASE)
        result = await self.poller.poll(claim, self.settings, by_hand=by_hand)
        seen = self.server.seen[len(self.log) :]
        self.log += [Asked(self.clock.now(), one.path, one.headers) for one in seen]
        return result

    async def poll_when_due(self, name: str = "a") -> Result:
        """Move the clock to when a source is due, and poll it."""
        due = (await self.library.due_times())[SourceId(name)]
        self.clock.moment = max(self.clock.moment, due)
        return await self.poll(name)

    async def run(self, **span: float) -> None:
        """Let the desk run for a while: each source is polled when it is due."""
        end = self.clock.moment + timedelta(**span)
        while True:
            due, name = min((at, name) for name, at in (await self.library.due_times()).items())
            if due > end:
                break
            self.clock.moment = max(self.clock.moment, due)
            await self.poll(name)
        self.clock.moment = end

    async def state(self, name: str = "a") -> SourceState:
        """Return what the desk remembers of a source."""
        return (await self.library.source_states())[SourceId(name)]

    def wait_of(self, result: Result) -> timedelta:
        """Return how far ahead the next poll was appointed."""
        assert result.next_poll is not None
        return result.next_poll - self.clock.now()


def a_street(server: Upstream, root: Path, **pace: Any) -> Street:
    """Join a desk to a server it may ask although it is on loopback."""
    pace = {"connections": 8, "interval": timedelta(0)} | pace
    fetch = FetchSettings(
        timeout=timedelta(seconds=5),
        allow_private=(ip_network("127.0.0.1/32"),),
        per_host=HostPace(**pace),
    )
    settings = Settings(
        root=root,
        config=root / "config",
        desk=Desk(data=root / "data", feeds=root / "feeds", fetch=fetch),
        sources={},
        licenses={OPEN: License(text="full")},
        topics={WORLD: Topic(title="World")},
    )
    return Street(server, settings)


def lead_names_home(patch: pytest.MonkeyPatch) -> None:
    """Answer for the name server: some names lead to loopback, ``.invalid`` nowhere."""
    real = socket.getaddrinfo

    def look_up(host: Any, *more: Any, **named: Any) -> Any:
        known = isinstance(host, str) and any(host == n or host.endswith(f".{n}") for n in NAMES)
        if isinstance(host, str) and host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return real("127.0.0.1" if known else host, *more, **named)

    patch.setattr(socket, "getaddrinfo", look_up)


def dated(*moments: datetime, channel: str = "") -> bytes:
    """Write an RSS document of one entry a moment; ``channel`` is markup of its own."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{at.timestamp():.0f}</guid><title>At {at}</title>"
        f"<link>https://harbour.example/{at.timestamp():.0f}</link>"
        f"<pubDate>{format_datetime(at, usegmt=True)}</pubDate>"
        f"<description>The ferry sailed at {at}.</description></item>"
        for at in sorted(moments, reverse=True)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Harbour</title>'
        f"<link>https://harbour.example/</link><description>d</description>{channel}{items}"
        "</channel></rss>"
    ).encode()


def daily(count: int = 20, *, apart: timedelta = timedelta(hours=6), channel: str = "") -> bytes:
    """Write a document whose dates tell of a steady rhythm until now."""
    return dated(*(NOW - apart * n for n in range(1, count + 1)), channel=channel)


def honest(body: bytes, **headers: str) -> Reply:
    """Answer 304 to whoever shows the validators of ``headers``, else the document."""

    async def reply(request: Request, write: Write) -> None:
        shown = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
        ours = headers.get("ETag"), headers.get("Last_Modified")
        same = any(one is not None and one == two for one, two in zip(shown, ours, strict=True))
        status = "304 Not Modified" if same else "200 OK"
        made = answer(b"" if same else body, status=status, length=None, **headers)
        await made(request, write)

    return reply
