"""One article's own page: what it is, whose, on what terms, what it said; or that it is gone."""

from datetime import datetime

import msgspec

from syndicator.compare import differences
from syndicator.editing import compose
from syndicator.model.desk import Settings
from syndicator.model.edition import Site
from syndicator.model.ids import ArticleId
from syndicator.model.topic import Audience
from syndicator.ports import Library
from syndicator.render import render_article
from syndicator.rights.rulings import ruled
from syndicator.stock import places_of

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

        One that stands there only as a copy of a story has the page of the copy
        that leads it. It is 410 after a kill, and 404 for anything else that is not
        out there: a page tells no more than the feeds do.

        Raises:
            LibraryError: the store failed.
        """
        rulings = await self._library.rulings_of([article])
        if ruled(rulings.get(article, ()), now).killed:
            return Sheet(status=GONE)
        stories = await self._library.stories_of([article])
        members = stories[article].members if article in stories else (article,)
        stories = dict.fromkeys(members, stories[article]) if article in stories else {}
        copies = await self._library.articles(members)
        if article not in {one.id for one in copies}:
            return Sheet(status=MISSING)
        filed = {one: await self._library.topics_of(one) for one in members}
        rulings = await self._library.rulings_of(members)
        site = Site(
            title=settings.desk.title, base_url=settings.desk.base_url, generator=self._generator
        )
        for topic in sorted(filed[article]):
            one = settings.topics.get(topic)
            if one is None or one.audience is not Audience.PUBLIC:
                continue
            standing = await self._library.standing(topic, now)
            here = [one for one in copies if topic in filed[one.id]]
            places = await places_of(self._library, settings, members, now, standing)
            made = compose(topic, here, settings, now, rulings, places=places, stories=stories)
            lead = made.behind.get(article, article)
            for item in made.edition.items:
                if item.article.id == lead and lead in standing.now:
                    said = next(one for one in here if one.id == lead)
                    past = differences(said, await self._library.history(lead))
                    return Sheet(status=OK, body=render_article(item, site, past))
        return Sheet(status=MISSING)
