"""Listeners of the desk's own hub over the Redis protocol; keys: see ``redis_library``."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import redis.asyncio as aioredis

from syndicator.adapters import records
from syndicator.adapters.redis_calls import RedisCalls, as_hash, as_number
from syndicator.errors import LibraryError
from syndicator.model.listener import Hearing, Listener, Request, Telling

# KEYS: requests, to-ask · ARGV: id, request, due, how many may wait. Returns 1, or 0.
ADD_REQUEST = """
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0
  and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return 1
"""

# KEYS: requests, to-ask · ARGV: now, lease end, limit. Returns the requests.
CLAIM_REQUESTS = """
local out = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  redis.call('ZADD', KEYS[2], ARGV[2], id)
  out[#out + 1] = redis.call('HGET', KEYS[1], id)
end
return out
"""

# KEYS: requests, to-ask · ARGV: id.
DROP_REQUEST = """
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return 1
"""

# KEYS: listeners, leases, callers, to-tell · ARGV: prefix, id, host, document, listener, lease
# end, now, how many there may be, how many of a host. Returns 1, or 0 for one too many.
KEEP_LISTENER = """
local known = redis.call('HGET', KEYS[1], ARGV[2])
local host = known and string.match(known, '^(%S*) ') or ARGV[3]
if not known then
  if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[8]) then return 0 end
  if tonumber(redis.call('HGET', KEYS[3], host) or 0) >= tonumber(ARGV[9]) then return 0 end
  redis.call('HINCRBY', KEYS[3], host, 1)
  redis.call('SADD', ARGV[1] .. 'listening:' .. ARGV[4], ARGV[2])
end
redis.call('HSET', KEYS[1], ARGV[2], host .. ' ' .. ARGV[4] .. ' ' .. ARGV[5])
redis.call('ZADD', KEYS[2], ARGV[6], ARGV[2])
redis.call('ZADD', KEYS[4], 'XX', 'LT', ARGV[7], ARGV[2])
return 1
"""

_END = """
local function finish(p, id)
  local known = redis.call('HGET', KEYS[1], id)
  if not known then return 0 end
  local host, document = string.match(known, '^(%S*) (%S*) ')
  redis.call('HDEL', KEYS[1], id)
  redis.call('ZREM', KEYS[2], id)
  if redis.call('HINCRBY', KEYS[3], host, -1) < 1 then redis.call('HDEL', KEYS[3], host) end
  redis.call('ZREM', KEYS[4], id)
  redis.call('HDEL', KEYS[5], id)
  redis.call('SREM', p .. 'listening:' .. document, id)
  return 1
end
"""

# KEYS: listeners, leases, callers, to-tell, heard · ARGV: prefix, id. Returns how many there were.
END_LISTENER = f"{_END}\nreturn finish(ARGV[1], ARGV[2])"

# KEYS: the same · ARGV: prefix, now, limit. Returns how many ended.
END_LAPSED = f"""{_END}
local over = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[2], 'LIMIT', 0, ARGV[3])
for _, id in ipairs(over) do finish(ARGV[1], id) end
return #over
"""

# KEYS: announced, to-tell · ARGV: prefix, now, then document and digest of each.
# Returns how many listeners hear of it.
ANNOUNCE = """
local count = 0
for i = 3, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) ~= ARGV[i + 1] then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    for _, id in ipairs(redis.call('SMEMBERS', ARGV[1] .. 'listening:' .. ARGV[i])) do
      redis.call('ZADD', KEYS[2], 'NX', ARGV[2], id)
      count = count + 1
    end
  end
