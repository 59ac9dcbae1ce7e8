"""Telling listeners of a change: the newest document to a callback, a word to another hub."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from time import perf_counter

import msgspec

from syndicator import push
from syndicator.errors import FetchError, LaterError
from syndicator.model.desk import Settings
from syndicator.model.listener import Hearing, Listener, Telling
from syndicator.ports import Clock, Library
from syndicator.ports.courier import Courier
from syndicator.ports.herald import Documents, Herald

LEASE = timedelta(minutes=2)
AT_ONCE = 500
BESIDE = 262_144  # bytes above which a signature is worked out beside the loop
SOON, LATE = timedelta(seconds=0.25), timedelta(seconds=30)
ASIDE = timedelta(minutes=1)
OK, FIRST_REDIRECT, GONE = 200, 300, 410


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What telling one listener came to.

    ``outcome`` is ``ok``; ``gone``: it wants no more (410); ``lapsed``: its lease
    was over; ``failed``, for ``error``; or nothing was sent: ``same``, it has it;
    ``early``, the document is not, here, what was announced; ``closed``, it is
    public no more; ``later``, its host is asked too much as it is.
    """

    listener: Listener
    outcome: str
    failures: int = 0
    size: int = 0
    error: str | None = None


class Tellings:
    """Tells listeners. Every method may raise ``LibraryError``; what was not done is due again."""

    def __init__(
        self,
        *,
        library: Library,
        documents: Documents,
        herald: Herald,
        courier: Courier,
        clock: Clock,
        settings: Callable[[], Settings],
    ) -> None:
        """Deliver with ``herald``; tell other hubs with ``courier``."""
        self._library = library
        self._documents = documents
        self._herald = herald
        self._courier = courier
        self._clock = clock
        self._settings = settings
        self._early: dict[str, timedelta] = {}

    async def claim(self) -> list[Telling]:
        """Return who is due to be told, for :meth:`tell`."""
        return await self._library.claim_tellings(self._clock.now(), AT_ONCE, LEASE)

    async def tell(self, telling: Telling) -> Told:
        """Tell one listener of the newest document, if that is what was announced."""
        listener, now, settings = telling.listener, self._clock.now(), self._settings()
        if push.is_over(listener, now):
            await self._library.end_listener(listener.id)
            return Told(listener=listener, outcome="lapsed")
        if not push.is_public(listener.document, settings):
            return await self._put_off(telling, "closed", now + ASIDE)
        found = self._documents.read(listener.document)
        if found is None or found[0] != telling.announced:
            # Written just now and not yet announced; or this machine has not the files.
            wait = self._early.get(listener.document, SOON)
            self._early[listener.document] = min(wait * 2, LATE)
            return await self._put_off(telling, "early", now + wait)
        self._early.pop(listener.document, None)
        if telling.hearing.heard == telling.announced:
            await self._library.finish_telling(telling, telling.hearing, None, now)
            return Told(listener=listener, outcome="same")
        if listener.hub:
            return await self._ping(telling, settings)
        return await self._deliver(telling, settings, found[1])

    async def _deliver(self, telling: Telling, settings: Settings, body: bytes) -> Told:
        listener, began = telling.listener, perf_counter()
        headers = await self._headers(listener, settings, body)
        try:
            reply = await self._herald.tell(listener.callback, body, headers, self._clock.now())
        except FetchError as error:
            return await self._failed(telling, str(error))
        if reply.status == GONE:
            await self._library.end_listener(listener.id)
            return Told(listener=listener, outcome="gone")
        if not OK <= reply.status < FIRST_REDIRECT:
            text = f"{listener.host}: it answered {reply.status} {reply.text}".rstrip()
            return await self._failed(telling, text, reply.retry_at)
        return await self._heard(telling, timedelta(seconds=perf_counter() - began), len(body))

    async def _headers(
        self, listener: Listener, settings: Settings, body: bytes
    ) -> Mapping[str, str]:
        """Return what goes with a document (WebSub §7)."""
        address = push.address_of(settings.desk.base_url, listener.document)
        headers = {
            "Content-Type": push.type_of(listener.document),
            "Link": push.link_header(settings.desk.hubs, address),
        }
        if not listener.secret:
            return headers
        beside = len(body) > BESIDE
        made = (
            await asyncio.to_thread(push.signature, listener.secret, body)
            if beside
            else push.signature(listener.secret, body)
        )
        return {**headers, "X-Hub-Signature": made}

    async def _ping(self, telling: Telling, settings: Settings) -> Told:
        """Tell another hub that there is news; what it fetches then is its own affair."""
        listener = telling.listener
        address = push.address_of(settings.desk.base_url, listener.document)
        form = {"hub.mode": "publish", "hub.url": address, "hub.topic": address}
        try:
            await self._courier.ask(listener.callback, form, self._clock.now())
        except LaterError as error:
            return await self._put_off(telling, "later", error.at)
        except FetchError as error:
            return await self._failed(telling, str(error), error.retry_at)
        return await self._heard(telling, timedelta(), 0)

    async def _heard(self, telling: Telling, took: timedelta, size: int) -> Told:
        now = self._clock.now()
        hearing = push.was_heard(telling.announced, now, took)
        await self._library.finish_telling(telling, hearing, None, now)
        return Told(listener=telling.listener, outcome="ok", size=size)

    async def _failed(self, telling: Telling, error: str, retry_at: datetime | None = None) -> Told:
        now = self._clock.now()
        hearing, due = push.was_not_heard(telling, now, error, retry_at)
        await self._library.finish_telling(telling, hearing, due, now)
        return Told(
            listener=telling.listener, outcome="failed", failures=hearing.failures, error=error
        )

    async def _put_off(self, telling: Telling, outcome: str, due: datetime) -> Told:
        """Leave a listener for later; it has done no wrong."""
        hearing: Hearing = telling.hearing
        await self._library.finish_telling(telling, hearing, due, self._clock.now())
        return Told(listener=telling.listener, outcome=outcome)
