"""Reading ``file:`` sources: one document, or a folder of them in name order."""

import asyncio
from pathlib import Path
from urllib.parse import unquote, urlsplit

from syndicator.errors import FetchError
from syndicator.model.entry import Document
from syndicator.model.source import Source, SourceState
from syndicator.ports import Fetched, NotModified

SUFFIXES = frozenset({".xml", ".rss", ".atom", ".rdf", ".json"})


class FileFetcher:
    """Fetches ``file:`` sources; see ``ports.Fetcher``."""

    def __init__(self, max_bytes: int) -> None:
        """Refuse documents over ``max_bytes``."""
        self._cap = max_bytes

    async def fetch(self, source: Source, state: SourceState) -> Fetched | NotModified:
        """Return each document that differs from those ``state`` knows."""
        path = Path(unquote(urlsplit(source.url).path))
        known = state.documents if state.url == source.url else {}
        try:
            documents = await asyncio.to_thread(self._read, path, known)
        except OSError as error:
            raise FetchError("file", f"{path}: {error.strerror or error}") from error
        return Fetched(documents=tuple(documents)) if documents else NotModified()

    def _read(self, path: Path, known: dict[str, str]) -> list[Document]:
        if not path.is_dir():
            return [self._document(path, "")]
        inside = path.resolve()
        fresh = []
        for one in sorted(path.iterdir()):
            if one.suffix.lower() not in SUFFIXES or one.name.startswith("."):
                continue
            if not one.is_file() or one.resolve().parent != inside:
                continue
            document = self._document(one, one.name)
            if known.get(one.name) != document.digest:
                fresh.append(document)
        return fresh

    def _document(self, path: Path, name: str) -> Document:
        if path.stat().st_size > self._cap:
            raise FetchError("too-large", f"{path}: larger than {self._cap:,} bytes")
        return Document(url=path.resolve().as_uri(), body=path.read_bytes(), name=name)
