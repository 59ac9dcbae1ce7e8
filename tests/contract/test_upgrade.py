"""A store of an earlier desk is brought to the form of today, and nothing returns as new."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import redis.asyncio as aioredis

from syndicator.adapters import records
from syndicator.adapters.embedded_store import EmbeddedStore
from syndicator.adapters.redis_library import RedisLibrary
from syndicator.adapters.redis_upgrade import upgrade
from syndicator.compare import identify
from syndicator.ports import Claim
from tests.builders import NOW, an_article
from tests.contract.test_library import LEASE, SOURCE, admit, claimed


async def claimed_again(library: RedisLibrary) -> Claim:
    (claim,) = await library.claim([SOURCE], NOW + 2 * LEASE, LEASE)
    return claim


@pytest.fixture
async def client(tmp_path: Path) -> "AsyncIterator[aioredis.Redis]":
    store = EmbeddedStore(tmp_path / "data", server=None, exclusive=True)
    await store.open()
    made = aioredis.Redis.from_url(store.url)
    yield made
    await made.aclose()
    await store.close()


async def test_the_ledger_of_an_earlier_desk_is_moved_once(client: "aioredis.Redis") -> None:
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
    assert set(await client.hkeys(f"{{test}}:article:{one}")) == {
        b"meta",
        b"body",
        b"stamp",
        b"topics",
    }
    assert await upgrade(client, "test") == 0


async def test_an_article_of_an_earlier_desk_has_no_stamp_and_is_read_all_the_same(
    client: "aioredis.Redis",
) -> None:
    library = RedisLibrary(client, "test")
    await admit(library, await claimed(library), an_article())
    (one,) = await library.newest(limit=1)
    await client.hdel(f"{{test}}:article:{one}", "stamp")
    (first,) = await library.articles([one])
    (again,) = await library.articles([one])
    assert again is first
    other = msgspec.structs.replace(first, headline="Changed behind its back")
    await client.hset(f"{{test}}:article:{one}", "meta", records.pack_article(other)[0])
    assert [row.headline for row in await library.articles([one])] == [other.headline]


async def test_articles_of_a_store_that_was_emptied_are_not_mistaken_for_those_before(
    client: "aioredis.Redis",
) -> None:
    library = RedisLibrary(client, "test")
    await admit(library, await claimed(library), an_article())
    (one,) = await library.newest(limit=1)
    assert [row.headline for row in await library.articles([one])] == ["Night ferry sails again"]
    await client.flushall()
    assert await library.articles([one]) == []
    await admit(library, await claimed(library), an_article(headline="Another desk's"))
    assert await library.newest(limit=1) == [one]
    assert [row.headline for row in await library.articles([one])] == ["Another desk's"]


async def test_articles_of_a_store_that_fell_back_are_not_mistaken_for_those_it_lost(
    client: "aioredis.Redis",
) -> None:
    library = RedisLibrary(client, "test")
    await admit(
        library,
        await claimed(library),
        an_article(guid="first", link="https://harbour.example/one"),
    )
    before = {key: await client.dump(key) async for key in client.scan_iter("*")}
    lost = an_article(guid="second", link="https://harbour.example/two", headline="Lost")
    await admit(library, await claimed_again(library), lost)
    names = await library.newest(limit=2)
    assert "Lost" in {row.headline for row in await library.articles(names)}
    await client.flushall()
    for key, value in before.items():
        await client.restore(key, 0, value or b"")
    other = msgspec.structs.replace(lost, headline="Another")
    await admit(library, await claimed_again(library), other)
    assert sorted(await library.newest(limit=2)) == sorted(names)
    assert "Another" in {row.headline for row in await library.articles(names)}
