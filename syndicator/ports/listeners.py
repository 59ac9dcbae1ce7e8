"""What the desk's own hub remembers: who listens to what, what was asked, who is to be told.

All of it stands in the store, so any process can take a request, ask a callback and
deliver, and one that dies loses nothing but time. Work is claimed with a lease.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from syndicator.model.listener import Hearing, Listener, Request, Telling


class ListenerLibrary(Protocol):
    """The part of :class:`syndicator.ports.Library` about listeners."""

    async def add_request(self, request: Request, due: datetime, most: int) -> bool:
        """Store a request, to be seen to at ``due``; ``False`` if ``most`` wait already.

        One of the same ``id`` is replaced, whatever waits.
        """
        ...

    async def claim_requests(self, now: datetime, limit: int, lease: timedelta) -> list[Request]:
        """Return requests that are due, the first due first; due again at the lease's end."""
        ...

    async def drop_request(self, request: str) -> None:
        """Forget a request, by its id."""
        ...

    async def keep_listener(
        self, listener: Listener, now: datetime, *, most: int, most_of_host: int
    ) -> bool:
        """Store a listener, or its renewal; one that waits for a retry is due ``now``.

        ``False``: a new one is too many, of all or of those with its ``host``.
        """
        ...

    async def end_listener(self, listener: str) -> bool:
        """Forget a listener, by its id; whether there was one."""
        ...

    async def end_lapsed(self, now: datetime, limit: int) -> int:
        """Forget listeners whose lease has run out, so many at most; return how many."""
        ...

    async def listeners(self) -> list[tuple[Listener, Hearing]]:
        """Return every listener, and how telling it has gone."""
        ...

    async def count_listeners(self) -> int:
        """Return how many listeners there are."""
        ...

    async def listened_to(self, documents: Sequence[str]) -> frozenset[str]:
        """Return those among these documents that somebody listens to."""
        ...

    async def announce(self, documents: Mapping[str, str], now: datetime) -> int:
        """Note the digests of documents as they stand now; return how many listeners are to hear.

        Those of documents with another digest than before are due at once, save
        such as are being told, or wait for a retry: they hear of the newest then.
        """
        ...

    async def claim_tellings(self, now: datetime, limit: int, lease: timedelta) -> list[Telling]:
        """Return listeners to be told, the first due first; due again at the lease's end."""
        ...

    async def finish_telling(
        self, telling: Telling, hearing: Hearing, due: datetime | None, now: datetime
    ) -> None:
        """Note how telling went; a listener that was ended meanwhile stays so.

        It is due at ``due``; if that is ``None``, not until the next change, which
        may have come meanwhile: then ``now``.
        """
        ...
