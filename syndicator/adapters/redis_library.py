"""The library over the Redis protocol (Redis ≥ 7 or Valkey).

Key table. ``p`` is ``{prefix}:``, in braces so that all keys share one slot
and every script may touch them.

======================  =======  ====================================================  ========
key                     type     meaning                                               lifetime
======================  =======  ====================================================  ========
p sources               hash     source → SourceState (MessagePack)                    kept
p due                   zset     source → when to poll next (ms); a claim moves it     enrolled
p claims                hash     source → "token lease-end"; deleted when finished     a lease
p article:ID            hash     meta · body (zstd) · stamp of both · topics           by `keep`
p stamps                string   how many stamps were given                            kept
p known                 hash     article → "version Known" (MessagePack)               for good
p articles              zset     article → published (ms)                              kept
p versions:ID           list     versions of an article that were replaced (zstd)      by `keep`
p seen:ID               list     names under which it came since (zstd)                by `keep`
p topic:TOPIC           zset     article → published (ms)                              kept
p ledger                hash     kind and digest of a key → article                    for good
p ledger:killed         hash     digest of a killed article's words → article          kept
p bands:W               hash     band → articles that have it, with publishers; W: days 12 days
p windows               zset     W → itself, for those there are                       12 days
p stories               hash     article → the story it belongs to                     kept
p story:STORY           zset     article → when it was first seen (ms)                 kept
p faces                 hash     story → Face: id and dates it is published under      kept
p ties                  hash     article → Tie: why it is in its story                 kept
p parted                set      "article article": pairs parted by hand               kept
p storied               zset     story → when it changed last (ms)                     kept
p rulings               hash     article → its rulings, each a line of JSON            for good
p killed                zset     killed article → when (ms)                            for good
p publications          stream   the ledger of publications, a line each (MessagePack) for good
p entered               hash     topic → how many lines of it the ledger holds         for good
p out:TOPIC             hash     article → Publication that stands there now           while so
p past:TOPIC            hash     article → its last Publication there that ended       kept
p pages:TOPIC           hash     number → ArchivePage: a closed page of its archive    kept
p stale:TOPIC           zset     archived article that changed, or is about to be      until done
                                 archived → generation then
p quota:LICENCE         hash     article → the day it got its place under a quota      kept
p quotas                hash     "LICENCE day" → how many places it gave out           kept
p fetched               zset     hour (ms) → itself, for hours with fetches            kept
p fetches:HOUR          hash     topic, topic@subscriber or articles/ID → fetches      kept
p releases              zset     topic, TOPIC/archive → when to rebuild (ms); a claim   until done
                                 moves it
p generations           hash     topic → count of changes, to see one mid-rebuild      kept
p hurried               hash     claimed source → when it is due at the latest (ms)    a claim
p agreements            hash     token → "revision Agreement" (MessagePack)            while so
p agreed                hash     source → token of the agreement wanted                while so
p to-do                 zset     token → when to see to it (ms); a claim moves it      while so
p hubs                  hash     hub → Score (MessagePack)                             kept
p listeners             hash     listener → "host document Listener" (MessagePack)     its lease
p leases                zset     listener → when its lease ends (ms); +inf: never      its lease
p callers               hash     host → how many listeners it has                      while so
p listening:DOCUMENT    set      listeners of world.rss and the like                   while so
p heard                 hash     listener → Hearing (MessagePack)                      its lease
p announced             hash     document → digest of what listeners are told of       kept
p to-tell               zset     listener → when to tell it (ms); a claim moves it     until told
p requests              hash     id → Request to our hub (MessagePack)                 until done
p to-ask                zset     id → when to see to it (ms); a claim moves it         until done
p limits                hash     host or domain → Limit (MessagePack)                  30 days
p turns                 hash     slow host → next free place in its queue (ms)         kept
p notes                 hash     small values of the desk's own (a digest of rules)    kept
======================  =======  ====================================================  ========

Nothing has a TTL and the server must not evict (``maxmemory-policy noeviction``).
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

import redis.asyncio as aioredis

from syndicator.adapters import records, scripts
from syndicator.adapters.redis_archive import RedisArchive
from syndicator.adapters.redis_calls import (
    as_hash,
    as_number,
    as_rows,
    as_value,
)
from syndicator.adapters.redis_history import RedisHistory
from syndicator.adapters.redis_holdings import RedisHoldings
from syndicator.adapters.redis_hosts import RedisHosts
from syndicator.adapters.redis_hubs import RedisHubs
from syndicator.adapters.redis_listeners import RedisListeners
from syndicator.adapters.redis_rights import RedisRights
from syndicator.adapters.redis_rows import row
from syndicator.adapters.redis_stories import RedisStories, compared
from syndicator.errors import LibraryError
from syndicator.model.article import Article
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.source import SourceState
from syndicator.model.version import MOST_SIGHTINGS, MOST_VERSIONS
from syndicator.ports import Admission, Claim, Release, Verdict

BATCH = 200
LONGEST_LEASE = timedelta(minutes=5)
GATHER_SECONDS = 0.005


class RedisLibrary(
    RedisArchive,
    RedisHistory,
    RedisHoldings,
    RedisHosts,
    RedisHubs,
    RedisListeners,
    RedisRights,
    RedisStories,
):
    """Implements ``ports.Library``; see there for what each method promises."""

    def __init__(self, client: "aioredis.Redis", prefix: str) -> None:
        """Use ``client``, which must return bytes (``decode_responses`` off)."""
        super().__init__(client, prefix, {name: getattr(scripts, name) for name in scripts.NAMES})
        self._ending: list[tuple[tuple[str, str, bytes, int], asyncio.Future[bool]]] = []
        self._flushing: set[asyncio.Task[None]] = set()

    async def enroll(self, sources: Collection[SourceId], now: datetime) -> None:
        """See ``ports.Library``."""
        await self._run("ENROLL", ["due", "sources"], records.millis(now), *sorted(sources))

    async def claim_due(self, now: datetime, limit: int, lease: timedelta) -> list[Claim]:
        """See ``ports.Library``."""
        token = token_hex(8)
        end = now + lease
        flat = await self._run(
            "CLAIM_DUE",
            ["due", "claims", "sources"],
            records.millis(now),
            records.millis(end),
            limit,
            token,
        )
        return [_claim(flat[i].decode(), token, end, flat[i + 1]) for i in range(0, len(flat), 2)]

    async def claim(
        self, sources: Sequence[SourceId], now: datetime, lease: timedelta
    ) -> list[Claim]:
        """See ``ports.Library``."""
        token, end = token_hex(8), now + lease
        flat = await self._run(
            "CLAIM",
            ["due", "claims", "sources"],
            records.millis(now),
            records.millis(end),
            token,
            *sources,
        )
        return [
            _claim(source, token, end, state, records.moment(due) if due else None)
            for source, state, due in zip(sources, flat[::2], flat[1::2], strict=True)
            if state is not None
        ]

    async def finish(self, claim: Claim, state: SourceState, next_poll: datetime) -> bool:
        """See ``ports.Library``. Polls that end together share one round trip."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[bool] = loop.create_future()
        row = (claim.token, claim.source, records.pack(state), records.millis(next_poll))
        self._ending.append((row, done))
        if len(self._ending) == 1:
            loop.call_later(GATHER_SECONDS, self._flush_soon)
        return await done

    def _flush_soon(self) -> None:
        task = asyncio.get_running_loop().create_task(self._flush())
        self._flushing.add(task)
        task.add_done_callback(self._flushing.discard)

    async def _flush(self) -> None:
        ending, self._ending = self._ending, []
        flat = [part for row, _ in ending for part in row]
        try:
            answers = await self._run("FINISH", ["due", "claims", "sources", "hurried"], *flat)
        except LibraryError as error:
            for _, done in ending:
                if not done.done():
                    done.set_exception(error)
            return
        for (_, done), answer in zip(ending, answers, strict=True):
            if not done.done():
                done.set_result(bool(answer))

    async def hasten(self, source: SourceId, at: datetime) -> None:
        """See ``ports.Library``."""
        await self._run("HASTEN", ["due", "claims", "hurried"], source, records.millis(at))

    async def abandon(self, now: datetime) -> None:
        """See ``ports.Library``."""
        latest = records.millis(now + LONGEST_LEASE)
        keys = ["due", "claims", "hurried", "releases", "to-tell", "to-ask"]
        await self._run("ABANDON", keys, records.millis(now), latest)

    async def admit(self, admission: Admission) -> Verdict:
        """See ``ports.Library``."""
        flat = [part for one in admission.arrivals for part in row(one, admission.topics)]
        next_poll = admission.next_poll
        answer = await self._run(
            "ADMIT",
            ["due", "claims", "sources", "articles", "hurried"],
            self._p,
            admission.claim.token,
            admission.claim.source,
            records.pack(admission.state),
            "" if next_poll is None else records.millis(next_poll),
            records.millis(admission.now),
            MOST_VERSIONS,
            MOST_SIGHTINGS,
            compared(admission.comparisons),
            "1" if admission.strict else "",
            *flat,
        )
        return Verdict(
            outcome=answer[0].decode(),
            dirty=frozenset(TopicId(topic.decode()) for topic in answer[1:]),
        )

    async def source_states(self) -> dict[SourceId, SourceState]:
        """See ``ports.Library``."""
        rows = await self._call(
            "reading sources", as_hash(self._redis.hgetall(self._key("sources")))
        )
        return {SourceId(k.decode()): records.unpack_state(v) for k, v in rows.items()}

    async def due_times(self) -> dict[SourceId, datetime]:
        """See ``ports.Library``."""
        rows = await self._call(
            "reading due times",
            as_rows(self._redis.zrange(self._key("due"), 0, -1, withscores=True)),
        )
        return {SourceId(member.decode()): records.moment(score) for member, score in rows}

    async def refile(
        self, filing: Mapping[ArticleId, frozenset[TopicId]], now: datetime
    ) -> frozenset[TopicId]:
        """See ``ports.Library``."""
        changed: set[TopicId] = set()
        items = list(filing.items())
        for start in range(0, len(items), BATCH):
            flat: list[Any] = []
            for article, topics in items[start : start + BATCH]:
                flat.extend((article, " ".join(sorted(topics))))
            answer = await self._run("REFILE", [], self._p, records.millis(now), *flat)
            changed.update(TopicId(topic.decode()) for topic in answer)
        return frozenset(changed)

    async def rewrite(self, articles: Sequence[Article], now: datetime) -> int:
        """See ``ports.Library``."""
        written = 0
        for start in range(0, len(articles), BATCH):
            batch = articles[start : start + BATCH]
            flat: list[Any] = []
            for article, before in zip(
                batch, await self._known_of([one.id for one in batch]), strict=True
            ):
                meta, body = records.pack_article(article)
                known = records.pack_reread(article, before)
                flat.extend((article.id, article.version, meta, body, known))
            written += await self._run("REWRITE", [], self._p, records.millis(now), *flat)
        return written

    async def mark(self, topics: Collection[TopicId], at: datetime) -> None:
        """See ``ports.Library``."""
        if topics:
            await self._run(
                "MARK", ["releases", "generations"], records.millis(at), *sorted(topics)
            )

    async def claim_releases(self, now: datetime, limit: int, lease: timedelta) -> list[Release]:
        """See ``ports.Library``."""
        flat = await self._run(
            "CLAIM_RELEASES",
            ["releases", "generations"],
            records.millis(now),
            records.millis(now + lease),
            limit,
        )
        return [
            Release(topic=TopicId(flat[i].decode()), generation=int(flat[i + 1]))
            for i in range(0, len(flat), 2)
        ]

    async def note(self, name: str) -> str | None:
        """See ``ports.Library``."""
        value = await self._call(
            "reading a note", as_value(self._redis.hget(self._key("notes"), name))
        )
        return value.decode() if value is not None else None

    async def notes(self, names: Sequence[str]) -> dict[str, str]:
        """See ``ports.Library``."""
        if not names:
            return {}
        found = await self._call(
            "reading notes", as_rows(self._redis.hmget(self._key("notes"), list(names)))
        )
        return {
            name: one.decode() for name, one in zip(names, found, strict=True) if one is not None
        }

    async def set_note(self, name: str, value: str) -> None:
        """See ``ports.Library``."""
        await self._call(
            "keeping a note", as_number(self._redis.hset(self._key("notes"), name, value))
        )

    async def ping(self) -> None:
        """See ``ports.Library``. Writes, because a full disk still answers PING."""
        await self.set_note("ping", "1")

    async def close(self) -> None:
        """See ``ports.Library``."""
        await self._redis.aclose()


def _claim(
    source: str, token: str, end: datetime, state: bytes, due: datetime | None = None
) -> Claim:
    known = records.unpack_state(state) if state else SourceState(source=SourceId(source))
    return Claim(source=SourceId(source), token=token, expires=end, state=known, due=due)
