"""Drop folders: files put there are taken once whole, and moved to ``done`` or ``failed``.

A file is whole when it has not changed for two seconds and, where the system
can tell (Linux, own files), nobody has it open for writing.
"""

import asyncio
import errno
import os
import stat
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from syndicator.adapters.file_fetcher import opened, path_of, read_files
from syndicator.errors import FetchError
from syndicator.model.entry import Document
from syndicator.model.source import Source
from syndicator.ports import Fetched, NotModified

SETTLED = timedelta(seconds=2)
DONE, FAILED = "done", "failed"
AT_ONCE, TOGETHER = 200, 4
"""Files taken at once, and how many times the largest allowed file they may be, unpacked."""
_HALF_WRITTEN = (".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".swp", "~")


class DropFolder:
    """Reads and clears drop folders."""

    def __init__(self, max_bytes: int) -> None:
        """Refuse files over ``max_bytes``."""
        self._cap = max_bytes

    async def fetch(self, source: Source, now: datetime) -> Fetched | NotModified:
        """Return whole files, those put there first first, at most 200 at once.

        The folder, ``done`` and ``failed`` are made where they are missing.

        Raises:
            FetchError: kind ``file``: it is no folder, or cannot be read or written.
        """
        return await read_files(source.url, lambda folder: self._take(folder, now))

    def _take(self, folder: Path, now: datetime) -> list[Document]:
        for name in (DONE, FAILED):
            (folder / name).mkdir(parents=True, exist_ok=True)
        found = sorted(
            (looked.st_mtime_ns, path.name, path, looked)
            for path in folder.iterdir()
            if (looked := _look(path)) is not None and _is_settled(path, looked, now)
        )
        documents: list[Document] = []
        held = 0
        for _, name, path, looked in found:
            try:
                body = self._body(path, looked)
            except FetchError as error:
                _move(path, folder / FAILED, str(error), now)
                continue
            if body is not None:
                documents.append(Document(url=path.resolve().as_uri(), body=body, name=name))
                held += len(body)
            if len(documents) >= AT_ONCE or held >= TOGETHER * self._cap:
                break
        return documents

    def _body(self, path: Path, looked: os.stat_result) -> bytes | None:
        """Read a file, unless it changed since it was looked at; one that is packed is unpacked.

        Raises:
            FetchError: kind ``file``: it is larger than the cap, packed or not, or damaged.
        """
        with path.open("rb") as stream:
            body = stream.read(self._cap + 1)
        after = path.lstat()
        same = (after.st_size, after.st_mtime_ns) == (looked.st_size, looked.st_mtime_ns)
        whole = len(body) == min(looked.st_size, self._cap + 1)
        return opened(body, self._cap, path.name) if same and whole else None

    async def settle(
        self, source: Source, document: Document, error: str | None, now: datetime
    ) -> None:
        """Move a file that was taken: to ``done``, or with the reason beside it to ``failed``.

        Raises:
            FetchError: kind ``file``: it could not be moved, and will be taken again.
        """
        folder = path_of(source.url)
        place = folder / (FAILED if error else DONE)
        try:
            await asyncio.to_thread(_move, folder / document.name, place, error, now)
        except OSError as trouble:
            text = f"{folder / document.name}: cannot be moved: {trouble.strerror or trouble}"
            raise FetchError("file", text) from trouble


def _look(path: Path) -> os.stat_result | None:
    """Look at a file that may be taken; links, folders and half-written files may not."""
    name = path.name
    if name.startswith((".", "~")) or name.lower().endswith(_HALF_WRITTEN):
        return None
    try:
        looked = path.lstat()
    except FileNotFoundError:
        return None
    return looked if stat.S_ISREG(looked.st_mode) else None


def _is_settled(path: Path, looked: os.stat_result, now: datetime) -> bool:
    changed = datetime.fromtimestamp(looked.st_mtime, UTC)
    if changed > now:  # a clock that differs, or a date that came with the file
        changed = datetime.fromtimestamp(looked.st_ctime, UTC)
    return now - changed >= SETTLED and not _is_being_written(path)


def _is_being_written(path: Path) -> bool:
    """Ask for a read lease, which the system refuses while anyone may write (fcntl(2))."""
    try:
        import fcntl

        lease, read, unlock = fcntl.F_SETLEASE, fcntl.F_RDLCK, fcntl.F_UNLCK
    except (ImportError, AttributeError):  # no such thing on this system
        return False
    with path.open("rb") as stream:
        try:
            fcntl.fcntl(stream, lease, read)
        except OSError as error:
            return error.errno == errno.EAGAIN  # else: not ours, or a file system without leases
        with suppress(OSError):
            fcntl.fcntl(stream, lease, unlock)
    return False


def _move(path: Path, folder: Path, reason: str | None, now: datetime) -> None:
    """Move a file under a name that is free; ``reason`` is written beside it."""
    target = folder / path.name
    if target.exists():
        target = folder / f"{path.stem}.{now:%Y%m%dT%H%M%S%f}{path.suffix}"
    with suppress(FileNotFoundError):  # taken away meanwhile
        path.replace(target)
        if reason is not None:
            target.with_name(target.name + ".why.txt").write_text(reason + "\n", encoding="utf-8")
