"""The archive of one topic, from the library to published documents (RFC 5005 §4).

::

    library → file away → clear → edit → render → publish, page by page

What has left the feed and may still leave the desk stands in pages of a hundred
entries, in the order in which it came. Which articles a closed page holds is a
fact and is kept; what it says of them is a verdict of the day, so a page changes
when an article in it is revised or killed or its licence ends, and never because
of others. The page after the newest closed one is open, and fills up.
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import msgspec

from syndicator.editing import edit_stock
from syndicator.errors import PublishError
from syndicator.filing import ALL, REST, Filing
from syndicator.gate import Gate
from syndicator.model.archive import Archive, ArchivePage, place_of, shelf_of
from syndicator.model.desk import Settings
from syndicator.model.edition import Edition, Site
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.publication import Publication
from syndicator.model.topic import Audience, Topic, Window
from syndicator.ports import Entered, Library, Standing
from syndicator.ports.publisher import Publisher
from syndicator.render import Rendered, render_topic
from syndicator.rights.ledger import changes, ended
from syndicator.rights.notices import NOTICE
from syndicator.rights.rulings import ruled
from syndicator.stock import Stock, archive_note, places_of

ASK_AGAIN = timedelta(minutes=15)
"""Another topic's feed may take a place under a quota for what waits for one here."""
_EVERYTHING = Window.model_construct(entries=ALL, hours=ALL)


class Archived(msgspec.Struct, frozen=True, kw_only=True):
    """What one look at an archive came to.

    ``newest`` is the page with which the archive begins; ``began`` says that it
    was another one before, so that the feed must be written anew. ``wake`` is
    when a verdict in it changes by the clock alone.
    """

    pages: int = 0
    entries: int = 0
    written: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    newest: int | None = None
    began: bool = False
    wake: datetime | None = None


class _Page(msgspec.Struct, frozen=True):
    """A page that was looked at: what it holds now, and until when that stands."""

    edition: Edition
    until: datetime | None
    rendered: Rendered

    @property
    def shown(self) -> int:
        return len(self.edition.items) + len(self.edition.withdrawn)


def has_archive(topic: Topic) -> bool:
    """Whether a topic has one: what subscribers get is composed for each and stands in no file."""
    return topic.archive and topic.audience is Audience.PUBLIC


def newest_page(note: str | None) -> int | None:
    """Return the page with which an archive begins, as last written and noted."""
    number, _, _ = (note or "").partition(" ")
    return int(number) if number else None


class Archivist:
    """Keeps archives through the ports it is given."""

    def __init__(self, *, library: Library, publisher: Publisher, generator: str) -> None:
        """Join the edges. ``generator`` names this program in every document."""
        self._library = library
        self._publisher = publisher
        self._generator = generator
        self._rendering = asyncio.Lock()

    async def keep(
        self, topic: TopicId, settings: Settings, now: datetime, *, generation: int, rules: str
    ) -> Archived:
        """Bring a topic's archive up to date: what has left the feed, what changed, what ended.

        ``generation`` is that of the archive when this was begun; ``rules`` stands
        for the settings, and every page is looked at again when it is another.

        Raises:
            LibraryError: the store failed.
            PublishError: a file could not be written; the last good one stands.
        """
        noted = await self._library.note(archive_note(topic))
        before = newest_page(noted)
        standing = await self._library.standing(shelf_of(topic), now - NOTICE)
        if topic not in settings.topics or not has_archive(settings.topics[topic]):
            return await self._closed(topic, standing, before, now)
        rules = f"{self._generator} {rules}"
        stale = (noted or "").partition(" ")[2] != rules
        work = _Work(
            self._library,
            self._publisher,
            topic,
            settings,
            now,
            self._site(settings),
            self._rendering,
        )
        done = await work.run(standing, generation, every=stale)
        if done is None:  # another process wrote this archive meanwhile
            return Archived(wake=now)
        newest = done.newest
        await self._library.set_note(archive_note(topic), f"{newest or ''} {rules}")
        return msgspec.structs.replace(done, began=newest != before)

    def _site(self, settings: Settings) -> Site:
        return Site(
            title=settings.desk.title, base_url=settings.desk.base_url, generator=self._generator
        )

    async def _closed(
        self, topic: TopicId, standing: Standing, before: int | None, now: datetime
    ) -> Archived:
        """Take down an archive that shall not be; which articles its pages held stays known."""
        gone = self._publisher.withdraw(lambda _: False, shelf_of(topic))
        lines = ended(standing.now.values(), now)
        if not await _enter(self._library, topic, standing, lines):
            return Archived(wake=now)
        await self._library.set_note(archive_note(topic), "")
        return Archived(written=gone, began=before is not None)


