"""Bringing the store of an earlier desk to the form of today, once, before anything else."""

import redis.asyncio as aioredis

from syndicator.adapters.redis_calls import as_rows, as_value, trouble
from syndicator.adapters.redis_rows import KINDS, field, ref
from syndicator.model.arrival import Key
from syndicator.model.ids import ArticleId

FORM = b"2"
"""1: the ledger in 256 buckets for each kind of key, and what is known of an article in its own
hash. 2: one hash for all keys, and one for all that is known."""
BATCH = 500


async def upgrade(client: "aioredis.Redis", prefix: str) -> int:
    """Rewrite what an earlier desk stored; return how many keys and articles were moved.

    Cut off, it goes on where it was: what is moved goes in the step that writes it anew.
    A store that is new, or of today's form, costs one question.

    Raises:
        LibraryError: the store failed.
    """
    moved, p = 0, "{" + prefix + "}:"
    async with trouble("reading the form of the store"):
        if await as_value(client.hget(f"{p}notes", "form")) == FORM:
            return 0
        for kind in KINDS:
            names = [f"{p}ledger:{kind}:{bucket:02x}" for bucket in range(256)]
            pipe = client.pipeline(transaction=False)
            for name in names:
                pipe.hgetall(name)
            for bucket, rows in enumerate(await pipe.execute()):
                moved += await _move_keys(client, p, names[bucket], kind, bytes([bucket]), rows)
        ids = await as_rows(client.zrange(f"{p}articles", 0, -1))
        for start in range(0, len(ids), BATCH):
            moved += await _move_known(client, p, ids[start : start + BATCH])
        await as_value(client.hset(f"{p}notes", "form", FORM))
    return moved


async def _move_keys(
    client: "aioredis.Redis", p: str, name: str, kind: str, first: bytes, rows: dict[bytes, bytes]
) -> int:
    if rows:
        pipe = client.pipeline(transaction=True)
        for rest, article in rows.items():
            owner = ref(ArticleId(article.decode()))
            pipe.hset(f"{p}ledger", field(Key(kind, first + rest)), owner)
        pipe.delete(name)
        await pipe.execute()
    return len(rows)


async def _move_known(client: "aioredis.Redis", p: str, ids: list[bytes]) -> int:
    pipe = client.pipeline(transaction=False)
    for one in ids:
        pipe.hmget(f"{p}article:{one.decode()}", ["version", "known"])
    rows = await pipe.execute()
    pipe, moved = client.pipeline(transaction=True), 0
    for one, (version, known) in zip(ids, rows, strict=True):
        if known is not None:
            moved += 1
            pipe.hset(f"{p}known", ref(ArticleId(one.decode())), b"%d " % int(version) + known)
            pipe.hdel(f"{p}article:{one.decode()}", "version", "known")
    await pipe.execute()
    return moved
