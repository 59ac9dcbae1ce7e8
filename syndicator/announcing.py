"""Saying what a release changed, to those who listen; how they hear of it is not its business."""

from collections.abc import Callable

from syndicator.model.desk import Settings
from syndicator.model.ids import TopicId
from syndicator.ports import Clock, Library
from syndicator.ports.herald import Documents, Mark
from syndicator.push import documents_of, is_public


class Announcer:
    """Compares documents with what was last announced of them.

    ``wake`` is called when somebody is to be told. The store is asked only about
    files that were written since this process last asked; what a process that
    died between writing and asking left unsaid, the next release of the topic says.
    """

    def __init__(self, library: Library, documents: Documents, clock: Clock) -> None:
        """Know of nothing that was announced."""
        self._library = library
        self._documents = documents
        self._clock = clock
        self._known: dict[str, Mark] = {}
        self.wake: Callable[[], object] = lambda: None

    async def released(self, topic: TopicId, settings: Settings) -> int:
        """Announce what is new of a topic just released; return how many are to be told.

        Raises:
            LibraryError: the store failed; to be done again.
        """
        if not settings.desk.hubs:
            return 0
        found = {one: self._documents.mark(one) for one in documents_of(topic)}
        fresh = {
            one: mark
            for one, mark in found.items()
            if mark is not None and mark != self._known.get(one) and is_public(one, settings)
        }
        if not fresh:
            return 0
        digests = {one: mark.digest for one, mark in fresh.items()}
        count = await self._library.announce(digests, self._clock.now())
        self._known.update(fresh)
        if count:
            self.wake()
        return count
