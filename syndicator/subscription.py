"""A topic as one subscriber gets it, from the library to documents that stand in no file.

::

    library → clear → edit → render, for one reader

The same rules clear it as any release, asked for the places, the trade and the
terms of that subscriber.
"""

import asyncio
from datetime import datetime

import msgspec

from syndicator.editing import edit_stock
from syndicator.errors import LibraryError
from syndicator.model.desk import Settings
from syndicator.model.edition import Edition, Output, Site
from syndicator.model.ids import TopicId
from syndicator.model.places import Claims
from syndicator.model.subscriber import Reader, shelf
from syndicator.ports import Entered, Library
from syndicator.render import render_topic
from syndicator.rights.ledger import changes
from syndicator.stock import Stock, stock_of, take_places

ROOM = "/s"
"""Where subscribers read. Addresses in their documents name no token: ``/s/feeds/TOPIC.atom``."""
TRIES = 3


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What a subscriber is given of a topic.

    It holds while the topic's generation is ``generation`` and before
    ``until``, when a verdict changes by the clock alone.
    """

    outputs: tuple[Output, ...]
    generation: int
    until: datetime | None


class Subscriptions:
    """Composes what subscribers ask for; what they are given is entered in the ledger first."""

    def __init__(self, library: Library, generator: str) -> None:
        """Read from ``library``. ``generator`` names this program in every document."""
        self._library = library
        self._generator = generator

    async def generation(self, topic: TopicId) -> int:
        """Return how often a topic changed.

        Raises:
            LibraryError: the store failed.
        """
        return await self._library.generation(topic)

    async def look(
        self, topic: TopicId, reader: Reader, settings: Settings, now: datetime
    ) -> tuple[Output, ...]:
        """Return what a subscriber would be given now; nothing is given, nor written down.

        Raises:
            LibraryError: the store failed.
        """
        own, site = shelf(topic, reader.id), self._site(settings)
        stock = await stock_of(self._library, topic, settings, now, own)
        made = await asyncio.to_thread(_made, topic, stock, settings, now, reader, site)
        return made.outputs

    def _site(self, settings: Settings) -> Site:
        return Site(
            title=settings.desk.title,
            base_url=settings.desk.base_url + ROOM,
            generator=self._generator,
            private=True,
        )

    async def offer(
        self, topic: TopicId, reader: Reader, settings: Settings, now: datetime
    ) -> Offer:
        """Compose a topic for one subscriber and write down what it is given.

        Raises:
            LibraryError: the store failed; nothing may be given.
        """
        own, site = shelf(topic, reader.id), self._site(settings)
        for _ in range(TRIES):
            # Asked first: what changes while the rest is read makes this offer an old one.
            generation = await self._library.generation(topic)
            stock = await stock_of(self._library, topic, settings, now, own)
            # Beside the loop: other readers are answered while this is made.
            made = await asyncio.to_thread(_made, topic, stock, settings, now, reader, site)
            if not await take_places(self._library, made.claims, settings, now):
                continue
            lines = changes(msgspec.structs.replace(made.edition, id=own), stock.standing.now, now)
            entered = Entered(count=stock.standing.count, lines=lines)
            if not lines or await self._library.enter(own, entered):
                return Offer(outputs=made.outputs, generation=generation, until=made.until)
        raise LibraryError(f"{own}: others write its ledger all the time; ask again")


class _Made(msgspec.Struct, frozen=True):
    """An edition for one reader, and what it took to make it."""

    edition: Edition
    claims: Claims
    until: datetime | None
    outputs: tuple[Output, ...]


def _made(
    topic: TopicId,
    stock: Stock,
    settings: Settings,
    now: datetime,
    reader: Reader,
    site: Site,
) -> _Made:
    made = edit_stock(topic, stock, settings, now, reader)
    outputs = render_topic(made.edition, site).outputs
    return _Made(made.edition, made.claims, made.wake, outputs)


__all__ = ["ROOM", "Offer", "Subscriptions"]
