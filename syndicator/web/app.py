"""The desk's addresses (DESIGN §6)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest

from syndicator.errors import LibraryError
from syndicator.model.ids import ArticleId
from syndicator.ports import Clock
from syndicator.sheet import Sheet
from syndicator.web.callback import Callback
from syndicator.web.files import FeedFiles
from syndicator.web.hub import HubDoor
from syndicator.web.pages import AWAY, GONE, MISSING, WAIT, page
from syndicator.web.private import Private
from syndicator.web.tally import OUTLET, Tally

_COUNTED = frozenset(
    {
        "rss",
        "atom",
        "json",
        "feeds",
        "articles",
        "directory",
        "topics.opml",
        "healthz",
        "readyz",
        "metrics",
        "websub",
        "hub",
    }
)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class WebState:
    """What the web asks of the desk.

    ``ready`` tells problems now (none: ready); ``registry`` keeps metrics; ``clock``
    says how long a feed is likely to stand;
    ``sheet`` makes the page of one article, where a library can be asked;
    ``tally`` counts what was fetched; ``links`` returns the ``Link`` header of a
    feed, by the path of its file, where there are hubs to name.
    """

    ready: Callable[[], Awaitable[list[str]]]
    registry: CollectorRegistry
    clock: Clock
    sheet: Callable[[ArticleId], Awaitable[Sheet]] | None = None
    tally: Tally | None = None
    links: Callable[[str], str] | None = None


def make_app(
    feeds: Path,
    state: WebState,
    private: Private | None = None,
    callback: Callback | None = None,
    hub: HubDoor | None = None,
) -> web.Application:
    """Build the application over the published files under ``feeds``.

    A public feed is answered from its file alone, so it is served whatever
    else fails. ``private`` answers subscribers, from the library; ``callback``
    answers hubs; ``hub`` those who want to be told of news by ours.
    """
    pages = _Pages(FeedFiles(feeds, state.clock), private, state.links)
    counting = [_counting(state.registry), *([state.tally.middleware()] if state.tally else [])]
    app = web.Application(middlewares=counting)
    topic = "{topic:[a-z0-9][a-z0-9-]*}"
    app.router.add_get("/", pages.directory)
    app.router.add_get("/topics.opml", pages.opml)
    app.router.add_get(f"/feeds/{topic}.{{kind:rss|atom|json}}", pages.feed)
    app.router.add_get(f"/feeds/{topic}/", pages.topic)
    app.router.add_get(f"/feeds/{topic}/archive/{{page:[0-9]+}}.{{kind:rss|atom|json}}", pages.page)
    app.router.add_get(f"/feeds/{topic}/archive/{{page:[0-9]+}}/", pages.page)
    app.router.add_get(f"/feeds/{topic}", _add_slash)
    if state.sheet is not None:
        app.router.add_get("/articles/{id:[0-9a-f]{20}}", _article(state.sheet))
    if private is not None:
        private.add_routes(app.router, topic)
    if callback is not None:
        callback.add_routes(app.router)
    if hub is not None:
        hub.add_routes(app.router)
    app.router.add_get("/healthz", _healthz)
    app.router.add_get("/readyz", _readyz(state))
    app.router.add_get("/metrics", _metrics(state))
    return app


class _Pages:
    """What is published, at its addresses."""

    def __init__(
        self, files: FeedFiles, private: Private | None, links: Callable[[str], str] | None
    ) -> None:
        self._files = files
        self._private = private
        self._links = links

    async def directory(self, request: web.Request) -> web.StreamResponse:
        return self._files.answer(request, "index.html") or page(WAIT)

    async def opml(self, request: web.Request) -> web.StreamResponse:
        return self._files.answer(request, "topics.opml") or page(MISSING, 404)

    async def feed(self, request: web.Request) -> web.StreamResponse:
        name = "{topic}.{kind}".format(**request.match_info)
        return await self._topic(request, name, {"Link": self._links(name)} if self._links else {})

    async def topic(self, request: web.Request) -> web.StreamResponse:
        return await self._topic(request, "{topic}/index.html".format(**request.match_info))

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Answer with a page of an archive: only what everyone may read has one."""
        if self._private is not None and not self._private.is_public(request):
            return page(MISSING, 404)
        request[OUTLET] = request.match_info["topic"]
        kind = request.match_info.get("kind")
        ending = f".{kind}" if kind else "/index.html"
        name = "{topic}/archive/{page}".format(**request.match_info) + ending
        return self._files.answer(request, name) or page(MISSING, 404)

    async def _topic(
        self, request: web.Request, name: str, more: Mapping[str, str] = MappingProxyType({})
    ) -> web.StreamResponse:
        """Answer with a file; where none may be had, a token still opens what it opens."""
        if self._private is None or self._private.is_public(request):
            request[OUTLET] = request.match_info["topic"]
            return self._files.answer(request, name, more) or page(MISSING, 404)
        return await self._private.beside_public(request)


async def _add_slash(request: web.Request) -> web.StreamResponse:
    raise web.HTTPMovedPermanently(f"/feeds/{request.match_info['topic']}/")


def _article(sheet: Callable[[ArticleId], Awaitable[Sheet]]) -> _Handler:
    async def article(request: web.Request) -> web.StreamResponse:
        request[OUTLET] = "articles/{id}".format(**request.match_info)
        try:
            found = await sheet(ArticleId(request.match_info["id"]))
        except LibraryError:
            return page(AWAY, 503, Retry_After="60")
        said = {410: GONE, 404: MISSING}.get(found.status)
        return page(said or found.body.decode(), found.status)

    return article


async def _healthz(_: web.Request) -> web.StreamResponse:
    return web.Response(text="ok\n")


def _readyz(state: WebState) -> _Handler:
    async def readyz(_: web.Request) -> web.StreamResponse:
        problems = await state.ready()
        answer = {"ready": not problems, "problems": problems}
        return web.json_response(answer, status=503 if problems else 200)

    return readyz


def _metrics(state: WebState) -> _Handler:
    async def metrics(_: web.Request) -> web.StreamResponse:
        body = generate_latest(state.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return metrics


def _counting(registry: CollectorRegistry) -> Callable[..., Awaitable[web.StreamResponse]]:
    """Make the middleware that counts answers and puts a readable page for unknown addresses."""
    counter = Counter(
        "syndicator_responses", "Answers, by kind and status", ["kind", "status"], registry=registry
    )

    @web.middleware
    async def count(request: web.Request, handler: _Handler) -> web.StreamResponse:
        status = 500
        try:
            answer = await handler(request)
            status = answer.status
        except web.HTTPNotFound:
            status = 404
            return page(MISSING, 404)
        except web.HTTPException as error:
            status = error.status
            raise
        finally:
            counter.labels(_kind(request), str(status)).inc()
        return answer

    return count


def _kind(request: web.Request) -> str:
    first = request.path.strip("/").split("/")[0]
    if first == "s":
        return "private"  # nothing of the address: it may hold a token
    kind = request.match_info.get("kind") or first or "directory"
    return kind if kind in _COUNTED else "other"
