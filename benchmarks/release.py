"""Time the release of one topic of 100 entries of about 5 KB, in all formats."""

import os
import time
from datetime import timedelta
from pathlib import Path

import msgspec

from benchmarks.run import settings
from syndicator.adapters.clock import SystemClock
from syndicator.compare import identify
from syndicator.model.arrival import New
from syndicator.model.article import Article, Body
from syndicator.model.entry import Origin, Person
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.ports import Admission
from syndicator.settings import load
from syndicator.wiring import open_parts

ENTRIES, ROUNDS = 100, 9
PARAGRAPH = (
    "<p>" + "The ferry crossed the strait of Merrow in the rain and came back. " * 10 + "</p>"
)


async def time_release(folder: Path) -> list[float]:
    """Fill one topic and return the seconds of each release that changed every file."""
    chosen = load(settings(folder / "release", "http://127.0.0.1:1", 1), os.environ)
    topic, source = TopicId("t0"), SourceId("s0")
    async with open_parts(chosen) as parts:
        now = SystemClock().now()
        await parts.library.enroll([source], now)
        (claim,) = await parts.library.claim_due(now, 1, timedelta(minutes=5))
        article = Article(
            id=ArticleId(""),
            source=source,
            publisher="p",
            guid="",
            headline="Ferry",
            body=Body(html=PARAGRAPH * 8, text=PARAGRAPH * 8),
            authors=(Person(name="Ines Calloway"),),
            origin=Origin(title="Harbour"),
            published=now,
            updated=now,
            first_seen=now,
            fingerprint="f",
        )
        candidates = identify(
            [
                (msgspec.structs.replace(article, guid=f"g{n}", fingerprint=f"f{n}"), f"g{n}")
                for n in range(ENTRIES)
            ]
        )
        await parts.library.admit(
            Admission(
                claim=claim,
                state=claim.state,
                next_poll=now,
                now=now,
                arrivals=tuple(New(article=one.article, keys=one.keys) for one in candidates),
                topics={one.article.id: frozenset({topic}) for one in candidates},
            )
        )
        seconds = []
        for _ in range(ROUNDS):
            parts.publisher.withdraw(lambda _: False)
            began = time.perf_counter()
            released = await parts.releaser.release(topic, chosen, now)
            seconds.append(time.perf_counter() - began)
            if released.entries != ENTRIES or len(released.written) != 4:
                raise SystemExit(f"not a whole release: {released}")
        return seconds
