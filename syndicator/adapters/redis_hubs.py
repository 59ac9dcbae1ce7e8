"""Agreements with hubs over the Redis protocol; keys: see ``redis_library``."""

from datetime import datetime, timedelta

import redis.asyncio as aioredis
from msgspec.structs import replace

from syndicator.adapters import records
from syndicator.adapters.redis_calls import RedisCalls, as_hash, as_number, as_value
from syndicator.model.ids import SourceId
from syndicator.model.push import Agreement, Score

# KEYS: agreements, agreed, to-do
# ARGV: token, revision read, source, agreement, due ('' leaves it), 1 if it is wanted.
# Returns 1, or 0 when it was changed meanwhile. The agreement is stored under the next revision.
KEEP = """
local known = redis.call('HGET', KEYS[1], ARGV[1])
local revision = known and string.match(known, '^(%d+) ') or '0'
if revision ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%d ', ARGV[2] + 1) .. ARGV[4])
if ARGV[5] ~= '' then redis.call('ZADD', KEYS[3], ARGV[5], ARGV[1]) end
if ARGV[6] == '1' then
  redis.call('HSET', KEYS[2], ARGV[3], ARGV[1])
elseif redis.call('HGET', KEYS[2], ARGV[3]) == ARGV[1] then
  redis.call('HDEL', KEYS[2], ARGV[3])
end
return 1
"""

# KEYS: agreements, agreed, to-do · ARGV: token, its source.
FORGET = """
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
if redis.call('HGET', KEYS[2], ARGV[2]) == ARGV[1] then redis.call('HDEL', KEYS[2], ARGV[2]) end
return 1
"""

# KEYS: agreements, agreed · ARGV: source. Returns the agreement that is wanted, or nil.
AGREEMENT_OF = """
local token = redis.call('HGET', KEYS[2], ARGV[1])
return token and redis.call('HGET', KEYS[1], token)
"""

# KEYS: agreements, to-do · ARGV: now, lease end, limit. Returns the agreements.
CLAIM_AGREEMENTS = """
local out = {}
local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, token in ipairs(due) do
  redis.call('ZADD', KEYS[2], ARGV[2], token)
  out[#out + 1] = redis.call('HGET', KEYS[1], token)
end
return out
"""

SCRIPTS = {
    "KEEP_AGREEMENT": KEEP,
    "FORGET_AGREEMENT": FORGET,
    "AGREEMENT_OF": AGREEMENT_OF,
    "CLAIM_AGREEMENTS": CLAIM_AGREEMENTS,
}


class RedisHubs(RedisCalls):
    """The part of ``ports.Library`` about hubs."""

    def __init__(self, client: "aioredis.Redis", prefix: str, sources: dict[str, str]) -> None:
        """Add our scripts to those of the whole."""
        super().__init__(client, prefix, {**sources, **SCRIPTS})

    async def agreements(self) -> list[Agreement]:
        """See ``ports.Library``."""
        rows = await self._call(
            "reading agreements", as_hash(self._redis.hgetall(self._key("agreements")))
        )
        return [_unpack(one) for one in rows.values()]

    async def agreement(self, token: str) -> Agreement | None:
        """See ``ports.Library``."""
        found = await self._call(
            "reading an agreement", as_value(self._redis.hget(self._key("agreements"), token))
        )
        return _unpack(found) if found is not None else None

    async def agreement_of(self, source: SourceId) -> Agreement | None:
        """See ``ports.Library``."""
        found = await self._run("AGREEMENT_OF", ["agreements", "agreed"], source)
        return _unpack(found) if found is not None else None

    async def keep_agreement(self, agreement: Agreement, due: datetime | None) -> bool:
        """See ``ports.Library``."""
        kept = await self._run(
            "KEEP_AGREEMENT",
            ["agreements", "agreed", "to-do"],
            agreement.token,
            agreement.revision,
            agreement.source,
            records.pack(replace(agreement, revision=0)),
            "" if due is None else records.millis(due),
            int(agreement.wanted),
        )
        return bool(kept)

    async def forget_agreement(self, token: str) -> None:
        """See ``ports.Library``."""
        known = await self.agreement(token)
        if known is not None:
            keys = ["agreements", "agreed", "to-do"]
            await self._run("FORGET_AGREEMENT", keys, token, known.source)

    async def claim_agreements(
        self, now: datetime, limit: int, lease: timedelta
    ) -> list[Agreement]:
        """See ``ports.Library``."""
        times = records.millis(now), records.millis(now + lease)
        found = await self._run("CLAIM_AGREEMENTS", ["agreements", "to-do"], *times, limit)
        return [_unpack(one) for one in found]

    async def hub_scores(self) -> dict[str, Score]:
        """See ``ports.Library``."""
        rows = await self._call("reading scores", as_hash(self._redis.hgetall(self._key("hubs"))))
        return {hub.decode(): records.unpack_score(one) for hub, one in rows.items()}

    async def set_hub_score(self, hub: str, score: Score) -> None:
        """See ``ports.Library``."""
        await self._call(
            "keeping a score",
            as_number(self._redis.hset(self._key("hubs"), hub, records.pack(score))),
        )


def _unpack(stored: bytes) -> Agreement:
    revision, _, packed = stored.partition(b" ")
    return replace(records.unpack_agreement(packed), revision=int(revision))
