"""Hosts, hubs and readers in memory; see ``memory_library``."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from syndicator.model.ids import SourceId
from syndicator.model.polling import Limit
from syndicator.model.push import Agreement, Score


class MemoryOutside:
    """The part of ``ports.Library`` about the world outside, with dictionaries."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._limits: dict[str, Limit] = {}
        self._turns: dict[str, datetime] = {}
        self._fetches: dict[datetime, dict[str, int]] = {}
        self._agreements: dict[str, Agreement] = {}
        self._agreed: dict[SourceId, str] = {}
        self._to_do: dict[str, datetime] = {}
        self._scores: dict[str, Score] = {}

    async def limits(self) -> dict[str, Limit]:
        """See ``ports.Library``."""
        return dict(self._limits)

    async def set_limits(self, limits: Mapping[str, Limit | None]) -> None:
        """See ``ports.Library``."""
        merged = {**self._limits, **limits}
        self._limits = {name: one for name, one in merged.items() if one is not None}

    async def take_turn(self, host: str, now: datetime, interval: timedelta) -> datetime:
        """See ``ports.Library``."""
        at = max(now, self._turns.get(host, now))
        self._turns[host] = at + interval
        return at

    async def count_fetches(self, counts: Mapping[datetime, Mapping[str, int]]) -> None:
        """See ``ports.Library``."""
        for hour, outlets in counts.items():
            known = self._fetches.setdefault(hour, {})
            for outlet, number in outlets.items():
                known[outlet] = known.get(outlet, 0) + number

    async def fetches(self) -> AsyncIterator[tuple[datetime, Mapping[str, int]]]:
        """See ``ports.Library``."""
        for hour in sorted(self._fetches):
            yield hour, dict(self._fetches[hour])

    async def agreements(self) -> list[Agreement]:
        """See ``ports.Library``."""
        return list(self._agreements.values())

    async def agreement(self, token: str) -> Agreement | None:
        """See ``ports.Library``."""
        return self._agreements.get(token)

    async def agreement_of(self, source: SourceId) -> Agreement | None:
        """See ``ports.Library``."""
        return self._agreements.get(self._agreed.get(source, ""))

    async def keep_agreement(self, agreement: Agreement, due: datetime | None) -> bool:
        """See ``ports.Library``."""
        token, source = agreement.token, agreement.source
        known = self._agreements.get(token)
        if (known.revision if known else 0) != agreement.revision:
            return False
        self._agreements[token] = replace(agreement, revision=agreement.revision + 1)
        if due is not None:
            self._to_do[token] = due
        if agreement.wanted:
            self._agreed[source] = token
        elif self._agreed.get(source) == token:
            del self._agreed[source]
        return True

    async def forget_agreement(self, token: str) -> None:
        """See ``ports.Library``."""
        gone = self._agreements.pop(token, None)
        self._to_do.pop(token, None)
        if gone is not None and self._agreed.get(gone.source) == token:
            del self._agreed[gone.source]

    async def claim_agreements(
        self, now: datetime, limit: int, lease: timedelta
    ) -> list[Agreement]:
        """See ``ports.Library``."""
        due = sorted((at, token) for token, at in self._to_do.items() if at <= now)[:limit]
        self._to_do.update({token: now + lease for _, token in due})
        return [self._agreements[token] for _, token in due]

    async def hub_scores(self) -> dict[str, Score]:
        """See ``ports.Library``."""
        return dict(self._scores)

    async def set_hub_score(self, hub: str, score: Score) -> None:
        """See ``ports.Library``."""
        self._scores[hub] = score
