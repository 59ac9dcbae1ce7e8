"""Looks at everything, once an hour or when asked for: what changed unheard is found then."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from syndicator.errors import LibraryError

HOURLY = timedelta(hours=1)


class LookRound:
    """When everything is looked at again. The first time is at once."""

    def __init__(self) -> None:
        """Have looked at nothing."""
        self._looked: datetime | None = None

    def soon(self) -> None:
        """Ask for a look at the next chance: something has changed."""
        self._looked = None

    async def look(self, now: datetime, work: Callable[[], Awaitable[object]]) -> bool:
        """Do ``work`` if it is time; return whether it was.

        Raises:
            LibraryError: the store failed; it is time again at the next chance.
        """
        if self._looked is not None and now - self._looked < HOURLY:
            return False
        self._looked = now  # before: who asks for another look meanwhile gets one
        try:
            await work()
        except LibraryError:
            self._looked = None
            raise
        return True
