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
    """Articles newest first, what stands there by the ledger, rulings, places, and stories."""

    articles: tuple[Article, ...]
    standing: Standing
    rulings: Rulings
    places: Places
    stories: Stories


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
    window = settings.topics[topic].window
    ids = await library.newest(topic=topic, limit=window.entries * LOOK_BACK)
    articles = await library.articles(ids)
    standing = await library.standing(shelf or topic, now - NOTICE)
    places = await places_of(library, settings, ids, now, standing)
    wanted = {*ids, *standing.now, *(line.article for line in standing.past)}
    stories = await library.stories_of(wanted)
    # Read last: a kill that comes while the rest is read counts.
    rulings = await library.rulings_of(wanted)
    return Stock(
        articles=tuple(articles),
        standing=standing,
        rulings=rulings,
        places=places,
        stories=stories,
    )


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
