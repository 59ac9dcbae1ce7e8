"""What is to be rebuilt, and the archives of topics, in memory; see ``memory_library``."""

from collections.abc import Collection, Sequence
from datetime import datetime

from syndicator.model.archive import Archive, ArchivePage, shelf_of, topic_of
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.publication import Publication


class MemoryArchive:
    """The part of ``ports.Library`` about closed pages, with dictionaries."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._releases: dict[TopicId, datetime] = {}
        self._generations: dict[TopicId, int] = {}
        self._out: dict[TopicId, dict[ArticleId, Publication]] = {}
        self._past: dict[TopicId, dict[ArticleId, dict[str, Publication]]] = {}
        self._pages: dict[TopicId, dict[int, ArchivePage]] = {}
        self._stale: dict[TopicId, dict[ArticleId, int]] = {}
        self._touched: set[ArticleId] = set()

    def _bump(self, topics: Collection[TopicId], at: datetime) -> None:
        """Make topics due, and archives that hold or held what was touched since the last call."""
        for topic in {*topics, *self._look_again()}:
            self._generations[topic] = self._generations.get(topic, 0) + 1
            self._releases[topic] = min(at, self._releases.get(topic, at))

    def _look_again(self) -> set[TopicId]:
        shelves = set()
        for shelf in {*self._out, *self._past, *map(shelf_of, self._stale)}:
            topic = topic_of(shelf)
            if topic is None:
                continue
            stale = self._stale.setdefault(topic, {})
            held = {*self._out.get(shelf, ()), *self._past.get(shelf, ()), *stale} & self._touched
            if held:
                stale.update(dict.fromkeys(held, self._generations.get(shelf, 0)))
                shelves.add(shelf)
        self._touched.clear()
        return shelves

    async def archive(self, topic: TopicId) -> Archive:
        """See ``ports.archive``."""
        pages = self._pages.get(topic, {})
        return Archive(
            pages=tuple(pages[number] for number in sorted(pages)),
            stale=frozenset(self._stale.get(topic, ())),
        )

    async def watch(self, topic: TopicId, articles: Collection[ArticleId], generation: int) -> None:
        """See ``ports.archive``."""
        stale = self._stale.setdefault(topic, {})
        for one in articles:
            stale[one] = max(generation - 1, stale.get(one, generation - 1))

    async def keep_pages(
        self, topic: TopicId, pages: Sequence[ArchivePage], generation: int
    ) -> None:
        """See ``ports.archive``."""
        self._pages.setdefault(topic, {}).update({one.number: one for one in pages})
        stale = self._stale.get(topic, {})
        self._stale[topic] = {one: at for one, at in stale.items() if at >= generation}

    async def archived(self) -> Collection[TopicId]:
        """See ``ports.archive``."""
        shelves = map(topic_of, self._generations)
        return {one for one in shelves if one is not None}
