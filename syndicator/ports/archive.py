"""What the desk remembers of the archives of its topics."""

from collections.abc import Collection, Sequence
from typing import Protocol

from syndicator.model.archive import Archive, ArchivePage
from syndicator.model.ids import ArticleId, TopicId


class ArchiveLibrary(Protocol):
    """The part of :class:`syndicator.ports.Library` about pages that are closed.

    Whatever changes an article that stands or stood in an archive makes that
    archive due, as it makes its topic (``shelf_of``).
    """

    async def archive(self, topic: TopicId) -> Archive:
        """Return the closed pages of a topic, and which of their articles have changed."""
        ...

    async def watch(self, topic: TopicId, articles: Collection[ArticleId], generation: int) -> None:
        """Say that articles are about to stand in the archive, before they are read for it.

        Until pages are kept for ``generation``, whatever changes one of them makes the
        archive due, as it does once they stand there.
        """
        ...

    async def keep_pages(
        self, topic: TopicId, pages: Sequence[ArchivePage], generation: int
    ) -> None:
        """Keep pages under their numbers.

        What changed before the archive's ``generation`` is dealt with; what changed
        after it stays marked.
        """
        ...

    async def archived(self) -> Collection[TopicId]:
        """Return the topics that have an archive."""
        ...
