"""What articles said before, in memory; see ``memory_library``."""

from syndicator.model.arrival import Arrival, New, Revised
from syndicator.model.ids import ArticleId
from syndicator.model.version import MOST_SIGHTINGS, MOST_VERSIONS, History, Sighting, Version


class MemoryHistory:
    """The part of ``ports.Library`` about earlier versions and names, with lists."""

    def __init__(self) -> None:
        """Start empty."""
        self._versions: dict[ArticleId, list[Version]] = {}
        self._seen: dict[ArticleId, list[Sighting]] = {}

    def _remember(self, article: ArticleId, arrival: Arrival, *, fresh: bool) -> None:
        if isinstance(arrival, Revised) and arrival.replaced is not None:
            versions = self._versions.setdefault(article, [])
            versions.append(arrival.replaced)
            del versions[1 : max(1, len(versions) - MOST_VERSIONS + 1)]
        if not isinstance(arrival, New) and arrival.seen is not None and fresh:
            seen = self._seen.setdefault(article, [])
            seen.append(arrival.seen)
            del seen[1 : max(1, len(seen) - MOST_SIGHTINGS + 1)]

    def _forget(self, article: ArticleId) -> None:
        self._versions.pop(article, None)
        self._seen.pop(article, None)

    async def history(self, article: ArticleId) -> History:
        """See ``ports.Library``."""
        return History(
            versions=tuple(self._versions.get(article, ())),
            sightings=tuple(self._seen.get(article, ())),
        )
