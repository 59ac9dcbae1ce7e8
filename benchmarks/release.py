"""Time releases: one topic of 100 entries of about 5 KB, and an edited licence that touches 10,000.

Each article has words of its own: text that repeats itself would be packed in no time.
"""

import functools
import logging
import os
import random
import time
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import structlog

from benchmarks.farm import vocabulary
from benchmarks.run import settings
from syndicator import work
from syndicator.adapters.clock import SystemClock
from syndicator.compare import identify
from syndicator.model.arrival import New
from syndicator.model.article import Article, Body
from syndicator.model.desk import Settings
from syndicator.model.entry import Origin, Person
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.ports import Admission
from syndicator.settings import load
from syndicator.wiring import Parts, open_parts

ENTRIES, ROUNDS, TOPICS = 100, 15, 100
PARAGRAPHS, WORDS = 8, 105


@functools.lru_cache(maxsize=20_000)
def story(seed: str) -> str:
    """Return about 5 KB of text."""
    pick = random.Random(seed)
    said = (" ".join(pick.choices(vocabulary(1), k=WORDS)) for _ in range(PARAGRAPHS))
    return "".join(f"<p>{words.capitalize()}.</p>" for words in said)


def desk_of(folder: Path, sources: int, topics: int) -> Settings:
    """Write a desk in which each source has a licence of its own, and read it."""
    config = settings(folder, "http://127.0.0.1:1", 1)
    licenses = "".join(
        f'  l{n}: {{text: full, credit: "From {{source}} under {n}."}}\n' for n in range(sources)
    )
    (config / "licenses.yaml").write_text(f"licenses:\n{licenses}")
    rows = "".join(
        f"  s{n}: {{url: 'http://127.0.0.1:1/{n}', license: l{n}, topics: [t{n % topics}]}}\n"
        for n in range(sources)
    )
    (config / "sources.yaml").write_text(f"sources:\n{rows}")
    named = "".join(f"  t{n}: {{title: Topic {n}}}\n" for n in range(topics))
    (config / "topics.yaml").write_text(f"topics:\n{named}")
    return load(config, os.environ)


def _blank(source: SourceId, now: datetime) -> Article:
    return Article(
        id=ArticleId(""),
        source=source,
        publisher=source,
        guid="",
        link="https://harbour.example/one",
        headline="Ferry",
        authors=(Person(name="Ines Calloway"),),
        origin=Origin(title="Harbour"),
        published=now,
        updated=now,
        first_seen=now,
        fingerprint="f",
    )


async def fill(parts: Parts, source: SourceId, topic: TopicId, count: int, first: int = 0) -> None:
    """Store so many articles of 5 KB from one source, filed in one topic."""
    now = SystemClock().now()
    (claim,) = await parts.library.claim([source], now, timedelta(minutes=5))
    article = _blank(source, now)
    found = identify(
        [
            (
                msgspec.structs.replace(
                    article,
                    guid=f"{source}-{n}",
                    body=Body(html=story(f"{source} {n}"), text=story(f"{source} {n}")),
                    link=f"https://{source}.example/{n}",
                    fingerprint=f"f{n}",
                ),
                f"{source}-{n}",
            )
            for n in range(first, first + count)
        ]
    )
    verdict = await parts.library.admit(
        Admission(
            claim=claim,
            state=claim.state,
            next_poll=now + timedelta(days=1),
            now=now,
            arrivals=tuple(New(article=one.article, keys=one.keys) for one in found),
            topics={one.article.id: frozenset({topic}) for one in found},
        )
    )
    if verdict.outcome != "stored":
        raise SystemExit(f"not stored: {verdict}")


async def time_release(folder: Path, licenses: int) -> list[float]:
    """Fill one topic and return the seconds of each release with one new entry among the others."""
    chosen = desk_of(folder / f"release{licenses}", licenses, 1)
    topic = TopicId("t0")
    async with open_parts(chosen) as parts:
        await parts.library.enroll(list(chosen.sources), SystemClock().now())
        for source in chosen.sources:
            await fill(parts, source, topic, ENTRIES // licenses)
        await parts.releaser.release(topic, chosen, SystemClock().now())
        seconds = []
        for n in range(ROUNDS):
            await fill(parts, next(iter(chosen.sources)), topic, 1, ENTRIES + n)
            began = time.perf_counter()
            released = await parts.releaser.release(topic, chosen, SystemClock().now())
            seconds.append(time.perf_counter() - began)
            if released.entries != ENTRIES or len(released.written) < 4:
                raise SystemExit(f"not a whole release: {released}")
        return seconds


async def time_news(folder: Path, topics: int, entries: int) -> float:
    """Return the seconds to release so many topics of which each got one new entry."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    chosen = desk_of(folder / f"news{topics}-{entries}", topics, topics)
    async with open_parts(chosen) as parts:
        await work.apply_settings(parts, chosen)
        for number, source in enumerate(chosen.sources):
            await fill(parts, source, TopicId(f"t{number}"), entries)
        await work.release_due(parts, chosen)
        for number, source in enumerate(chosen.sources):
            await fill(parts, source, TopicId(f"t{number}"), 1, entries)
        began = time.perf_counter()
        done = await work.release_due(parts, chosen)
        seconds = time.perf_counter() - began
        if len(done.done) != topics:
            raise SystemExit(f"{len(done.done)} of {topics} topics were released")
        return seconds


async def time_edit(folder: Path) -> float:
    """Return the seconds from a saved licence to the last of 10,000 articles republished."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    chosen = desk_of(folder / "edit", TOPICS, TOPICS)
    async with open_parts(chosen) as parts:
        await work.apply_settings(parts, chosen)
        for number, source in enumerate(chosen.sources):
            await fill(parts, source, TopicId(f"t{number}"), ENTRIES)
        await work.release_due(parts, chosen)
        edited = {
            name: one.model_copy(update={"credit": "Edited, {source}."})
            for name, one in chosen.licenses.items()
        }
        after = chosen.model_copy(update={"licenses": edited})
        began = time.perf_counter()
        await work.apply_settings(parts, after)
        done = await work.release_due(parts, after)
        seconds = time.perf_counter() - began
        changed = [one for one in done.done if one.written and one.entries == ENTRIES]
        if len(changed) != TOPICS:
            raise SystemExit(f"{len(changed)} of {TOPICS} topics were republished")
        return seconds
