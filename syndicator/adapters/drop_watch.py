"""Watches drop folders, so that what is put there is taken within seconds."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import structlog
from watchfiles import awatch

from syndicator.adapters.drop_folder import SETTLED
from syndicator.adapters.file_fetcher import path_of
from syndicator.errors import LibraryError
from syndicator.model.ids import SourceId
from syndicator.model.source import Source
from syndicator.ports import Clock, Library

log = structlog.get_logger()
AFTER = SETTLED + timedelta(milliseconds=300)
LOOK = 1000  # milliseconds until the watcher is known to watch


async def watch_drops(
    library: Library, sources: Mapping[SourceId, Source], clock: Clock, stop: asyncio.Event
) -> None:
    """Make a drop folder due as soon as a file that was put there can have settled.

    Ends with ``stop``, or at once where there is nothing to watch. A folder
    that cannot be watched is looked at all the same, only later.
    """
    folders = await asyncio.to_thread(_folders, sources)
    if not folders:
        return
    fresh = set(folders)  # what came before the watcher watched is missed by it
    try:
        async for changes in awatch(
            *folders, recursive=False, stop_event=stop, rust_timeout=LOOK, yield_on_timeout=True
        ):
            fresh |= {Path(path).parent for _, path in changes}
            for folder in fresh & set(folders):
                await library.hasten(folders[folder], clock.now() + AFTER)
            fresh = set()
    except (OSError, LibraryError) as error:
        log.warning("drops", status="not watched", error=f"{error}; they are looked at every 10 s")


def _folders(sources: Mapping[SourceId, Source]) -> dict[Path, SourceId]:
    """Return the folders to watch; those that are missing are made."""
    found: dict[Path, SourceId] = {}
    for name, one in sources.items():
        if one.drop and not one.paused:
            folder = path_of(one.url)
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError:
                continue  # its poll says so
            found[folder.resolve()] = name
    return found
