"""What articles said before, and their end, over the Redis protocol; keys: `redis_library`."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec

from syndicator.adapters import records
from syndicator.adapters.redis_ledger import RedisLedger
from syndicator.adapters.redis_rows import ref
from syndicator.model.ids import ArticleId
from syndicator.model.version import History


class RedisHistory(RedisLedger):
    """The part of ``ports.Library`` about earlier versions and retired articles."""

    async def history(self, article: ArticleId) -> History:
        """See ``ports.Library``."""
        pipe = self._redis.pipeline(transaction=False)
        for name in ("versions", "seen"):
            pipe.lrange(self._key(f"{name}:{article}"), 0, -1)
        versions, seen = await self._call("reading the history of an article", pipe.execute())
        return History(
            versions=tuple(map(records.unpack_version, versions)),
            sightings=tuple(map(records.unpack_sighting, seen)),
        )

    async def retire(
        self, articles: Collection[ArticleId], now: datetime, *, standing: bool
    ) -> int:
        """See ``ports.Library``."""
        wanted = list(articles)
        flat: list[Any] = []
        for one, row in zip(
            wanted, await self._known_rows([ref(one) for one in wanted]), strict=True
        ):
            if row is not None:
                known = records.unpack_known(row)
                after = msgspec.structs.replace(known, retired=True, past=())
                flat.extend((one, row, records.pack_known(after)))
        if not flat:
            return 0
        also = "1" if standing else ""
        return int(await self._run("RETIRE", [], self._p, records.millis(now), also, *flat))
