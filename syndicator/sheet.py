"""One article's own page: what it is, whose, on what terms, what it said; or that it is gone."""

from datetime import datetime

import msgspec

from syndicator.compare import differences
from syndicator.model.desk import Settings
from syndicator.model.edition import Site
from syndicator.model.ids import ArticleId
from syndicator.model.topic import Audience
from syndicator.ports import Library
from syndicator.release import compose
from syndicator.render import render_article
from syndicator.rights.rulings import ruled

OK, MISSING, GONE = 200, 404, 410


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: its HTTP status, and the page where there is one."""

    status: int
    body: bytes = b""


class Sheets:
    """Answers for single articles, from the library, by the rules every release asks."""

    def __init__(self, library: Library, generator: str) -> None:
        """Read from ``library``. ``generator`` names this program on every page."""
        self._library = library
        self._generator = generator

    async def of(self, article: ArticleId, settings: Settings, now: datetime) -> Sheet:
        """Return the page of an article that stands in a topic for everyone.

        It is 410 after a kill, and 404 for anything else that is not out there:
        a page tells no more than the feeds do.

        Raises:
            LibraryError: the store failed.
        """
        rulings = await self._library.rulings_of([article])
        if ruled(rulings.get(article, ()), now).killed:
            return Sheet(status=GONE)
        found = await self._library.article(article)
        if found is None:
            return Sheet(status=MISSING)
        site = Site(
            title=settings.desk.title, base_url=settings.desk.base_url, generator=self._generator
        )
        for topic in sorted(await self._library.topics_of(article)):
            one = settings.topics.get(topic)
            if one is None or one.audience is not Audience.PUBLIC:
                continue
            standing = await self._library.standing(topic, now)
            items = compose(topic, [found], settings, now, rulings).edition.items
            if article in standing.now and items:
                past = differences(found, await self._library.history(article))
                return Sheet(status=OK, body=render_article(items[0], site, past))
        return Sheet(status=MISSING)
