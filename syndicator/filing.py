"""What is filed away into the archive of one topic: read from the library, put into pages."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from syndicator.model.archive import Archive, ArchivePage
from syndicator.model.article import Article
from syndicator.model.clearance import Cleared
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, LicenseId, TopicId
from syndicator.model.ruling import Ruling
from syndicator.model.story import Story
from syndicator.ports import Library, Standing
from syndicator.topics import file_away
from syndicator.verdicts import verdict_on

REACH = 5_000
"""Of articles in no page and not in the feed, so many of the newest are looked at."""
BATCH = 200
REST = timedelta(minutes=1)
"""What came later may yet be in the feed; and an archive is written no oftener."""
ALL = 1_000_000
"""More than any topic holds."""


class Filing:
    """One look at what may be filed. ``later`` is when something may be that may not yet."""

    def __init__(self, library: Library, topic: TopicId, settings: Settings, now: datetime) -> None:
        """Look at ``topic`` under these settings, at ``now``."""
        self._library = library
        self._topic = topic
        self._settings = settings
        self._now = now
        self.later: list[datetime] = []

    async def gathered(
        self, archive: Archive, standing: Standing, generation: int
    ) -> tuple[list[ArchivePage], tuple[ArticleId, ...], Sequence[ArticleId]]:
        """Return pages that are full now, what waits in the open one, and what is filed here."""
        library, topic = self._library, self._topic
        ids = await library.newest(topic=topic, limit=ALL)
        closed, rest = await self._file_away(archive, ids, standing)
        fresh = {*rest, *(one for page in closed for one in page.articles)} - standing.now.keys()
        if fresh:  # before they are read: what takes one back from here on is heard
            await library.watch(topic, fresh, generation)
            ids = await library.newest(topic=topic, limit=ALL)
        return closed, rest, ids

    async def _file_away(
        self, archive: Archive, ids: Sequence[ArticleId], standing: Standing
    ) -> tuple[list[ArchivePage], tuple[ArticleId, ...]]:
        """Return the pages that are full now, and what waits in the open one."""
        library, topic = self._library, self._topic
        shown = (await library.standing(topic, self._now)).now
        paged = {one for page in archive.pages for one in page.articles}
        new = [one for one in ids if one not in shown and one not in paged][:REACH]
        may: list[Article] = []
        stories: dict[ArticleId, Story] = {}
        for at in range(0, len(new), BATCH):
            found = await library.articles(new[at : at + BATCH], bodies=False)
            rulings = await library.rulings_of([one.id for one in found])
            may += [one for one in found if self._may_stay(one, rulings.get(one.id, ()))]
            stories |= await library.stories_of([one.id for one in found])
        done = file_away(may, {*shown, *(paged & standing.now.keys())}, stories)
        pages = [
            ArchivePage(number=archive.next_number + at, articles=one, shown=0)
            for at, one in enumerate(done.full)
        ]
        return pages, done.rest

    def _may_stay(self, article: Article, rulings: Sequence[Ruling]) -> bool:
        """Whether an article may be filed now; if it may later, that moment is kept in mind."""
        rested = article.first_seen + REST
        if rested > self._now:
            self.later.append(rested)
            return False
        said = verdict_on(article, self._settings, self._now, topic=self._topic, rulings=rulings)
        if isinstance(said, Cleared):
            return self._settings.licenses[LicenseId(said.license)].archive
        if said.until is not None:
            self.later.append(said.until)
        return False
