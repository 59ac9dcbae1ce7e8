"""Documents into ``feeds/``: atomically, and only when their bytes changed."""

import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from syndicator.errors import PublishError
from syndicator.model.edition import Output
from syndicator.render.packing import ENDINGS, is_packed, packed

_TEMPORARY = ".part-"  # hidden, so withdraw and web servers pass it over


class FilePublisher:
    """Implements ``ports.Publisher``. Beside each file stand packed copies for web servers.

    Nothing outside the folder is ever written or removed, whatever a path or a
    symbolic link says.
    """

    def __init__(self, feeds: Path) -> None:
        """Publish under ``feeds``, made when first needed."""
        self._feeds = feeds

    def publish(self, outputs: Sequence[Output]) -> tuple[str, ...]:
        """See ``ports.Publisher``."""
        written, failed = [], None
        for output in outputs:
            try:
                if self._put(output):
                    written.append(output.path)
            except PublishError as error:  # it keeps no killed article in the others
                failed = failed or error
        if failed is not None:
            raise failed
        return tuple(written)

    def _put(self, output: Output) -> bool:
        path = self._feeds / output.path
        try:
            self._check_inside(path)
            if _stands(path, output.body):
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            before = int(path.stat().st_mtime) if path.is_file() else None
            copies = packed(output.body)
            beside = {_beside(path, coding): data for coding, data in copies.items()}
            _replace({**beside, path: output.body}, before)
        except OSError as error:
            raise PublishError(
                path,
                f"{path}: cannot be written: {error.strerror or error}; the last good feed stays",
            ) from error
        return True

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


def _replace(files: dict[Path, bytes], before: int | None) -> None:
    """Write all beside their places and flush to disk, then rename one after the other.

    They are a second younger than what stood there at least (``before``): who asks by the
    date alone would else never hear of the second change in a second, as of a kill.

    A crash or a full disk leaves each old file or the new one, whole; the
    moment in which one is new and the other old is that between two renames.
    """
    ready: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            written = ready[path] = _write_beside(path, data)
            if before is not None and int(written.stat().st_mtime) <= before:
                os.utime(written, (before + 1, before + 1))
        for path, written in ready.items():
            written.replace(path)
    except OSError:
        for written in ready.values():
            written.unlink(missing_ok=True)
        raise


def _write_beside(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