end
return count
"""

# KEYS: to-tell, listeners, heard, announced · ARGV: now, lease end, limit.
# Returns, for each, the listener, how telling it went, and the digest.
CLAIM_TELLINGS = """
local out = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  local known = redis.call('HGET', KEYS[2], id)
  redis.call('ZADD', KEYS[1], ARGV[2], id)
  out[#out + 1] = known
  out[#out + 1] = redis.call('HGET', KEYS[3], id) or ''
  out[#out + 1] = redis.call('HGET', KEYS[4], string.match(known, '^%S* (%S*) ')) or ''
end
return out
"""

# KEYS: to-tell, listeners, heard, announced · ARGV: for each: id, document, the digest it was
# told of, how that went, due ('' for the next change), now.
FINISH_TELLINGS = """
for i = 1, #ARGV, 6 do
  local id = ARGV[i]
  if redis.call('HEXISTS', KEYS[2], id) == 1 then
    redis.call('HSET', KEYS[3], id, ARGV[i + 3])
    if ARGV[i + 4] ~= '' then
      redis.call('ZADD', KEYS[1], ARGV[i + 4], id)
    elseif redis.call('HGET', KEYS[4], ARGV[i + 1]) == ARGV[i + 2] then
      redis.call('ZREM', KEYS[1], id)
    else
      redis.call('ZADD', KEYS[1], ARGV[i + 5], id)
    end
  end
end
return 1
"""

SCRIPTS = {
    "ADD_REQUEST": ADD_REQUEST,
    "CLAIM_REQUESTS": CLAIM_REQUESTS,
    "DROP_REQUEST": DROP_REQUEST,
    "KEEP_LISTENER": KEEP_LISTENER,
    "END_LISTENER": END_LISTENER,
    "END_LAPSED": END_LAPSED,
    "ANNOUNCE": ANNOUNCE,
    "CLAIM_TELLINGS": CLAIM_TELLINGS,
    "FINISH_TELLINGS": FINISH_TELLINGS,
}
GATHER_SECONDS = 0.005
_LISTENING = ["listeners", "leases", "callers", "to-tell", "heard"]
_TELLING = ["to-tell", "listeners", "heard", "announced"]


class RedisListeners(RedisCalls):
    """The part of ``ports.Library`` about listeners."""

    def __init__(self, client: "aioredis.Redis", prefix: str, sources: dict[str, str]) -> None:
        """Add our scripts to those of the whole."""
        super().__init__(client, prefix, {**sources, **SCRIPTS})
        self._told: list[tuple[tuple[Any, ...], asyncio.Future[None]]] = []
        self._finishing: set[asyncio.Task[None]] = set()

    async def add_request(self, request: Request, due: datetime, most: int) -> bool:
        """See ``ports.Library``."""
        packed, at = records.pack(request), records.millis(due)
        keys = ["requests", "to-ask"]
        return bool(await self._run("ADD_REQUEST", keys, request.id, packed, at, most))

    async def claim_requests(self, now: datetime, limit: int, lease: timedelta) -> list[Request]:
        """See ``ports.Library``."""
        times = records.millis(now), records.millis(now + lease)
        found = await self._run("CLAIM_REQUESTS", ["requests", "to-ask"], *times, limit)
        return [records.unpack_request(one) for one in found]

    async def drop_request(self, request: str) -> None:
        """See ``ports.Library``."""
        await self._run("DROP_REQUEST", ["requests", "to-ask"], request)

    async def keep_listener(
        self, listener: Listener, now: datetime, *, most: int, most_of_host: int
    ) -> bool:
        """See ``ports.Library``."""
        kept = await self._run(
            "KEEP_LISTENER",
            _LISTENING[:4],
            self._p,
            listener.id,
            listener.host,
            listener.document,
            records.pack(listener),
            "+inf" if listener.until is None else records.millis(listener.until),
            records.millis(now),
            most,
            most_of_host,
        )
        return bool(kept)

    async def end_listener(self, listener: str) -> bool:
        """See ``ports.Library``."""
        return bool(await self._run("END_LISTENER", _LISTENING, self._p, listener))

    async def end_lapsed(self, now: datetime, limit: int) -> int:
        """See ``ports.Library``."""
        return int(await self._run("END_LAPSED", _LISTENING, self._p, records.millis(now), limit))

    async def listeners(self) -> list[tuple[Listener, Hearing]]:
        """See ``ports.Library``."""
        rows = await self._call(
            "reading listeners", as_hash(self._redis.hgetall(self._key("listeners")))
        )
        heard = await self._call(
            "reading listeners", as_hash(self._redis.hgetall(self._key("heard")))
        )
        return [(_unpack(one), _hearing(heard.get(key))) for key, one in rows.items()]

    async def count_listeners(self) -> int:
        """See ``ports.Library``."""
        return await self._call(
            "counting listeners", as_number(self._redis.hlen(self._key("listeners")))
        )

    async def listened_to(self, documents: Sequence[str]) -> frozenset[str]:
        """See ``ports.Library``."""
        pipe = self._redis.pipeline(transaction=False)
        for one in documents:
            pipe.exists(self._key(f"listening:{one}"))
        found = await self._call("looking for listeners", pipe.execute())
        return frozenset(one for one, there in zip(documents, found, strict=True) if there)

    async def announce(self, documents: Mapping[str, str], now: datetime) -> int:
        """See ``ports.Library``."""
        flat = [part for pair in sorted(documents.items()) for part in pair]
        keys = ["announced", "to-tell"]
        return int(await self._run("ANNOUNCE", keys, self._p, records.millis(now), *flat))

    async def claim_tellings(self, now: datetime, limit: int, lease: timedelta) -> list[Telling]:
        """See ``ports.Library``."""
        times = records.millis(now), records.millis(now + lease)
        flat = await self._run("CLAIM_TELLINGS", _TELLING, *times, limit)
        return [
            Telling(
                listener=_unpack(flat[i]),
                hearing=_hearing(flat[i + 1]),
                announced=flat[i + 2].decode(),
            )
            for i in range(0, len(flat), 3)
        ]

    async def finish_telling(
        self, telling: Telling, hearing: Hearing, due: datetime | None, now: datetime
    ) -> None:
        """See ``ports.Library``. Those that end together share one round trip."""
        row = (
            telling.listener.id,
            telling.listener.document,
            telling.announced,
            records.pack(hearing),
            "" if due is None else records.millis(due),
            records.millis(now),
        )
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._told.append((row, done))
        if len(self._told) == 1:
            task = asyncio.create_task(self._finish_told())
            self._finishing.add(task)
            task.add_done_callback(self._finishing.discard)
        await done

    async def _finish_told(self) -> None:
        """Finish all that ended within a moment in one round trip."""
        await asyncio.sleep(GATHER_SECONDS)
        told, self._told = self._told, []
        flat = [part for row, _ in told for part in row]
        error: LibraryError | None = None
        try:
            await self._run("FINISH_TELLINGS", _TELLING, *flat)
        except LibraryError as met:
            error = met
        for _, done in told:
            if not done.done():
                done.set_exception(error) if error is not None else done.set_result(None)


def _unpack(stored: bytes) -> Listener:
    return records.unpack_listener(stored.split(b" ", 2)[2])


def _hearing(stored: bytes | None) -> Hearing:
    return records.unpack_hearing(stored) if stored else Hearing()
