"""Manners between sources: what one poll learned of a host binds the next, in any process.

The rules are pure and stand in ``polling``; here they meet the library.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from syndicator.errors import FetchError
from syndicator.model.host import HostRule
from syndicator.model.polling import Limit
from syndicator.model.source import Source, SourceState
from syndicator.polling.hosts import host_of, is_inside, rule_for, rule_name
from syndicator.polling.limits import answer, held, is_over, refuse, spread
from syndicator.polling.record import LOOK_AGAIN
from syndicator.polling.when import Appointment
from syndicator.ports import Library

BUSY = 503
KNOWN_FOR = timedelta(seconds=5)  # what another process learned is heard of so late at most
TURN_LASTS = timedelta(minutes=10)
AT_ONCE = timedelta(milliseconds=10)  # the store counts in whole milliseconds
BY_HAND_EVERY = timedelta(minutes=1)


class Wait(msgspec.Struct, frozen=True):
    """A source must not be asked before ``next_one``; ``turn``: its place in a queue then."""

    next_one: Appointment
    turn: datetime | None = None


class Manners:
    """Says whether a source may be asked now, and learns from how hosts answer."""

    def __init__(self, library: Library, hosts: Mapping[str, HostRule]) -> None:
        """Go by the rules of known ``hosts`` and what the library remembers of all."""
        self._library = library
        self._hosts = hosts
        self._limits: dict[str, Limit] = {}
        self._as_of: datetime | None = None

    def rule(self, url: str) -> HostRule:
        """Return the rule for the host of an address."""
        return rule_for(self._hosts, url)

    async def wait(
        self, source: Source, state: SourceState, now: datetime, *, by_hand: bool
    ) -> Wait | None:
        """Return until when a source must not be asked, and why; ``None``: ask.

        ``by_hand``: a person wants it. That outweighs a source that is gone, but
        no server's wish, and not more than once a minute.

        Raises:
            LibraryError: the store failed.
        """
        if state.gone and not by_hand:
            return Wait(Appointment(now + LOOK_AGAIN, "it is gone (410) and asked no more"))
        url = state.address or source.url
        if source.url.startswith("file:"):
            return None
        if state.retry_at is not None and now < state.retry_at:
            return Wait(Appointment(state.retry_at, "Retry-After"))
        soon = by_hand and state.last_polled and now - state.last_polled < BY_HAND_EVERY
        if soon and state.last_polled and not is_inside(host_of(url)):
            again = state.last_polled + BY_HAND_EVERY
            return Wait(Appointment(again, "it was asked a moment ago"))
        floor = held(await self._known(now), url, now)
        if floor is not None:
            return Wait(Appointment(spread(floor, state.source, now), floor.why))
        return await self._queue(state, url, now)

    async def _queue(self, state: SourceState, url: str, now: datetime) -> Wait | None:
        """Take a place in the queue of a host known to be slow, unless ours has come."""
        interval = self.rule(url).interval
        if interval is None:
            return None
        if state.turn is not None and state.turn <= now < state.turn + TURN_LASTS:
            return None
        name = rule_name(self._hosts, url)
        at = await self._library.take_turn(name, now, interval)
        if at <= now + AT_ONCE:
            return None
        return Wait(Appointment(at, f"its turn at {name}"), turn=at)

    async def refused(self, url: str, error: FetchError, until: datetime, now: datetime) -> None:
        """Learn from an error, where it says that too much was asked.

        Raises:
            LibraryError: the store failed.
        """
        busy = error.status == BUSY and error.retry_at is not None
        if error.status not in self.rule(url).limits and not busy:
            return
        known = await self._fresh(now)
        changed = refuse(known, url, until, now, busy=busy)
        past = [name for name, one in known.items() if name not in changed and is_over(one, now)]
        await self._learn({**dict.fromkeys(past), **changed})

    async def answered(self, url: str, now: datetime) -> None:
        """Learn from a good answer that a limit does not reach as far as was thought.

        Raises:
            LibraryError: the store failed.
        """
        if await self._known(now):
            await self._learn(answer(self._limits, url, now))

    async def _known(self, now: datetime) -> dict[str, Limit]:
        if self._as_of is None or now - self._as_of >= KNOWN_FOR:
            return await self._fresh(now)
        return self._limits

    async def _fresh(self, now: datetime) -> dict[str, Limit]:
        self._as_of = now  # before the answer is there: one poll asks, the others go on
        self._limits = await self._library.limits()
        return self._limits

    async def _learn(self, changed: Mapping[str, Limit | None]) -> None:
        if changed:
            await self._library.set_limits(changed)
            merged = {**self._limits, **changed}
            self._limits = {name: one for name, one in merged.items() if one is not None}
