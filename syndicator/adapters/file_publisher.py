"""Documents into ``feeds/``: atomically, and only when their bytes changed."""

import os
import tempfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from syndicator.errors import PublishError
from syndicator.model.edition import Output

GZIP_LEVEL = 3
_TEMPORARY = ".part-"  # hidden, so withdraw and web servers pass it over


class FilePublisher:
    """Implements ``ports.Publisher``. Beside each file stands a gzip copy for web servers."""

    def __init__(self, feeds: Path) -> None:
        """Publish under ``feeds``, made when first needed."""
        self._feeds = feeds

    def publish(self, outputs: Sequence[Output]) -> tuple[str, ...]:
        """See ``ports.Publisher``."""
        return tuple(output.path for output in outputs if self._put(output))

    def _put(self, output: Output) -> bool:
        path = self._feeds / output.path
        try:
            if path.is_file() and path.read_bytes() == output.body:
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            squeezed = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, 31)
            # The copy goes first, so a new file has an old copy beside it for a moment only.
            _replace(
                path.with_name(path.name + ".gz"), squeezed.compress(output.body) + squeezed.flush()
            )
            _replace(path, output.body)
        except OSError as error:
            raise PublishError(
                path,
                f"{path}: cannot be written: {error.strerror or error}; the last good feed stays",
            ) from error
        return True

    def withdraw(self, keep: Callable[[str], bool]) -> tuple[str, ...]:
        """See ``ports.Publisher``."""
        gone = []
        for path in sorted(self._feeds.rglob("*")):
            name = path.relative_to(self._feeds).as_posix()
            if not path.is_file() or path.name.startswith(".") or keep(name.removesuffix(".gz")):
                continue
            try:
                path.unlink()
            except OSError as error:
                raise PublishError(path, f"{path}: cannot be removed: {error.strerror}") from error
            gone.append(name)
        return tuple(gone)


def _replace(path: Path, data: bytes) -> None:
    """Write beside, flush to disk, rename: a crash leaves the old file or the new one, whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
