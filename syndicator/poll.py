"""The poll pipe: one source, from its address to the library.

::

    fetch → parse → normalize → credit → compare → route → library

The reader does parse, normalize and credit in a process of its own. Every
step before ``admit`` changes nothing, and ``admit`` changes everything at
once, so a poll cut off anywhere is simply done again.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

import msgspec

from syndicator.compare import bury, judge
from syndicator.errors import FetchError, LaterError, SourceError
from syndicator.ingest import Profile, Reading
from syndicator.manners import Manners, Wait
from syndicator.model.arrival import Arrival, Duplicate, New, Revised
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.entry import Document
from syndicator.model.host import HostRule
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.source import Source, SourceState
from syndicator.polled import Result, summed, told_of
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
from syndicator.ports import (
    Admission,
    Claim,
    Clock,
    Fetched,
    Fetcher,
    Library,
    NotModified,
    Reader,
)
from syndicator.topics import route
from syndicator.wire import Obeyed, Wire

__all__ = ["LEASE", "TRIES", "Poller", "Result", "file_all"]

LEASE = timedelta(minutes=3)
TRIES = 5
WHOLE, DELTA = 200, 226


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
        self._wire = Wire(library)
        self._manners = Manners(library, hosts)
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
            end = _End(
                source=source,
                settings=settings,
                answer=answer,
                before=told.state,
                whole=asked is not state,
            )
            return await self._take(claim, told, end)
        except LaterError as error:
            later = Appointment(error.at, "many wait for its host")
            return await self._wait(claim, state, Wait(later))
        except SourceError as error:
            return await self._fail(claim, source, state, error)

    async def _wait(self, claim: Claim, state: SourceState, wait: Wait) -> Result:
        """Ask nothing now; come back when that is welcome."""
        next_one = wait.next_one
        state = msgspec.structs.replace(state, turn=wait.turn, next_why=next_one.why)
        held = await self._library.finish(claim, state, next_one.at)
        return Result(
            source=claim.source,
            status="waiting" if held else "lost",
            next_poll=next_one.at,
            why=next_one.why,
        )

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

    async def _take(self, claim: Claim, told: Noted, end: "_End") -> Result:
        """Read what is fresh of an answer and store it."""
        source, answer, state = end.source, end.answer, told.state
        fresh: list[Document] = []
        if isinstance(answer, Fetched):
            fresh = [d for d in answer.documents if state.documents.get(d.name) != d.digest]
            state = _answered_whole(state, answer, self._clock.now())
        if not fresh:
            return await self._quiet(claim, end, told, state)
        profile = Profile(
            source=claim.source,
            publisher=source.publisher or claim.source,
            section=source.section,
            language=source.language,
        )
        total = Result(source=claim.source, status="ok")
        for number, document in enumerate(fresh, 1):
            now = self._clock.now()
            reading = await self._reader.read(document, profile, now)
            state = _read(state, document, reading, whole=answer.status != DELTA)
            known = state.rhythm.items
            state, reading = _introduce(state, reading, now)
            end = msgspec.structs.replace(
                end, taught=state.rhythm.items > known, last=number == len(fresh)
            )
            done = await self._admit(claim, state, reading, profile, end)
            if done is None:
                return Result(source=claim.source, status="lost")
            state = done.state
            total = summed(total, done.result, reading)
        return msgspec.structs.replace(total, news=told.news + total.news)

    async def _quiet(self, claim: Claim, end: "_End", told: Noted, state: SourceState) -> Result:
        """End a poll that brought nothing to read."""
        now = self._clock.now()
        noted, next_one = end.of(taught(state, (), now), None, now)
        held = await self._library.finish(claim, noted.state, next_one.at)
        status = "not-modified" if held else "lost"
        return told_of(Result(source=claim.source, status=status), told, noted, next_one)

    async def _admit(
        self, claim: Claim, before: SourceState, reading: Reading, profile: Profile, end: "_End"
    ) -> "_Done | None":
        """Compare and store; look again when another poll was quicker. ``None``: claim lost."""
        keys = list(dict.fromkeys(key for one in reading.candidates for key in one.keys))
        obeyed = Obeyed()
        for _ in range(TRIES):
            now = self._clock.now()
            arrivals = judge(reading.candidates, await self._library.lookup(keys), now)
            arrivals = await self._bury(arrivals)
            done = await self._wire.obey(reading, arrivals, profile, now)
            obeyed = msgspec.structs.replace(done, rulings=obeyed.rulings + done.rulings)
            articles = [one.article for one in arrivals if isinstance(one, New | Revised)]
            noted, next_one = end.after(before, arrivals, now)
            verdict = await self._library.admit(
                Admission(
                    claim=claim,
                    arrivals=arrivals,
                    topics=file_all(articles, end.settings),
                    state=noted.state,
                    next_poll=next_one.at if next_one else None,
                    now=now,
                )
            )
            if verdict.outcome == "lost":
                return None
            if verdict.outcome == "stored":
                result = _counted(claim.source, arrivals, obeyed, verdict.dirty)
                return _Done(noted.state, told_of(result, Noted(before), noted, next_one))
        raise SourceError("contended", f"{claim.source}: others kept changing the same articles")

    async def _bury(self, arrivals: tuple[Arrival, ...]) -> tuple[Arrival, ...]:
        """Keep a killed story from coming back under other keys."""
        new = [one for one in arrivals if isinstance(one, New)]
        words_of = {one.article.id: one.story for one in new if one.story is not None}
        if not words_of:
            return arrivals
        return bury(arrivals, words_of, await self._library.lookup(list(words_of.values())))


def file_all(articles: list[Article], settings: Settings) -> Mapping[ArticleId, frozenset[TopicId]]:
    """Return where each article is filed under the rules of today."""
    return {
        one.id: route(one, settings.sources.get(one.source), settings.topics) for one in articles
    }


class _Done(msgspec.Struct, frozen=True):
    """One document stored: the source's state after it, and what it came to."""

    state: SourceState
    result: Result


