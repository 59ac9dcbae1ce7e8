"""A desk in one process with a door for hubs; its upstream and its hub are on loopback."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from aiohttp import web
from prometheus_client import CollectorRegistry

from syndicator.adapters.clock import SystemClock
from syndicator.adapters.courier import HttpCourier
from syndicator.ingest import Profile, Reading
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from syndicator.model.push import Agreement
from syndicator.outcome import Result
from syndicator.ports import Library
from syndicator.reception import Reception
from syndicator.web import WebState, make_app
from syndicator.wiring import Parts
from tests.builders import NOW, a_feed, an_item
from tests.contract.conftest import free_port
from tests.contract.hub import Hub, a_hub
from tests.contract.polite import HereReader, Street, a_street
from tests.contract.upstream import answer, upstream

A = SourceId("a")


def news(*numbers: int, hub: str | None = None, self_link: str | None = None) -> bytes:
    """Write a feed of numbered articles; ``hub`` and ``self_link`` are links of the document.

    Those with numbers below zero are dated back by as many days.
    """
    named = {"hub": hub, "self": self_link}
    links = "".join(
        f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="{rel}" href="{url}"/>'
        for rel, url in named.items()
        if url
    )
    items = [
        an_item(f"Ferry {n} sails", f"g{n}", body=f"<p>Ferry {n} sails at {n} sharp.</p>").replace(
            "</item>",
            f"<pubDate>{format_datetime(NOW + timedelta(days=n), usegmt=True)}</pubDate></item>"
            if n < 0
            else "</item>",
        )
        for n in numbers
    ]
    return a_feed(links, *items)


async def _nothing_wrong() -> list[str]:
    return []


class Ready(HereReader):
    """Reads in this process; ``before`` runs first."""

    def __init__(self) -> None:
        self.before: Callable[[], Awaitable[object]] | None = None

    async def read(self, document: Document, profile: Profile, now: datetime) -> Reading:
        if self.before is not None:
            await self.before()
        return await super().read(document, profile, now)


class PushDesk:
    """The desk, and the world around it."""

    def __init__(self, street: Street, hub: Hub, public_url: str) -> None:
        self.street, self.hub, self.public_url = street, hub, public_url
        self.called: list[str] = []
        self.start()

    def start(self, public_url: str | None = None) -> None:
        """Start, or start again over the same library."""
        street = self.street
        self.public_url = public_url or self.public_url
        desk = street.settings.desk.model_copy(update={"public_url": self.public_url})
        street.settings = street.settings.model_copy(update={"desk": desk})
        self.registry = CollectorRegistry()
        self.reader = Ready()
        self.courier = HttpCourier(desk.fetch, contact=None, version="1.2")
        parts = SimpleNamespace(
            clock=street.clock,
            library=street.library,
            fetcher=street.fetcher,
            reader=self.reader,
            courier=self.courier,
        )
        self.judged: list[Result] = []
        self.reception = Reception(
            cast("Parts", parts),
            self.public_url,
            lambda: self.street.settings,
            self.registry,
            self.judged.append,
        )

    @property
    def library(self) -> Library:
        return self.street.library

    @property
    def url(self) -> str:
        """The address of the feed."""
        return self.street.at("/feed")

    def serve(self, body: bytes, **headers: str) -> None:
        """Have the upstream answer with ``body``; ``Link`` names the hub unless it is given."""
        named: dict[str, Any] = {
            "Link": f'<{self.hub.url}>; rel="hub", <{self.url}>; rel="self"',
            **headers,
        }
        kept = {name: value for name, value in named.items() if value}
        self.street.server.on("/feed", answer(body, Content_Type="application/rss+xml", **kept))

    async def poll(self) -> Result:
        """Poll the source, tell the reception, and let it see to what is due."""
        result = await self.street.poll("a")
        await self.reception.polled(result)
        await self.reception.tend()
        return result

    async def agree(self, *numbers: int) -> Mapping[str, str]:
        """Poll a feed of these articles, subscribe, verify; return what the hub was asked."""
        self.serve(news(*(numbers or (1,))))
        await self.poll()
        form = self.hub.asked[-1]
        status, text = await self.hub.verify(form)
        assert (status, text) == (200, "ch<b>&llenge-1")
        return form

    async def deliver(self, form: Mapping[str, str], body: bytes, **more: Any) -> int:
        """Have the hub deliver, and wait until the desk has taken it."""
        status = await self.hub.deliver(form, body, **more)
        await self.reception.idle()
        return status

    async def agreement(self) -> Agreement:
        found = await self.library.agreement_of(A)
        assert found is not None
        return found

    async def headlines(self) -> list[str]:
        found = await self.library.articles(await self.library.newest(limit=100))
        return sorted(one.headline for one in found)

    def counted(self, outcome: str) -> float:
        """Return how many deliveries came to this."""
        labels = {"outcome": outcome}
        return self.registry.get_sample_value("syndicator_push_deliveries_total", labels) or 0.0

    def forward(self, **by: float) -> None:
        self.street.clock.moment += timedelta(**by)


@asynccontextmanager
async def a_push_desk(root: Path, **source: Any) -> AsyncIterator[PushDesk]:
    """Join a desk with one source, its upstream and its hub; serve its door."""
    async with upstream() as server, a_hub() as hub:
        desk = PushDesk(a_street(server, root), hub, f"http://127.0.0.1:{free_port()}")
        desk.street.add("a", desk.url, **source)
        async with _served(desk):
            desk.reception.open()
            yield desk
            await desk.reception.close(1)
            await desk.courier.close()
            await desk.street.fetcher.close()


@asynccontextmanager
async def _served(desk: PushDesk) -> AsyncIterator[None]:
    @web.middleware
    async def note(request: web.Request, handler: Any) -> Any:
        desk.called.append(f"{request.method} {request.path}")
        return await handler(request)

    state = WebState(ready=_nothing_wrong, registry=CollectorRegistry(), clock=SystemClock())
    app = make_app(desk.street.settings.root, state, None, desk.reception.callback)
    app.middlewares.append(note)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(desk.public_url.rpartition(":")[2])).start()
    yield
    await runner.cleanup()
