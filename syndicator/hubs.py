"""Between polls and push: how well hubs serve, by what polls and deliveries find.

The rules are pure and stand in ``push``; here they meet the library.
"""

from datetime import datetime

import msgspec

from syndicator.model.desk import Settings
from syndicator.model.push import Agreement, Pushed, Score
from syndicator.model.source import SourceState
from syndicator.ports import Library
from syndicator.push import calm, scored


class Service(msgspec.Struct, frozen=True):
    """What was agreed for one source, if anything, and how its hub serves all sources."""

    agreement: Agreement | None = None
    score: Score = Score()

    def calm(self, pushed: Pushed | None, now: datetime) -> float:
        """Return how many times longer than by its rhythm the source may be left alone."""
        return calm(pushed, self.agreement, self.score, now)


class Hubs:
    """Tells how a source is served, and keeps the score of hubs."""

    def __init__(self, library: Library) -> None:
        """Go by what ``library`` remembers."""
        self._library = library

    async def service(self, state: SourceState, settings: Settings) -> Service:
        """Return what push does for a source; nothing while the desk has no public address.

        Raises:
            LibraryError: the store failed.
        """
        if state.offer is None or settings.desk.public_url is None:
            return Service()
        agreement = await self._library.agreement_of(state.source)
        if agreement is None:
            return Service()
        score = (await self._library.hub_scores()).get(agreement.hub)
        return Service(agreement, score or Score())

    async def missed(
        self, service: Service, before: SourceState, after: SourceState, now: datetime
    ) -> None:
        """Count against a hub what a poll has found and it had not brought.

        Raises:
            LibraryError: the store failed.
        """
        new, old = after.pushed, before.pushed
        if new is None or service.agreement is None:
            return
        told = old.missed if old is not None and old.hub == new.hub else 0
        await self.count(new.hub, now, missed=max(new.missed - told, 0))

    async def count(self, hub: str, now: datetime, *, first: int = 0, missed: int = 0) -> None:
        """Add to a hub's score. Two at once may lose one; a score bears that.

        Raises:
            LibraryError: the store failed.
        """
        if first or missed:
            known = (await self._library.hub_scores()).get(hub) or Score()
            await self._library.set_hub_score(hub, scored(known, now, first=first, missed=missed))
