"""The poll pipe for a drop folder: files one by one, each cleared away once it is dealt with."""

import msgspec

from syndicator.errors import ReadError
from syndicator.intake import Ending, Intake, profile_of
from syndicator.model.desk import Settings
from syndicator.outcome import Result, add, tell
from syndicator.polling import Noted
from syndicator.ports import Claim, Clock, Fetched, Fetcher, Library, Reader


class Drops:
    """Takes what a drop folder holds into the library."""

    def __init__(
        self, *, fetcher: Fetcher, reader: Reader, library: Library, intake: Intake, clock: Clock
    ) -> None:
        """Join the edges."""
        self._fetcher = fetcher
        self._reader = reader
        self._library = library
        self._intake = intake
        self._clock = clock

    async def take(
        self, claim: Claim, settings: Settings, told: Noted, answer: Fetched, end: Ending
    ) -> Result:
        """Store each file and clear it away; one that cannot be read costs no other.

        A file is cleared away only after what it holds is stored, so a crash
        between the two takes it again, and finds nothing new in it.

        Raises:
            SourceError: the folder cannot be cleared.
            LibraryError: the store failed; what was not stored still lies there.
        """
        source, state = settings.sources[claim.source], told.state
        profile = profile_of(claim.source, source, state)
        total, unread = Result(source=claim.source, status="ok"), []
        for document in answer.documents:
            now = self._clock.now()
            try:
                reading = await self._reader.read(document, profile, now)
            except ReadError as error:
                unread.append(f"{document.name}: {error}")
                await self._fetcher.settle(source, document, str(error), now)
                continue
            learned = msgspec.structs.replace(
                state, format=reading.feed.format, entries=reading.entries
            )
            done = await self._intake.admit(claim, settings, learned, reading, profile, None)
            if done is None:
                return Result(source=claim.source, status="lost")
            await self._fetcher.settle(source, document, None, now)
            state, total = done.state, add(total, done.result, reading)
        noted, next_one = end.of(state, total.new + total.revised, total.new, self._clock.now())
        warnings = (*unread, *total.warnings)
        ended = msgspec.structs.replace(noted.state, warnings=warnings)
        held = await self._library.finish(claim, ended, next_one.at)
        total = msgspec.structs.replace(total, status="ok" if held else "lost", warnings=warnings)
        return tell(total, told, noted, next_one)
