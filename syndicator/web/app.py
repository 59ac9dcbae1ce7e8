"""The desk's addresses (DESIGN §6)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest

from syndicator.web.files import FeedFiles

_WAIT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Syndicator</title><meta http-equiv="refresh" content="3"></head>
<body><h1>The desk is polling its sources</h1><p>The first feeds appear here in a moment.</p></body></html>"""
_MISSING = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Not here</title></head>
<body><h1>There is nothing at this address</h1><p><a href="/">All topics of this desk</a></p></body></html>"""


@dataclass(frozen=True)
class WebState:
    """What the web asks of the desk: problems now (none: ready), and where metrics are kept."""

    ready: Callable[[], Awaitable[list[str]]]
    registry: CollectorRegistry


def make_app(feeds: Path, state: WebState) -> web.Application:
    """Build the application over the published files under ``feeds``."""
    files = FeedFiles(feeds)
    counter = Counter(
        "syndicator_responses",
        "Answers, by kind and status",
        ["kind", "status"],
        registry=state.registry,
    )

    def page(text: str, status: int = 200) -> web.Response:
        return web.Response(
            text=text,
            status=status,
            content_type="text/html",
            headers={"Cache-Control": "no-store"},
        )

    async def directory(request: web.Request) -> web.StreamResponse:
        return files.answer(request, "index.html") or page(_WAIT)

    async def opml(request: web.Request) -> web.StreamResponse:
        return files.answer(request, "topics.opml") or page(_MISSING, 404)

    async def feed(request: web.Request) -> web.StreamResponse:
        name = f"{request.match_info['topic']}.{request.match_info['kind']}"
        return files.answer(request, name) or page(_MISSING, 404)

    async def topic(request: web.Request) -> web.StreamResponse:
        return files.answer(request, f"{request.match_info['topic']}/index.html") or page(
            _MISSING, 404
        )

    async def slash(request: web.Request) -> web.StreamResponse:
        raise web.HTTPMovedPermanently(f"/feeds/{request.match_info['topic']}/")

    async def healthz(_: web.Request) -> web.StreamResponse:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.StreamResponse:
        problems = await state.ready()
        answer = {"ready": not problems, "problems": problems}
        return web.json_response(answer, status=503 if problems else 200)

    async def metrics(_: web.Request) -> web.StreamResponse:
        return web.Response(
            body=generate_latest(state.registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    @web.middleware
    async def count(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        kind = (
            request.match_info.get("kind") or request.path.strip("/").split("/")[0] or "directory"
        )
        kind = kind if kind in _COUNTED else "other"
        try:
            answer = await handler(request)
        except web.HTTPNotFound:
            answer = page(_MISSING, 404)
        except web.HTTPException as error:
            counter.labels(kind, str(error.status)).inc()
            raise
        counter.labels(kind, str(answer.status)).inc()
        return answer

    app = web.Application(middlewares=[count])
    name = "{topic:[a-z0-9][a-z0-9-]*}"
    app.router.add_get("/", directory)
    app.router.add_get("/topics.opml", opml)
    app.router.add_get(f"/feeds/{name}.{{kind:rss|atom|json}}", feed)
    app.router.add_get(f"/feeds/{name}/", topic)
    app.router.add_get(f"/feeds/{name}", slash)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    return app


_COUNTED = frozenset(
    {"rss", "atom", "json", "feeds", "directory", "topics.opml", "healthz", "readyz", "metrics"}
)
