"""The edges of the desk: what the pipes ask of the world, and nothing about how.

Four ports carry I/O (Fetcher, Library, Publisher, Clock); a fifth, Reader,
carries the one pure step that must be killable. Adapters implement them;
``wiring`` chooses.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import msgspec

from syndicator.model.arrival import Key, Known
from syndicator.model.article import Article
from syndicator.model.entry import Document
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling
from syndicator.model.source import Source, SourceState
from syndicator.ports.admission import Admission as Admission
from syndicator.ports.admission import Claim as Claim
from syndicator.ports.admission import Verdict as Verdict
from syndicator.ports.archive import ArchiveLibrary
from syndicator.ports.history import HistoryLibrary
from syndicator.ports.holdings import Holdings as Holdings
from syndicator.ports.holdings import HoldingsLibrary
from syndicator.ports.holdings import Standing as Standing
from syndicator.ports.ledger import LedgerLibrary
from syndicator.ports.listeners import ListenerLibrary
from syndicator.ports.outside import OutsideLibrary
from syndicator.ports.stories import StoryLibrary

if TYPE_CHECKING:  # reading costs half a second to load, and most commands read nothing
    from syndicator.ingest import Profile, Reading


class Clock(Protocol):
    """The only source of the time."""

    def now(self) -> datetime:
        """Return this moment, aware UTC."""
        ...


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said about being asked again, already as moments (aware UTC).

    ``not_before`` is the latest of ``Retry-After``, ``Cache-Control: max-age``
    (less ``Age``) and ``Expires`` (RFC 9111 §4.2); ``None`` when it said nothing.
    ``why`` names the header it comes from.
    """

    not_before: datetime | None = None
    why: str = "the server's word"


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A full answer: the documents that differ from those known, oldest first.

    An HTTP source gives exactly one; a folder gives each new or changed file.
    ``etag`` and ``last_modified`` are raw header values (RFC 9110 §8.8).
    ``moved_to`` is the target of a permanent redirect, if every hop was one.
    ``status`` is 226 when the documents hold only what is new (RFC 3229
    §10.4.1), ``None`` when the source is no server. ``links`` are the relations
    and targets of its ``Link`` headers (RFC 8288).
    """

    documents: tuple[Document, ...]
    status: int | None = 200
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    hints: Hints = Hints()
    links: tuple[tuple[str, str], ...] = ()


class NotModified(msgspec.Struct, frozen=True, kw_only=True):
    """The upstream has nothing new (304, or every file as it was).

    ``status``, ``moved_to`` and ``links`` are as in :class:`Fetched`.
    """

    status: int | None = 304
    moved_to: str | None = None
    hints: Hints = Hints()
    links: tuple[tuple[str, str], ...] = ()


class Fetcher(Protocol):
    """Gets documents from upstreams, politely and safely."""

    async def fetch(
        self, source: Source, state: SourceState, now: datetime
    ) -> Fetched | NotModified:
        """Ask one source, conditionally when ``state`` allows it.

        ``state.address`` is asked where there is one, else the source's own.

        Raises:
            FetchError: nothing usable came back; its message is fit to show.
            LaterError: nothing was asked, for too many wait for the same host.
        """
        ...

    async def settle(
        self, source: Source, document: Document, error: str | None, now: datetime
    ) -> None:
        """Hear what became of a document: stored, or why it could not be read.

        A drop folder then clears it away; to any other source it means nothing.

        Raises:
            FetchError: it could not be cleared away.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Reader(Protocol):
    """Parse → normalize → credit, with limits on time and memory."""

    async def read(self, document: Document, profile: "Profile", now: datetime) -> "Reading":
        """Understand one document.

        Raises:
            ReadError: it is no feed, or reading it took too long or too much.
        """
        ...

    async def close(self) -> None:
        """End the processes."""
        ...


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """The right to rebuild one topic; ``generation`` tells whether it changed meanwhile."""

    topic: TopicId
    generation: int


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """Lines for the ledger of publications, made over what stood at ``count``."""

    count: int
    lines: tuple[Publication, ...]


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept in the step that ends a rebuild, whatever becomes of its lines.

    ``note`` is a small value, with its name before it; ``marked`` are topics to be rebuilt at
    these moments or sooner.
    """

    note: tuple[str, str]
    marked: Mapping[TopicId, datetime] = {}


class Library(
    ArchiveLibrary,
    LedgerLibrary,
    ListenerLibrary,
    HistoryLibrary,
    HoldingsLibrary,
    OutsideLibrary,
    StoryLibrary,
    Protocol,
):
    """Everything the desk remembers. Every method may raise ``LibraryError``.

    Methods that change something are atomic, and doing one twice leaves what
    doing it once leaves.
    """

    async def enroll(self, sources: Collection[SourceId], now: datetime) -> None:
        """Make the set of polled sources exactly ``sources``; newcomers are due now."""
        ...

    async def claim_due(self, now: datetime, limit: int, lease: timedelta) -> list[Claim]:
        """Claim up to ``limit`` sources that are due, oldest first.

        A claim moves the due time to the end of the lease, so that of a killed
        process comes back by itself.
        """
        ...

    async def claim(
        self, sources: Sequence[SourceId], now: datetime, lease: timedelta
    ) -> list[Claim]:
        """Claim these, due or not, save those another process polls."""
        ...

    async def finish(self, claim: Claim, state: SourceState, next_poll: datetime) -> bool:
        """End a poll that brought nothing to store; ``False`` if the claim was lost."""
        ...

    async def abandon(self, now: datetime) -> None:
        """Make everything claimed due again.

        Only for a process that knows no other can hold a claim: the one that
        has just started the store. Elsewhere claims come back by their lease.
        """
        ...

    async def lookup(
        self, keys: Sequence[Key], likely: Sequence[ArticleId] = ()
    ) -> dict[Key, Known]:
        """Return what the ledger knows, for those keys it knows.

        ``likely`` are the articles that they probably lead to: where they do, it is
        one round trip; else, one more for the others.
        """
        ...

    async def known_of(self, ids: Sequence[ArticleId]) -> dict[ArticleId, Known]:
        """Return what the ledger knows of articles, for those it knows, held still or not."""
        ...

    async def admit(self, admission: Admission) -> Verdict:
        """Store articles, ledger, topic indexes and source state together, or not at all.

        A new article that says the words of a killed one is a conflict. What a
        revision replaces, and names under which articles came, are kept too.
        """
        ...

    async def source_states(self) -> dict[SourceId, SourceState]:
        """Return what is known of every source ever polled."""
        ...

    async def due_times(self) -> dict[SourceId, datetime]:
        """Return when each enrolled source is polled next (or its claim runs out)."""
        ...

    async def article(self, article: ArticleId) -> Article | None:
        """Return one article, body and all."""
        ...

    async def articles(self, ids: Sequence[ArticleId], *, bodies: bool = True) -> list[Article]:
        """Return those that exist, in the order asked for."""
        ...

    async def newest(
        self, *, topic: TopicId | None = None, limit: int, before: datetime | None = None
    ) -> list[ArticleId]:
        """Return ids by publication date, newest first, of one topic or of all."""
        ...

    def every_article(self) -> AsyncIterator[Article]:
        """Yield each article once, without its body, in no order."""
        ...

    async def find_ids(self, prefix: str) -> list[ArticleId]:
        """Return up to ten article ids that start with ``prefix``."""
        ...

    async def topics_of(self, article: ArticleId) -> frozenset[TopicId]:
        """Return where an article is filed."""
        ...

    async def count(self, topic: TopicId | None = None) -> int:
        """Return how many articles a topic, or the whole library, holds."""
        ...

    async def refile(
        self, filing: Mapping[ArticleId, frozenset[TopicId]], now: datetime
    ) -> frozenset[TopicId]:
        """Change where articles are filed; return the topics that changed."""
        ...

    async def rewrite(self, articles: Sequence[Article], now: datetime) -> int:
        """Replace what was understood of these articles; return how many were.

        Not a revision: dates, version and topics stay as they are, and one whose
        version has moved on meanwhile is left alone. Their topics are rebuilt.
        """
        ...

    async def mark(self, topics: Collection[TopicId], at: datetime) -> None:
        """Ask for these topics to be rebuilt at ``at`` or sooner."""
        ...

    async def claim_releases(self, now: datetime, limit: int, lease: timedelta) -> list[Release]:
        """Claim topics whose rebuild is due, as :meth:`claim_due` does for sources."""
        ...

    async def finish_release(
        self,
        release: Release,
        now: datetime,
        wake: datetime | None,
        entered: Entered | None = None,
        beside: Beside | None = None,
    ) -> bool:
        """End a rebuild; the topic is due again at ``wake``, or at once if it changed meanwhile.

        The lines of ``entered`` are written in the same step, so that a crash
        neither loses nor doubles one. When another release of the topic wrote
        some meanwhile, none is written, the topic is due at once, and the
        answer is ``False``.
        """
        ...

    async def generation(self, topic: TopicId) -> int:
        """Return how often a topic changed: articles, filing, rulings, or a mark on it."""
        ...

    async def enter(self, topic: TopicId, entered: Entered) -> bool:
        """Write lines of what ends with no release: a topic as one subscriber gets it, an archive.

        When others wrote some of ``topic`` meanwhile, none is written and the
        answer is ``False``.
        """
        ...

    async def standing(self, topic: TopicId, killed_since: datetime) -> Standing:
        """Return what stands in a topic, and what stood there of what was killed since then."""
        ...

    async def rule(self, ruling: Ruling) -> frozenset[TopicId]:
        """Record a ruling for good; return the topics to rebuild, which are due at once.

        The words of a killed article lead to it from then on (a key of kind
        ``killed``), until it is restored. The same ruling again changes nothing.
        """
        ...

    async def rulings_of(self, ids: Collection[ArticleId]) -> dict[ArticleId, tuple[Ruling, ...]]:
        """Return the rulings on these articles, oldest first, where there are any."""
        ...

    async def all_rulings(self) -> dict[ArticleId, tuple[Ruling, ...]]:
        """Return every ruling, by article, oldest first; the article itself may be gone."""
        ...

    async def note(self, name: str) -> str | None:
        """Return a small value the desk keeps for itself, such as a digest of its rules."""
        ...

    async def notes(self, names: Sequence[str]) -> dict[str, str]:
        """Return those of these values that are kept, by name."""
        ...

    async def set_note(self, name: str, value: str) -> None:
        """Keep a small value under ``name``."""
        ...

    async def ping(self) -> None:
        """Return if the store answers and accepts writes."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
