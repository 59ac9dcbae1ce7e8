"""The end of the poll pipe, for whatever way a document came: compare → route → library."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from syndicator.compare import (
    articles_in,
    bury,
    distrust,
    in_doubt,
    judge,
    keys_to_ask,
    keys_to_ask_after_all,
    observe,
    refreshed,
    remembered,
    still,
    with_files,
    with_keys_not_asked,
    with_own_words,
    without,
)
from syndicator.copies import compared
from syndicator.errors import SourceError
from syndicator.ingest import Profile, Reading
from syndicator.model.arrival import (
    Arrival,
    Candidate,
    Duplicate,
    Key,
    Killed,
    Known,
    New,
    Revised,
)
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.source import Source, SourceState
from syndicator.model.story import Comparison
from syndicator.outcome import Result, tell
from syndicator.polling import Appointment, Noted, domain_of, taught
from syndicator.ports import Admission, Claim, Clock, Library
from syndicator.topics import route
from syndicator.wire import Obeyed, Wire

LEASE = timedelta(minutes=3)
TRIES, STRICT = 5, 2
ROUNDS = 8


def file_all(articles: list[Article], settings: Settings) -> Mapping[ArticleId, frozenset[TopicId]]:
    """Return where each article is filed under the rules of today."""
    return {
        one.id: route(one, settings.sources.get(one.source), settings.topics) for one in articles
    }


def profile_of(key: SourceId, source: Source, state: SourceState | None = None) -> Profile:
    """Return what reading needs to know about a source, and what it remembers of it."""
    known = state or SourceState(source=key)
    return Profile(
        source=key,
        publisher=source.publisher or key,
        section=source.section,
        language=source.language,
        timezone=source.timezone,
        domain=domain_of(source.url),
        articles=source.drop,
        pixels=source.pixels,
        boilerplate=known.boilerplate,
        marks=known.marks,
    )


async def verdicts(
    library: Library, candidates: Sequence[Candidate], now: datetime
) -> tuple[Arrival, ...]:
    """Judge the candidates of a document.

    As a rule that is one round trip for keys and one for words in doubt. Entries
    whose first key does not lead to their own words, and those that only their
    words can name, are asked for once more.

    Raises:
        LibraryError: the store failed.
    """
    ids = [one.article.id for one in candidates]
    known = await library.lookup(keys_to_ask(candidates), ids)
    rest = keys_to_ask_after_all(candidates, known)
    if rest:
        known |= await library.lookup(rest)
    known = with_keys_not_asked(candidates, known)
    arrivals = await _judged(library, candidates, known, now)
    for _ in range(ROUNDS):  # what one entry turns out to be may leave another without a name
        candidates, rest = with_own_words(candidates, arrivals)
        more = await library.lookup(rest) if rest else {}
        if not more:
            break
        known |= more
        arrivals = await _judged(library, candidates, known, now)
    return arrivals


async def _judged(
    library: Library, candidates: Sequence[Candidate], known: Mapping[Key, Known], now: datetime
) -> tuple[Arrival, ...]:
    doubted = in_doubt(candidates, known)
    if not doubted:
        return judge(candidates, known, now)
    stored = {one.id: one for one in await library.articles(doubted)}
    # Texts are compared, and foreign texts may be long: the desk must go on meanwhile.
    return await asyncio.to_thread(judge, candidates, known, now, stored)


class Ending(Protocol):
    """How a claim ends whose last document was stored."""

    def of(
        self, state: SourceState, changed: int | None, new: int, now: datetime
    ) -> tuple[Noted, Appointment]:
        """Record it and appoint the next poll.

        ``new`` counts new articles, ``changed`` those and revised ones; ``None``:
        no document differed from what was known.
        """
        ...


class Done(msgspec.Struct, frozen=True):
    """Documents stored: the source's state after them, and what they came to."""

    state: SourceState
    result: Result