class _Work:
    """One look at one archive."""

    def __init__(
        self,
        library: Library,
        publisher: Publisher,
        topic: TopicId,
        settings: Settings,
        now: datetime,
        site: Site,
        rendering: asyncio.Lock,
    ) -> None:
        self._library = library
        self._publisher = publisher
        self._topic = topic
        self._now = now
        self._site = site
        self._rendering = rendering
        self._settings = settings
        wide = settings.topics[topic].model_copy(update={"window": _EVERYTHING})
        self._wide = settings.model_copy(update={"topics": {topic: wide}})
        self._lines: list[Publication] = []
        self._written: list[str] = []
        self._problems: list[str] = []
        self._rewritten: set[ArticleId] = set()
        self._filing = Filing(library, topic, settings, now)
        self._failed: PublishError | None = None

    async def run(self, standing: Standing, generation: int, *, every: bool) -> Archived | None:
        """Write every page that is to be another; ``every``: look at all of them.

        What changed is in the ledger before pages are kept, so that a crash between leaves
        nothing standing that the ledger does not know; then it is done again. ``None``:
        others have written lines meanwhile, and it must be.
        """
        library, topic, now = self._library, self._topic, self._now
        archive = await library.archive(topic)
        closed, rest, ids = await self._filing.gathered(archive, standing, generation)
        filed = frozenset(ids)
        kept, older = await self._closed_pages(archive, closed, filed, standing, every=every)
        number = archive.next_number + len(closed)
        held = {one for page in kept for one in page.articles}
        rest += await self._killed(standing, held.union(rest))
        opened = ArchivePage(number=number, articles=rest, shown=0)
        last = await self._page(opened, filed, standing, older)
        held.update(rest)
        over = [line for one, line in standing.now.items() if one not in held]
        self._lines += ended(over, now)
        shown = [one.number for one in kept if one.shown] + [number] * bool(last.shown)
        self._withdraw(frozenset(map(str, shown)))
        if self._failed is not None:
            raise self._failed
        if self._written:
            await self._again(generation)
        if not await _enter(library, topic, standing, self._lines):
            return None
        changed_pages = [one for one in kept if one not in archive.pages]
        await library.keep_pages(topic, changed_pages, generation)
        moments = [one.until for one in kept] + [last.until, *self._filing.later]
        return Archived(
            pages=len(shown),
            entries=sum(one.shown for one in kept) + last.shown,
            written=tuple(self._written),
            problems=tuple(self._problems),
            newest=number if last.shown else older,
            wake=min((one for one in moments if one is not None), default=None),
        )

    async def _closed_pages(
        self,
        archive: Archive,
        closed: Sequence[ArchivePage],
        filed: Collection[ArticleId],
        standing: Standing,
        *,
        every: bool,
    ) -> tuple[list[ArchivePage], int | None]:
        """Write those of the closed pages that are to be another; return all, and the newest shown.

        ``closed`` are those that are closed only now. A page leads to the one before it that
        shows anything, so it is another when that one is.
        """
        there = self._publisher.published(shelf_of(self._topic))
        kept: list[ArchivePage] = []
        older, moved = None, False
        for page in (*archive.pages, *closed):
            due = page.until is not None and page.until <= self._now
            changed = not archive.stale.isdisjoint(page.articles)
            lost = page.shown and not self._files(page.number) <= there
            if every or due or changed or moved or lost or page.number >= archive.next_number:
                made = await self._page(page, filed, standing, older)
                moved = bool(made.shown) != bool(page.shown) or (moved and not made.shown)
                page = msgspec.structs.replace(page, shown=made.shown, until=made.until)  # noqa: PLW2901
            kept.append(page)
            older = page.number if page.shown else older
        return kept, older

    def _files(self, number: int) -> set[str]:
        place = place_of(self._topic, number)
        formats = self._settings.topics[self._topic].formats
        return {f"{place}/index.html", *(f"{place}.{one.value}" for one in formats)}

    def _withdraw(self, shown: Collection[str]) -> None:
        """Take down each page that shows nothing, also one that a dead process kept no note of."""
        start = f"{shelf_of(self._topic)}/"

        def keep(path: str) -> bool:
            name = path.removeprefix(start)
            return name.partition("/")[0].partition(".")[0] in shown

        try:
            self._written += self._publisher.withdraw(keep, shelf_of(self._topic))
        except PublishError as error:
            self._failed = self._failed or error

    async def _again(self, generation: int) -> None:
        """Look again at what was written if anything changed meanwhile.

        Another process may have seen to that already, and these files are older than its own.
        """
        newest = await self._library.generation(shelf_of(self._topic))
        if newest != generation:
            await self._library.watch(self._topic, self._rewritten, newest + 1)

    async def _killed(
        self, standing: Standing, elsewhere: Collection[ArticleId]
    ) -> tuple[ArticleId, ...]:
        """Return what stood in the open page and was killed: its notice stands there."""
        stood = {*standing.now, *(line.article for line in standing.past)}
        rulings = await self._library.rulings_of(stood.difference(elsewhere))
        return tuple(sorted(o for o, some in rulings.items() if ruled(some, self._now).killed))

    async def _page(
        self,
        page: ArchivePage,
        filed: Collection[ArticleId],
        standing: Standing,
        older: int | None,
    ) -> _Page:
        """Compose a page, publish it, and note what that changes in the ledger."""
        here = set(page.articles)
        before = {one: line for one, line in standing.now.items() if one in here}
        past = tuple(line for line in standing.past if line.article in here)
        own = Standing(count=standing.count, now=before, past=past)
        stock = await self._stock(page.articles, filed, own)
        async with self._rendering:  # side by side they would keep everything else from its turn
            made = await asyncio.to_thread(self._made, stock, page.number, older)
        shelf = msgspec.structs.replace(made.edition, id=shelf_of(self._topic))
        lines = changes(shelf, before, self._now)
        self._lines += lines
        gate = Gate(lines)
        outputs = [one.output for one in made.rendered.documents if gate.passes(one)]
        self._problems += (*gate.problems, *made.rendered.problems)
        self._rewritten.update(page.articles)
        try:
            self._written += await asyncio.to_thread(self._publisher.publish, outputs)
        except PublishError as error:  # it keeps nothing in the other pages
            self._failed = self._failed or error
        return made

    async def _stock(
        self, articles: Sequence[ArticleId], filed: Collection[ArticleId], standing: Standing
    ) -> Stock:
        library = self._library
        ids = [one for one in articles if one in filed]
        found = await library.articles(ids)
        wanted = {*articles, *(line.article for line in standing.past)}
        return Stock(
            articles=tuple(found),
            standing=standing,
            places=await places_of(library, self._settings, ids, self._now, standing),
            stories=await library.stories_of(wanted),
            rulings=await library.rulings_of(wanted),
        )

    def _made(self, stock: Stock, number: int, older: int | None) -> _Page:
        made = edit_stock(self._topic, stock, self._wide, self._now)
        # The feed comes first: an archive takes no place under a quota from it.
        asking = {one for some in made.claims.values() for one in some}
        edition = msgspec.structs.replace(
            made.edition,
            items=tuple(
                one
                for one in made.edition.items
                if one.license.archive and one.article.id not in asking
            ),
            topic=self._settings.topics[self._topic],
            corrected=(),  # said in the feed
            number=number,
            older=older,
        )
        shown = edition.items or edition.withdrawn
        rendered = render_topic(edition, self._site, self._publisher.last) if shown else Rendered()
        moments = [made.wake, self._now + ASK_AGAIN if asking else None]
        until = min((one for one in moments if one is not None), default=None)
        return _Page(edition, until, rendered)


async def _enter(
    library: Library, topic: TopicId, standing: Standing, lines: Sequence[Publication]
) -> bool:
    entered = Entered(count=standing.count, lines=tuple(lines))
    return not lines or await library.enter(shelf_of(topic), entered)


__all__ = ["REST", "Archived", "Archivist", "has_archive", "newest_page"]
