"""The poll pipe: one source, from its address to the library.

::

    fetch → parse → normalize → credit → compare → route → library

The reader does parse, normalize and credit in a process of its own. Every
step before ``admit`` changes nothing, and ``admit`` changes everything at
once, so a poll cut off anywhere is simply done again.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zlib import crc32

import msgspec

from syndicator.compare import bury, judge
from syndicator.errors import FetchError, SourceError
from syndicator.ingest import Profile, Reading
from syndicator.model.arrival import Arrival, Duplicate, New, Revised
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.entry import Document
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.source import Source, SourceState
from syndicator.ports import Admission, Claim, Clock, Fetcher, Hints, Library, NotModified, Reader
from syndicator.topics import route
from syndicator.wire import Obeyed, Wire

LEASE = timedelta(minutes=3)
FIRST_INTERVAL = timedelta(minutes=30)
LONGEST_BACKOFF = timedelta(hours=12)
TRIES = 5
QUICKER, SLOWER = 0.7, 1.5
JITTER = 0.05


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What one poll came to, for its log line and the command line.

    ``status`` is ``ok``, ``not-modified``, ``failed`` or ``lost`` (another
    process took the source over). ``error`` is one readable line. ``killed``
    counts what the publisher took back; ``alerts`` are lines on kills that a
    person must read, ``notes`` on those that fit nothing here.
    """

    source: str
    status: str
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    duplicates: int = 0
    dropped: int = 0
    killed: int = 0
    alerts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: str | None = None
    kind: str | None = None
    warnings: tuple[str, ...] = ()
    topics: frozenset[TopicId] = frozenset()
    next_poll: datetime | None = None


class Poller:
    """Polls sources through the ports it is given."""

    def __init__(self, *, fetcher: Fetcher, reader: Reader, library: Library, clock: Clock) -> None:
        """Join the edges; nothing is asked yet."""
        self._fetcher = fetcher
        self._reader = reader
        self._library = library
        self._wire = Wire(library)
        self._clock = clock

    async def poll(self, claim: Claim, settings: Settings) -> Result:
        """Poll one claimed source to the end.

        Trouble with the source is recorded in its state and returned; it is
        never raised.

        Raises:
            LibraryError: the store failed; the claim comes back by itself.
        """
        source = settings.sources[claim.source]
        state = claim.state if claim.state.url == source.url else SourceState(source=claim.source)
        state = msgspec.structs.replace(state, url=source.url)
        now = self._clock.now()
        try:
            answer = await self._fetcher.fetch(source, state, now)
            if isinstance(answer, NotModified):
                return await self._quiet(claim, source, state, answer.hints)
            state = msgspec.structs.replace(
                state, etag=answer.etag, last_modified=answer.last_modified
            )
            fresh = [d for d in answer.documents if state.documents.get(d.name) != d.digest]
            if not fresh:
                return await self._quiet(claim, source, state, answer.hints)
            return await self._take(claim, settings, state, fresh, answer.hints)
        except SourceError as error:
            return await self._fail(claim, source, error)

    async def _quiet(
        self, claim: Claim, source: Source, state: SourceState, hints: Hints
    ) -> Result:
        now = self._clock.now()
        state = _succeeded(state, source, now, changed=False, status="not-modified")
        due = next_poll(state, hints, now)
        held = await self._library.finish(claim, state, due)
        return Result(source=claim.source, status="not-modified" if held else "lost", next_poll=due)

    async def _fail(self, claim: Claim, source: Source, error: SourceError) -> Result:
        """Record the error. Validators and hashes stay as they were before this poll."""
        now = self._clock.now()
        state = msgspec.structs.replace(
            claim.state,
            url=source.url,
            last_polled=now,
            last_status="failed",
            last_error=str(error),
            error_kind=error.kind,
            failures=claim.state.failures + 1,
        )
        retry_at = error.retry_at if isinstance(error, FetchError) else None
        due = max(now + back_off(state, source), retry_at or now)
        held = await self._library.finish(claim, state, due)
        return Result(
            source=claim.source,
            status="failed" if held else "lost",
            error=str(error),
            kind=error.kind,
            next_poll=due,
        )

    async def _take(
        self,
        claim: Claim,
        settings: Settings,
        state: SourceState,
        documents: list[Document],
        hints: Hints,
    ) -> Result:
        source = settings.sources[claim.source]
        profile = Profile(
            source=claim.source,
            publisher=source.publisher or claim.source,
            section=source.section,
            language=source.language,
        )
        total = Result(source=claim.source, status="ok")
        for number, document in enumerate(documents, 1):
            now = self._clock.now()
            reading = await self._reader.read(document, profile, now)
            state = _read(state, document, reading)
            last = number == len(documents)
            changed = _succeeded(state, source, now, changed=True, status="ok")
            due = next_poll(changed, hints, now, reading.feed.ttl) if last else None
            done = await self._admit(claim, settings, changed, reading, profile, due)
            if done is None:
                return Result(source=claim.source, status="lost")
            total = _sum(total, done, reading, due)
        return total

    async def _admit(
        self,
        claim: Claim,
        settings: Settings,
        state: SourceState,
        reading: Reading,
        profile: Profile,
        due: datetime | None,
    ) -> Result | None:
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
            verdict = await self._library.admit(
                Admission(
                    claim=claim,
                    arrivals=arrivals,
                    topics=file_all(articles, settings),
                    state=state,
                    next_poll=due,
                    now=now,
                )
            )
            if verdict.outcome == "lost":
                return None
            if verdict.outcome == "stored":
                new = sum(isinstance(one, New) for one in arrivals)
                revised = sum(isinstance(one, Revised) for one in arrivals)
                copies = sum(isinstance(one, Duplicate) for one in arrivals)
                return Result(
                    source=claim.source,
                    status="ok",
                    new=new,
                    revised=revised,
                    duplicates=copies,
                    unchanged=len(arrivals) - new - revised - copies,
                    topics=verdict.dirty,
                    killed=obeyed.rulings,
                    alerts=obeyed.alerts,
                    notes=obeyed.notes,
                )
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


