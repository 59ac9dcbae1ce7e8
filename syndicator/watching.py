"""The files of the settings: what they are now, and when one of them is saved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

LOOK = 1000  # milliseconds until the watcher is known to watch
Written = frozenset[tuple[str, int, int]]


def written(config: Path) -> Written:
    """Stand for the settings' files as they are now: their names, times and sizes."""
    found = set()
    for path in config.rglob("*.y*ml"):
        with suppress(FileNotFoundError):  # an editor has just put another in its place
            stat = path.stat()
            found.add((str(path), stat.st_mtime_ns, stat.st_size))
    return frozenset(found)


async def saved(config: Path, known: Written | None, stop: asyncio.Event) -> AsyncIterator[None]:
    """Yield each time a file under ``config`` is saved, or was since ``known``, until ``stop``.

    Raises:
        OSError: the folder cannot be watched.
    """
    async for changes in awatch(config, stop_event=stop, yield_on_timeout=True, rust_timeout=LOOK):
        files = any(Path(path).suffix in {".yaml", ".yml"} for _, path in changes)
        if files or (known is not None and known != written(config)):
            yield
        known = None  # from here on the watcher tells
