"""The archives of topics, over the Redis protocol; keys: see ``redis_library``."""

from collections.abc import Collection, Sequence
from typing import Any

from syndicator.adapters import records
from syndicator.adapters.redis_calls import RedisCalls, as_number, as_rows
from syndicator.model.archive import Archive, ArchivePage, topic_of
from syndicator.model.ids import ArticleId, TopicId


class RedisArchive(RedisCalls):
    """The part of ``ports.Library`` about closed pages."""

    async def archive(self, topic: TopicId) -> Archive:
        """See ``ports.archive``."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.hvals(self._key(f"pages:{topic}"))
        pipe.zrange(self._key(f"stale:{topic}"), 0, -1)
        pages, stale = await self._call("reading an archive", pipe.execute())
        found = sorted(map(records.unpack_page, pages), key=lambda one: one.number)
        return Archive(
            pages=tuple(found), stale=frozenset(ArticleId(one.decode()) for one in stale)
        )

    async def watch(self, topic: TopicId, articles: Collection[ArticleId], generation: int) -> None:
        """See ``ports.archive``."""
        if not articles:
            return
        marks: dict[Any, Any] = dict.fromkeys(articles, generation - 1)
        key = self._key(f"stale:{topic}")
        await self._call("filing away", as_number(self._redis.zadd(key, marks, gt=True)))

    async def keep_pages(
        self, topic: TopicId, pages: Sequence[ArchivePage], generation: int
    ) -> None:
        """See ``ports.archive``."""
        pipe = self._redis.pipeline(transaction=True)
        if pages:
            rows: dict[Any, Any] = {str(one.number): records.pack(one) for one in pages}
            pipe.hset(self._key(f"pages:{topic}"), mapping=rows)
        pipe.zremrangebyscore(self._key(f"stale:{topic}"), "-inf", f"({generation}")
        await self._call("keeping an archive", pipe.execute())

    async def archived(self) -> Collection[TopicId]:
        """See ``ports.archive``."""
        names = await self._call(
            "reading generations", as_rows(self._redis.hkeys(self._key("generations")))
        )
        shelves = (topic_of(TopicId(name.decode())) for name in names)
        return {one for one in shelves if one is not None}