def _read(state: SourceState, document: Document, reading: Reading) -> SourceState:
    return msgspec.structs.replace(
        state,
        documents={**state.documents, document.name: document.digest},
        title=reading.feed.origin.title or state.title,
        format=reading.feed.format,
        entries=len(reading.candidates),
        warnings=reading.feed.warnings + reading.dropped,
    )


def _sum(total: Result, done: Result, reading: Reading, due: datetime | None) -> Result:
    return msgspec.structs.replace(
        total,
        new=total.new + done.new,
        revised=total.revised + done.revised,
        unchanged=total.unchanged + done.unchanged,
        duplicates=total.duplicates + done.duplicates,
        dropped=total.dropped + len(reading.dropped),
        warnings=total.warnings + reading.feed.warnings + reading.dropped,
        topics=total.topics | done.topics,
        killed=total.killed + done.killed,
        alerts=total.alerts + done.alerts,
        notes=total.notes + done.notes,
        next_poll=due,
    )


def _succeeded(
    state: SourceState, source: Source, now: datetime, *, changed: bool, status: str
) -> SourceState:
    before = timedelta(seconds=state.interval) or min(FIRST_INTERVAL, source.poll.max)
    interval = before * (QUICKER if changed else SLOWER) if state.interval else before
    return msgspec.structs.replace(
        state,
        last_polled=now,
        last_success=now,
        last_changed=now if changed else state.last_changed,
        last_status=status,
        last_error=None,
        error_kind=None,
        failures=0,
        interval=min(max(interval, source.poll.min), source.poll.max).total_seconds(),
    )


def next_poll(state: SourceState, hints: Hints, now: datetime, ttl: int | None = None) -> datetime:
    """When to ask again: the learned interval, but never sooner than the server or feed asks.

    The interval shrinks when something new came and grows when not, within
    the source's bounds. ``ttl`` is in seconds. The jitter depends on the source
    and the moment only, so that hosts are not asked in step.
    """
    share = crc32(f"{state.source} {now.timestamp()}".encode()) / 0xFFFFFFFF
    spread = 1 - JITTER + 2 * JITTER * share
    learned = now + timedelta(seconds=state.interval * spread)
    floors = [hints.not_before, now + timedelta(seconds=ttl) if ttl else None]
    stated = [floor for floor in floors if floor is not None]
    return max([learned, *(min(floor, now + timedelta(days=31)) for floor in stated)])


def back_off(state: SourceState, source: Source) -> timedelta:
    """How long to leave a failing source alone: doubling from its shortest, 12 h at most."""
    longest = max(LONGEST_BACKOFF, source.poll.min)
    doubled: timedelta = source.poll.min * (1 << min(max(state.failures - 1, 0), 16))
    return min(doubled, longest)
