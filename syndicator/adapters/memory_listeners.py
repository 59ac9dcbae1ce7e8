"""Listeners of the desk's own hub in memory; see ``memory_library``."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from syndicator.model.listener import Hearing, Listener, Request, Telling


class MemoryListeners:
    """The part of ``ports.Library`` about listeners, with dictionaries."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._requests: dict[str, Request] = {}
        self._to_ask: dict[str, datetime] = {}
        self._listeners: dict[str, Listener] = {}
        self._heard: dict[str, Hearing] = {}
        self._to_tell: dict[str, datetime] = {}
        self._announced: dict[str, str] = {}

    async def add_request(self, request: Request, due: datetime, most: int) -> bool:
        """See ``ports.Library``."""
        if request.id not in self._requests and len(self._requests) >= most:
            return False
        self._requests[request.id] = request
        self._to_ask[request.id] = due
        return True

    async def claim_requests(self, now: datetime, limit: int, lease: timedelta) -> list[Request]:
        """See ``ports.Library``."""
        return [self._requests[one] for one in _claimed(self._to_ask, now, limit, lease)]

    async def drop_request(self, request: str) -> None:
        """See ``ports.Library``."""
        self._requests.pop(request, None)
        self._to_ask.pop(request, None)

    async def keep_listener(
        self, listener: Listener, now: datetime, *, most: int, most_of_host: int
    ) -> bool:
        """See ``ports.Library``."""
        if listener.id not in self._listeners:
            of_host = sum(one.host == listener.host for one in self._listeners.values())
            if len(self._listeners) >= most or of_host >= most_of_host:
                return False
        self._listeners[listener.id] = listener
        if listener.id in self._to_tell:
            self._to_tell[listener.id] = min(now, self._to_tell[listener.id])
        return True

    async def end_listener(self, listener: str) -> bool:
        """See ``ports.Library``."""
        self._to_tell.pop(listener, None)
        self._heard.pop(listener, None)
        return self._listeners.pop(listener, None) is not None

    async def end_lapsed(self, now: datetime, limit: int) -> int:
        """See ``ports.Library``."""
        over = [
            one.id for one in self._listeners.values() if one.until is not None and one.until <= now
        ][:limit]
        for one in over:
            await self.end_listener(one)
        return len(over)

    async def listeners(self) -> list[tuple[Listener, Hearing]]:
        """See ``ports.Library``."""
        return [(one, self._heard.get(key, Hearing())) for key, one in self._listeners.items()]

    async def count_listeners(self) -> int:
        """See ``ports.Library``."""
        return len(self._listeners)

    async def listened_to(self, documents: Sequence[str]) -> frozenset[str]:
        """See ``ports.Library``."""
        return frozenset(one.document for one in self._listeners.values()) & {*documents}

    async def announce(self, documents: Mapping[str, str], now: datetime) -> int:
        """See ``ports.Library``."""
        fresh = {one for one, mark in documents.items() if self._announced.get(one) != mark}
        self._announced.update(documents)
        hear = [one.id for one in self._listeners.values() if one.document in fresh]
        for one in hear:
            self._to_tell.setdefault(one, now)
        return len(hear)

    async def claim_tellings(self, now: datetime, limit: int, lease: timedelta) -> list[Telling]:
        """See ``ports.Library``."""
        found = [self._listeners[one] for one in _claimed(self._to_tell, now, limit, lease)]
        return [
            Telling(
                listener=one,
                hearing=self._heard.get(one.id, Hearing()),
                announced=self._announced.get(one.document, ""),
            )
            for one in found
        ]

    async def finish_telling(
        self, telling: Telling, hearing: Hearing, due: datetime | None, now: datetime
    ) -> None:
        """See ``ports.Library``."""
        name, document = telling.listener.id, telling.listener.document
        if name not in self._listeners:
            return
        self._heard[name] = hearing
        if due is not None:
            self._to_tell[name] = due
        elif self._announced.get(document) == telling.announced:
            self._to_tell.pop(name, None)
        else:
            self._to_tell[name] = now


def _claimed(queue: dict[str, datetime], now: datetime, limit: int, lease: timedelta) -> list[str]:
    due = [one for _, one in sorted((at, one) for one, at in queue.items() if at <= now)[:limit]]
    queue.update(dict.fromkeys(due, now + lease))
    return due
