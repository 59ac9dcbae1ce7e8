"""Documents into ``feeds/``: atomically, and only when their bytes changed."""

import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from syndicator.errors import PublishError
from syndicator.model.edition import Output
from syndicator.render.packing import ENDINGS, is_packed, packed

AT_ONCE = 12
_TEMPORARY = ".part-"  # hidden, so withdraw and web servers pass it over
_Written = tuple[Path, Path]
"""A file beside its place, and the place."""


class FilePublisher:
    """Implements ``ports.Publisher``. Beside each file stand packed copies for web servers.

    Nothing outside the folder is ever written or removed, whatever a path or a
    symbolic link says.
    """

    def __init__(self, feeds: Path) -> None:
        """Publish under ``feeds``, made when first needed."""
        self._feeds = feeds
        self._pool = ThreadPoolExecutor(AT_ONCE, "flush")  # has no threads until it is used

    def publish(self, outputs: Sequence[Output]) -> tuple[str, ...]:
        """See ``ports.Publisher``. All are on the disk before the first takes its place.

        One that cannot be written keeps no other from its place: a killed article must not
        stand in three formats because of the fourth.
        """
        ready: dict[str, list[_Written]] = {}
        failed: list[PublishError] = []
        for output in outputs:
            try:
                if self._differs(output):
                    ready[output.path] = self._ready(output)
            except PublishError as error:
                failed.append(error)
        every = [one for files in ready.values() for one in files]
        try:
            self._flush([written for written, _ in every])
        except OSError as error:
            _forget(every)
            raise _trouble(self._feeds / next(iter(ready)), error) from error
        for path, files in list(ready.items()):
            try:
                for written, place in files:
                    written.replace(place)
            except OSError as error:
                _forget(files)
                del ready[path]
                failed.append(_trouble(self._feeds / path, error))
        if failed:
            raise failed[0]
        return tuple(ready)

    def _ready(self, output: Output) -> list[_Written]:
        """Write a document and its packed copies beside their places."""
        path = self._feeds / output.path
        made: list[_Written] = []
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            before = int(path.stat().st_mtime) if path.is_file() else None
            copies = packed(output.body)
            beside = {_beside(path, coding): data for coding, data in copies.items()}
            for place, data in {**beside, path: output.body}.items():
                written = _write_beside(place, data)
                made.append((written, place))
                _after(written, before)
        except OSError as error:
            _forget(made)
            raise _trouble(path, error) from error
        return made

    def _differs(self, output: Output) -> bool:
        path = self._feeds / output.path
        self._check_inside(path)
        try:
            return not _stands(path, output.body)
        except OSError:
            return True

    def _flush(self, paths: Sequence[Path]) -> None:
        """Wait until files are on the disk, all at once: a disk writes many as quickly as one."""
        for _ in self._pool.map(_flush, paths):
            pass

    def _check_inside(self, path: Path) -> None:
        """Raise ``PublishError`` for a path that leads out of the folder."""
        if not path.parent.resolve().is_relative_to(self._feeds.resolve()):
            raise PublishError(path, f"{path}: leads out of {self._feeds}; nothing was written")

    def withdraw(self, keep: Callable[[str], bool], under: str = "") -> tuple[str, ...]:
        """See ``ports.Publisher``. Refused folders go too, once empty."""
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
        """See ``ports.Publisher``."""
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


def _trouble(path: Path, error: OSError) -> PublishError:
    text = f"{path}: cannot be written: {error.strerror or error}; the last good feed stays"
    return PublishError(path, text)


def _forget(files: Sequence[_Written]) -> None:
    for written, _ in files:
        written.unlink(missing_ok=True)


def _after(written: Path, before: int | None) -> None:
    """Make a file a second younger than the one before it.

    Who asks by the date alone would never hear of the second change in a second, as of a kill.
    """
    if before is not None and int(written.stat().st_mtime) <= before:
        os.utime(written, (before + 1, before + 1))


def _flush(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


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
