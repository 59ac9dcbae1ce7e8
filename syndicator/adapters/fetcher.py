"""The fetcher the desk uses: by scheme, over HTTP or from files."""

from datetime import datetime

from syndicator.adapters.drop_folder import DropFolder
from syndicator.adapters.file_fetcher import FileFetcher
from syndicator.adapters.http_fetcher import HttpFetcher
from syndicator.model.desk import FetchSettings
from syndicator.model.entry import Document
from syndicator.model.source import Source, SourceState
from syndicator.ports import Fetched, NotModified

ALONE, AMONG_OTHERS = 150.0, 15.0
"""Patience of a one-off command (less than a claim lasts), and of a desk whose seats are few."""


class SourceFetcher:
    """Implements ``ports.Fetcher`` for every scheme a source may have."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        contact: str | None,
        version: str,
        patience: float = ALONE,
    ) -> None:
        """Join both fetchers under one set of limits.

        Nobody waits longer than ``patience`` seconds for a turn at a host.
        """
        self._http = HttpFetcher(settings, contact=contact, version=version, patience=patience)
        self._files = FileFetcher(settings.max_bytes)
        self._drops = DropFolder(settings.max_bytes)

    async def fetch(
        self, source: Source, state: SourceState, now: datetime
    ) -> Fetched | NotModified:
        """See ``ports.Fetcher``."""
        if source.drop:
            return await self._drops.fetch(source, now)
        if source.url.startswith("file:"):
            return await self._files.fetch(source, state)
        return await self._http.fetch(source, state, now)

    async def settle(
        self, source: Source, document: Document, error: str | None, now: datetime
    ) -> None:
        """See ``ports.Fetcher``."""
        if source.drop:
            await self._drops.settle(source, document, error, now)

    async def close(self) -> None:
        """See ``ports.Fetcher``."""
        await self._http.close()
