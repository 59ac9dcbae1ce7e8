"""``syndicator run``: the tick, the seats, the signals, the drain.

APScheduler keeps the timers: due sources are claimed every half second (or at
once when a seat falls free while more are waiting), changed topics are released
every half second, and fetches are noted every five seconds. A watcher looks at
the settings' files. What is due is the store's business, so a run missed here
is made up by the next, and a killed desk loses nothing but time.
"""

import asyncio
import gc
import os
import signal
from collections.abc import Callable
from contextlib import suppress

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from syndicator import work
from syndicator.adapters.drop_watch import watch_drops
from syndicator.dispatch import Dispatch
from syndicator.errors import LibraryError, SettingsError, SyndicatorError
from syndicator.metrics import Metrics
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId
from syndicator.poll import LEASE
from syndicator.ports import Claim
from syndicator.push import links_of
from syndicator.questions import open_questions
from syndicator.reception import Reception
from syndicator.retention import Retention
from syndicator.sheet import Sheet, Sheets
from syndicator.watching import Written, saved
from syndicator.web import Front, Private, Tally, WebState, make_app
from syndicator.wiring import GENERATOR, Parts, open_parts

log = structlog.get_logger()
TICK = 0.5
DRAIN = 6.0  # seconds for running polls; what hubs brought, the server and the store take the rest
CLOSING = 1.0
TEND = 1.0  # seconds between looks at what was agreed with hubs, and at listeners
KEEP = 5.0  # seconds between notes of what was fetched
RETIRE = 2.0  # seconds between steps through what is kept no longer


