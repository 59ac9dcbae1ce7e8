"""What pollers must agree on about hosts, over the Redis protocol; keys: see ``redis_library``."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from syndicator.adapters import records
from syndicator.adapters.redis_calls import RedisCalls, as_hash
from syndicator.model.polling import Limit


class RedisHosts(RedisCalls):
    """The part of ``ports.Library`` that keeps desks of one store polite together."""

    async def limits(self) -> dict[str, Limit]:
        """See ``ports.Library``."""
        rows = await self._call("reading limits", as_hash(self._redis.hgetall(self._key("limits"))))
        return {name.decode(): records.unpack_limit(one) for name, one in rows.items()}

    async def set_limits(self, limits: Mapping[str, Limit | None]) -> None:
        """See ``ports.Library``."""
        if not limits:
            return
        pipe = self._redis.pipeline(transaction=True)
        for name, one in limits.items():
            if one is None:
                pipe.hdel(self._key("limits"), name)
            else:
                pipe.hset(self._key("limits"), name, records.pack(one))
        await self._call("keeping limits", pipe.execute())

    async def take_turn(self, host: str, now: datetime, interval: timedelta) -> datetime:
        """See ``ports.Library``."""
        length = round(interval.total_seconds() * 1000)
        at = await self._run("TAKE_TURN", ["turns"], host, records.millis(now), length)
        return records.moment(at)
