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
        """See ``ports.Publisher``. All are on the disk before the first takes its place."""
        changed = [output for output in outputs if self._differs(output)]
        ready: list[tuple[Path, Path]] = []
        path = self._feeds
        try:
            for output in changed:
                path = self._feeds / output.path
                path.parent.mkdir(parents=True, exist_ok=True)
                copies = packed(output.body)
                beside = {_beside(path, coding): data for coding, data in copies.items()}
                for place, data in {**beside, path: output.body}.items():
                    ready.append((_write_beside(place, data), place))
            self._flush([written for written, _ in ready])
            for written, path in ready:
                written.replace(path)
        except OSError as error:
            for written, _ in ready:
                written.unlink(missing_ok=True)
            raise PublishError(
                path,
                f"{path}: cannot be written: {error.strerror or error}; the last good feed stays",
            ) from error
        return tuple(output.path for output in changed)

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

    def withdraw(self, keep: Callable[[str], bool]) -> tuple[str, ...]:
        """See ``ports.Publisher``. Refused folders go too, once empty."""
        gone = []
        for folder, _, names in os.walk(self._feeds, topdown=False):  # never follows a link out
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
