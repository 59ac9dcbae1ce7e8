"""All an edition of one topic is made of, read from the library in a safe order."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, LicenseId, TopicId
from syndicator.model.places import Claims, Places
from syndicator.model.ruling import Ruling
from syndicator.ports import Library, Standing
from syndicator.rights.leads import Stories
from syndicator.rights.notices import NOTICE
from syndicator.rights.quota import quotas

LOOK_BACK = 4
"""How many times a window's entries are looked at: some are refused, some give way to others."""
Rulings = Mapping[ArticleId, Sequence[Ruling]]


class Stock(msgspec.Struct, frozen=True, kw_only=True):
    """Articles newest first, what stands there by the ledger, rulings, places, and stories.

    ``archive`` is what was noted of the archive behind the feed.
    """

    articles: tuple[Article, ...]
    standing: Standing
    rulings: Rulings
    places: Places
    stories: Stories
    archive: str | None = None


async def stock_of(
    library: Library,
    topic: TopicId,
    settings: Settings,
    now: datetime,
    shelf: TopicId | None = None,
) -> Stock:
    """Read it. ``shelf`` names the ledger's topic where it is not ``topic``: that of a subscriber.

    Raises:
        LibraryError: the store failed.
    """
    limit = settings.topics[topic].window.entries * LOOK_BACK
    held = await library.holdings(topic, shelf or topic, limit, now - NOTICE, archive_note(topic))
    ids = [one.id for one in held.articles]
    places = await places_of(library, settings, ids, now, held.standing)
    return Stock(
        articles=held.articles,
        standing=held.standing,
        rulings=held.rulings,
        places=places,
        stories=held.stories,
        archive=held.note,
    )


def archive_note(topic: TopicId) -> str:
    """Return the name of the note that is kept of a topic's archive."""
    return f"archive:{topic}"


async def places_of(
    library: Library,
    settings: Settings,
    ids: Sequence[ArticleId],
    now: datetime,
    standing: Standing,
) -> Places:
    """Return the places under quotas; what stands already under a licence has one.

    Raises:
        LibraryError: the store failed.
    """
    limits = quotas(settings.licenses)
    if not limits:
        return Places()
    found = await library.places(now.astimezone(UTC).date(), list(limits), ids)
    taken: dict[LicenseId, frozenset[ArticleId]] = dict(found.taken)
    for name in limits:
        here = {one for one, line in standing.now.items() if line.license == name}
        taken[name] = taken.get(name, frozenset()) | here
    return Places(taken=taken, given=found.given)


async def take_places(library: Library, claims: Claims, settings: Settings, now: datetime) -> bool:
    """Take the places an edition needs, all or none; ``False`` when others were quicker.

    Raises:
        LibraryError: the store failed.
    """
    if not claims:
        return True
    return await library.take_places(now.astimezone(UTC).date(), claims, quotas(settings.licenses))
