"""What is published, at its addresses: by the application, and by the door before it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter

from syndicator.model.desk import Settings
from syndicator.model.edition import Site
from syndicator.model.ids import ArticleId, TopicId
from syndicator.ports import Clock
from syndicator.sheet import Sheet
from syndicator.web.answers import OK
from syndicator.web.browser import VARY, see_page, wants_page
from syndicator.web.files import NOTHING, FeedFiles
from syndicator.web.pages import MISSING, SOON, WAIT, page
from syndicator.web.private import Private
from syndicator.web.tally import OUTLET, Tally

_NOT_FOUND = 404
_FEEDS = (".rss", ".atom", ".json")


@dataclass(frozen=True)
class WebState:
    """What the web asks of the desk.

    ``ready`` tells problems now (none: ready); ``registry`` keeps metrics; ``clock``
    says how long a feed is likely to stand;
    ``sheet`` makes the page of one article, where a library can be asked;
    ``tally`` counts what was fetched; ``links`` returns the ``Link`` header of a
    feed, by the path of its file, where there are hubs to name; ``settings`` are
    those of this moment, and ``site`` what pages say of the desk: without them
    there is no search.
    """

    ready: Callable[[], Awaitable[list[str]]]
    registry: CollectorRegistry
    clock: Clock
    sheet: Callable[[ArticleId], Awaitable[Sheet]] | None = None
    tally: Tally | None = None
    links: Callable[[str], str] | None = None
    settings: Callable[[], Settings] | None = None
    site: Callable[[], Site] | None = None

    def browser_pages(self) -> bool:
        """Whether a browser that opens a feed is led to its page."""
        return self.settings is None or self.settings().desk.browser_pages


class Published:
    """Answers with published files."""

    def __init__(
        self, files: FeedFiles, private: Private | None, state: WebState, counter: Counter
    ) -> None:
        """Serve ``files``; ``private`` knows which topics are for everyone."""
        self._files = files
        self._private = private
        self._links = state.links
        self._named = lru_cache(maxsize=4096)(self._what)
        self._browser_pages = state.browser_pages
        self._settings = state.settings
        self._tally = state.tally
        self._count = lru_cache(maxsize=None)(
            lambda kind, status: counter.labels(kind, str(status))
        )

    def quick(self, name: str, asked: Mapping[str, str]) -> bytes | None:
        """Answer a request for a public feed whole, as it goes over the connection.

        ``None``: it is none, or a browser may ask; the application shall look.
        """
        topic, kind, more = self._named(name)
        if self._private is not None and not self._private.is_public(topic):
            return None
        pages = self._browser_pages()
        if pages and ("Sec-Fetch-Dest" in asked or "html" in asked.get("Accept", "").lower()):
            return None
        found = self._files.quick(name, asked, more, VARY if pages else "")
        if found is None:
            return None
        status, answer = found
        self._count(kind, status).inc()
        if self._tally is not None and status == OK:
            self._tally.count(topic, asked.get("User-Agent"))
        return answer

    def _what(self, name: str) -> tuple[str, str, Mapping[str, str]]:
        """Return whose file this is, of what kind, and what headers go with it."""
        start, _, kind = name.partition(".")
        return start.partition("/")[0], kind, self._more(name)

    async def directory(self, request: web.Request) -> web.StreamResponse:
        """Answer with the directory of topics."""
        return self._files.answer(request, "index.html") or page(WAIT)

    async def opml(self, request: web.Request) -> web.StreamResponse:
        """Answer with all topics as OPML."""
        return self._answer(request, "topics.opml")

    async def feed(self, request: web.Request) -> web.StreamResponse:
        """Answer with a feed."""
        return await self._topic(request, "{topic}.{kind}".format(**request.match_info))

    async def topic(self, request: web.Request) -> web.StreamResponse:
        """Answer with the page of a topic."""
        return await self._topic(request, "{topic}/index.html".format(**request.match_info))

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Answer with a page of an archive: only what everyone may read has one."""
        topic = request.match_info["topic"]
        if self._private is not None and not self._private.is_public(topic):
            return page(MISSING, 404)
        request[OUTLET] = topic
        kind = request.match_info.get("kind")
        ending = f".{kind}" if kind else "/index.html"
        return self._answer(request, "{topic}/archive/{page}".format(**request.match_info) + ending)

    async def _topic(self, request: web.Request, name: str) -> web.StreamResponse:
        """Answer with a file; where none may be had, a token still opens what it opens."""
        topic = request.match_info["topic"]
        if self._private is None or self._private.is_public(topic):
            request[OUTLET] = topic
            answer = self._answer(request, name)
            return page(SOON, 503, Retry_After="5") if self._awaited(answer, request) else answer
        return await self._private.beside_public(request)

    def _awaited(self, answer: web.StreamResponse, request: web.Request) -> bool:
        """Whether what is not there will be: the first release of a topic is still to come.

        Readers that hear 404 of a feed they were told of think it gone.
        """
        if answer.status != _NOT_FOUND or self._settings is None:
            return False
        topic = self._settings().topics.get(TopicId(request.match_info["topic"]))
        kind = request.match_info.get("kind")
        return topic is not None and (kind is None or kind in topic.formats)

    def _answer(self, request: web.Request, name: str) -> web.StreamResponse:
        """Answer with a file, or lead a browser that opened a feed to its page."""
        asked = "kind" in request.match_info and self._browser_pages()
        answer = self._files.answer(request, name, self._more(name), VARY if asked else "")
        if answer is not None and asked and wants_page(request):
            return see_page(f"{PurePath(name).stem}/")
        return answer or page(MISSING, 404)

    def _more(self, name: str) -> Mapping[str, str]:
        """Return headers by which a feed names its hubs; a page of an archive has none."""
        if self._links is None or "/" in name or not name.endswith(_FEEDS):
            return NOTHING
        return {"Link": self._links(name)}
