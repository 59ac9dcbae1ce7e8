"""A desk in one process that is a hub, and those who listen to it on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
from aiohttp import web
from prometheus_client import CollectorRegistry

from syndicator.adapters.clock import SystemClock
from syndicator.adapters.courier import HttpCourier
from syndicator.adapters.file_publisher import FilePublisher
from syndicator.adapters.herald import HttpHerald
from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.adapters.published import PublishedDocuments
from syndicator.announcing import Announcer
from syndicator.dispatch import Dispatch
from syndicator.listeners import Listeners, Seen
from syndicator.model.desk import Desk, FetchSettings, HostPace, Settings
from syndicator.model.edition import Output
from syndicator.model.ids import TopicId
from syndicator.model.listener import Hearing, Listener
from syndicator.model.topic import Audience, Topic
from syndicator.ports import Library
from syndicator.push import link_header, type_of
from syndicator.tellings import Tellings, Told
from syndicator.web import WebState, make_app
from syndicator.wiring import Parts
from tests.contract.conftest import free_port
from tests.contract.polite import SetClock

WORLD, SEA, MEMBERS = TopicId("world"), TopicId("sea"), TopicId("members")


@dataclass
class Delivery:
    """What a listener was sent."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Ear:
    """A subscriber by the book, unless a test tells it otherwise.

    ``answer`` is the status of its answers to deliveries; ``meant`` whether it
    confirms; ``pause`` seconds before each answer, ``answered`` how many were given.
    """

    url: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    got: list[Delivery] = field(default_factory=list)
    answer: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    meant: bool = True
    pause: float = 0.0
    reply: str | None = None
    answered: int = 0

    async def verify(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.query))
        await asyncio.sleep(self.pause)
        if not self.meant:
            return web.Response(status=404)
        return web.Response(text=self.reply or request.query.get("hub.challenge", ""))

    async def hear(self, request: web.Request) -> web.Response:
        self.got.append(Delivery(dict(request.headers), await request.read()))
        await asyncio.sleep(self.pause)
        self.answered += 1
        return web.Response(status=self.answer, headers=self.headers)


@asynccontextmanager
async def an_ear(host: str = "127.0.0.1") -> AsyncIterator[Ear]:
    """Run a subscriber on a free port of ``host``."""
    this = Ear()
    app = web.Application(client_max_size=10_000_000)
    app.router.add_get("/cb", this.verify)
    app.router.add_post("/cb", this.hear)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, host, 0).start()
    this.url = f"http://{host}:{runner.addresses[0][1]}/cb"
    yield this
    await runner.cleanup()


async def _nothing_wrong() -> list[str]:
    return []


class HubDesk:
    """A desk with two public topics and one for subscribers."""

    client: aiohttp.ClientSession

    def __init__(self, root: Path, library: Library | None, hub: Any) -> None:
        self.clock = SetClock()
        self.library: Library = library or MemoryLibrary()
        self.public_url = f"http://127.0.0.1:{free_port()}"
        self.settings = Settings(
            root=root,
            config=root / "config",
            desk=Desk(
                data=root / "data",
                feeds=root / "feeds",
                public_url=self.public_url,
                hub=hub,
                fetch=FetchSettings(
                    allow_private=(ip_network("127.0.0.0/8"),),
                    per_host=HostPace(connections=32, interval=timedelta()),
                ),
            ),
            sources={},
            licenses={},
            topics={
                WORLD: Topic(title="World"),
                SEA: Topic(title="Sea"),
                MEMBERS: Topic(title="Members", audience=Audience.SUBSCRIBERS),
            },
        )
        desk = self.settings.desk
        self.publisher = FilePublisher(desk.feeds)
        self.documents = PublishedDocuments(desk.feeds)
        self.herald = HttpHerald(desk.fetch, contact=None, version="1.2")
        self.courier = HttpCourier(desk.fetch, contact=None, version="1.2")
        self.restart()

    def restart(self) -> None:
        """Forget everything that is not in the store, as another process would."""
        self.registry = CollectorRegistry()
        self.announcer = Announcer(self.library, self.documents, self.clock)
        joined = SimpleNamespace(
            clock=self.clock,
            library=self.library,
            herald=self.herald,
            courier=self.courier,
            documents=self.documents,
            announcer=self.announcer,
        )
        self.dispatch = Dispatch(cast("Parts", joined), lambda: self.settings, self.registry)
        self.listeners = Listeners(self.library, self.herald, self.clock, lambda: self.settings)
        self.tellings = Tellings(
            library=self.library,
            documents=self.documents,
            herald=self.herald,
            courier=self.courier,
            clock=self.clock,
            settings=lambda: self.settings,
        )

    def forward(self, **by: float) -> None:
        self.clock.moment += timedelta(**by)

    def topic(self, document: str = "world.rss") -> str:
        return f"{self.public_url}/feeds/{document}"

    def close_topic(self, topic: TopicId, audience: Audience | None = None) -> None:
        """Take a topic out of the settings, or give it another audience."""
        topics = {key: one for key, one in self.settings.topics.items() if key != topic}
        if audience is not None:
            topics[topic] = Topic(title="Closed", audience=audience)
        self.settings = self.settings.model_copy(update={"topics": topics})

    async def publish(self, body: bytes, *documents: str) -> int:
        """Publish a state of these documents, or of ``world.rss``, as a release does."""
        for one in documents or ("world.rss",):
            self.publisher.publish([Output(path=one, media_type=type_of(one), body=body)])
        topics = {TopicId(one.partition(".")[0]) for one in documents or ("world.rss",)}
        return sum([await self.announcer.released(one, self.settings) for one in topics])

    async def post(self, callback: str = "", **form: str) -> tuple[int, str]:
        """Ask the hub over HTTP; names go without ``hub.``."""
        said = {"mode": "subscribe", "topic": self.topic(), "callback": callback, **form}
        named = {f"hub.{name}": one for name, one in said.items()}
        async with self.client.post(f"{self.public_url}/hub", data=named) as answer:
            assert answer.content_type == "text/plain"
            text = await answer.text()
            assert text.count("\n") == 1
            return answer.status, text.strip()

    async def see_to(self) -> list[Seen]:
        """See to what was asked and is due."""
        return [await self.listeners.see_to(one) for one in await self.listeners.claim()]

    async def tell(self) -> list[Told]:
        """Tell those who are due."""
        return [await self.tellings.tell(one) for one in await self.tellings.claim()]

    async def listen(self, ear: Ear, **form: str) -> None:
        """Have an ear subscribe, and confirm it."""
        assert (await self.post(ear.url, **form))[0] == 202
        assert [one.outcome for one in await self.see_to()] == ["verified"]

    async def listening(self) -> list[tuple[Listener, Hearing]]:
        return await self.library.listeners()

    def links(self, document: str = "world.rss") -> str:
        return link_header(self.settings.desk.hubs, self.topic(document))


@asynccontextmanager
async def a_hub_desk(
    root: Path, library: Library | None = None, hub: Any = "own"
) -> AsyncIterator[HubDesk]:
    """Join a desk that is a hub, and serve its door."""
    desk = HubDesk(root, library, hub)
    state = WebState(ready=_nothing_wrong, registry=CollectorRegistry(), clock=SystemClock())
    app = make_app(desk.settings.desk.feeds, state, None, None, desk.dispatch.door)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(desk.public_url.rpartition(":")[2])).start()
    async with aiohttp.ClientSession() as desk.client:
        yield desk
    await runner.cleanup()
    await desk.herald.close()
    await desk.courier.close()
