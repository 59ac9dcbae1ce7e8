"""Documents into ``feeds/``: atomically, and only when their bytes changed."""

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from stat import S_ISREG
from typing import Any

import msgspec

from syndicator.adapters.packer import Packer
from syndicator.errors import PublishError
from syndicator.model.edition import Output
from syndicator.render.packing import ENDING, is_gzip_of

AT_ONCE = 8
LARGE = 100_000
"""From a document of more bytes on they are written side by side; else the threads cost more."""
_LEFT = ".zst"  # copies that an earlier desk packed so: they would never change again
_MODE = 0o644
_UNFINISHED = 3600  # seconds; writing one takes less than one
_TEMPORARY = ".part-"  # hidden, so withdraw and web servers pass it over
_Data = Callable[[], bytes]


class FilePublisher:
    """Implements ``ports.publisher.Publisher``. Beside each file stands a copy, packed.

    Nothing outside the folder is ever written or removed, whatever a path or a
    symbolic link says.
    """

    def __init__(self, feeds: Path) -> None:
        """Publish under ``feeds``, made when first needed."""
        self._feeds = feeds
        self._packer = Packer()
        self._pool = ThreadPoolExecutor(AT_ONCE, "flush")  # has no threads until it is used

    def publish(self, outputs: Iterable[Output]) -> tuple[str, ...]:
        """See ``ports.publisher.Publisher``.

        All are on the disk before the first takes its place. One that cannot be
        written keeps no other back: there may be a killed article in what stands.
        """
        written, failed = [], None
        ready: dict[str, list[Future[_Beside]]] = {}
        placed: set[str] = set()
        inside: set[Path] = set()
        begin: _Begin = _at_once
        try:
            for output in outputs:
                if len(output.body) > LARGE:
                    begin = self._pool.submit
                try:
                    ready[output.path] = self._begun(output, begin, inside)
                except PublishError as error:
                    failed = failed or error
            wait([one for files in ready.values() for one in files])
            for name, files in ready.items():
                try:
                    if _take_places(files, placed):
                        written.append(name)
                except OSError as error:
                    failed = failed or _cannot(self._feeds / name, error)
        finally:
            for files in ready.values():
                for one in _clear_away(files, placed):
                    self._pool.submit(os.close, one)
        if failed is not None:
            raise failed
        return tuple(written)

    def _begun(self, output: Output, begin: "_Begin", inside: set[Path]) -> "list[Future[_Beside]]":
        """Begin to write a document and its packed copy beside their places; none that stands.

        ``inside`` are folders that were found to lie in ours; that of the document joins them.

        They are a second younger than what stood there at least: who asks by the date alone
        would else never hear of the second change in a second, as of a kill.
        """
        path = self._feeds / output.path
        if path.parent not in inside:
            self._check_inside(path)
            inside.add(path.parent)
        try:
            found = _found(path)
            if found is not None and _stands(path, found, output.body):
                return []
        except OSError as error:
            raise _cannot(path, error) from error
        before = int(found.st_mtime) if found is not None else None
        # The document itself takes its place last.
        return [
            begin(_write_beside, _beside(path), lambda: self._packer.gzip(output), before),
            begin(_write_beside, path, lambda: output.body, before),
        ]

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
        """See ``ports.publisher.Publisher``. Refused folders go too, once empty.

        So does what a process that died was writing.
        """
        gone = []
        self._check_inside(self._feeds / under / "any")
        _clear_unfinished(self._feeds / under)
        for folder, _, names in os.walk(self._feeds / under, topdown=False):  # follows no link
            for name in sorted(names):
                path = Path(folder) / name
                relative = path.relative_to(self._feeds).as_posix()
                if not name.startswith(".") and (name.endswith(_LEFT) or not keep(_of(relative))):
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


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ENDING)


def _of(path: str) -> str:
    """Return which document a packed copy is of."""
    return path.removesuffix(ENDING)


