"""Stories over the Redis protocol; keys: see ``redis_library``."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

import redis.asyncio as aioredis
from msgspec import Raw

from syndicator.adapters import records, story_scripts
from syndicator.adapters.records import lua_bytes
from syndicator.adapters.redis_calls import as_rows
from syndicator.adapters.redis_ledger import RedisLedger
from syndicator.adapters.redis_rows import ref
from syndicator.errors import LibraryError
from syndicator.model.arrival import Known
from syndicator.model.ids import ArticleId, SourceId, StoryId, TopicId
from syndicator.model.story import BY_HAND, Comparison, Face, Signed, Story, Tie, face_of
from syndicator.ports.stories import NEAREST, Near

SCRIPTS = ("NEAR", "TIE", "STORIES", "JOIN", "PART", "FORGET_BANDS")
WINDOW_MS = 144 * 3_600_000
TRIES = 5


class RedisStories(RedisLedger):
    """The part of ``ports.Library`` about copies and stories."""

    def __init__(self, client: "aioredis.Redis", prefix: str, sources: dict[str, str]) -> None:
        """Add our scripts to those of the whole."""
        ours = {name: getattr(story_scripts, name) for name in SCRIPTS}
        super().__init__(client, prefix, {**sources, **ours})

    async def near(self, signed: Sequence[Signed]) -> dict[ArticleId, Near]:
        """See ``ports.stories``."""
        if not signed:
            return {}
        asked = records.pack([_asked(one) for one in signed])
        answers = await self._run("NEAR", [], self._p, NEAREST, asked)
        return {
            one.article: Near(
                seen=frozenset(ArticleId(ref.hex()) for ref in refs),
                articles=tuple(
                    records.unpack_article(rows[i], rows[i + 1]) for i in range(0, len(rows), 3)
                ),
                stories=tuple(StoryId(story.decode()) for story in rows[2::3]),
            )
            for one, (refs, rows) in zip(signed, answers, strict=True)
            if refs
        }

    async def tie(self, comparisons: Sequence[Comparison], now: datetime) -> frozenset[TopicId]:
        """See ``ports.stories``."""
        if not any(one.ties or one.leaves for one in comparisons):
            return frozenset()
        return _topics(
            await self._run("TIE", [], self._p, records.millis(now), compared(comparisons))
        )

    async def boilerplate_of(
        self, sources: Collection[SourceId]
    ) -> Mapping[SourceId, frozenset[bytes]]:
        """See ``ports.stories``."""
        wanted = list(sources)
        if not wanted:
            return {}
        rows = await self._call(
            "reading sources", as_rows(self._redis.hmget(self._key("sources"), wanted))
        )
        return {
            source: frozenset(records.unpack_state(row).boilerplate)
            for source, row in zip(wanted, rows, strict=True)
            if row is not None
        }

    async def stories_of(self, articles: Collection[ArticleId]) -> dict[ArticleId, Story]:
        """See ``ports.stories``."""
        wanted = list(articles)
        if not wanted:
            return {}
        return stories_in(await self._run("STORIES", [], self._p, " ".join(wanted)))

    async def stories(self, limit: int) -> list[Story]:
        """See ``ports.stories``."""
        if limit < 1:
            return []
        ids = await self._call(
            "listing stories", as_rows(self._redis.zrevrange(self._key("storied"), 0, limit - 1))
        )
        found = await self.stories_of([ArticleId(one.decode()) for one in ids])
        return list({one.id: one for one in found.values()}.values())

    async def join(self, one: ArticleId, other: ArticleId, at: datetime) -> frozenset[TopicId]:
        """See ``ports.stories``."""
        pair = await self._surely_known([one, other])
        tie = Tie(article=one, other=other, by=BY_HAND, at=at, why="joined by hand")
        ends = [_face(face_of(each), each.first_seen) for each in pair]
        asked = {"one": ends[0], "other": ends[1], "tie": _packed(tie)}
        answer = await self._run("JOIN", [], self._p, records.millis(at), records.pack(asked))
        return _topics(answer)

    async def part(self, article: ArticleId, at: datetime) -> frozenset[TopicId]:
        """See ``ports.stories``."""
        for _ in range(TRIES):
            story = (await self.stories_of([article])).get(article)
            if story is None:
                return frozenset()
            left = [one for one in story.members if one != article]
            (heir,) = await self._surely_known(left[:1])
            face = records.pack(face_of(heir))
            answer = await self._run(
                "PART", [], self._p, records.millis(at), article, story.id, heir.id, face, *left
            )
            if answer is not None:
                return _topics(answer)
        raise LibraryError(f"{article}: its story changes all the time; try again")

    async def _surely_known(self, ids: Sequence[ArticleId]) -> list[Known]:
        found = await self._known_of(ids)
        missing = next((one for one, known in zip(ids, found, strict=True) if known is None), None)
        if missing is not None:
            raise LibraryError(f"{missing}: there is no such article")
        return [one for one in found if one is not None]

    async def forget_bands(self, before: datetime) -> int:
        """See ``ports.stories``."""
        return int(await self._run("FORGET_BANDS", [], self._p, _window(before)))


def compared(comparisons: Iterable[Comparison]) -> bytes:
    """Return what the script of an admission is told of signed articles."""
    return records.pack([_comparison(one) for one in comparisons])


def band_key(published: datetime) -> str:
    """Return which hash keeps the bands of an article."""
    return f"bands:{_window(published)}"


def band_value(article: ArticleId, publisher: str) -> bytes:
    """Return what stands there for one article."""
    return ref(article) + _tag(publisher)


def _tag(publisher: str) -> bytes:
    return blake2b(publisher.encode("utf-8", "surrogatepass"), digest_size=3).digest()


def _nearer(moment: datetime) -> int:
    """Return the window next to that of a moment which begins or ends nearer to it."""
    window, into = divmod(records.millis(moment), WINDOW_MS)
    return window - 1 if into < WINDOW_MS // 2 else window + 1


def _window(moment: datetime) -> int:
    return records.millis(moment) // WINDOW_MS


def _asked(one: Signed) -> dict[str, Any]:
    return {
        "id": one.article,
        "ref": lua_bytes(ref(one.article)),
        "tag": lua_bytes(_tag(one.publisher)),
        "window": _window(one.published),
        "other": _nearer(one.published),
        "bands": lua_bytes(b"".join(one.signature.bands)),
    }


def _comparison(one: Comparison) -> dict[str, Any]:
    ends = {face.article: _face(face, seen) for face, seen in one.faces}
    return {
        **_asked(one.signed),
        "seen": lua_bytes(b"".join(map(ref, one.seen))),
        "ties": [
            {
                "one": ends[tie.article],
                "other": ends[tie.other],
                "tie": _packed(tie),
            }
            for tie in one.ties
        ],
        "leaves": one.leaves.id if one.leaves else "",
        "heir": one.heir.article if one.heir else "",
        "face": _packed(one.heir) if one.heir else "",
    }


def _packed(value: Tie | Face) -> Raw:
    return lua_bytes(records.pack(value))


def _face(face: Face, first_seen: datetime) -> dict[str, Any]:
    return {
        "id": face.article,
        "at": records.millis(first_seen),
        "face": _packed(face),
    }


def stories_in(answer: Any) -> dict[ArticleId, Story]:
    """Return stories by their articles, as the store told them."""
    ids, rows = answer
    known = {row[0]: _story(*row) for row in rows}
    pairs = zip(ids[::2], ids[1::2], strict=True)
    return {ArticleId(one.decode()): known[story] for one, story in pairs}


def _story(story: bytes, face: bytes, members: list[bytes], ties: list[bytes | None]) -> Story:
    return Story(
        id=StoryId(story.decode()),
        face=records.unpack_face(face),
        members=tuple(ArticleId(one.decode()) for one in members),
        ties=tuple(records.unpack_tie(one) for one in ties if one is not None),
    )


def _topics(answer: list[bytes]) -> frozenset[TopicId]:
    return frozenset(TopicId(one.decode()) for one in answer)
