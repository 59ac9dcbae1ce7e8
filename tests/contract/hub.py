"""A small WebSub hub on loopback that does what a test tells it, by the book or not."""

import hmac
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web


@dataclass
class Hub:
    """Keeps every request; verifies and delivers when told to.

    ``answer`` is the status of its answers, ``headers`` go with them. With
    ``hasty`` it verifies before it answers, as hubs of PubSubHubbub 0.3 do.
    """

    url: str = ""
    client: aiohttp.ClientSession = field(init=False)
    asked: list[dict[str, str]] = field(default_factory=list)
    answer: int = 202
    headers: dict[str, str] = field(default_factory=dict)
    hasty: bool = False
    lease: str | None = "864000"

    async def serve(self, request: web.Request) -> web.Response:
        """Take one request for a subscription."""
        assert request.content_type == "application/x-www-form-urlencoded"
        form = {name: str(value) for name, value in (await request.post()).items()}
        if self.answer < 300 or self.answer >= 400:
            self.asked.append(form)
        if self.hasty and self.answer == 202:
            assert (await self.verify(form))[0] == 200
        return web.Response(status=self.answer, text="as told", headers=self.headers)

    async def verify(self, form: Mapping[str, str], **other: str | None) -> tuple[int, str]:
        """Ask the callback of a request whether it was meant; ``other`` says something else.

        Names in ``other`` go without ``hub.``; ``None`` leaves one out.
        """
        said: dict[str, str | None] = {
            "mode": form["hub.mode"],
            "topic": form["hub.topic"],
            "challenge": "ch<b>&llenge-1",
            "lease_seconds": self.lease,
            **other,
        }
        query = {f"hub.{name}": value for name, value in said.items() if value is not None}
        async with self.client.get(form["hub.callback"], params=query) as answer:
            if answer.status == 200:
                assert answer.content_type == "text/plain"
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
            return answer.status, await answer.text()

    async def deny(self, form: Mapping[str, str], **other: str) -> int:
        """Refuse a request."""
        more = {"challenge": None, "lease_seconds": None, "reason": "members only", **other}
        return (await self.verify(form, **{"mode": "denied", **more}))[0]

    async def deliver(
        self,
        form: Mapping[str, str],
        body: bytes,
        *,
        method: str = "sha256",
        signature: str | None = None,
        **headers: str,
    ) -> int:
        """Deliver ``body`` to the callback of a request; return the answer's status.

        Signed with the secret of the request by ``method``, unless there is
        another ``signature``; ``""`` is none at all.
        """
        if signature is None:
            made = hmac.new(form["hub.secret"].encode(), body, method).hexdigest()
            signature = f"{method}={made}"
        sent = {"Content-Type": "application/rss+xml"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if signature:
            sent["X-Hub-Signature"] = signature
        async with self.client.post(form["hub.callback"], data=body, headers=sent) as answer:
            return answer.status


@asynccontextmanager
async def a_hub(host: str = "127.0.0.1") -> AsyncIterator[Hub]:
    """Run a hub on a free port of ``host``."""
    this = Hub()
    app = web.Application()
    app.router.add_post("/", this.serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, 0).start()
    this.url = f"http://{host}:{runner.addresses[0][1]}/"
    async with aiohttp.ClientSession() as this.client:
        yield this
    await runner.cleanup()
