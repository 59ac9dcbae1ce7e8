"""What subscribers read: each its own edition, composed when it changed, kept in memory.

What leaks least decides the answers. Without a token: 401 for the asking
(RFC 9110 §15.5.2), whatever is asked for. With one that is unknown, revoked or
expired: 403, the same bytes whatever is asked for. With a good one: 404 for what
it may not read, as for what does not exist.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote
from weakref import WeakValueDictionary

import structlog
from aiohttp import web

from syndicator.errors import LibraryError
from syndicator.model.desk import Settings
from syndicator.model.edition import Output
from syndicator.model.ids import SubscriberId, TopicId
from syndicator.model.subscriber import Reader, shelf
from syndicator.model.topic import Audience
from syndicator.ports import Clock
from syndicator.subscription import ROOM, Offer, Subscriptions
from syndicator.web.answers import Body
from syndicator.web.browser import VARY, see_page, wants_page
from syndicator.web.files import respond
from syndicator.web.gate import Gate, token_of
from syndicator.web.pages import AWAY, MISSING, REFUSED, TOO_OFTEN, UNKNOWN, page
from syndicator.web.tally import OUTLET

log = structlog.get_logger()
GOOD_FOR = timedelta(seconds=60)
"""How long the last good answer stands in for a store that does not answer."""
REST = timedelta(seconds=1)
ASK_SECONDS, MAKE_SECONDS = 3, 20
ROOM_FOR = 64_000_000  # bytes kept of all editions together
HEADERS = {
    # No shared cache may keep it, and one's own asks each time (RFC 9111 §5.2.2.4 and §5.2.2.7):
    # so a kill, or the end of a subscription, is seen with the next poll.
    "Cache-Control": "private, no-cache",
    "Vary": f"Authorization, {VARY}, Accept-Encoding",
    "Referrer-Policy": "no-referrer",  # an address with a token must not travel on
    "X-Robots-Tag": "noindex",
}
_NOT_KEPT = {"Cache_Control": "private, no-store", "Vary": "Authorization"}
_LED = {"Cache-Control": "private, no-store", "Vary": HEADERS["Vary"]}
_CHALLENGE = 'Basic realm="subscribers", charset="UTF-8"'  # RFC 7617 §2.1
_Key = tuple[TopicId, SubscriberId]


class _Kept:
    """One subscriber's edition of one topic, and until when it may be given."""

    __slots__ = ("bodies", "checked", "offer", "settings", "size")

    def __init__(self, offer: Offer, bodies: dict[str, Body], settings: Settings) -> None:
        self.offer = offer
        self.bodies = bodies
        self.settings = settings
        self.checked: datetime | None = None
        # Packed in both codings it is about as much again.
        self.size = 2 * sum(len(one.plain) for one in bodies.values())

    def stands(self, settings: Settings, now: datetime) -> bool:
        """Whether the settings are still those it was made under, and no moment has passed."""
        until = self.offer.until
        return self.settings is settings and (until is None or now < until)


