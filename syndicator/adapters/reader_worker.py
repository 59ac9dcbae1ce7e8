"""The worker's side of ``reader_pool``: read frames, answer frames, end with the input."""

import gc
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from syndicator.adapters.reader_pool import HEADER, Failure, Success, Task, decode_houses
from syndicator.credit import Houses
from syndicator.errors import ReadError
from syndicator.ingest import read

_DECODE = msgspec.msgpack.Decoder(Task)
_ENCODE = msgspec.msgpack.Encoder()


def _limit_memory(megabytes: int) -> None:
    """Bound the address space from here on, where the system can (not on macOS).

    What is taken already does not count: a library may have reserved a gigabyte
    of addresses that it never uses.
    """
    with suppress(ImportError, ValueError, OSError):
        import resource

        limit = (megabytes << 20) + _taken() * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _taken() -> int:
    """Return the pages of the address space in use, 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 0


def _answer(task: Task, houses: Houses) -> bytes:
    """Read a document; what was read must go over the wire too, so its writing may fail like it."""
    try:
        return _ENCODE.encode(Success(read(task.document, task.profile, task.now, houses)))
    except (ReadError, MemoryError) as error:
        if isinstance(error, ReadError) and not isinstance(error.__cause__, MemoryError):
            return _failed(error.kind, str(error))
        return _failed("too-large", f"{task.document.url}: reading it takes too much memory")
    except Exception as error:  # noqa: BLE001 - the edge of the job: a document must not end the worker
        return _failed("unreadable", f"{task.document.url}: {type(error).__name__}: {error}")


def _failed(kind: str, message: str) -> bytes:
    return _ENCODE.encode(Failure(kind, message.encode("utf-8", "replace").decode()))


def _frame(incoming: BinaryIO) -> bytes | None:
    header = incoming.read(HEADER.size)
    return incoming.read(HEADER.unpack(header)[0]) if len(header) == HEADER.size else None


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Read the houses, then answer tasks until the input ends."""
    first = _frame(incoming)
    if first is None:
        return
    houses = Houses(decode_houses(first))
    while (data := _frame(incoming)) is not None:
        data = _answer(_DECODE.decode(data), houses)
        outgoing.write(HEADER.pack(len(data)))
        outgoing.write(data)
        outgoing.flush()


def _collect_seldom() -> None:
    """Look for cycles seldom: a document makes many objects that all die together."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


if __name__ == "__main__":
    _collect_seldom()
    _limit_memory(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer)
