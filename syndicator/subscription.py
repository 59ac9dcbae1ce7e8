"""A topic as one subscriber gets it, from the library to documents that stand in no file.

::

    library → clear → edit → render, for one reader

The same rules clear it as any release, asked for the places, the trade and the
terms of that subscriber.
"""

import asyncio
from datetime import datetime

import msgspec

from syndicator.errors import LibraryError
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.edition import Edition, Output, Site
from syndicator.model.ids import TopicId
from syndicator.model.subscriber import Reader, shelf
from syndicator.ports import Entered, Library, Standing
from syndicator.release import LOOK_BACK, Rulings, compose, with_notices
from syndicator.render import render_topic, with_distinct_ids
from syndicator.rights.ledger import changes
from syndicator.rights.notices import NOTICE

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

    async def offer(
        self, topic: TopicId, reader: Reader, settings: Settings, now: datetime
    ) -> Offer:
        """Compose a topic for one subscriber and write down what it is given.

        Raises:
            LibraryError: the store failed; nothing may be given.
        """
        own = shelf(topic, reader.id)
        site = Site(
            title=settings.desk.title,
            base_url=settings.desk.base_url + ROOM,
            generator=self._generator,
        )
        for _ in range(TRIES):
            # Asked first: what changes while the rest is read makes this offer an old one.
            generation = await self._library.generation(topic)
            articles, standing, rulings = await self._stock(topic, own, settings, now)
            # Beside the loop: other readers are answered while this is made.
            edition, until, outputs = await asyncio.to_thread(
                _made, topic, articles, standing, rulings, settings, now, reader, site
            )
            lines = changes(msgspec.structs.replace(edition, id=own), standing.now, now)
            entered = Entered(count=standing.count, lines=lines)
            if not lines or await self._library.enter(own, entered):
                return Offer(outputs=outputs, generation=generation, until=until)
        raise LibraryError(f"{own}: others write its ledger all the time; ask again")

    async def _stock(
        self, topic: TopicId, own: TopicId, settings: Settings, now: datetime
    ) -> tuple[list[Article], Standing, Rulings]:
        """Read all it is made of; rulings last, so that a kill which comes meanwhile counts."""
        window = settings.topics[topic].window
        ids = await self._library.newest(topic=topic, limit=window.entries * LOOK_BACK)
        articles = await self._library.articles(ids)
        standing = await self._library.standing(own, now - NOTICE)
        wanted = {*ids, *standing.now, *standing.past}
        return articles, standing, await self._library.rulings_of(wanted)


def _made(
    topic: TopicId,
    articles: list[Article],
    standing: Standing,
    rulings: Rulings,
    settings: Settings,
    now: datetime,
    reader: Reader,
    site: Site,
) -> tuple[Edition, datetime | None, tuple[Output, ...]]:
    edition, _, wake = compose(topic, articles, settings, now, rulings, reader)
    edition = with_distinct_ids(with_notices(edition, standing, rulings, settings, now))
    ends = [one.at + NOTICE for one in edition.withdrawn]
    until = min([*ends, *([wake] if wake else [])], default=None)
    return edition, until, render_topic(edition, site).outputs


__all__ = ["ROOM", "Offer", "Subscriptions"]
