"""All that a release reads, in one step, over the Redis protocol; keys: see ``redis_library``."""

from datetime import datetime

import redis.asyncio as aioredis

from syndicator.adapters import records
from syndicator.adapters.lua_parts import ROW, RULED, STANDS, TOLD
from syndicator.adapters.redis_articles import RedisArticles
from syndicator.adapters.redis_rights import rulings_in, standing_of
from syndicator.adapters.redis_stories import stories_in
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.recent import Recent
from syndicator.ports import Holdings

TOPICS = 200
"""Topics of which it is remembered which articles they held, so that those are not sent again."""

# ARGV: prefix, topic, topic of the ledger, how many articles, killed since, name of a note, then
# ids of articles with blanks between, each with the stamp under which the caller knows it.
# Returns ids, of each what READ returns, what STANDING, STORIES and RULINGS return of them and of
# what stands, and the note.
HOLDINGS = (
    ROW
    + STANDS
    + TOLD
    + RULED
    + """
local prefix, known = ARGV[1], {}
for id, stamp in string.gmatch(ARGV[7], '(%S+) (%S+)') do known[id] = stamp end
local ids = redis.call('ZREVRANGE', prefix .. 'topic:' .. ARGV[2], 0, tonumber(ARGV[4]) - 1)
local rows, wanted, seen = {}, {}, {}
local function want(id)
  if not seen[id] then
    seen[id] = true
    wanted[#wanted + 1] = id
  end
end
for at, id in ipairs(ids) do
  rows[at] = row(prefix, id, known[id])
  want(id)
end
local standing, killed = stands(prefix, ARGV[3], ARGV[5])
for at = 1, #standing[2], 2 do want(standing[2][at]) end
for _, id in ipairs(killed) do want(id) end
return {
  ids, rows, standing, told(prefix, wanted), ruled(prefix, wanted),
  redis.call('HGET', prefix .. 'notes', ARGV[6]),
}
"""
)


class RedisHoldings(RedisArticles):
    """The part of ``ports.Library`` that a release reads."""

    def __init__(self, client: "aioredis.Redis", prefix: str, sources: dict[str, str]) -> None:
        """Add our script to those of the whole."""
        super().__init__(client, prefix, {**sources, "HOLDINGS": HOLDINGS})
        self._held: Recent[TopicId, list[ArticleId]] = Recent(TOPICS)

    async def holdings(
        self, topic: TopicId, shelf: TopicId, limit: int, killed_since: datetime, note: str
    ) -> Holdings:
        """See ``ports.holdings``. Of articles that are as they were read last nothing is sent."""
        known = self._decoded.known(self._held.get(topic) or ())
        stamps = b" ".join(b"%s %s" % (one.encode(), held.stamp) for one, held in known.items())
        since = records.millis(killed_since)
        ids, rows, standing, told, ruled, kept = await self._run(
            "HOLDINGS", [], self._p, topic, shelf, limit, since, note, stamps
        )
        names = [ArticleId(one.decode()) for one in ids]
        self._held.keep(topic, names)
        return Holdings(
            articles=tuple(self._decoded.articles(names, rows, known)),
            standing=standing_of(standing),
            stories=stories_in(told),
            rulings=rulings_in(ruled),
            note=kept.decode() if kept is not None else None,
        )