def _found(path: Path) -> os.stat_result | None:
    """Look at the file that stands in a place; where nothing does, make its folder."""
    try:
        found = path.stat()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return None
    return found if S_ISREG(found.st_mode) else None


def _stands(path: Path, found: os.stat_result, body: bytes) -> bool:
    """Whether a file that was found and the packed copy of it say this and nothing else."""
    if found.st_size != len(body) or path.read_bytes() != body:
        return False
    copy = _beside(path)
    return copy.is_file() and is_gzip_of(copy.read_bytes(), body)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)  # another process may have been quicker
    except OSError as error:
        raise PublishError(path, f"{path}: cannot be removed: {error.strerror}") from error


def _clear_unfinished(folder: Path) -> None:
    """Remove files half written that are an hour older than the newest file beside them."""
    times: dict[Path, float] = {}
    for place, _, names in os.walk(folder):  # follows no link
        for name in names:
            with suppress(OSError):  # another process may have been quicker
                times[Path(place, name)] = Path(place, name).lstat().st_mtime
    newest = max(times.values(), default=0.0)
    for path, time in times.items():
        if path.name.startswith(_TEMPORARY) and newest - time > _UNFINISHED:
            _remove(path)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _cannot(path: Path, error: OSError) -> PublishError:
    why = error.strerror or error
    return PublishError(path, f"{path}: cannot be written: {why}; the last good feed stays")


class _Beside(msgspec.Struct, frozen=True):
    """A file that is written and on the disk, under a name of its own, and the place it is for."""

    written: str
    place: str
    last: int | None
    """An open handle of what stood there. To remove a file's blocks takes longer than all else, and
    happens when its last handle is closed: then nobody waits for it."""


_Begin = Callable[..., Future[_Beside]]
"""Begins a call: beside others, or at once."""


def _at_once(write: Callable[..., _Beside], *told: Any) -> Future[_Beside]:
    """Do it before this returns."""
    done: Future[_Beside] = Future()
    try:
        done.set_result(write(*told))
    except OSError as error:
        done.set_exception(error)
    return done


def _write_beside(path: Path, data: _Data, before: int | None) -> _Beside:
    """Write what is to stand in a place, and wait until it is on the disk.

    ``before`` is when what stands there was new, if anything does.

    Raises:
        OSError: it cannot be written; nothing is left of it.
    """
    said = data()
    name = f"{path.parent}{os.sep}{_TEMPORARY}{token_hex(8)}"
    # Calls of the system alone: of a thousand topics eight thousand files are written in a go.
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _MODE)
    try:
        try:
            _write(handle, said)
            found = os.fstat(handle)
            if found.st_mode & 0o777 != _MODE:  # what the process may give away is less
                os.fchmod(handle, _MODE)
            if before is not None and int(found.st_mtime) <= before:
                os.utime(handle, (before + 1, before + 1))
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return _Beside(name, str(path), _opened(path))


def _opened(path: Path) -> int | None:
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return None


def _write(handle: int, data: bytes) -> None:
    """Write all of it: a call may take less than it is given."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _take_places(files: "Sequence[Future[_Beside]]", placed: set[str]) -> bool:
    """Let files take the places of those that stand there; return whether there was one.

    Those that did are added to ``placed``.

    A crash or a full disk leaves each old file or the new one, whole; the
    moment in which one is new and the other old is that between two renames.

    Raises:
        OSError: one could not be written, and then none takes its place.
    """
    for one in [each.result() for each in files]:
        os.replace(one.written, one.place)  # noqa: PTH105 - see above
        placed.add(one.written)
    return bool(files)


def _clear_away(files: "Sequence[Future[_Beside]]", placed: Collection[str]) -> list[int]:
    """Remove what was written and took no place; return the handles that are to be closed."""
    done = [one.result() for one in files if one.exception() is None]
    for one in done:
        if one.written not in placed:
            Path(one.written).unlink(missing_ok=True)
    return [one.last for one in done if one.last is not None]
