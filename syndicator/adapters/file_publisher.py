"""Documents into ``feeds/``: atomically, and only when their bytes changed."""

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from syndicator.errors import PublishError
from syndicator.model.edition import Output
from syndicator.render.packing import ENDINGS, is_packed, packed

AT_ONCE = 12
_Files = dict[Path, Path]
_TEMPORARY = ".part-"  # hidden, so withdraw and web servers pass it over


class FilePublisher:
    """Implements ``ports.publisher.Publisher``. Beside each file stand copies, packed.

    Nothing outside the folder is ever written or removed, whatever a path or a
    symbolic link says.
    """

    def __init__(self, feeds: Path) -> None:
        """Publish under ``feeds``, made when first needed."""
        self._feeds = feeds
        self._pool = ThreadPoolExecutor(AT_ONCE, "flush")  # has no threads until it is used

    def publish(self, outputs: Sequence[Output]) -> tuple[str, ...]:
        """See ``ports.publisher.Publisher``.

        All are on the disk before the first takes its place. One that cannot be
        written keeps no other back: there may be a killed article in what stands.
        """
        written, failed = [], None
        ready: dict[str, _Files] = {}
        try:
            for output in outputs:
                try:
                    files = self._written(output)
                except PublishError as error:
                    failed = failed or error
                else:
                    ready |= {output.path: files} if files else {}
            flushed = self._pool.map(_flush, [one for files in ready.values() for one in files])
            trouble = {path: error for path, error in flushed if error is not None}
            for name, files in ready.items():
                try:
                    _take_places(files, trouble)
                    written.append(name)
                except OSError as error:
                    failed = failed or _cannot(self._feeds / name, error)
        finally:
            for files in ready.values():
                for path in files:
                    path.unlink(missing_ok=True)
        if failed is not None:
            raise failed
        return tuple(written)

    def _written(self, output: Output) -> _Files | None:
        """Write a document and its packed copies beside their places; ``None`` if they stand there.

        They are a second younger than what stood there at least: who asks by the date alone
        would else never hear of the second change in a second, as of a kill.
        """
        path = self._feeds / output.path
        self._check_inside(path)
        files: _Files = {}
        try:
            if _stands(path, output.body):
                return None
            path.parent.mkdir(parents=True, exist_ok=True)
            before = int(path.stat().st_mtime) if path.is_file() else None
            copies = {_beside(path, one): data for one, data in packed(output.body).items()}
            for place, data in {**copies, path: output.body}.items():
                written = _write_beside(place, data)
                files[written] = place
                if before is not None and int(written.stat().st_mtime) <= before:
                    os.utime(written, (before + 1, before + 1))
        except OSError as error:
            for written in files:
                written.unlink(missing_ok=True)
            raise _cannot(path, error) from error
        return files

    def _check_inside(self, path: Path) -> None:
        """Raise ``PublishError`` for a path that leads out of the folder."""
        if not path.parent.resolve().is_relative_to(self._feeds.resolve()):
            raise PublishError(path, f"{path}: leads out of {self._feeds}; nothing was written")

    def last(self, path: str) -> bytes | None:
        """See ``ports.publisher.Publisher``."""
        try:
            return (self._feeds / path).read_bytes()
        except OSError:
            return None

    def withdraw(self, keep: Callable[[str], bool], under: str = "") -> tuple[str, ...]:
        """See ``ports.publisher.Publisher``. Refused folders go too, once empty."""
        gone = []
        self._check_inside(self._feeds / under / "any")
        for folder, _, names in os.walk(self._feeds / under, topdown=False):  # follows no link
            for name in sorted(names):
                path = Path(folder) / name
                relative = path.relative_to(self._feeds).as_posix()
                if not name.startswith(".") and not keep(_of(relative)):
                    _remove(path)
                    gone.append(relative)
            if Path(folder) != self._feeds and not keep(
                Path(folder).relative_to(self._feeds).as_posix()
            ):
                _remove_if_empty(Path(folder))
        return tuple(sorted(gone))

    def published(self, under: str) -> frozenset[str]:
        """See ``ports.publisher.Publisher``."""
        return frozenset(
            name
            for folder, _, names in os.walk(self._feeds / under)
            for one in names
            if not one.startswith(".")
            and _of(name := (Path(folder) / one).relative_to(self._feeds).as_posix()) == name
        )


def _beside(path: Path, coding: str) -> Path:
    return path.with_name(path.name + ENDINGS[coding])


def _of(path: str) -> str:
    """Return which document a packed copy is of."""
    return next((path.removesuffix(one) for one in ENDINGS.values() if path.endswith(one)), path)


def _stands(path: Path, body: bytes) -> bool:
    """Whether the file and each packed copy of it say this and nothing else."""
    if not path.is_file() or path.stat().st_size != len(body) or path.read_bytes() != body:
        return False
    copies = {coding: _beside(path, coding) for coding in ENDINGS}
    return all(
        one.is_file() and is_packed(coding, one.read_bytes(), body)
        for coding, one in copies.items()
    )


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)  # another process may have been quicker
    except OSError as error:
        raise PublishError(path, f"{path}: cannot be removed: {error.strerror}") from error


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _cannot(path: Path, error: OSError) -> PublishError:
    why = error.strerror or error
    return PublishError(path, f"{path}: cannot be written: {why}; the last good feed stays")


def _flush(path: Path) -> tuple[Path, OSError | None]:
    """Wait until a file is on the disk; return what is wrong, if anything is."""
    try:
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
    except OSError as error:
        return path, error
    return path, None


def _take_places(files: _Files, trouble: Mapping[Path, OSError]) -> None:
    """Let files take the places of those that stand there, one after the other.

    A crash or a full disk leaves each old file or the new one, whole; the
    moment in which one is new and the other old is that between two renames.
    """
    for path in files:
        if path in trouble:
            raise trouble[path]
    for path, place in files.items():
        path.replace(place)


def _write_beside(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            os.fchmod(handle, 0o644)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
