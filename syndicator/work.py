"""What the daemon and the one-off commands both do: poll many, release many, refile all."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from time import perf_counter

import structlog

from syndicator.errors import PublishError
from syndicator.logs import said
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.text import digest
from syndicator.poll import LEASE, Result, file_all
from syndicator.ports import Claim, Release
from syndicator.release import Released
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
    tell: Callable[[Result], object] = lambda _: None,
) -> list[Result]:
    """Poll these sources now, due or not, as many at once as the settings allow."""
    limit = settings.desk.fetch.concurrency
    waiting = list(reversed(sources))
    claimed: list[Claim] = []
    results: list[Result] = []

    def note(result: Result) -> None:
        results.append(result)
        tell(result)

    async def refill() -> None:
        batch = [waiting.pop() for _ in range(min(limit, len(waiting)))]
        fresh = await parts.library.claim(batch, parts.clock.now(), LEASE)
        claimed.extend(reversed(fresh))
        for source in set(batch) - {one.source for one in fresh}:
            note(_busy(source))

    refilling = asyncio.Lock()

    async def seat() -> None:
        while True:
            async with refilling:
                while waiting and not claimed:
                    await refill()
                if not claimed:
                    return
                claim = claimed.pop()
            note(await poll_claim(parts, claim, settings))

    async with asyncio.TaskGroup() as group:
        for _ in range(min(limit, len(sources))):
            group.create_task(seat())
    return results


def _busy(source: SourceId) -> Result:
    return Result(
        source=source,
        status="failed",
        kind="busy",
        error=f"{source}: another process is polling it; wait for it to finish",
    )


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
    summary = f"{released.entries} {released.updated.isoformat()}"
    await parts.library.set_note(_note(release.topic), summary)
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
    """Publish the directory page and the OPML, with what each topic's last release came to."""
    counts: dict[TopicId, tuple[int, datetime]] = {}
    for topic in settings.topics:
        entries, _, updated = (await parts.library.note(_note(topic)) or "").partition(" ")
        if updated:
            counts[topic] = (int(entries), datetime.fromisoformat(updated))
    parts.releaser.publish_site(settings, counts)


def _note(topic: TopicId) -> str:
    return f"released:{topic}"


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
