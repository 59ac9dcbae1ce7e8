"""Rulings and the ledger of publications over the Redis protocol; keys: see ``redis_library``."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import redis.asyncio as aioredis

from syndicator.adapters import records, rights_scripts
from syndicator.adapters.redis_calls import RedisCalls, as_hash, as_rows, as_value
from syndicator.compare import killed_key
from syndicator.model.ids import ArticleId, LicenseId, TopicId
from syndicator.model.places import Claims, Places
from syndicator.model.publication import Publication
from syndicator.model.ruling import FINAL, Ruling, RulingKind
from syndicator.ports import Beside, Entered, Release, Standing

PAGE = 1000
SCRIPTS = ("RULE", "RULINGS", "STANDING", "FINISH_RELEASE", "ENTER", "TAKE_PLACES")


class RedisRights(RedisCalls):
    """The part of ``ports.Library`` that must outlive every article."""

    def __init__(self, client: "aioredis.Redis", prefix: str, sources: dict[str, str]) -> None:
        """Add our scripts to those of the whole."""
        ours = {name: getattr(rights_scripts, name) for name in SCRIPTS}
        super().__init__(client, prefix, {**sources, **ours})

    async def rule(self, ruling: Ruling) -> frozenset[TopicId]:
        """See ``ports.Library``."""
        effect, words = "", b""
        if ruling.kind is RulingKind.RESTORE:
            effect = "restore"
        elif ruling.kind in FINAL:
            effect, words = "kill", await self._words_of(ruling.article)
        answer = await self._run(
            "RULE",
            ["rulings", "killed", "releases", "generations"],
            self._p,
            records.millis(ruling.at),
            ruling.article,
            records.pack_ruling(ruling),
            effect,
            words,
        )
        return frozenset(TopicId(topic.decode()) for topic in answer)

    async def _words_of(self, article: ArticleId) -> bytes:
        pair = await self._call(
            "reading an article",
            as_rows(self._redis.hmget(self._key(f"article:{article}"), ["meta", "body"])),
        )
        if pair[0] is None:
            return b""
        key = killed_key(records.unpack_article(pair[0], pair[1]))
        return key.digest if key else b""

    async def rulings_of(self, ids: Collection[ArticleId]) -> dict[ArticleId, tuple[Ruling, ...]]:
        """See ``ports.Library``."""
        wanted = list(ids)
        if not wanted:
            return {}
        return rulings_in(await self._run("RULINGS", [], self._p, " ".join(wanted)))

    async def all_rulings(self) -> dict[ArticleId, tuple[Ruling, ...]]:
        """See ``ports.Library``."""
        found = await self._call(
            "reading rulings", as_hash(self._redis.hgetall(self._key("rulings")))
        )
        return {ArticleId(k.decode()): records.unpack_rulings(v) for k, v in found.items()}

    async def generation(self, topic: TopicId) -> int:
        """See ``ports.Library``."""
        found = await self._call(
            "reading a generation", as_value(self._redis.hget(self._key("generations"), topic))
        )
        return int(found or 0)

    async def enter(self, topic: TopicId, entered: Entered) -> bool:
        """See ``ports.Library``."""
        answer = await self._run(
            "ENTER",
            ["entered", "publications"],
            self._p,
            topic,
            entered.count,
            *_flat(entered.lines),
        )
        return bool(answer)

    async def standing(self, topic: TopicId, killed_since: datetime) -> Standing:
        """See ``ports.Library``."""
        return standing_of(
            await self._run("STANDING", [], self._p, topic, records.millis(killed_since))
        )

    async def publications(self) -> AsyncIterator[Publication]:
        """See ``ports.Library``."""
        after = "-"
        while True:
            rows = await self._call(
                "reading the ledger",
                as_rows(self._redis.xrange(self._key("publications"), after, "+", count=PAGE)),
            )
            for _, fields in rows:
                yield records.unpack_publication(fields[b"p"])
            if len(rows) < PAGE:
                return
            after = f"({rows[-1][0].decode()}"

    async def places(
        self, day: date, licenses: Collection[LicenseId], ids: Collection[ArticleId]
    ) -> Places:
        """See ``ports.Library``."""
        names, wanted = list(licenses), list(ids)
        if not names:
            return Places()
        pipe = self._redis.pipeline(transaction=False)
        pipe.hmget(self._key("quotas"), [_day(name, day) for name in names])
        for name in names if wanted else ():
            pipe.hmget(self._key(f"quota:{name}"), wanted)
        counts, *rows = await self._call("reading quotas", pipe.execute())
        return Places(
            taken={
                name: frozenset(one for one, at in zip(wanted, row, strict=True) if at)
                for name, row in zip(names, rows, strict=False)
            },
            given={name: int(count or 0) for name, count in zip(names, counts, strict=True)},
        )

    async def take_places(self, day: date, claims: Claims, limits: Mapping[LicenseId, int]) -> bool:
        """See ``ports.Library``."""
        flat: list[Any] = []
        for name, ids in claims.items():
            flat.extend((name, _day(name, day), limits[name], len(ids), *ids))
        return bool(await self._run("TAKE_PLACES", ["quotas"], self._p, day.isoformat(), *flat))

    async def count_fetches(self, counts: Mapping[datetime, Mapping[str, int]]) -> None:
        """See ``ports.Library``."""
        pipe = self._redis.pipeline(transaction=True)
        for hour, outlets in counts.items():
            name = records.millis(hour)
            pipe.zadd(self._key("fetched"), {str(name): name})
            for outlet, number in outlets.items():
                pipe.hincrby(self._key(f"fetches:{name}"), outlet, number)
        await self._call("counting fetches", pipe.execute())

    async def fetches(self) -> AsyncIterator[tuple[datetime, Mapping[str, int]]]:
        """See ``ports.Library``."""
        hours = await self._call(
            "reading fetches",
            as_rows(self._redis.zrange(self._key("fetched"), 0, -1, withscores=True)),
        )
        for name, score in hours:
            rows = await self._call(
                "reading fetches",
                as_hash(self._redis.hgetall(self._key(f"fetches:{name.decode()}"))),
            )
            yield records.moment(score), {k.decode(): int(v) for k, v in rows.items()}

    async def finish_release(
        self,
        release: Release,
        now: datetime,
        wake: datetime | None,
        entered: Entered | None = None,
        beside: Beside | None = None,
    ) -> bool:
        """See ``ports.Library``."""
        marked = beside.marked if beside else {}
        answer = await self._run(
            "FINISH_RELEASE",
            ["releases", "generations", "entered", "publications", "notes"],
            self._p,
            release.topic,
            release.generation,
            records.millis(now),
            "" if wake is None else records.millis(wake),
            entered.count if entered and entered.lines else "",
            *(beside.note if beside else ("", "")),
            len(marked),
            *(part for topic, at in marked.items() for part in (topic, records.millis(at))),
            *_flat(entered.lines if entered else ()),
        )
        return bool(answer)


def standing_of(answer: Any) -> Standing:
    """Return what stands in a topic, as the store told it."""
    count, now, past = answer
    ended = (line for many in past for line in records.unpack_past(many))
    lines = {(line.article, line.guid): line for line in ended}
    return Standing(count=count, now=_publications(now), past=tuple(lines.values()))


def rulings_in(flat: Sequence[bytes]) -> dict[ArticleId, tuple[Ruling, ...]]:
    """Return rulings by article, as the store told them."""
    return {
        ArticleId(one.decode()): records.unpack_rulings(lines)
        for one, lines in zip(flat[::2], flat[1::2], strict=True)
    }


def _day(license_id: LicenseId, day: date) -> str:
    return f"{license_id} {day.isoformat()}"


def _flat(lines: Iterable[Publication]) -> list[Any]:
    flat: list[Any] = []
    for line in lines:
        flat.extend((line.article, "1" if line.until is None else "0", records.pack(line)))
    return flat


def _publications(flat: list[bytes]) -> dict[ArticleId, Publication]:
    return {
        ArticleId(flat[i].decode()): records.unpack_publication(flat[i + 1])
        for i in range(0, len(flat), 2)
    }
