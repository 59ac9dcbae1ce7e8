"""Reading ``file:`` sources: one document, or a folder of them in name order."""

import asyncio
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from syndicator.adapters.inflate import BadCodingError, TooLargeError, unpacked
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
        """Return each document that differs from those ``state`` knows.

        A folder gives its feed files in name order, each under its file name;
        links that lead out of the folder are passed over.

        Raises:
            FetchError: kind ``file``: missing, not readable, not a file, or too large.
        """
        known = state.documents if state.url == source.url else {}
        return await read_files(source.url, lambda path: self._read(path, known))

    def _read(self, path: Path, known: dict[str, str]) -> list[Document]:
        names = self._folder(path) if path.is_dir() else [(path, "")]
        fresh = []
        for one, name in names:
            try:
                document = self._document(one, name)
            except FileNotFoundError:
                if not name:
                    raise
                continue  # taken away since the folder was listed
            if known.get(name) != document.digest:
                fresh.append(document)
        return fresh

    def _folder(self, path: Path) -> list[tuple[Path, str]]:
        inside = path.resolve()
        return [
            (one, one.name)
            for one in sorted(path.iterdir())
            if one.suffix.lower() in SUFFIXES
            and not one.name.startswith(".")
            and one.is_file()
            and one.resolve().parent == inside
        ]

    def _document(self, path: Path, name: str) -> Document:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device never ends
            raise FetchError("file", f"{path}: not a regular file or folder")
        with path.open("rb") as stream:
            body = stream.read(self._cap + 1)
        body = opened(body, self._cap, str(path))
        return Document(url=path.resolve().as_uri(), body=body, name=name)


def opened(body: bytes, cap: int, name: str) -> bytes:
    """Return what a file holds, unpacked if it is packed; ``name`` is for the error.

    Raises:
        FetchError: kind ``file``: it is larger than ``cap`` bytes, packed or not, or damaged.
    """
    try:
        if len(body) <= cap:
            return unpacked(body, cap)
    except TooLargeError:
        pass  # as one that is too large unpacked
    except BadCodingError as error:
        raise FetchError("file", f"{name}: {error}") from error
    text = f"{name}: larger than {cap:,} bytes; raise fetch.max_bytes if that is right"
    raise FetchError("file", text)


def path_of(url: str) -> Path:
    """Return the path of a ``file:`` address.

    Raises:
        ValueError: it names another host.
    """
    parts = urlsplit(url)
    if parts.netloc not in {"", "localhost"}:
        raise ValueError(f"it names the host {parts.netloc}; write file:///path")
    return Path(unquote(parts.path))


async def read_files(url: str, read: Callable[[Path], Sequence[Document]]) -> Fetched | NotModified:
    """Answer with what ``read`` finds at a ``file:`` address; it runs beside the loop.

    Raises:
        FetchError: kind ``file``: the address is no path, or the system refuses.
    """
    try:
        documents = await asyncio.to_thread(read, path_of(url))
    except OSError as error:
        raise FetchError("file", f"{error.filename or url}: {error.strerror or error}") from error
    except ValueError as error:
        raise FetchError("file", f"{url}: not a usable path ({error})") from error
    if not documents:
        return NotModified(status=None)
    return Fetched(documents=tuple(documents), status=None)
