"""A store of an earlier desk is brought to the form of today, and nothing returns as new."""

from pathlib import Path
from typing import Any

import redis.asyncio as aioredis

from syndicator.adapters.embedded_store import EmbeddedStore
from syndicator.adapters.redis_library import RedisLibrary
from syndicator.adapters.redis_upgrade import upgrade
from syndicator.compare import identify
from tests.builders import an_article
from tests.contract.test_library import admit, claimed


async def test_the_ledger_of_an_earlier_desk_is_moved_once(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "data", server=None, exclusive=True)
    await store.open()
    client = aioredis.Redis.from_url(store.url)
    library = RedisLibrary(client, "test")
    await admit(library, await claimed(library), an_article())
    keys = identify([(an_article(), "g1")])[0].keys
    before = await library.lookup(keys)
    old = [key for key in keys if key.kind in {"guid", "publisher-guid", "url"}]
    (one,) = {known.id for known in before.values()}
    rows: Any = client.hvals("{test}:known")
    (stands,) = await rows
    blob = stands.partition(b" ")[2]
    await client.delete("{test}:ledger", "{test}:known")
    for key in old:  # as it stood in the first form
        name = f"{{test}}:ledger:{key.kind}:{key.digest[:1].hex()}"
        await client.hset(name, key.digest[1:], one)
    await client.hset(f"{{test}}:article:{one}", mapping={"version": 1, "known": blob})
    assert await library.lookup(keys) == {}
    assert await upgrade(client, "test") == len(old) + 1
    assert await library.lookup(old) == {key: before[key] for key in old}
    assert [name async for name in client.scan_iter("*ledger:*guid:*")] == []
    assert set(await client.hkeys(f"{{test}}:article:{one}")) == {b"meta", b"body", b"topics"}
    assert await upgrade(client, "test") == 0
    await library.close()
    await store.close()
