import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
import redis.asyncio as aioredis

from syndicator.adapters.embedded_store import EmbeddedStore
from syndicator.errors import DataDirError

OWNER = """
import asyncio, sys
from pathlib import Path
from syndicator.adapters.embedded_store import EmbeddedStore
import redis.asyncio as aioredis
async def main():
    store = EmbeddedStore(Path(sys.argv[1]), server=None, exclusive=True)
    await store.open()
    await aioredis.Redis.from_url(store.url).set("kept", "yes")
    print("ready", flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


async def test_two_desks_on_one_folder_is_a_clear_error(tmp_path: Path) -> None:
    first = EmbeddedStore(tmp_path, server=None, exclusive=True)
    await first.open()
    with pytest.raises(DataDirError, match=str(os.getpid())):
        await EmbeddedStore(tmp_path, server=None, exclusive=True).open()
    await first.close()


async def test_a_command_shares_the_store_of_a_desk(tmp_path: Path) -> None:
    desk = EmbeddedStore(tmp_path, server=None, exclusive=True)
    await desk.open()
    command = EmbeddedStore(tmp_path, server=None, exclusive=False)
    await command.open()
    assert await aioredis.Redis.from_url(command.url).ping()
    await command.close()
    assert await aioredis.Redis.from_url(desk.url).ping()
    await desk.close()


async def test_a_killed_desk_leaves_no_orphan_and_loses_nothing(tmp_path: Path) -> None:
    owner = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OWNER, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert owner.stdout is not None
    assert await owner.stdout.readline() == b"ready\n"
    owner.send_signal(signal.SIGKILL)
    await owner.wait()
    again = EmbeddedStore(tmp_path, server=None, exclusive=True)
    await again.open()
    assert await aioredis.Redis.from_url(again.url).get("kept") == b"yes"
    await again.close()


async def test_a_long_path_still_gets_a_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 25) / "data"
    store = EmbeddedStore(deep, server=None, exclusive=True)
    await store.open()
    assert await aioredis.Redis.from_url(store.url).ping()
    await store.close()
