"""Articles as they stand in the library, over the Redis protocol; keys: see ``redis_library``."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import redis.asyncio as aioredis

from syndicator.adapters import records
from syndicator.adapters.decoded import UNKNOWN, Decoded
from syndicator.adapters.lua_parts import ROW
from syndicator.adapters.redis_calls import RedisCalls, as_page, as_rows, as_value, trouble
from syndicator.model.article import Article
from syndicator.model.ids import ArticleId, TopicId

BATCH = 200
# ARGV: prefix, then ids of articles with blanks between, each with the stamp under which the caller
# knows it ('-' for none).
READ = (
    ROW
    + """
local out = {}
for id, known in string.gmatch(ARGV[2], '(%S+) (%S+)') do
  out[#out + 1] = row(ARGV[1], id, known)
end
return out
"""
)

# ARGV: prefix, then ids of articles with blanks between. Returns meta of each, or nothing.
READ_BARE = """
local out = {}
for id in string.gmatch(ARGV[2], '%S+') do
  out[#out + 1] = redis.call('HGET', ARGV[1] .. 'article:' .. id, 'meta')
end
return out
"""


class RedisArticles(RedisCalls):
    """The part of ``ports.Library`` that reads articles; scripts that file them write them."""

    def __init__(self, client: "aioredis.Redis", prefix: str, sources: dict[str, str]) -> None:
        """Add our script to those of the whole."""
        super().__init__(client, prefix, {**sources, "READ": READ, "READ_BARE": READ_BARE})
        self._decoded = Decoded()

    async def article(self, article: ArticleId) -> Article | None:
        """See ``ports.Library``."""
        found = await self.articles([article])
        return found[0] if found else None

    async def articles(self, ids: Sequence[ArticleId], *, bodies: bool = True) -> list[Article]:
        """See ``ports.Library``. Of articles that are as they were read last nothing is sent."""
        found: list[Article] = []
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            found += await (self._whole(some) if bodies else self._bare(some))
        return found

    async def _whole(self, ids: Sequence[ArticleId]) -> list[Article]:
        known = self._decoded.known(ids)
        stamps = (known[one].stamp if one in known else UNKNOWN for one in ids)
        asked = b" ".join(
            b"%s %s" % (one.encode(), stamp) for one, stamp in zip(ids, stamps, strict=True)
        )
        rows = await self._run("READ", [], self._p, asked)
        return self._decoded.articles(ids, rows, known)

    async def _bare(self, ids: Sequence[ArticleId]) -> list[Article]:
        rows = await self._run("READ_BARE", [], self._p, " ".join(ids))
        return [records.unpack_article(row, None) for row in rows if row is not None]

    async def newest(
        self, *, topic: TopicId | None = None, limit: int, before: datetime | None = None
    ) -> list[ArticleId]:
        """See ``ports.Library``."""
        key = self._key("articles" if topic is None else f"topic:{topic}")
        top = "+inf" if before is None else f"({records.millis(before)}"
        rows = await self._call(
            "listing articles",
            as_rows(self._redis.zrevrangebyscore(key, top, "-inf", start=0, num=limit)),
        )
        return [ArticleId(row.decode()) for row in rows]

    async def every_article(self) -> AsyncIterator[Article]:
        """See ``ports.Library``."""
        cursor = 0
        seen: set[bytes] = set()
        while True:
            cursor, rows = await self._call(
                "walking articles",
                as_page(self._redis.zscan(self._key("articles"), cursor, count=BATCH)),
            )
            fresh = [row[0] for row in rows if row[0] not in seen]
            seen.update(fresh)
            for article in await self.articles(
                [ArticleId(r.decode()) for r in fresh], bodies=False
            ):
                yield article
            if not cursor:
                return

    async def find_ids(self, prefix: str) -> list[ArticleId]:
        """See ``ports.Library``."""
        found: list[ArticleId] = []
        safe = "".join(char for char in prefix.lower() if char.isalnum())
        async with trouble("looking for an article"):
            async for row in self._redis.zscan_iter(self._key("articles"), f"{safe}*", count=1000):
                found.append(ArticleId(row[0].decode()))
                if len(found) >= 10:  # noqa: PLR2004 - as many as fit one message
                    break
        return sorted(found)

    async def topics_of(self, article: ArticleId) -> frozenset[TopicId]:
        """See ``ports.Library``."""
        value = await self._call(
            "reading topics", as_value(self._redis.hget(self._key(f"article:{article}"), "topics"))
        )
        return frozenset(TopicId(topic.decode()) for topic in (value or b"").split())

    async def count(self, topic: TopicId | None = None) -> int:
        """See ``ports.Library``."""
        key = self._key("articles" if topic is None else f"topic:{topic}")
        return int(await self._call("counting", self._redis.zcard(key)))
