"""All that a release reads, of a library in memory; see ``memory_library``."""

from datetime import datetime

from syndicator.model.ids import TopicId
from syndicator.ports import Holdings, Library


class MemoryHoldings:
    """The part of ``ports.Library`` that a release reads: nothing else happens meanwhile."""

    async def holdings(
        self: Library,
        topic: TopicId,
        shelf: TopicId,
        limit: int,
        killed_since: datetime,
        note: str,
    ) -> Holdings:
        """See ``ports.holdings``."""
        ids = await self.newest(topic=topic, limit=limit)
        standing = await self.standing(shelf, killed_since)
        wanted = {*ids, *standing.now, *(line.article for line in standing.past)}
        return Holdings(
            articles=tuple(await self.articles(ids)),
            standing=standing,
            stories=await self.stories_of(wanted),
            rulings=await self.rulings_of(wanted),
            note=await self.note(note),
        )
