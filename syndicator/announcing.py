"""Saying what a release changed, to those who listen; how they hear of it is not its business."""

from collections.abc import Callable, Hashable

from syndicator.model.desk import Settings
from syndicator.model.ids import TopicId
from syndicator.ports import Clock, Library
from syndicator.ports.herald import Documents
from syndicator.push import documents_of, is_public


class Announcer:
    """Compares documents with what was last announced of them.

    ``wake`` is called when somebody is to be told. The store is asked only about
    files that were written since this process last asked, and they are read only if
    somebody listens; what a process that died between writing and asking left
    unsaid, the next release of the topic says.
    """

    def __init__(self, library: Library, documents: Documents, clock: Clock) -> None:
        """Know of nothing that was announced."""
        self._library = library
        self._documents = documents
        self._clock = clock
        self._seen: dict[str, Hashable] = {}
        self.wake: Callable[[], object] = lambda: None

    async def released(self, topic: TopicId, settings: Settings) -> int:
        """Announce what is new of a topic just released; return how many are to be told.

        Raises:
            LibraryError: the store failed; to be done again.
        """
        if not settings.desk.hubs:
            return 0
        stamps = {
            one: stamp
            for one in documents_of(topic)
            if is_public(one, settings) and (stamp := self._documents.stamp(one)) is not None
        }
        fresh = {one: stamp for one, stamp in stamps.items() if stamp != self._seen.get(one)}
        if not fresh:
            return 0
        heard = await self._library.listened_to(list(fresh))
        found = {one: self._documents.read(one) for one in heard}
        digests = {one: state[0] for one, state in found.items() if state is not None}
        count = await self._library.announce(digests, self._clock.now()) if digests else 0
        self._seen.update(fresh)
        if count:
            self.wake()
        return count
