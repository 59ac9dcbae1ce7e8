"""What is known of articles, by their ids, over the Redis protocol; keys: see ``redis_library``."""

from collections.abc import Sequence

from syndicator.adapters import records
from syndicator.adapters.redis_calls import RedisCalls, as_rows, trouble
from syndicator.adapters.redis_rows import field, ref
from syndicator.model.arrival import Key, Known
from syndicator.model.ids import ArticleId

KILLED = "killed"


class RedisLedger(RedisCalls):
    """The part of ``ports.Library`` that reads the ledger; scripts that store articles write it."""

    async def lookup(
        self, keys: Sequence[Key], likely: Sequence[ArticleId] = ()
    ) -> dict[Key, Known]:
        """See ``ports.Library``.

        The store's own commands, and no script: they are five times as quick. What
        changes between them is a conflict when it is admitted.
        """
        if not keys:
            return {}
        names = [key for key in keys if key.kind != KILLED]
        words = [key for key in keys if key.kind == KILLED]
        guessed = list(dict.fromkeys(map(ref, likely)))
        owners, killed, rows = await self._looked_up(names, words, guessed)
        of = {one: row for one, row in zip(guessed, rows, strict=True) if row is not None}
        refs = [*owners, *(one and ref(ArticleId(one.decode())) for one in killed)]
        others = list(dict.fromkeys(one for one in refs if one and one not in of))
        of |= {
            one: row
            for one, row in zip(others, await self._known_rows(others), strict=True)
            if row is not None
        }
        known = {one: records.unpack_known(of[one]) for one in refs if one in of}
        asked = zip([*names, *words], refs, strict=True)
        return {key: known[owner] for key, owner in asked if owner in known}

    async def _looked_up(
        self, names: Sequence[Key], words: Sequence[Key], refs: Sequence[bytes]
    ) -> Sequence[Sequence[bytes | None]]:
        """Ask in one round trip whose these names are, whose the words, and what is known."""
        asked = (
            ("ledger", [field(key) for key in names]),
            ("ledger:killed", [key.digest for key in words]),
            ("known", list(refs)),
        )
        pipe = self._redis.pipeline(transaction=False)
        for name, fields in asked:
            if fields:
                pipe.hmget(self._key(name), fields)
        async with trouble("reading the ledger"):
            answers = iter(await pipe.execute())
        return [next(answers) if fields else () for _, fields in asked]

    async def known_of(self, ids: Sequence[ArticleId]) -> dict[ArticleId, Known]:
        """See ``ports.Library``."""
        found = await self._known_of(ids)
        return {one: known for one, known in zip(ids, found, strict=True) if known is not None}

    async def _known_of(self, ids: Sequence[ArticleId]) -> list[Known | None]:
        """Return what the ledger knows of each, whether or not its words are still held."""
        rows = await self._known_rows([ref(one) for one in ids])
        return [records.unpack_known(row) if row is not None else None for row in rows]

    async def _known_rows(self, refs: Sequence[bytes]) -> list[bytes | None]:
        """Return the same as it stands there."""
        if not refs:
            return []
        return await self._call(
            "reading the ledger", as_rows(self._redis.hmget(self._key("known"), list(refs)))
        )
