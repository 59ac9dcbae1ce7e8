"""The release pipe: one topic, from the library to published documents.

::

    library → clear → edit → render → lint → publish

Verdicts are made here, for a moment, and kept nowhere: releasing the same
library twice publishes the same bytes.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Lock
from typing import TypeVar, TypeVarTuple

import msgspec

from syndicator.archive import has_archive, newest_page
from syndicator.editing import Composed, edit_stock
from syndicator.errors import LibraryError
from syndicator.gate import Gate
from syndicator.model.desk import Settings
from syndicator.model.edition import Edition, Headline, Site
from syndicator.model.ids import TopicId
from syndicator.model.publication import Publication
from syndicator.model.topic import Audience, Corrections
from syndicator.ports import Entered, Library
from syndicator.ports.publisher import Publisher
from syndicator.render import Document, Rendering, newest
from syndicator.rights.ledger import changes, ended
from syndicator.stock import Stock, stock_of, take_places

TRIES = 3
AT_ONCE = 8
"""Topics of which one is made while the others wait for the disk."""
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """What one release came to. ``wake`` is when a verdict changes by the clock alone.

    ``problems`` are entries left out and documents held back, each with the reason.

    ``entered`` are the lines it owes the ledger of publications; ``newest`` is
    what the directory names of it, nothing of a topic for subscribers.
    """

    topic: TopicId
    entries: int
    refused: int
    written: tuple[str, ...]
    problems: tuple[str, ...]
    wake: datetime | None
    updated: datetime
    entered: Entered | None = None
    newest: tuple[Headline, ...] = ()


class Releaser:
    """Rebuilds topics through the ports it is given."""

    def __init__(self, *, library: Library, publisher: Publisher, generator: str) -> None:
        """Join the edges. ``generator`` names this program in every document."""
        self._library = library
        self._publisher = publisher
        self._generator = generator
        self._threads = ThreadPoolExecutor(AT_ONCE, "topic")  # has none until it is used
        self._working = Lock()
        """Threads that compute side by side gain nothing, and keep the loop from its turn."""

    def site(self, settings: Settings) -> Site:
        """What every document says of the desk."""
        desk = settings.desk
        return Site(
            title=desk.title, base_url=desk.base_url, generator=self._generator, hubs=desk.hubs
        )

    async def _composed(
        self, topic: TopicId, settings: Settings, now: datetime, *, take: bool
    ) -> tuple[Stock, Composed]:
        """Compose a topic, and take the places under quotas that its edition needs."""
        for _ in range(TRIES):
            stock = await stock_of(self._library, topic, settings, now)
            made = await self._beside(self._edited, topic, stock, settings, now)
            if not take or await take_places(self._library, made.claims, settings, now):
                return stock, made
        raise LibraryError(f"{topic}: others take the places of its quotas all the time")

    async def release(self, topic: TopicId, settings: Settings, now: datetime) -> Released:
        """Rebuild one topic and publish what changed.

        Raises:
            LibraryError: the store failed; nothing was published.
            PublishError: a file could not be written; the last good one stands.
        """
        rules = settings.topics[topic]
        private = rules.audience is Audience.SUBSCRIBERS
        stock, made = await self._composed(topic, settings, now, take=not private)
        standing, edition = stock.standing, made.edition
        written: tuple[str, ...] = ()
        problems: tuple[str, ...] = ()
        if private:
            # Composed for each subscriber when it asks (``subscription``); never a file.
            lines = ended(standing.now.values(), now)
        else:
            older = newest_page(stock.archive) if has_archive(rules) else None
            edition = msgspec.structs.replace(edition, older=older)
            lines = changes(edition, standing.now, now)
            site = self.site(settings)
            written, problems = await self._beside(self._published, edition, site, lines)
        return Released(
            topic=topic,
            entries=len(edition.items),
            refused=made.refused,
            written=written,
            problems=problems,
            wake=made.wake,
            updated=edition.updated,
            entered=Entered(count=standing.count, lines=lines) if lines else None,
            newest=() if private else newest(edition),
        )

    async def _beside(self, work: Callable[[*Ts], T], *told: *Ts) -> T:
        """Do it beside the loop, in threads of our own: there are few of the loop's."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *told)

    def _edited(self, topic: TopicId, stock: Stock, settings: Settings, now: datetime) -> Composed:
        with self._working:
            return edit_stock(topic, stock, settings, now)

    def _published(
        self, edition: Edition, site: Site, lines: Sequence[Publication]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Publish what changed of an edition, each document while the next is rendered.

        Returns the paths that were written, and a line for each problem of any.
        """
        gate = Gate(lines, unlisted=edition.topic.corrections is Corrections.NOTICE)
        with self._working:
            rendering = Rendering(edition, site, self._publisher.last)
        documents = self._in_turn(rendering.documents())
        written = self._publisher.publish(one.output for one in documents if gate.passes(one))
        return written, (*gate.problems, *rendering.problems)

    def _in_turn(self, documents: Iterator[Document]) -> Iterator[Document]:
        """Render each document while no other is: what it is written for meanwhile may go on."""
        while True:
            with self._working:
                document = next(documents, None)
            if document is None:
                return
            yield document


__all__ = ["Released", "Releaser"]
