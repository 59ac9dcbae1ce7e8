"""Taking what hubs deliver: the poll pipe from the second step on.

::

    pushed → parse → normalize → credit → full text → compare → route → library

A delivery goes in under the same claim as a poll, so the two never meet. It
changes nothing about when the source is polled next.
"""

from datetime import datetime, timedelta

import msgspec

from syndicator.errors import ReadError, SourceError
from syndicator.hubs import Hubs
from syndicator.intake import LEASE, Intake
from syndicator.model.desk import Settings
from syndicator.model.entry import Document
from syndicator.model.ids import SourceId
from syndicator.model.push import Agreement, Pushed
from syndicator.model.source import SourceState
from syndicator.outcome import Result
from syndicator.pages import Pages
from syndicator.polling import Appointment, Noted, delivered
from syndicator.ports import Claim, Clock, Fetcher, Library, Reader
from syndicator.push import after_delivery

APART = timedelta(minutes=1)
"""A source that is only told of news, not given it, is asked for it no more often than this."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """What a hub delivered and had signed."""

    agreement: Agreement
    body: bytes
    content_type: str | None = None


class Deliveries:
    """Takes deliveries into the library."""

    def __init__(self, *, fetcher: Fetcher, library: Library, reader: Reader, clock: Clock) -> None:
        """Join the edges; nothing is taken yet. ``fetcher`` gets the pages of full texts."""
        self._library = library
        self._pages = Pages(fetcher=fetcher, reader=reader, library=library, clock=clock)
        self._reader = reader
        self._clock = clock
        self._intake = Intake(library, clock)
        self._hubs = Hubs(library)
        self._hastened: dict[SourceId, datetime] = {}

    async def take(self, delivery: Delivery, settings: Settings) -> Result:
        """Take one delivery; ``status`` says how that ended.

        ``ok``: it was read and stored. ``repeated``: it was taken before.
        ``hastened``: the source is asked at once instead, because it is being
        polled just now, or what came is no feed. ``refused``: nobody wants it
        any more. ``lost``: as with a poll.

        Raises:
            LibraryError: the store failed; the claim comes back by itself.
        """
        key, now = delivery.agreement.source, self._clock.now()
        source = settings.sources.get(key)
        if source is None or source.paused:
            return Result(source=key, status="refused")
        claims = await self._library.claim([key], now, LEASE)
        if not claims:
            return await self.hasten(key)
        claim, state = claims[0], claims[0].state
        if state.url != source.url or state.last_success is None:
            await self._library.finish(claim, state, now)
            return Result(source=key, status="hastened", why="it was never polled")
        base = state.offer.base if state.offer is not None else delivery.agreement.topic
        document = Document(url=base, body=delivery.body, content_type=delivery.content_type)
        if state.pushed is not None and document.digest in state.pushed.digests:
            await self._library.finish(claim, state, claim.due or now)
            return Result(source=key, status="repeated")
        return await self._read(claim, settings, delivery.agreement, document)

    async def hasten(self, source: SourceId, why: str = "it is being polled") -> Result:
        """Have a source asked at once, or once more as soon as its poll ends.

        Not twice within a minute, however often a hub calls.
        """
        now = self._clock.now()
        last = self._hastened.get(source, now)  # may lie ahead
        at = last if now <= last else max(now, last + APART)
        await self._library.hasten(source, at)
        self._hastened[source] = at
        return Result(source=source, status="hastened", next_poll=at, why=why)

    async def _read(
        self, claim: Claim, settings: Settings, agreement: Agreement, document: Document
    ) -> Result:
        key, state = claim.source, claim.state
        profile = await self._intake.profile(key, settings.sources[key], state)
        end = _End(agreement=agreement, digest=document.digest, due=claim.due)
        try:
            reading = await self._reader.read(document, profile, self._clock.now())
            reading = await self._pages.fuller(reading, key, settings)
            done = await self._intake.admit(
                claim, settings, state, reading, profile, end, partial=True
            )
        except SourceError as error:
            now = self._clock.now()
            soon = max(now, (state.last_polled or now) + APART)
            soon = min(soon, claim.due or soon)
            held = await self._library.finish(claim, state, soon)
            why = "no feed came" if isinstance(error, ReadError) else str(error)
            status = "hastened" if held else "lost"
            return Result(source=key, status=status, next_poll=soon, why=why)
        if done is None:
            return Result(source=key, status="lost")
        _, first, missed = end.pushed(state, done.result.new, self._clock.now())
        await self._hubs.count(agreement.hub, self._clock.now(), first=first, missed=missed)
        return msgspec.structs.replace(
            done.result,
            dropped=len(reading.dropped),
            warnings=reading.feed.warnings + reading.dropped,
        )


class _End(msgspec.Struct, frozen=True, kw_only=True):
    """How a delivery ends: the source is due again when it was ``due`` before."""

    agreement: Agreement
    digest: str
    due: datetime | None

    def pushed(self, state: SourceState, new: int, now: datetime) -> tuple[Pushed, int, int]:
        """Return how push has served, and what that changes in the hub's score."""
        return after_delivery(state.pushed, self.agreement, now, new=new, digest=self.digest)

    def of(
        self, state: SourceState, changed: int | None, new: int, now: datetime
    ) -> tuple[Noted, Appointment]:
        """See ``intake.Ending``."""
        del changed  # a revision is no news that push could be first with
        pushed, _, _ = self.pushed(state, new, now)
        noted = delivered(msgspec.structs.replace(state, pushed=pushed), now, new=new)
        return noted, Appointment(self.due or now, state.next_why or "")
