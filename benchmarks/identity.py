"""What it costs to know a million articles: keys looked up, copies looked for, memory.

::

    PYTHONPATH=. python benchmarks/identity.py [--sizes 10000 100000 1000000]

The store is filled with articles of one year whose words are gone by now: their
keys, what the ledger remembers of each, and the bands of the last twelve days. A
poll is thirty entries. In a usual one 27 were in the last document and are asked for by
their first key, and three are new; in a fresh one all are asked for by all keys, and half
are known. Copies are looked for of all thirty. The best of many counts. Ratios are to the smallest size.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

import redis.asyncio as aioredis

sys.path.insert(0, str(Path(__file__).parent.parent))

from syndicator.adapters import records
from syndicator.adapters.embedded_store import EmbeddedStore
from syndicator.adapters.redis_library import RedisLibrary
from syndicator.adapters.redis_rows import KINDS, field, ref
from syndicator.adapters.redis_stories import band_key, band_value
from syndicator.compare.signature import LEAD_BANDS, WHOLE_BANDS
from syndicator.model.arrival import Key, Known
from syndicator.model.copies import Signature
from syndicator.model.ids import ArticleId, SourceId
from syndicator.model.story import Signed

START = datetime(2026, 1, 1, tzinfo=UTC)
YEAR, FRESH = timedelta(days=365), timedelta(days=12)
KEYS = tuple(kind for kind in KINDS if kind != "words")
POLL, USUAL, ROUNDS, BATCH, POLLS_WAITING, AT_ONCE = 30, 27, 60, 2000, 500, 50
PREFIX = "bench"


def _digest(number: int, name: str, size: int = 12) -> bytes:
    return blake2b(f"{number} {name}".encode(), digest_size=size).digest()


def keys_of(number: int) -> list[Key]:
    """Return the keys an article has as a rule."""
    return [Key(kind, _digest(number, kind)) for kind in KEYS]


def known(number: int, published: datetime) -> Known:
    """Return what the ledger remembers of it."""
    house = f"house-{number % 300}"
    return Known(
        id=ArticleId(_digest(number, "id", 10).hex()),
        source=SourceId(house),
        publisher=house,
        guid=f"https://{house}.example/2026/articles/a-headline-of-usual-length-{number}",
        guid_is_permalink=True,
        fingerprint=_digest(number, "words", 16).hex(),
        version=1,
        published=published,
        updated=published,
        first_seen=published,
        home=True,
        retired=True,
    )


def signed(number: int, published: datetime) -> Signed:
    """Return its signature."""
    bands = tuple(
        bytes([band]) + _digest(number, f"band {band}", 5)
        for band in range(WHOLE_BANDS + LEAD_BANDS)
    )
    one = known(number, published)
    return Signed(
        article=one.id,
        publisher=one.publisher,
        published=published,
        signature=Signature(bands=bands, words=400),
    )


def _ranges(first: int, last: int) -> Iterator[range]:
    for start in range(first, last, BATCH):
        yield range(start, min(start + BATCH, last))


async def fill(client: "aioredis.Redis", first: int, last: int) -> int:
    """Store articles by their numbers; return how many were signed."""
    p, count = "{" + PREFIX + "}:", 0
    draw = random.Random(first)
    for numbers in _ranges(first, last):
        pipe = client.pipeline(transaction=False)
        for number in numbers:
            published = START + YEAR * draw.random()
            one = known(number, published)
            pipe.hset(f"{p}known", ref(one.id), records.pack_known(one))
            keys: dict[Any, Any] = {field(key): ref(one.id) for key in keys_of(number)}
            pipe.hset(f"{p}ledger", mapping=keys)
            if published > START + YEAR - FRESH:
                count += 1
                value = band_value(one.id, one.publisher)
                bands: dict[Any, Any] = dict.fromkeys(
                    signed(number, published).signature.bands, value
                )
                pipe.hset(p + band_key(published), mapping=bands)
        await pipe.execute()
    return count


async def best(work: Callable[[], Awaitable[object]]) -> float:
    """Return the least seconds of many rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await work()
        times.append(time.perf_counter() - began)
    return min(times)


async def measure(client: "aioredis.Redis", size: int) -> dict[str, float]:
    """Time the two questions of a poll of a store with so many articles."""
    library = RedisLibrary(client, PREFIX)
    draw = random.Random(size)

    def wanted(known: int, keys: int) -> tuple[list[Key], list[ArticleId]]:
        old = draw.sample(range(size), known)
        new = [size + draw.randrange(10**9) for _ in range(POLL - known)]
        some = [key for one in old for key in keys_of(one)[:keys]]
        every = some + [key for one in new for key in keys_of(one)]
        return every, [ArticleId(_digest(one, "id", 10).hex()) for one in old + new]

    async def look_up(known: int, keys: int) -> None:
        if len(await library.lookup(*wanted(known, keys))) < known * keys:
            raise SystemExit("the store does not know its own articles")

    async def inside(known: int, keys: int) -> float:
        """Return entries a second by the store's own clock, with many polls waiting for it."""
        polls = [wanted(known, keys) for _ in range(POLLS_WAITING)]
        await client.config_resetstat()
        for at in range(0, POLLS_WAITING, AT_ONCE):
            await asyncio.gather(*(library.lookup(*one) for one in polls[at : at + AT_ONCE]))
        commands = (await client.info("commandstats"))["cmdstat_hmget"]
        entries: float = POLL * POLLS_WAITING / commands["usec"] * 1e6
        return entries

    async def look_for_copies() -> None:
        await library.near(
            [signed(size + draw.randrange(10**9), START + YEAR) for _ in range(POLL)]
        )

    half, every = POLL // 2, len(KEYS)
    return {
        "lookup": await best(lambda: look_up(USUAL, 1)),
        "inside": await inside(USUAL, 1),
        "fresh": await best(lambda: look_up(half, every)),
        "inside fresh": await inside(half, every),
        "near": await best(look_for_copies),
    }


async def main(sizes: list[int]) -> None:
    """Grow one store from size to size, and print a row for each."""
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder), server=None, exclusive=True)
        await store.open()
        client = aioredis.Redis.from_url(store.url)
        await client.config_set("appendonly", "no")
        empty = (await client.info("memory"))["used_memory"]
        print(
            f"{'articles':>9} {'usual':>9} {'fresh':>9} {'copies':>9} {'signed':>8} {'B/article':>10} {'B/key':>6}"
        )
        done, marked = 0, 0
        first: dict[str, float] = {}
        for size in sizes:
            marked += await fill(client, done, size)
            done = size
            times = await measure(client, size)
            first = first or times
            used = (await client.info("memory"))["used_memory"] - empty
            print(
                f"{size:>9} {times['lookup'] * 1e3:>6.2f} ms "
                f"{times['fresh'] * 1e3:>6.2f} ms {times['near'] * 1e3:>6.2f} ms "
                f"{marked:>8} {used / size:>10.0f} {await _a_key(client):>6.0f}"
                f"   {times['lookup'] / first['lookup']:.2f}x {times['near'] / first['near']:.2f}x",
                flush=True,
            )
        print(
            f"entries checked a second in the store: {times['inside']:,.0f} in a usual poll, "
            f"{times['inside fresh']:,.0f} in a fresh one"
        )
        await client.aclose()
        await store.close()


async def _a_key(client: "aioredis.Redis") -> float:
    """Return the bytes a key of the ledger takes."""
    name = f"{{{PREFIX}}}:ledger"
    return (await client.memory_usage(name) or 0) / await client.hlen(name)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    asyncio.run(main(parser.parse_args().sizes))