class _End(msgspec.Struct, frozen=True, kw_only=True):
    """How a poll that went well ends.

    ``before`` is the state it began with; ``whole``: a whole answer was asked
    for, validators or not. ``last`` is set with the last document, which ends
    the claim; ``taught`` when all of a document has taught the rhythm already.
    """

    source: Source
    settings: Settings
    answer: Fetched | NotModified
    before: SourceState
    whole: bool
    taught: bool = False
    last: bool = False

    def after(
        self, state: SourceState, arrivals: tuple[Arrival, ...], now: datetime
    ) -> tuple[Noted, Appointment | None]:
        """Record one document's arrivals; ``None`` while more documents follow."""
        new = [one.article.published for one in arrivals if isinstance(one, New)]
        state = taught(state, [] if self.taught else new, now)
        if not self.last:
            return Noted(state), None
        return self.of(state, len(new) + sum(isinstance(one, Revised) for one in arrivals), now)

    def of(
        self, state: SourceState, changed: int | None, now: datetime
    ) -> tuple[Noted, Appointment]:
        """Record the answer and appoint the next poll; ``changed``: new or revised articles."""
        answer, source = self.answer, self.source
        news = bool(changed)
        if self.whole and caught_lying(self.before, state, news=news):
            state = msgspec.structs.replace(state, lies=True)
        elif news and state.lies and state.etag != self.before.etag:
            state = msgspec.structs.replace(state, lies=False)  # it has learned to tell
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
        )
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

    A document is the first to learn from while no article has taught anything.
    """
    if state.rhythm.items == 0:
        published = [one.article.published for one in reading.candidates]
        state = introduced(state, published, now)
    if state.last_success is not None:
        return state, reading
    candidates = back_date(reading.candidates, now, reading.feed.origin.updated)
    return state, msgspec.structs.replace(reading, candidates=candidates)


def _read(state: SourceState, document: Document, reading: Reading, *, whole: bool) -> SourceState:
    return msgspec.structs.replace(
        state,
        documents={**state.documents, document.name: document.digest},
        title=reading.feed.origin.title or state.title,
        format=reading.feed.format,
        entries=len(reading.candidates) if whole else state.entries,
        warnings=reading.feed.warnings + reading.dropped,
        wishes=msgspec.structs.replace(reading.feed.wishes, ttl=reading.feed.ttl),
    )


def _counted(
    source: SourceId, arrivals: tuple[Arrival, ...], obeyed: Obeyed, dirty: frozenset[TopicId]
) -> Result:
    new = sum(isinstance(one, New) for one in arrivals)
    revised = sum(isinstance(one, Revised) for one in arrivals)
    copies = sum(isinstance(one, Duplicate) for one in arrivals)
    return Result(
        source=source,
        status="ok",
        new=new,
        revised=revised,
        duplicates=copies,
        unchanged=len(arrivals) - new - revised - copies,
        topics=dirty,
        killed=obeyed.rulings,
        alerts=obeyed.alerts,
        notes=obeyed.notes,
    )
