"""What the desk remembers of the world outside: hosts that are asked, hubs that call, who fetches.

All processes over one store share it, so that together they are as polite, and
as well served, as one.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from syndicator.model.ids import SourceId
from syndicator.model.polling import Limit
from syndicator.model.push import Agreement, Score


class OutsideLibrary(Protocol):
    """The part of :class:`syndicator.ports.Library` about hosts, hubs and readers."""

    async def limits(self) -> dict[str, Limit]:
        """Return what was learned of rate limits, by host or registrable domain."""
        ...

    async def set_limits(self, limits: Mapping[str, Limit | None]) -> None:
        """Replace what is known of these names; ``None`` forgets one."""
        ...

    async def take_turn(self, host: str, now: datetime, interval: timedelta) -> datetime:
        """Take the next place in the queue of a slow host; return its moment.

        Places are ``interval`` apart, whoever takes them; ``now`` if it is free.
        """
        ...

    async def hasten(self, source: SourceId, at: datetime) -> None:
        """Make an enrolled source due at ``at`` or sooner; if it is claimed, once that ends."""
        ...

    async def count_fetches(self, counts: Mapping[datetime, Mapping[str, int]]) -> None:
        """Add to how often each outlet was fetched, by the hour (aware UTC, its first moment).

        An outlet is a topic, ``TOPIC@SUBSCRIBER``, or ``articles/ID`` for the
        page of one. The one method that counts each time it is called.
        """
        ...

    def fetches(self) -> AsyncIterator[tuple[datetime, Mapping[str, int]]]:
        """Yield what :meth:`count_fetches` added up to, hour by hour, oldest first."""
        ...

    async def agreements(self) -> list[Agreement]:
        """Return every agreement with a hub, wanted or being given up."""
        ...

    async def agreement(self, token: str) -> Agreement | None:
        """Return the one whose callback ends in ``token``."""
        ...

    async def agreement_of(self, source: SourceId) -> Agreement | None:
        """Return the one that is wanted for a source; of several, the one kept last."""
        ...

    async def keep_agreement(self, agreement: Agreement, due: datetime | None) -> bool:
        """Store an agreement, if nobody changed it since it was read; its revision goes up.

        A new one has revision 0. ``due`` is when something is next to be done
        about it; ``None`` leaves that moment as it was. ``False``: it was changed,
        or forgotten, meanwhile, and nothing was written.
        """
        ...

    async def forget_agreement(self, token: str) -> None:
        """Remove an agreement, if it is there."""
        ...

    async def claim_agreements(
        self, now: datetime, limit: int, lease: timedelta
    ) -> Sequence[Agreement]:
        """Claim those that are due to be seen to, as ``Library.claim_due`` claims sources."""
        ...

    async def hub_scores(self) -> dict[str, Score]:
        """Return how well each hub has served, by its address."""
        ...

    async def set_hub_score(self, hub: str, score: Score) -> None:
        """Replace the score of a hub."""
        ...
