"""Bringing the store of an earlier desk to the form of today, once, before anything else."""

import redis.asyncio as aioredis

from syndicator.adapters.redis_calls import as_value, trouble
from syndicator.adapters.redis_rows import KINDS, slot
from syndicator.model.arrival import Key

FORM = b"2"
"""1: the ledger in 256 buckets for each kind of key. 2: in a million for all together."""


async def upgrade(client: "aioredis.Redis", prefix: str) -> int:
    """Rewrite what an earlier desk stored; return how many keys of its ledger were moved.

    Cut off, it goes on where it was: a bucket goes in the step that writes it anew.
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
                moved += await _move(client, p, names[bucket], kind, bytes([bucket]), rows)
        await as_value(client.hset(f"{p}notes", "form", FORM))
    return moved


async def _move(
    client: "aioredis.Redis", p: str, name: str, kind: str, first: bytes, rows: dict[bytes, bytes]
) -> int:
    if rows:
        pipe = client.pipeline(transaction=True)
        for field, article in rows.items():
            place, short = slot(Key(kind, first + field))
            pipe.hset(f"{p}ledger:{place}", short, article)
        pipe.delete(name)
        await pipe.execute()
    return len(rows)
