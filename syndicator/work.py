"""What the daemon and the one-off commands both do: poll many, release many, refile all."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from time import perf_counter

import msgspec
import structlog

from syndicator import archive
from syndicator.directory import note_of
from syndicator.errors import LibraryError, PublishError
from syndicator.logs import report, said
from syndicator.model.archive import shelf_of, topic_of
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.text import digest
from syndicator.poll import LEASE, Result, file_all
from syndicator.ports import Beside, Claim, Entered, Release
from syndicator.release import Released
from syndicator.retention import Retention
from syndicator.rights.ledger import ended
from syndicator.wiring import Parts

log = structlog.get_logger()
RELEASE_LEASE = timedelta(minutes=2)
RELEASE_RETRY = timedelta(seconds=5)
DIRECTORY = "the directory"
RELEASES_AT_ONCE = 8
REFILE_BATCH = 500


async def poll_claim(
    parts: Parts, claim: Claim, settings: Settings, *, by_hand: bool = False
) -> Result:
    """Poll one claimed source and log its canonical line; ``by_hand``: a person asked for it.

    A fault of ours is logged whole and returned as a failure of kind ``fault``;
    the claim's lease keeps the source from being tried again at once.

    Raises:
        LibraryError: the store failed.
    """
    began = perf_counter()
    try:
        result = await parts.poller.poll(claim, settings, by_hand=by_hand)
    except LibraryError:
        raise
    except Exception as error:
        # The edge of one job: a fault on one source must not end the desk.
        log.exception("fault", source=claim.source)
        result = _failed(claim.source, "fault", f"a fault of the desk's own: {_line(error)}")
    report("poll", result, perf_counter() - began)
    return result


async def poll_named(
    parts: Parts,
    sources: Sequence[SourceId],
    settings: Settings,
    tell: Callable[[Result], object] = lambda _: None,
) -> list[Result]:
    """Poll these sources now, due or not, as many at once as the settings allow.

    Cut off in the middle, it gives back what it had claimed.

    Raises:
        LibraryError: the store failed.
    """
    polls = _Named(parts, sources, settings, tell)
    gone: BaseException | None = None
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(settings.desk.fetch.concurrency, len(sources))):
                group.create_task(polls.seat())
    except* LibraryError as failures:
        gone = failures.exceptions[0]  # what is raised here, Python before 3.11.4 wraps in a group
    finally:
        await give_back(parts, polls.held.values())
    if gone is not None:
        raise gone from None
    return polls.results


class _Named:
    """Sources to be polled by name, claimed in batches; ``held`` are the claims not ended yet."""

    def __init__(
        self,
        parts: Parts,
        sources: Sequence[SourceId],
        settings: Settings,
        tell: Callable[[Result], object],
    ) -> None:
        self._parts = parts
        self._settings = settings
        self._tell = tell
        self._waiting = list(reversed(sources))
        self._claimed: list[Claim] = []
        self._refilling = asyncio.Lock()
        self.held: dict[SourceId, Claim] = {}
        self.results: list[Result] = []

    async def seat(self) -> None:
        """Poll one source after another until none is left."""
        while (claim := await self._next()) is not None:
            result = await poll_claim(self._parts, claim, self._settings, by_hand=True)
            del self.held[claim.source]
            self._note(result)

    async def _next(self) -> Claim | None:
        async with self._refilling:
            while self._waiting and not self._claimed:
                await self._refill()
            return self._claimed.pop() if self._claimed else None

    async def _refill(self) -> None:
        count = min(self._settings.desk.fetch.concurrency, len(self._waiting))
        batch = [self._waiting.pop() for _ in range(count)]
        fresh = await self._parts.library.claim(batch, self._parts.clock.now(), LEASE)
        self._claimed.extend(reversed(fresh))
        self.held.update({one.source: one for one in fresh})
        for source in set(batch) - {one.source for one in fresh}:
            self._note(_busy(source))

    def _note(self, result: Result) -> None:
        self.results.append(result)
        self._tell(result)


async def give_back(parts: Parts, claims: Iterable[Claim]) -> list[Claim]:
    """Make sources whose poll was cut off due at once; return those the store would not hear of.

    A claim lost meanwhile is let be.
    """

    async def give(claim: Claim) -> bool:
        try:
            await parts.library.finish(claim, claim.state, parts.clock.now())
        except LibraryError:
            return False
        return True

    tried = list(claims)
    heard = await asyncio.gather(*(give(claim) for claim in tried))
    return [claim for claim, known in zip(tried, heard, strict=True) if not known]


def _busy(source: SourceId) -> Result:
    return _failed(source, "busy", "another process is polling it; wait for it to finish")


def _failed(source: SourceId, kind: str, text: str) -> Result:
    return Result(source=source, status="failed", kind=kind, error=f"{source}: {text}")


def _line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """What one round of releases came to.

    ``failed`` says in one line for each topic, or the directory, why what is
    published of it is not what it should be; its last good files still stand.
    """

    done: tuple[Released, ...] = ()
    failed: Mapping[str, str] = {}


async def release_claimed(parts: Parts, release: Release, settings: Settings) -> Released | None:
    """Rebuild one claimed topic and log its line; ``None`` when it is gone from the settings.

    Raises:
        LibraryError: the store failed.
        PublishError: a file could not be written; the topic is due again shortly.
    """
    shelf = topic_of(release.topic)
    if shelf is not None:
        await archive_claimed(parts, release, shelf, settings)
        return None
    if release.topic not in settings.topics:
        await _end_topic(parts, release)
        return None
    began = perf_counter()
    async with _due_again(parts, release):
        released = await parts.releaser.release(release.topic, settings, parts.clock.now())
    heard = await parts.announcer.released(release.topic, settings)
    now = parts.clock.now()
    # Also where no file changed: what came too late for the feed is in the archive alone.
    behind = released.written or archive.has_archive(settings.topics[release.topic])
    marked = {shelf_of(release.topic): now + archive.REST} if behind else {}
    beside = Beside(note=note_of(released), marked=marked)
    await parts.library.finish_release(release, now, released.wake, released.entered, beside)
    line = said(
        {
            "topic": released.topic,
            "entries": released.entries,
            "refused": released.refused,
            "written": len(released.written),
            "listeners": heard,
            "problems": "; ".join(released.problems[:3]),
            "ms": round((perf_counter() - began) * 1000),
        }
    )
    log.info("release", **line)
    return msgspec.structs.replace(released, entered=None)


@asynccontextmanager
async def _due_again(parts: Parts, release: Release) -> AsyncIterator[None]:
    """Make what could not be published due again shortly."""
    try:
        yield
    except PublishError:
        now = parts.clock.now()
        await parts.library.finish_release(release, now, now + RELEASE_RETRY)
        raise


async def archive_claimed(
    parts: Parts, release: Release, topic: TopicId, settings: Settings
) -> None:
    """Bring the archive of one topic up to date and log its line.

    Raises:
        LibraryError: the store failed.
        PublishError: a file could not be written; the archive is due again shortly.
    """
    began = perf_counter()
    rules = await _rules(parts, settings)
    async with _due_again(parts, release):
        done = await parts.archivist.keep(
            topic, settings, parts.clock.now(), generation=release.generation, rules=rules
        )
    if done.began and topic in settings.topics:
        await parts.library.mark([topic], parts.clock.now())
    await parts.library.finish_release(release, parts.clock.now(), done.wake)
    if done.written or done.problems:
        line = said(
            {
                "topic": topic,
                "pages": done.pages,
                "entries": done.entries,
                "written": len(done.written),
                "problems": "; ".join(done.problems[:3]),
                "ms": round((perf_counter() - began) * 1000),
            }
        )
        log.info("archive", **line)


async def _end_topic(parts: Parts, release: Release) -> None:
    """Let go of a topic that is gone from the settings: nothing stands in it any more."""
    now = parts.clock.now()
    standing = await parts.library.standing(release.topic, now)
    lines = ended(standing.now.values(), now)
    entered = Entered(count=standing.count, lines=lines)
    await parts.library.mark([shelf_of(release.topic)], now)
    await parts.library.finish_release(release, now, None, entered)


async def release_due(parts: Parts, settings: Settings) -> Round:
    """Rebuild every topic that is due, and the directory if any changed.

    A topic that cannot be published costs no other; it is due again shortly.

    Raises:
        LibraryError: the store failed.
    """
    done: list[Released] = []
    failed: dict[str, str] = {}
    while not failed:  # what failed may be due again at once
        claims = await parts.library.claim_releases(
            parts.clock.now(), RELEASES_AT_ONCE, RELEASE_LEASE
        )
        if not claims:
            break
        # Side by side, for most of a release is waiting for the store and the disk; archives
        # behind the feeds, for what they hold is what those let go.
        for shelves in (False, True):
            some = [one for one in claims if (topic_of(one.topic) is not None) is shelves]
            made = await asyncio.gather(*(_tried(parts, one, settings) for one in some))
            for one in made:
                if isinstance(one, LibraryError):
                    raise one
            failed |= {
                claim.topic: one
                for claim, one in zip(some, made, strict=True)
                if isinstance(one, str)
            }
            done += [one for one in made if isinstance(one, Released)]
    if done:
        failed |= await release_site(parts, settings)
    return Round(done=tuple(done), failed=failed)


async def _tried(
    parts: Parts, release: Release, settings: Settings
) -> Released | str | LibraryError | None:
    """Rebuild one claimed topic; return in one line why it could not be published, if so.

    That the store failed is returned too, so that what runs beside it comes to its end.
    """
    try:
        return await release_claimed(parts, release, settings)
    except PublishError as error:
        return str(error)
    except LibraryError as error:
        return error
    except Exception as error:  # the edge of one job, as in poll_claim
        log.exception("fault", topic=release.topic)
        return f"{release.topic}: a fault of the desk's own: {_line(error)}"


async def release_site(parts: Parts, settings: Settings) -> dict[str, str]:
    """Publish the directory; return why it could not be, under its name, or nothing."""
    try:
        await parts.directory.publish(settings, parts.releaser.site(settings))
    except PublishError as error:
        return {DIRECTORY: str(error)}
    return {}


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
        *settings.desk.hubs,
        size=16,
    ).hex()


async def _rules(parts: Parts, settings: Settings) -> str:
    """Return the digest of these settings, made once: of ten thousand sources it takes a while."""
    if parts.rules is None or parts.rules[0] is not settings:
        parts.rules = (settings, await asyncio.to_thread(rules_digest, settings))
    return parts.rules[1]


async def apply_settings(parts: Parts, settings: Settings) -> None:
    """Make the library follow the settings: sources enrolled, articles refiled, topics marked.

    Refiling walks the library only when the rules differ from those it was
    last filed under. Doing this twice changes nothing.
    """
    now = parts.clock.now()
    active = [source for source, one in settings.sources.items() if not one.paused]
    await parts.library.enroll(active, now)
    rules = await _rules(parts, settings)
    if await parts.library.note("rules") == rules:
        return
    batch: dict[ArticleId, frozenset[TopicId]] = {}
    async for article in parts.library.every_article():
        batch.update(file_all([article], settings))
        if len(batch) >= REFILE_BATCH:
            await parts.library.refile(batch, now)
            batch = {}
    await parts.library.refile(batch, now)
    shelves = map(shelf_of, await parts.library.archived())
    await parts.library.mark([*settings.topics, *shelves], now)
    await parts.library.set_note("rules", rules)


async def retire(parts: Parts, retention: Retention, settings: Settings) -> None:
    """Clear away a few of the articles that are kept no longer, and log how many.

    A store that fails is passed over: the tick says so, and the next walk begins anew.
    """
    try:
        gone = await retention.step(settings, parts.clock.now())
    except LibraryError:
        return
    if gone:
        log.info("retired", articles=gone)
