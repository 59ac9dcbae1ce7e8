"""Documents into ``feeds/``: atomically, and only when their bytes changed."""

import os
import tempfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from syndicator.errors import PublishError
from syndicator.model.edition import Output

GZIP_LEVEL = 3  # on feeds, level 5 saves 7 % of the bytes for 65 % more time
_GZIP = 31  # window bits: a gzip stream whose header names no file and no time (RFC 1952)
_TEMPORARY = ".part-"  # hidden, so withdraw and web servers pass it over


class FilePublisher:
    """Implements ``ports.Publisher``. Beside each file stands a gzip copy for web servers.

    Nothing outside the folder is ever written or removed, whatever a path or a
    symbolic link says.
    """

    def __init__(self, feeds: Path) -> None:
        """Publish under ``feeds``, made when first needed."""
        self._feeds = feeds

    def publish(self, outputs: Sequence[Output]) -> tuple[str, ...]:
        """See ``ports.Publisher``."""
        return tuple(output.path for output in outputs if self._put(output))

    def _put(self, output: Output) -> bool:
        path = self._feeds / output.path
        packed = path.with_name(path.name + ".gz")
        try:
            self._check_inside(path)
            if _stands(path, output.body) and _packs(packed, output.body):
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            squeezed = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP)
            _replace({packed: squeezed.compress(output.body) + squeezed.flush(), path: output.body})
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

    def withdraw(self, keep: Callable[[str], bool]) -> tuple[str, ...]:
        """See ``ports.Publisher``. Refused folders go too, once empty."""
        gone = []
        for folder, _, names in os.walk(self._feeds, topdown=False):  # never follows a link out
            for name in sorted(names):
                path = Path(folder) / name
                relative = path.relative_to(self._feeds).as_posix()
                if not name.startswith(".") and not keep(relative.removesuffix(".gz")):
                    _remove(path)
                    gone.append(relative)
            if Path(folder) != self._feeds and not keep(
                Path(folder).relative_to(self._feeds).as_posix()
            ):
                _remove_if_empty(Path(folder))
        return tuple(sorted(gone))


def _stands(path: Path, body: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(body) and path.read_bytes() == body


def _packs(packed: Path, body: bytes) -> bool:
    """Whether the gzip copy is of these bytes, by the check sum and size at its end."""
    if not packed.is_file():
        return False
    ending = zlib.crc32(body).to_bytes(4, "little") + (len(body) % 2**32).to_bytes(4, "little")
    return packed.read_bytes().endswith(ending)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)  # another process may have been quicker
    except OSError as error:
        raise PublishError(path, f"{path}: cannot be removed: {error.strerror}") from error


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _replace(files: dict[Path, bytes]) -> None:
    """Write all beside their places and flush to disk, then rename one after the other.

    A crash or a full disk leaves each old file or the new one, whole; the
    moment in which one is new and the other old is that between two renames.
    """
    ready: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            ready[path] = _write_beside(path, data)
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