class Intake:
    """Takes documents that were read into the library."""

    def __init__(self, library: Library, clock: Clock) -> None:
        """Store in ``library``, at the moments of ``clock``."""
        self._library = library
        self._wire = Wire(library)
        self._clock = clock

    async def profile(self, key: SourceId, source: Source, state: SourceState) -> Profile:
        """Do as ``profile_of``, with what still holds of the memory of its last document.

        Of a source that has taught nothing yet every entry is looked at, for its date.

        Raises:
            LibraryError: the store failed.
        """
        profile = profile_of(key, source, state)
        if not state.memory or not state.rhythm.items:
            return profile
        now = await self._library.known_of(articles_in(state.memory))
        return msgspec.structs.replace(profile, memory=still(state.memory, now))

    async def admit(
        self,
        claim: Claim,
        settings: Settings,
        before: SourceState,
        reading: Reading,
        profile: Profile,
        end: Ending | None,
        *,
        partial: bool = False,
    ) -> Done | None:
        """Compare and store; look again when another poll was quicker. ``None``: claim lost.

        ``end`` is given with the last document of a poll, and ends the claim. A
        ``partial`` document holds what is new, and the others still stand at the source.
        """
        obeyed = Obeyed()
        for attempt in range(TRIES):
            now = self._clock.now()
            arrivals = await self._arrivals(reading, before, now)
            done = await self._wire.obey(reading, arrivals, profile, now)
            obeyed = msgspec.structs.replace(done, rulings=obeyed.rulings + done.rulings)
            memory = _remembered(reading, arrivals, profile, partial=partial)
            state = _learned(before, reading, arrivals, memory, now)
            noted, next_one = _ended(state, arrivals, end, now)
            if not attempt:
                await self._refresh(reading, arrivals, now)
            verdict = await self._library.admit(
                Admission(
                    claim=claim,
                    arrivals=arrivals,
                    topics=file_all([one.article for one in _stored(arrivals)], settings),
                    state=noted.state,
                    next_poll=next_one.at if next_one else None,
                    now=now,
                    comparisons=await self._compared(reading, arrivals, now),
                    strict=attempt < STRICT,
                )
            )
            if verdict.outcome == "lost":
                return None
            if verdict.outcome == "stored":
                if attempt >= STRICT:  # many came at once; who was not seen is looked for now
                    await self._library.tie(await self._compared(reading, arrivals, now), now)
                result = _counted(claim.source, reading, arrivals, obeyed, verdict.dirty)
                if next_one is not None:
                    result = tell(result, Noted(state), noted, next_one)
                return Done(noted.state, result)
        raise SourceError("contended", f"{claim.source}: others kept changing the same articles")

    async def _arrivals(
        self, reading: Reading, before: SourceState, now: datetime
    ) -> tuple[Arrival, ...]:
        arrivals = await verdicts(self._library, reading.candidates, now)
        return await self._bury(distrust(arrivals, before.habits, now), now)

    async def _compared(
        self, reading: Reading, arrivals: tuple[Arrival, ...], now: datetime
    ) -> tuple[Comparison, ...]:
        return await compared(self._library, reading.candidates, arrivals, reading.boilerplate, now)

    async def _refresh(
        self, reading: Reading, arrivals: tuple[Arrival, ...], now: datetime
    ) -> None:
        """Store what is said later of the files of known articles.

        Before the entries are remembered, so that a crash between repeats it.
        """
        came = with_files(reading.candidates, arrivals)
        stored = await self._library.articles(list(came)) if came else []
        if better := refreshed(stored, came):
            await self._library.rewrite(better, now)

    async def _bury(self, arrivals: tuple[Arrival, ...], now: datetime) -> tuple[Arrival, ...]:
        """Keep a killed story from coming back under other keys."""
        new = [one for one in arrivals if isinstance(one, New)]
        words_of = {one.article.id: one.story for one in new if one.story is not None}
        if not words_of:
            return arrivals
        return bury(arrivals, words_of, await self._library.lookup(list(words_of.values())), now)


def _stored(arrivals: Sequence[Arrival]) -> list[New | Revised]:
    return [one for one in arrivals if isinstance(one, New | Revised)]


def _learned(
    before: SourceState,
    reading: Reading,
    arrivals: tuple[Arrival, ...],
    memory: bytes,
    now: datetime,
) -> SourceState:
    """Return what is known of a source after a document."""
    new = [one.article.published for one in arrivals if isinstance(one, New)]
    state = before if before.last_success is None else taught(before, new, now)
    return msgspec.structs.replace(
        state,
        habits=observe(before.habits, arrivals, now, passed=reading.passed),
        boilerplate=reading.boilerplate,
        marks=reading.marks,
        memory=memory,
    )


def _remembered(
    reading: Reading, arrivals: tuple[Arrival, ...], profile: Profile, *, partial: bool
) -> bytes:
    """Return what the next document need not look at; files dropped come once."""
    if profile.articles:
        return b""
    others = without(profile.memory, reading.kept) if partial else b""
    return remembered(reading.candidates, arrivals, reading.kept + others)


def _ended(
    state: SourceState, arrivals: tuple[Arrival, ...], end: Ending | None, now: datetime
) -> tuple[Noted, Appointment | None]:
    if end is None:
        return Noted(state), None
    new = sum(isinstance(one, New) for one in arrivals)
    return end.of(state, len(_stored(arrivals)), new, now)


def _counted(
    source: SourceId,
    reading: Reading,
    arrivals: tuple[Arrival, ...],
    obeyed: Obeyed,
    dirty: frozenset[TopicId],
) -> Result:
    new = sum(isinstance(one, New) for one in arrivals)
    revised = sum(isinstance(one, Revised) for one in arrivals)
    copies = sum(isinstance(one, Duplicate | Killed) for one in arrivals)
    return Result(
        source=source,
        status="ok",
        new=new,
        revised=revised,
        duplicates=copies,
        unchanged=reading.entries - new - revised - copies,
        topics=dirty,
        killed=obeyed.rulings,
        alerts=obeyed.alerts,
        notes=obeyed.notes,
    )
