"""Reading in processes that can be killed: one hostile document costs its worker, never the desk.

Each worker is ``python -m syndicator.adapters.reader_worker``, fed through its
standard input and answering through its standard output. A worker whose desk
dies reads the end of its input and ends. A pool library was tried (pebble):
its workers outlived a killed parent and cost a millisecond a task.
"""

import asyncio
import os
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec

from syndicator.adapters.quarantine import Quarantine
from syndicator.errors import ReadError
from syndicator.ingest import Profile, Reading
from syndicator.model.entry import Document
from syndicator.model.house import House

DEADLY = frozenset({"crashed", "too-slow", "too-large"})
SLOW = 100  # documents kept in mind
HEADER = struct.Struct(">I")


class Task(msgspec.Struct, frozen=True):
    """One document to read."""

    document: Document
    profile: Profile
    now: datetime


class Failure(msgspec.Struct, frozen=True, tag="failure"):
    """Why a document could not be read."""

    kind: str
    message: str


class Success(msgspec.Struct, frozen=True, tag="success"):
    """A document read."""

    reading: Reading


Answer = Success | Failure

_ENCODE = msgspec.msgpack.Encoder()
_DECODE: msgspec.msgpack.Decoder[Success | Failure] = msgspec.msgpack.Decoder(Answer)


def encode_houses(houses: Sequence[House]) -> bytes:
    """Put houses into the first frame that a worker reads."""
    return msgspec.json.encode([house.model_dump(mode="json") for house in houses])


def decode_houses(frame: bytes) -> list[House]:
    """Take them out again."""
    return [House.model_validate(one) for one in msgspec.json.decode(frame)]


class ReaderPool:
    """Implements ``ports.Reader`` over ``workers`` processes, started when first needed."""

    def __init__(
        self,
        *,
        workers: int,
        timeout: timedelta,
        memory_mb: int,
        houses: Sequence[House],
        quarantine: Quarantine | None = None,
    ) -> None:
        """Set the limits: seconds for one document, megabytes of address space for a worker.

        ``houses`` are those whose names the workers know. What ends a worker goes
        to ``quarantine``, and is not read again while it lies there.
        """
        self._houses = encode_houses(houses)
        self._quarantine = quarantine
        self._slow: set[str] = set()
        self._limit = workers or os.cpu_count() or 1
        self._timeout = timeout.total_seconds()
        self._memory = memory_mb
        self._free: list[asyncio.subprocess.Process] = []
        self._seats = asyncio.Semaphore(self._limit)
        self._all: set[asyncio.subprocess.Process] = set()

    async def read(self, document: Document, profile: Profile, now: datetime) -> Reading:
        """See ``ports.Reader``."""
        lies = self._quarantine.holds(document) if self._quarantine else None
        if lies is not None:
            raise ReadError(
                "quarantined",
                f"{document.url}: this document ended its reader before; it lies in {lies}",
            )
        payload = _ENCODE.encode(Task(document, profile, now))
        try:
            async with self._seats:
                return await self._reading(document.url, payload)
        except ReadError as error:
            raise await self._put_away(document, profile, error, now) from error

    async def _reading(self, url: str, payload: bytes) -> Reading:
        reply = await self._reply(url, payload)
        if isinstance(reply, Failure):
            raise ReadError(reply.kind, reply.message)
        return reply.reading

    async def _put_away(
        self, document: Document, profile: Profile, error: ReadError, now: datetime
    ) -> ReadError:
        """Keep what cost a worker its life, and say where; any other error stays as it is.

        What is too slow is tried once more: a machine has its bad minutes.
        """
        if self._quarantine is None or error.kind not in DEADLY:
            return error
        if error.kind == "too-slow" and document.digest not in self._slow:
            self._slow = {*list(self._slow)[-SLOW:], document.digest}
            return error
        put = self._quarantine.put
        path = await asyncio.to_thread(put, document, profile.source, str(error), now)
        return ReadError(error.kind, f"{error}; it is kept in {path}") if path else error

    async def _reply(self, url: str, payload: bytes) -> Answer:
        while True:
            used = bool(self._free)
            worker = self._free.pop() if used else await self._start()
            try:
                answer = await asyncio.wait_for(_ask(worker, payload), self._timeout)
            except BaseException as error:
                await self._kill(worker)
                if isinstance(error, TimeoutError):
                    raise ReadError(
                        "too-slow", f"{url}: reading took over {self._timeout:g} s"
                    ) from error
                if isinstance(error, asyncio.IncompleteReadError | OSError):
                    if used:
                        continue  # it may have died since its last document; a fresh one tells
                    raise ReadError(
                        "crashed", f"{url}: reading it ended the reader (memory or crash)"
                    ) from error
                raise
            reply = _DECODE.decode(answer)
            if isinstance(reply, Failure) and reply.kind == "too-large":
                await self._kill(worker)  # what it took is seldom given back
            else:
                self._free.append(worker)
            return reply

    async def _start(self) -> asyncio.subprocess.Process:
        worker = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "syndicator.adapters.reader_worker",
            str(self._memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=1 << 22,
            start_new_session=True,
        )
        self._all.add(worker)
        if worker.stdin is not None:
            worker.stdin.write(HEADER.pack(len(self._houses)) + self._houses)
        return worker

    async def _kill(self, worker: asyncio.subprocess.Process) -> None:
        self._all.discard(worker)
        with suppress(ProcessLookupError):
            worker.kill()
        await worker.wait()

    async def close(self) -> None:
        """See ``ports.Reader``."""
        for worker in list(self._all):
            await self._kill(worker)
        self._free.clear()


async def _ask(worker: asyncio.subprocess.Process, payload: bytes) -> bytes:
    if worker.stdin is None or worker.stdout is None:
        raise OSError("a worker without pipes")
    worker.stdin.write(HEADER.pack(len(payload)))
    worker.stdin.write(payload)
    await worker.stdin.drain()
    (size,) = HEADER.unpack(await worker.stdout.readexactly(HEADER.size))
    return await worker.stdout.readexactly(size)
