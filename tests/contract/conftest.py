"""One library a backend: in memory, the embedded store, a TCP server with a password."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
import redis.asyncio as aioredis

from syndicator.adapters.embedded_store import EmbeddedStore, find_server
from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.adapters.redis_library import RedisLibrary
from syndicator.ports import Library
from tests.contract.polite import Street, a_street, lead_names_home
from tests.contract.upstream import upstream


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


async def _tcp(folder: Path) -> tuple[asyncio.subprocess.Process, "aioredis.Redis"]:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        find_server(None),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--requirepass",
        "secret",
        "--dir",
        str(folder),
        "--save",
        "",
        stdout=asyncio.subprocess.DEVNULL,
    )
    client = aioredis.Redis.from_url(f"redis://:secret@127.0.0.1:{port}/0")
    for _ in range(500):
        with suppress(aioredis.ConnectionError):
            await client.ping()
            break
        await asyncio.sleep(0.01)
    return process, client


@pytest.fixture(params=["memory", "embedded", "tcp"])
async def library(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Library]:
    if request.param == "memory":
        yield MemoryLibrary()
        return
    if request.param == "embedded":
        store = EmbeddedStore(tmp_path / "data", server=None, exclusive=True)
        await store.open()
        made = RedisLibrary(aioredis.Redis.from_url(store.url), "test")
        yield made
        await made.close()
        await store.close()
        return
    process, client = await _tcp(tmp_path)
    made = RedisLibrary(client, "test")
    yield made
    await made.close()
    process.terminate()
    await process.wait()


@pytest.fixture
async def street(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Street]:
    lead_names_home(monkeypatch)
    async with upstream() as server:
        this = a_street(server, tmp_path)
        yield this
        await this.fetcher.close()
