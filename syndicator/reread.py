"""Stored articles read again by better rules, without polling."""

import asyncio
from collections.abc import Sequence

from syndicator.credit import Houses
from syndicator.ingest import reread
from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId
from syndicator.ports import Clock, Library

BATCH = 200


async def reread_articles(
    library: Library, settings: Settings, source: SourceId | None, clock: Clock
) -> tuple[int, int]:
    """Read the credits of stored articles again; return how many, and how many came out otherwise.

    Raises:
        LibraryError: the store failed; what was written so far stays.
    """
    houses = Houses(settings.houses)
    ids = [one.id async for one in library.every_article() if source in {None, one.source}]
    changed = 0
    for start in range(0, len(ids), BATCH):
        stored = await library.articles(ids[start : start + BATCH])
        fresh = await asyncio.to_thread(_reread_all, stored, houses)
        better = [new for old, new in zip(stored, fresh, strict=True) if new != old]
        changed += await library.rewrite(better, clock.now()) if better else 0
    return len(ids), changed


def _reread_all(stored: Sequence[Article], houses: Houses) -> list[Article]:
    return [reread(one, houses) for one in stored]
