"""The poll pipe: one source, from its address to the library.

::

    fetch → parse → normalize → credit → compare → route → library

The reader does parse, normalize and credit in a process of its own. Every
step before ``admit`` changes nothing, and ``admit`` changes everything at
once, so a poll cut off anywhere is simply done again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

import msgspec

from syndicator.drops import Drops
from syndicator.errors import FetchError, LaterError, SourceError
from syndicator.hubs import Hubs, Service
from syndicator.ingest import Reading
from syndicator.intake import LEASE, TRIES, Done, Intake, file_all, profile_of
from syndicator.manners import Manners, Wait
from syndicator.model.desk import Settings
from syndicator.model.entry import Document
from syndicator.model.host import HostRule
from syndicator.model.source import Source, SourceState
from syndicator.outcome import Result, add, tell
from syndicator.pages import Pages
from syndicator.polling import (
    Appointment,
    Floor,
    Noted,
    answered,
    appoint,
    back_date,
    caught_lying,
    excuse,
    failed,
    introduced,
    moved,
    taught,
    to_ask,
)
from syndicator.ports import Claim, Clock, Fetched, Fetcher, Library, NotModified, Reader
from syndicator.push import after_poll, offer_of

__all__ = ["LEASE", "TRIES", "Poller", "Result", "file_all"]
WHOLE, DELTA = 200, 226
DROP_EVERY = timedelta(seconds=10)  # as a rule the watcher is sooner; not on every file system


class Poller:
    """Polls sources through the ports it is given."""

    def __init__(
        self,
        *,
        fetcher: Fetcher,
        reader: Reader,
        library: Library,
        clock: Clock,
        hosts: Mapping[str, HostRule] = MappingProxyType({}),
    ) -> None:
        """Join the edges; nothing is asked yet. ``hosts`` are those whose manners are known."""
        self._fetcher = fetcher
        self._reader = reader
        self._library = library
        self._intake = Intake(library, clock)
        self._drops = Drops(
            fetcher=fetcher, reader=reader, library=library, intake=self._intake, clock=clock
        )
        self._pages = Pages(fetcher=fetcher, reader=reader, library=library, clock=clock)
        self._manners = Manners(library, hosts)
        self._hubs = Hubs(library)
        self._clock = clock

    async def poll(self, claim: Claim, settings: Settings, *, by_hand: bool = False) -> Result:
        """Poll one claimed source to the end, if it may be asked now.

        Trouble with the source is recorded in its state and returned; it is
        never raised. ``by_hand``: a person asked for it (``Manners.wait``).

        Raises:
            LibraryError: the store failed; the claim comes back by itself.
        """
        source = settings.sources[claim.source]
        state = claim.state if claim.state.url == source.url else SourceState(source=claim.source)
        state = msgspec.structs.replace(state, url=source.url)
        now = self._clock.now()
        wait = await self._manners.wait(source, state, now, by_hand=by_hand)
        if wait is not None:
            return await self._wait(claim, state, wait)
        asked = to_ask(state, now)
        url = state.address or source.url
        try:
            answer = await self._fetcher.fetch(source, asked, now)
            await self._manners.answered(url, now)
            told = moved(state, answer.moved_to, url, now)
            return await self._take(claim, settings, told, answer, now, whole=asked is not state)
        except LaterError as error:
            later = Appointment(error.at, "many wait for its host")
            return await self._wait(claim, state, Wait(later))
        except SourceError as error:
            return await self._fail(claim, source, state, error)

    async def _wait(self, claim: Claim, state: SourceState, wait: Wait) -> Result:
        """Ask nothing now; come back when that is welcome."""
        at, why = wait.next_one.at, wait.next_one.why
        state = msgspec.structs.replace(state, turn=wait.turn, next_why=why)
        held = await self._library.finish(claim, state, at)
        status = "waiting" if held else "lost"
        return Result(source=claim.source, status=status, next_poll=at, why=why)

    async def _fail(
        self, claim: Claim, source: Source, before: SourceState, error: SourceError
    ) -> Result:
        """Record the error. Validators and hashes stay as they were ``before`` this poll."""
        now, url = self._clock.now(), before.address or source.url
        told = error if isinstance(error, FetchError) else None
        rule = self._manners.rule(url)
        noted = failed(
            before,
            source,
            now,
            kind=error.kind,
            error=str(error),
            status=told.status if told else None,
            rule=rule,
        )
        retry_at = told.retry_at if told else None
        state, next_one = excuse(noted.state, source, now, retry_at=retry_at, rule=rule)
        if told is not None:
            await self._manners.refused(url, told, next_one.at, now)
        held = await self._library.finish(claim, state, next_one.at)
        return Result(
            source=claim.source,
            status="failed" if held else "lost",
            error=str(error),
            kind=error.kind,
            next_poll=next_one.at,
            why=next_one.why,
            alarms=noted.alarms,
        )

    async def _take(
        self,
        claim: Claim,
        settings: Settings,
        told: Noted,
        answer: Fetched | NotModified,
        began: datetime,
        *,
        whole: bool,
    ) -> Result:
        """Read what is fresh of an answer and store it.

        The poll ``began`` then. ``whole``: nothing was asked of the server but a
        whole answer, for once.
        """
        source, state = settings.sources[claim.source], told.state
        service = await self._hubs.service(state, settings)
        fresh: list[Document] = []
        if isinstance(answer, Fetched) and not source.drop:
            fresh = [d for d in answer.documents if state.documents.get(d.name) != d.digest]
            state = _answered_whole(state, answer, self._clock.now())
        end = _End(
            source=source,
            settings=settings,
            answer=answer,
            before=told.state,
            whole=whole,
            service=service,
            began=began,
        )
        if source.drop and isinstance(answer, Fetched):
            return await self._drops.take(claim, settings, told, answer, end)
        if not fresh:
            return await self._nothing_new(claim, told, state, answer, end)
        read = await self._read_all(claim, settings, state, fresh, answer, end)
        if read is None:
            return Result(source=claim.source, status="lost")
        await self._hubs.missed(service, told.state, read.state, self._clock.now())
        return msgspec.structs.replace(read.result, news=told.news + read.result.news)

    async def _nothing_new(
        self,
        claim: Claim,
        told: Noted,
        state: SourceState,
        answer: Fetched | NotModified,
        end: "_End",
    ) -> Result:
        """End a poll that brought no document to read."""
        now = self._clock.now()
        state = taught(_still_offered(state, answer), (), now)
        noted, next_one = end.of(state, None, 0, now)
        held = await self._library.finish(claim, noted.state, next_one.at)
        total = Result(source=claim.source, status="not-modified" if held else "lost")
        return tell(total, told, noted, next_one)

    async def _read_all(
        self,
        claim: Claim,
        settings: Settings,
        state: SourceState,
        fresh: Sequence[Document],
        answer: Fetched | NotModified,
        end: "_End",
    ) -> Done | None:
        """Read and store documents; the last ends the claim. ``None``: it was lost.

        A whole answer that was asked for is looked at whole.
        """
        source = settings.sources[claim.source]
        afresh = profile_of(claim.source, source, state)
        profile = afresh if end.whole else await self._intake.profile(claim.source, source, state)
        total = Result(source=claim.source, status="ok")
        for number, document in enumerate(fresh, 1):
            now = self._clock.now()
            reading = await self._reader.read(document, profile, now)
            reading = await self._pages.fuller(reading, claim.source, settings)
            state = _read(state, document, reading, answer)
            state, reading = _introduce(state, reading, now)
            last = end if number == len(fresh) else None
            partial = answer.status == DELTA
            done = await self._intake.admit(
                claim, settings, state, reading, profile, last, partial=partial
            )
            if done is None:
                return None
            state, total = done.state, add(total, done.result, reading)
            profile = afresh  # what was remembered held before this document
        return Done(state, total)


class _End(msgspec.Struct, frozen=True, kw_only=True):
    """How a poll that went well ends: ``before`` is the state it began with."""

    source: Source
    settings: Settings
    answer: Fetched | NotModified
    before: SourceState
    whole: bool
    service: Service
    began: datetime

    def of(
        self, state: SourceState, changed: int | None, new: int, now: datetime
    ) -> tuple[Noted, Appointment]:
        """See ``intake.Ending``."""
        answer, source = self.answer, self.source
        news = bool(changed)
        if self.whole and caught_lying(self.before, state, news=news):
            state = msgspec.structs.replace(state, lies=True)
        elif news and state.lies and state.etag != self.before.etag:
            state = msgspec.structs.replace(state, lies=False)  # it has learned to tell
        pushed = after_poll(
            state.pushed,
            self.service.agreement,
            new=new,
            before=self.before.last_polled,
            began=self.began,
            now=now,
        )
        state = msgspec.structs.replace(state, pushed=pushed)
        noted = answered(state, source, now, status=answer.status, new=changed)
        hints = answer.hints
        next_one = appoint(
            noted.state.rhythm,
            source.poll,
            now,
            seed=source.url,
            floors=[Floor(hints.not_before, hints.why)] if hints.not_before else [],
            wishes=state.wishes,
            eagerness=self.settings.desk.fetch.eagerness,
            local=source.url.startswith("file:"),
            calm=self.service.calm(pushed, now),
        )
        if source.drop:
            next_one = Appointment(now + DROP_EVERY, "a drop folder is looked at all the time")
        kept = msgspec.structs.replace(noted.state, next_why=next_one.why)
        return msgspec.structs.replace(noted, state=kept), next_one


def _answered_whole(state: SourceState, answer: Fetched, now: datetime) -> SourceState:
    """Keep the validators that came, both or none (RFC 9110 §8.8)."""
    return msgspec.structs.replace(
        state,
        etag=answer.etag,
        last_modified=answer.last_modified,
        last_full=now if answer.status == WHOLE else state.last_full,
    )


def _introduce(state: SourceState, reading: Reading, now: datetime) -> tuple[SourceState, Reading]:
    """Learn from the dates of a first document, and give its undated entries some.

    It is the first to learn from while no article has taught anything: a desk
    of before knows the source, but not its rhythm.
    """
    if state.rhythm.items == 0:
        published = [one.article.published for one in reading.candidates]
        state = introduced(state, published, now)
    if state.last_success is not None:
        return state, reading
    candidates = back_date(reading.candidates, now, reading.feed.origin.updated)
    return state, msgspec.structs.replace(reading, candidates=candidates)


def _read(
    state: SourceState, document: Document, reading: Reading, answer: Fetched | NotModified
) -> SourceState:
    feed = reading.feed
    offer = None
    if not document.url.startswith("file:"):
        offer = offer_of(answer.links, feed.hubs, feed.origin.self_link, document.url)
    return msgspec.structs.replace(
        state,
        documents={**state.documents, document.name: document.digest},
        title=feed.origin.title or state.title,
        format=feed.format,
        entries=state.entries if answer.status == DELTA else reading.entries,
        warnings=feed.warnings + reading.dropped,
        wishes=msgspec.structs.replace(feed.wishes, ttl=feed.ttl),
        offer=offer,
    )


def _still_offered(state: SourceState, answer: Fetched | NotModified) -> SourceState:
    """Hear the headers of an answer that brought no document to read; silence changes nothing."""
    known = state.offer
    url = known.base if known else state.address or state.url or ""
    offer = offer_of(answer.links, (), known.topic if known else None, url)
    return msgspec.structs.replace(state, offer=offer) if offer else state
