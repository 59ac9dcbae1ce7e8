"""What is known of articles, by their ids, over the Redis protocol; keys: see ``redis_library``."""

from collections.abc import Sequence

from syndicator.adapters import records
from syndicator.adapters.redis_calls import RedisCalls, as_rows
from syndicator.adapters.redis_rows import ref
from syndicator.model.arrival import Known
from syndicator.model.ids import ArticleId


class RedisLedger(RedisCalls):
    """Reads the ledger; it is written by the scripts that store articles."""

    async def _known_of(self, ids: Sequence[ArticleId]) -> list[Known | None]:
        """Return what the ledger knows of each, whether or not its words are still held."""
        rows = await self._known_rows(ids)
        return [records.unpack_known(row) if row is not None else None for row in rows]

    async def _known_rows(self, ids: Sequence[ArticleId]) -> list[bytes | None]:
        """Return the same as it stands there."""
        if not ids:
            return []
        refs = [ref(one) for one in ids]
        return await self._call(
            "reading the ledger", as_rows(self._redis.hmget(self._key("known"), refs))
        )