class Private:
    """Answers subscribers.

    ``settings`` returns those of this moment, so that a saved revocation is
    heard by the next request.
    """

    def __init__(
        self, subscriptions: Subscriptions, settings: Callable[[], Settings], clock: Clock
    ) -> None:
        """Compose by ``subscriptions``, at the moments of ``clock``."""
        self._subscriptions = subscriptions
        self._settings = settings
        self._clock = clock
        self._gate = Gate()
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self._making: WeakValueDictionary[_Key, asyncio.Lock] = WeakValueDictionary()
        self._rest: datetime | None = None

    def add_routes(self, router: web.UrlDispatcher, topic: str) -> None:
        """Serve under ``/s/``; ``topic`` is the pattern of a topic in a path."""
        for start in (ROOM, f"{ROOM}/{{token:[^/]+}}"):
            router.add_get(f"{start}/feeds/{topic}.{{kind:rss|atom|json}}", self._asked)
            router.add_get(f"{start}/feeds/{topic}/", self._asked)
        router.add_get(f"{ROOM}/", _home)

    def is_public(self, topic: str) -> bool:
        """Whether this is a topic that everyone may read."""
        one = self._settings().topics.get(TopicId(topic))
        return one is not None and one.audience is Audience.PUBLIC

    async def beside_public(self, request: web.Request) -> web.StreamResponse:
        """Answer at the address of no public topic: as ever to whom carries a token, else 404."""
        return page(MISSING, 404) if token_of(request) is None else await self._asked(request)

    async def _asked(self, request: web.Request) -> web.StreamResponse:
        settings, now = self._settings(), self._clock.now()
        token = token_of(request)
        if token is None:
            return page(UNKNOWN, 401, WWW_Authenticate=_CHALLENGE, **_NOT_KEPT)
        reader = self._gate.reader(token, settings.subscribers, now)
        if reader is None:
            wait = self._gate.stranger(request.remote or "", now)
            if not wait:
                return page(REFUSED, 403, **_NOT_KEPT)
        else:
            wait = self._gate.wait(reader, now)
        if reader is None or wait:
            return page(TOO_OFTEN, 429, Retry_After=str(wait), **_NOT_KEPT)
        topic = TopicId(request.match_info["topic"])
        one = settings.topics.get(topic)
        if one is None or not reader.terms.may_read(topic, one):
            return page(MISSING, 404, **_NOT_KEPT)
        if "kind" in request.match_info and settings.desk.browser_pages and wants_page(request):
            return see_page(_page_of(topic, request), _LED)
        kept = await self._edition(topic, reader, settings)
        if kept is None:
            return page(AWAY, 503, Retry_After="60", **_NOT_KEPT)
        request[OUTLET] = shelf(topic, reader.id)
        kind = request.match_info.get("kind", "html")
        if kind not in kept.bodies:  # a format that the topic is not published in
            return page(MISSING, 404, **_NOT_KEPT)
        return respond(request, kept.bodies[kind], f".{kind}", HEADERS)

    async def _edition(self, topic: TopicId, reader: Reader, settings: Settings) -> _Kept | None:
        """Return an edition that is good now; ``None`` while there is none to be had."""
        key = (topic, reader.id)
        lock = self._making.setdefault(key, asyncio.Lock())
        async with lock:  # ten requests at once compose once
            kept, now = self._kept.get(key), self._clock.now()
            if self._rest is None or now >= self._rest or now < self._rest - REST:
                try:
                    return await self._current(key, kept, reader, settings, now)
                except (LibraryError, TimeoutError) as error:
                    self._rest = now + REST  # so that requests do not queue up before a dead store
                    log.warning("private", topic=topic, error=str(error) or "no answer in time")
            if kept is None or kept.checked is None or not kept.stands(settings, now):
                return None
            return kept if timedelta() <= now - kept.checked <= GOOD_FOR else None

    async def _current(
        self, key: _Key, kept: _Kept | None, reader: Reader, settings: Settings, now: datetime
    ) -> _Kept:
        topic, _ = key
        async with asyncio.timeout(ASK_SECONDS):
            generation = await self._subscriptions.generation(topic)
        if kept is None or kept.offer.generation != generation or not kept.stands(settings, now):
            async with asyncio.timeout(MAKE_SECONDS):
                offer = await self._subscriptions.offer(topic, reader, settings, now)
            bodies = await asyncio.to_thread(_bodies, offer.outputs, kept, now)
            kept = _Kept(offer, bodies, settings)
            self._keep(key, kept)
        self._kept.move_to_end(key)
        kept.checked = now
        self._rest = None
        return kept

    def _keep(self, key: _Key, kept: _Kept) -> None:
        """Keep an edition, and let go of those asked for longest ago when it gets too much."""
        self._kept[key] = kept
        self._kept.move_to_end(key)
        size = sum(one.size for one in self._kept.values())
        while size > ROOM_FOR and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            size -= gone.size


def _page_of(topic: TopicId, request: web.Request) -> str:
    """Return where a topic's page is, from a feed: the links there need the token in the path."""
    token = request.query.get("token")
    if token is None:
        return f"{topic}/"
    room = "" if request.path.startswith(f"{ROOM}/") else f"{ROOM[1:]}/"
    return f"../{room}{quote(token, safe='')}/feeds/{topic}/"


def _bodies(outputs: tuple[Output, ...], before: _Kept | None, now: datetime) -> dict[str, Body]:
    made = {}
    for output in outputs:
        kind = output.path.rpartition(".")[2]
        old = before.bodies[kind] if before else None
        if old is not None and old.plain == output.body:
            made[kind] = old
            continue
        # Never the second of the one before: clients that know no ETag compare whole seconds.
        modified = max(int(now.timestamp()), old.modified + 1 if old else 0)
        made[kind] = Body(output.body, modified)
    return made


async def _home(_: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("/")
