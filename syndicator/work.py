"""What the daemon and the one-off commands both do: poll many, release many, refile all."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from time import perf_counter

import structlog

from syndicator.errors import LibraryError, PublishError
from syndicator.logs import said
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.text import digest
from syndicator.poll import LEASE, Result, file_all
from syndicator.ports import Claim, Release
from syndicator.release import EPOCH, Released
from syndicator.wiring import Parts

log = structlog.get_logger()
RELEASE_LEASE = timedelta(minutes=2)
RELEASES_AT_ONCE = 50
REFILE_BATCH = 500


async def poll_claim(parts: Parts, claim: Claim, settings: Settings) -> Result:
    """Poll one claimed source and log its canonical line.

    Raises:
        LibraryError: the store failed.
    """
    began = perf_counter()
    result = await parts.poller.poll(claim, settings)
    line = said(
        {
            "source": result.source,
            "status": result.status,
            "new": result.new,
            "revised": result.revised,
            "duplicates": result.duplicates,
            "dropped": result.dropped,
            "kind": result.kind,
            "error": result.error,
            "warnings": "; ".join(result.warnings[:3]),
            "ms": round((perf_counter() - began) * 1000),
        }
    )
    (log.warning if result.error else log.info)("poll", **line)
    return result


async def poll_named(
    parts: Parts,
    sources: Sequence[SourceId],
    settings: Settings,
    tell: Callable[[Result], Awaitable[None] | None] = lambda _: None,
) -> list[Result]:
    """Poll these sources now, due or not, as many at once as the settings allow."""
    seats = asyncio.Semaphore(settings.desk.fetch.concurrency)
    results: list[Result] = []

    async def one(source: SourceId) -> None:
        async with seats:
            claim = await parts.library.claim(source, parts.clock.now(), LEASE)
            if claim is None:
                result = Result(
                    source=source,
                    status="failed",
                    kind="busy",
                    error=f"{source}: another process is polling it; wait for it to finish",
                )
            else:
                result = await poll_claim(parts, claim, settings)
            results.append(result)
            tell(result)

    async with asyncio.TaskGroup() as group:
        for source in sources:
            group.create_task(one(source))
    return results


async def release_claimed(parts: Parts, release: Release, settings: Settings) -> Released | None:
    """Rebuild one claimed topic and log its line; ``None`` when it is gone from the settings."""
    if release.topic not in settings.topics:
        await parts.library.finish_release(release, parts.clock.now(), None)
        return None
    began = perf_counter()
    try:
        released = await parts.releaser.release(release.topic, settings, parts.clock.now())
    except PublishError as error:
        log.exception("release", topic=release.topic, status="failed", error=str(error))
        raise
    await parts.library.finish_release(release, parts.clock.now(), released.wake)
    line = said(
        {
            "topic": released.topic,
            "entries": released.entries,
            "refused": released.refused,
            "written": len(released.written),
            "problems": "; ".join(released.problems[:3]),
            "ms": round((perf_counter() - began) * 1000),
        }
    )
    log.info("release", **line)
    return released


async def release_due(parts: Parts, settings: Settings) -> list[Released]:
    """Rebuild every topic that is due, and the directory if any changed."""
    done: list[Released] = []
    while True:
        claims = await parts.library.claim_releases(
            parts.clock.now(), RELEASES_AT_ONCE, RELEASE_LEASE
        )
        if not claims:
            break
        for claim in claims:
            released = await release_claimed(parts, claim, settings)
            if released is not None:
                done.append(released)
    if done:
        await publish_site(parts, settings)
    return done


async def publish_site(parts: Parts, settings: Settings) -> None:
    """Publish the directory page and the OPML of topics."""
    counts: dict[TopicId, tuple[int, object]] = {}
    for topic in settings.topics:
        newest = await parts.library.articles(
            await parts.library.newest(topic=topic, limit=1), bodies=False
        )
        updated = newest[0].updated if newest else EPOCH
        counts[topic] = (await parts.library.count(topic), updated)
    parts.releaser.publish_site(settings, counts)  # type: ignore[arg-type]


def rules_digest(settings: Settings) -> str:
    """Stand for everything that decides where an article is filed and what is published of it."""
    return digest(
        *(
            part
            for group in (settings.sources, settings.licenses, settings.topics)
            for key in sorted(group)
            for part in (str(key), group[key].model_dump_json())  # type: ignore[index]
        ),
        settings.desk.title,
        settings.desk.base_url,
        size=16,
    ).hex()


async def apply_settings(parts: Parts, settings: Settings) -> None:
    """Make the library follow the settings: sources enrolled, articles refiled, topics marked.

    Refiling walks the library only when the rules differ from those it was
    last filed under. Doing this twice changes nothing.
    """
    now = parts.clock.now()
    active = [source for source, one in settings.sources.items() if not one.paused]
    await parts.library.enroll(active, now)
    rules = rules_digest(settings)
    if await parts.library.note("rules") == rules:
        return
    batch: dict[ArticleId, frozenset[TopicId]] = {}
    async for article in parts.library.every_article():
        batch.update(file_all([article], settings))
        if len(batch) >= REFILE_BATCH:
            await parts.library.refile(batch, now)
            batch = {}
    await parts.library.refile(batch, now)
    await parts.library.mark(list(settings.topics), now)
    await parts.library.set_note("rules", rules)


__all__ = [
    "LibraryError",
    "apply_settings",
    "poll_claim",
    "poll_named",
    "publish_site",
    "release_due",
]
