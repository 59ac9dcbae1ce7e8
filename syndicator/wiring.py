"""The one place where real parts are joined to the ports."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import redis.asyncio as aioredis
import structlog
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from syndicator import __version__
from syndicator.adapters.clock import SystemClock
from syndicator.adapters.courier import HttpCourier
from syndicator.adapters.embedded_store import EmbeddedStore
from syndicator.adapters.fetcher import ALONE, AMONG_OTHERS, SourceFetcher
from syndicator.adapters.file_publisher import FilePublisher
from syndicator.adapters.heap import keep_freed_memory
from syndicator.adapters.herald import HttpHerald
from syndicator.adapters.published import PublishedDocuments
from syndicator.adapters.quarantine import Quarantine
from syndicator.adapters.reader_pool import ReaderPool
from syndicator.adapters.redis_library import RedisLibrary
from syndicator.adapters.redis_upgrade import upgrade
from syndicator.announcing import Announcer
from syndicator.archive import Archivist
from syndicator.directory import Directory
from syndicator.errors import LibraryError
from syndicator.model.desk import Settings
from syndicator.poll import Poller
from syndicator.release import Releaser
from syndicator.settings.hosts import known_hosts
from syndicator.subscription import Subscriptions

log = structlog.get_logger()
GENERATOR = f"syndicator {__version__}"
CONNECTIONS = 64
TRIES = 3  # enough for a store that restarts to be met with fresh connections, and no waiting


class Parts:
    """The desk's parts, joined; close by leaving :func:`open_parts`."""

    def __init__(self, settings: Settings, library: RedisLibrary, *, running: bool = False) -> None:
        """Join everything to ``library`` under ``settings``, for a running desk or a command."""
        desk = settings.desk
        self.clock = SystemClock()
        self.library = library
        self.fetcher = SourceFetcher(
            desk.fetch,
            contact=desk.contact,
            version=__version__,
            patience=AMONG_OTHERS if running else ALONE,
        )
        self.courier = HttpCourier(desk.fetch, contact=desk.contact, version=__version__)
        self.herald = HttpHerald(desk.fetch, contact=desk.contact, version=__version__)
        self.documents = PublishedDocuments(desk.feeds)
        self.announcer = Announcer(library, self.documents, self.clock)
        self.reader = ReaderPool(
            workers=desk.read.workers,
            timeout=desk.read.timeout,
            memory_mb=desk.read.memory_mb,
            houses=settings.houses,
            quarantine=Quarantine(desk.data / "quarantine"),
        )
        self.publisher = FilePublisher(desk.feeds)
        self.poller = Poller(
            fetcher=self.fetcher,
            reader=self.reader,
            library=library,
            clock=self.clock,
            hosts=known_hosts(),
        )
        self.releaser = Releaser(library=library, publisher=self.publisher, generator=GENERATOR)
        self.directory = Directory(library=library, publisher=self.publisher)
        self.rules: tuple[Settings, str] | None = None
        """Settings, and the digest of what in them decides what is published."""
        self.archivist = Archivist(library=library, publisher=self.publisher, generator=GENERATOR)
        self.subscriptions = Subscriptions(library, GENERATOR)


@asynccontextmanager
async def open_library(settings: Settings, *, desk: bool = False) -> AsyncIterator[RedisLibrary]:
    """Open the library: the server at ``redis.url``, else the embedded store.

    ``desk`` is true for ``syndicator run``, which must own an embedded store;
    other commands share that of a running desk.

    Raises:
        DataDirError: another desk owns the data directory.
        LibraryError: there is no store to be had.
    """
    async with AsyncExitStack() as stack:
        url = settings.desk.redis.url
        fresh = False
        if url is None:
            store = EmbeddedStore(
                settings.desk.data,
                server=settings.desk.redis.server,
                exclusive=desk,
                tell=(lambda text: log.warning("store", note=text)) if desk else lambda _: None,
            )
            stack.push_async_callback(store.close)
            await store.open()
            url = store.url
            fresh = store.started_here
        client = _client(url)
        library = RedisLibrary(client, settings.desk.redis.prefix)
        stack.push_async_callback(library.close)
        await library.ping()
        moved = await upgrade(client, settings.desk.redis.prefix)
        if moved:
            log.info("store", note=f"moved {moved} keys of an earlier desk to their new places")
        if fresh:
            await library.abandon(SystemClock().now())
        yield library


def _client(url: str) -> "aioredis.Redis":
    options: dict[str, Any] = {
        "max_connections": CONNECTIONS,
        "timeout": 30,
        "socket_timeout": 30,
        "retry": Retry(ExponentialBackoff(cap=0.2, base=0.05), TRIES),
    }
    try:
        if url.startswith("unix://"):
            pool = aioredis.BlockingConnectionPool(
                connection_class=aioredis.UnixDomainSocketConnection,
                path=url.removeprefix("unix://"),
                **options,
            )
        else:
            pool = aioredis.BlockingConnectionPool.from_url(url, **options)
    except ValueError as error:
        raise LibraryError(f"redis.url: {error}") from error
    return aioredis.Redis.from_pool(pool)


@asynccontextmanager
async def open_parts(settings: Settings, *, desk: bool = False) -> AsyncIterator[Parts]:
    """Open the library and join every part to it; let go of all on leaving."""
    keep_freed_memory()
    async with open_library(settings, desk=desk) as library:
        parts = Parts(settings, library, running=desk)
        try:
            yield parts
        finally:
            await parts.fetcher.close()
            await parts.courier.close()
            await parts.herald.close()
            await parts.reader.close()
