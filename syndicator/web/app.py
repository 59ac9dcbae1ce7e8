"""The desk's addresses (DESIGN §6)."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, Counter, generate_latest

from syndicator.errors import LibraryError
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.topic import Audience
from syndicator.sheet import Sheet
from syndicator.web.callback import Callback
from syndicator.web.files import FeedFiles
from syndicator.web.front import QUICK
from syndicator.web.hub import HubDoor
from syndicator.web.pages import AWAY, GONE, MISSING, page
from syndicator.web.private import Private
from syndicator.web.published import Published, WebState
from syndicator.web.search import Search
from syndicator.web.tally import OUTLET

_COUNTED = frozenset(
    {
        "rss",
        "atom",
        "json",
        "feeds",
        "articles",
        "directory",
        "search",
        "topics.opml",
        "healthz",
        "readyz",
        "metrics",
        "websub",
        "hub",
    }
)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


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
    counter = Counter(
        "syndicator_responses",
        "Answers, by kind and status",
        ["kind", "status"],
        registry=state.registry,
    )
    pages = Published(FeedFiles(feeds, state.clock), private, state, counter)
    counting = [_counting(counter), *([state.tally.middleware()] if state.tally else [])]
    app = web.Application(middlewares=counting)
    app[QUICK] = pages.quick
    topic = "{topic:[a-z0-9][a-z0-9-]*}"
    app.router.add_get("/", pages.directory)
    app.router.add_get("/topics.opml", pages.opml)
    app.router.add_get(f"/feeds/{topic}.{{kind:rss|atom|json}}", pages.feed)
    app.router.add_get(f"/feeds/{topic}/", pages.topic)
    app.router.add_get(f"/feeds/{topic}/archive/{{page:[0-9]+}}.{{kind:rss|atom|json}}", pages.page)
    app.router.add_get(f"/feeds/{topic}/archive/{{page:[0-9]+}}/", pages.page)
    app.router.add_get(f"/feeds/{topic}", _add_slash)
    if state.settings is not None and state.site is not None:
        search = Search(feeds, _public(state.settings), state.site)
        app.router.add_get("/search", search.answer)
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


def _public(settings: Callable[[], Settings]) -> Callable[[], dict[TopicId, str]]:
    """Name the topics that everyone may read, by the settings of the moment."""

    def titles() -> dict[TopicId, str]:
        topics = settings().topics.items()
        return {topic: one.title for topic, one in topics if one.audience is Audience.PUBLIC}

    return titles


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


def _counting(counter: Counter) -> Callable[..., Awaitable[web.StreamResponse]]:
    """Make the middleware that counts answers and puts a readable page for unknown addresses."""

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
