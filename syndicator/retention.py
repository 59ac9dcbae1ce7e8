"""Clearing away what is kept no longer, in small steps that no poll waits for."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.ports import Library
from syndicator.rights.retention import Over, over

STEP = 100
"""Articles looked at in one step."""
EVERY = timedelta(hours=1)
"""From the end of one walk through the library to the beginning of the next."""
BANDS_LAST = timedelta(days=12)


class Retention:
    """Walks through the library, again and again, and retires what is over."""

    def __init__(self, library: Library) -> None:
        """Walk through ``library``; nothing is looked at yet."""
        self._library = library
        self._walk: AsyncIterator[Article] | None = None
        self._rest_until: datetime | None = None

    async def step(self, settings: Settings, now: datetime) -> int:
        """Look at the next articles, retire those that are over, and return how many went.

        Cut off or failed, it begins the walk anew.

        Raises:
            LibraryError: the store failed.
        """
        await self._library.forget_bands(now - BANDS_LAST)
        if self._walk is None:
            if self._rest_until is not None and now < self._rest_until:
                return 0
            self._walk = self._library.every_article()
        walk, self._walk = self._walk, None
        found: dict[Over, list[Article]] = {one: [] for one in Over}
        for _ in range(STEP):
            article = await anext(walk, None)
            if article is None:
                self._rest_until = now + EVERY
                break
            source = settings.sources.get(article.source)
            rules = settings.licenses.get(source.license) if source and source.license else None
            why = over(article, rules, settings.desk.keep, now)
            if why is not None:
                found[why].append(article)
        else:
            self._walk = walk
        gone = 0
        for why, articles in found.items():
            if articles:
                ids = [one.id for one in articles]
                gone += await self._library.retire(ids, now, standing=why is Over.LICENSE)
        return gone
