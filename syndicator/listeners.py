"""The desk as a hub for its own topics: requests taken, verified or denied, listeners ended.

The rules are pure and stand in ``push``; here they meet callbacks and the library.
Nothing changes by a request alone: the callback it names must say that it was meant.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from secrets import token_urlsafe
from weakref import WeakValueDictionary

import msgspec
from msgspec.structs import replace

from syndicator import push
from syndicator.errors import FetchError
from syndicator.model.desk import Settings
from syndicator.model.listener import Errand, Listener, Request
from syndicator.ports import Clock, Library
from syndicator.ports.herald import Herald

MOST, MOST_OF_HOST, MOST_WAITING = 20_000, 2_000, 2_000
"""Listeners in all, of one host (by its registrable domain), and requests not yet seen to."""
NO_ROOM = "this hub has no room for more; ask for fewer feeds, or later"
LEASE = timedelta(minutes=1)
AT_ONCE = 100
NO_LIMIT = 2**40
TOKEN_BYTES = 24
OK, FIRST_REDIRECT = 200, 300


class Taken(msgspec.Struct, frozen=True):
    """What whoever asks the hub is answered at once: a status, and one line."""

    status: int
    text: str


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What seeing to a request came to.

    ``outcome`` is ``verified``; ``refused``: the callback did not mean it;
    ``crowded``: there was no room; ``told``: a denial was delivered; ``silent``:
    there was no answer, and ``again``: it is asked once more.
    """

    mode: Errand
    host: str
    document: str
    outcome: str
    error: str | None = None


class Listeners:
    """Keeps the listeners of one desk. Every method may raise ``LibraryError``."""

    def __init__(
        self,
        library: Library,
        herald: Herald,
        clock: Clock,
        settings: Callable[[], Settings],
        make_token: Callable[[int], str] = token_urlsafe,
    ) -> None:
        """Go by the ``settings`` of each moment."""
        self._library = library
        self._herald = herald
        self._clock = clock
        self._settings = settings
        self._make_token = make_token
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    def read(self, form: Mapping[str, str]) -> Request | Taken:
        """Read what was asked of the hub; if it cannot be seen to, say at once why."""
        settings, now = self._settings(), self._clock.now()
        found = push.read_request(form, settings.desk.base_url, now, self._make_token(TOKEN_BYTES))
        if isinstance(found, push.Complaint):
            return Taken(400, found.text)
        wrong = self._herald.forbids(found.callback)
        if wrong is not None:
            return Taken(400, f"hub.callback {wrong}")
        if found.mode == "subscribe" and not push.is_public(found.document, settings):
            return _denial(found, push.NO_TOPIC)
        return found

    async def take(self, request: Request) -> Taken:
        """Put a request that was read among those to be seen to."""
        if await self._library.add_request(request, self._clock.now(), MOST_WAITING):
            return Taken(202, "taken; the callback is asked next")
        return Taken(503, "too many requests wait; ask again in a minute")

    async def claim(self) -> list[Request]:
        """Return requests that are due, for :meth:`see_to`."""
        return await self._library.claim_requests(self._clock.now(), AT_ONCE, LEASE)

    async def see_to(self, request: Request) -> Seen:
        """Ask a callback whether it meant a request, and do as it says; or deny it what it asked.

        Requests about one callback and document take their turns.
        """
        turn = self._turns.setdefault((request.callback, request.document), asyncio.Lock())
        async with turn:
            public = push.is_public(request.document, self._settings())
            if request.mode == "subscribe" and not public:
                request = _denial(request, push.NO_TOPIC)
            challenge = self._make_token(TOKEN_BYTES)
            asked = push.question(request, challenge)
            try:
                reply = await self._herald.ask(asked, self._clock.now())
            except FetchError as error:
                return await self._silent(request, str(error))
            outcome = "told"
            if request.mode != "denied":
                meant = OK <= reply.status < FIRST_REDIRECT and reply.text == challenge
                outcome = await self._confirmed(request) if meant else "refused"
            await self._library.drop_request(request.id)
            return _seen(request, outcome)

    async def _confirmed(self, request: Request) -> str:
        now = self._clock.now()
        if request.mode == "unsubscribe":
            await self._library.end_listener(push.listener_id(request.callback, request.document))
            return "verified"
        one = push.listener_of(request, now)
        kept = await self._library.keep_listener(one, now, most=MOST, most_of_host=MOST_OF_HOST)
        if not kept:
            await self._deny(_denial(request, NO_ROOM))
            return "crowded"
        return "verified"

    async def _silent(self, request: Request, error: str) -> Seen:
        more = push.ask_again(request, self._clock.now())
        if more is None:
            await self._library.drop_request(request.id)
            return _seen(request, "silent", error)
        await self._library.add_request(*more, NO_LIMIT)
        return _seen(request, "again", error)

    async def _deny(self, denial: Request) -> None:
        fresh = replace(denial, id=self._make_token(TOKEN_BYTES))
        await self._library.add_request(fresh, self._clock.now(), NO_LIMIT)

    async def settle(self) -> None:
        """End who listens to what is not public any more; know the other hubs of the settings."""
        settings, now = self._settings(), self._clock.now()
        desk = settings.desk
        documents = [
            one for topic in settings.topics for one in push.documents_of(topic)
            if desk.hubs and push.is_public(one, settings)
        ]  # fmt: skip
        others = () if desk.hub in {"own", "off"} else desk.hubs
        known = [one for one, _ in await self._library.listeners()]
        ended, fresh = push.settle_listeners(
            known, documents, others, own=desk.hub == "own", now=now
        )
        for one in ended:
            if not one.hub:
                await self._deny(_farewell(one, settings))
            await self._library.end_listener(one.id)
        for one in fresh:
            await self._library.keep_listener(one, now, most=NO_LIMIT, most_of_host=NO_LIMIT)

    async def end_lapsed(self) -> int:
        """Forget those whose lease has run out; return how many listen still."""
        await self._library.end_lapsed(self._clock.now(), AT_ONCE)
        return await self._library.count_listeners()


def _denial(request: Request, reason: str) -> Request:
    return replace(request, mode="denied", reason=reason, secret="", tries=0)


def _farewell(listener: Listener, settings: Settings) -> Request:
    return Request(
        id="",
        mode="denied",
        callback=listener.callback,
        topic=push.address_of(settings.desk.base_url, listener.document),
        document=listener.document,
        asked=listener.since,
        reason=push.ENDED,
    )


def _seen(request: Request, outcome: str, error: str | None = None) -> Seen:
    host = push.counted_with(request.callback)
    return Seen(
        mode=request.mode, host=host, document=request.document, outcome=outcome, error=error
    )