class Daemon:
    """One running desk.

    ``load`` reads the settings anew and may raise ``SettingsError``; ``tell``
    hears the address once it is served; ``as_of`` is what :func:`written` said
    before the settings were read, so that none saved since is missed.
    """

    def __init__(
        self,
        parts: Parts,
        settings: Settings,
        load: Callable[[], Settings],
        tell: Callable[[str], object] = lambda _: None,
        as_of: Written | None = None,
    ) -> None:
        """Prepare; :meth:`run` starts everything."""
        self._tell = tell
        self._as_of = as_of
        self._parts = parts
        self._settings = settings
        self._load = load
        self._metrics = Metrics()
        self._polls: dict[asyncio.Task[None], Claim | None] = {}
        self._cut_off: list[Claim] = []
        self._unpublished: dict[str, str] = {}
        self._applied = False
        self._stop = asyncio.Event()
        self._tally = Tally(parts.clock)
        self._retention = Retention(parts.library)
        self._reception = self._receive(settings.desk.public_url)
        self._dispatch = Dispatch(parts, lambda: self._settings, self._metrics.registry)
        self._drops: asyncio.Task[None] | None = None
        self._problems: dict[str, str] = {}
        self._releasing = asyncio.Lock()
        self._filling = asyncio.Lock()

    def _receive(self, public_url: str | None) -> Reception | None:
        """Make the reception, where hubs know the way to it."""
        if public_url is None:
            return None
        return Reception(
            self._parts,
            public_url,
            lambda: self._settings,
            self._metrics.registry,
            self._metrics.judged,
        )

    async def run(self) -> None:
        """Poll, release and serve until told to stop; then drain within ten seconds."""
        self._catch_signals()
        front = await self._serve()
        scheduler = AsyncIOScheduler(timezone="UTC")
        options = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        scheduler.add_job(self._tick, "interval", seconds=TICK, **options)
        scheduler.add_job(self._release, "interval", seconds=TICK, **options)
        scheduler.add_job(self._keep_tally, "interval", seconds=KEEP, **options)
        scheduler.add_job(self._retire, "interval", seconds=RETIRE, **options)
        if self._reception is not None:
            self._reception.open()
            scheduler.add_job(self._reception.tend, "interval", seconds=TEND, **options)
        self._dispatch.open()
        scheduler.add_job(self._dispatch.tend, "interval", seconds=TEND, **options)
        await self._tick()
        watcher = asyncio.create_task(self._watch())
        self._watch_drops()
        scheduler.start()
        try:
            await self._stop.wait()
        finally:
            scheduler.shutdown(wait=False)
            watcher.cancel()
            await self._dispatch.close(CLOSING)
            if self._reception is not None:
                await self._reception.close(CLOSING)
            if self._drops is not None:
                self._drops.cancel()
            await self._drain()
            await front.cleanup()
            await self._keep_tally()
            log.info("stopped")

    def _catch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._reload_soon)

    async def _serve(self) -> Front:
        desk = self._settings.desk
        state = WebState(
            ready=self._ready,
            registry=self._metrics.registry,
            clock=self._parts.clock,
            sheet=self._sheet,
            tally=self._tally,
            links=links_of(desk),
            settings=lambda: self._settings,
            site=lambda: self._parts.releaser.site(self._settings),
        )
        private = Private(self._parts.subscriptions, lambda: self._settings, self._parts.clock)
        callback = self._reception.callback if self._reception is not None else None
        app = make_app(desk.feeds, state, private, callback, self._dispatch.door)
        front = Front(app, CLOSING)
        host, _, port = desk.listen.rpartition(":")
        try:
            await front.listen(host.strip("[]"), int(port))
        except OSError as error:
            why = os.strerror(error.errno) if error.errno and error.errno > 0 else error
            raise SyndicatorError(
                f"cannot listen on {desk.listen}: {why}; "
                "stop what uses it, or change `listen:` in syndicator.yaml"
            ) from error
        self._tell(desk.base_url)
        log.info("serving", address=desk.base_url, sources=len(self._settings.sources))
        return front

    async def _sheet(self, article: ArticleId) -> Sheet:
        sheets = Sheets(self._parts.library, GENERATOR)
        return await sheets.of(article, self._settings, self._parts.clock.now())

    async def _ready(self) -> list[str]:
        """Problems an operator should know of; none means ready."""
        problems = dict(self._problems)
        try:
            async with asyncio.timeout(3):
                await self._parts.library.ping()
                now = self._parts.clock.now()
                questions = await open_questions(self._parts.library, now)
        except (LibraryError, TimeoutError) as error:
            problems["store"] = str(error) or "the store does not answer"
            questions = []
        return [*problems.values(), *questions]

    async def _tick(self) -> None:
        """Catch up on what the store missed, and fill the free seats with due sources."""
        if self._filling.locked() or self._stop.is_set():
            return
        async with self._filling:
            try:
                if "store" in self._problems:
                    await self._parts.library.ping()  # it writes: a full disk still reads
                if self._cut_off:
                    self._cut_off = await work.give_back(self._parts, self._cut_off)
                if not self._applied:
                    await self._apply()
                await self._fill()
            except LibraryError as error:
                self._trouble("store", str(error))
            else:
                self._passed("store")
                self._metrics.store_up.set(1)

    async def _fill(self) -> None:
        seats = self._settings.desk.fetch.concurrency - len(self._polls)
        if seats <= 0:
            return
        claims = await self._parts.library.claim_due(self._parts.clock.now(), seats, LEASE)
        for claim in claims:
            if claim.source in self._settings.sources:
                task = asyncio.create_task(self._poll(claim, more=len(claims) == seats))
                self._polls[task] = claim
                task.add_done_callback(self._forget)
        self._metrics.polling.set(len(self._polls))

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._polls.pop(task, None)

    async def _poll(self, claim: Claim, *, more: bool) -> None:
        try:
            result = await work.poll_claim(self._parts, claim, self._settings)
            self._metrics.count(result)
            if self._reception is not None:
                await self._reception.polled(result)
        except LibraryError as error:
            self._cut_off.append(claim)
            self._trouble("store", str(error))
            return
        finally:
            current = asyncio.current_task()
            if current is not None:
                self._polls.pop(current, None)
        if more:
            await self._tick()

    async def _retire(self) -> None:
        await work.retire(self._parts, self._retention, self._settings)

    async def _keep_tally(self) -> None:
        """Write down what was fetched; while the store is away it is kept in mind."""
        counts = self._tally.take()
        if not counts:
            return
        try:
            async with asyncio.timeout(CLOSING):
                await self._parts.library.count_fetches(counts)
        except (LibraryError, TimeoutError):
            self._tally.add(counts)

    async def _release(self) -> None:
        if self._releasing.locked():
            return
        async with self._releasing:
            try:
                made = await work.release_due(self._parts, self._settings)
                if work.DIRECTORY in self._unpublished and not made.done:
                    made = work.Round(failed=await work.release_site(self._parts, self._settings))
                    del self._unpublished[work.DIRECTORY]
            except LibraryError as error:
                self._trouble("store", str(error))
                return
            self._note(made)

    def _note(self, made: work.Round) -> None:
        """Count a round of releases, and keep in mind what could not be published."""
        self._metrics.releases.labels("ok").inc(len(made.done))
        self._metrics.releases.labels("failed").inc(len(made.failed))
        known = {*self._settings.topics, work.DIRECTORY} - {one.topic for one in made.done}
        if made.done:
            known.discard(work.DIRECTORY)
        kept = {name: text for name, text in self._unpublished.items() if name in known}
        self._unpublished = {**kept, **made.failed}
        if self._unpublished:
            self._trouble("publish", next(iter(self._unpublished.values())))
        else:
            self._passed("publish")

    def _trouble(self, kind: str, message: str) -> None:
        """Report trouble once, until it passes."""
        if kind == "store":
            self._metrics.store_up.set(0)
        if kind not in self._problems:
            log.error("trouble", about=kind, error=message)
        self._problems[kind] = message

    def _passed(self, kind: str) -> None:
        if self._problems.pop(kind, None) is not None:
            log.info("passed", about=kind)

    def _reload_soon(self) -> None:
        task = asyncio.create_task(self.reload())
        self._polls[task] = None
        task.add_done_callback(self._forget)

    async def reload(self) -> None:
        """Read the settings anew; unsound ones change nothing and are reported."""
        held = self._settings
        try:
            # Beside the loop: polls and answers go on while thousands of sources are read.
            fresh, same = await asyncio.to_thread(self._reread, held)
        except SettingsError as error:
            for problem in error.problems:
                log.error("settings", status="refused", error=str(problem))  # noqa: TRY400 - no fault of ours
            more = len(error.problems) - 1
            rest = f" (and {more} more: `syndicator check`)" if more else ""
            self._problems["settings"] = f"settings not taken: {error.problems[0]}{rest}"
            return
        mended = self._problems.pop("settings", None) is not None
        if same and held is self._settings:
            if mended:
                log.info("settings", status="sound again")
            return
        if fresh.desk != self._settings.desk:
            log.warning(
                "settings", status="restart needed", error="syndicator.yaml changed; run again"
            )
            fresh = fresh.model_copy(update={"desk": self._settings.desk})
        self._settings = fresh
        self._applied = False
        self._watch_drops()
        log.info("settings", status="taken", sources=len(fresh.sources), topics=len(fresh.topics))
        await self._tick()

    def _reread(self, held: Settings) -> tuple[Settings, bool]:
        fresh = self._load()
        return fresh, fresh == held

    async def _apply(self) -> None:
        """Make library and directory follow the settings.

        Raises:
            LibraryError: the store failed; it is tried again with the next tick.
        """
        async with self._releasing:  # no round under the settings of before has the last word
            settings = self._settings
        await work.apply_settings(self._parts, settings)
        if self._reception is not None:
            self._reception.look_round()
        self._dispatch.look_round()
        failed = await work.release_site(self._parts, settings)
        if failed:
            self._note(work.Round(failed=failed))
        self._applied = settings is self._settings

    async def _watch(self) -> None:
        """Reload when a file under ``config/`` is saved, or was while the desk started."""
        try:
            async for _ in saved(self._settings.config, self._as_of, self._stop):
                await self.reload()
        except OSError as error:
            log.warning("settings", status="not watched", error=f"{error}; SIGHUP reloads them")

    def _watch_drops(self) -> None:
        """Watch the drop folders of the settings as they are now."""
        if self._drops is not None:
            self._drops.cancel()
        parts, sources = self._parts, self._settings.sources
        watching = watch_drops(parts.library, sources, parts.clock, self._stop)
        self._drops = asyncio.create_task(watching)

    async def _drain(self) -> None:
        """Let running polls and one release end; sources whose poll is cut off are given back."""
        pending = {task: claim for task, claim in self._polls.items() if not task.done()}
        if pending:
            log.info("draining", polls=len(pending))
            _, late = await asyncio.wait(pending, timeout=DRAIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            self._cut_off += [claim for task in late if (claim := pending[task]) is not None]
        with suppress(TimeoutError):  # a store that hangs must not hold us
            async with asyncio.timeout(CLOSING), self._releasing:
                await work.give_back(self._parts, self._cut_off)


async def run_desk(
    settings: Settings,
    load: Callable[[], Settings],
    tell: Callable[[str], object],
    as_of: Written,
) -> None:
    """Own the store and run one desk until it is told to stop; ``tell`` its address once it serves.

    Raises:
        SyndicatorError: it cannot start; the message says why and what to do.
    """
    # What start-up made lives as long as the desk. The collector need not walk it again and
    # again, which with 10,000 sources stops everything for a tenth of a second each time.
    gc.collect()
    gc.freeze()
    async with open_parts(settings, desk=True) as parts:
        await Daemon(parts, settings, load, tell, as_of).run()
