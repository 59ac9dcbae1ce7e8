"""What the desk remembers of the archives of its topics."""

from collections.abc import Collection, Sequence
from typing import Protocol

from syndicator.model.archive import Archive, ArchivePage
from syndicator.model.ids import TopicId


class ArchiveLibrary(Protocol):
    """The part of :class:`syndicator.ports.Library` about pages that are closed.

    Whatever changes an article that stands or stood in an archive makes that
    archive due, as it makes its topic (``shelf_of``).
    """

    async def archive(self, topic: TopicId) -> Archive:
        """Return the closed pages of a topic, and which of their articles have changed."""
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
