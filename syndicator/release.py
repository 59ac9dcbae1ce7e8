"""The release pipe: one topic, from the library to published documents.

::

    library → clear → edit → render → publish

Verdicts are made here, for a moment, and kept nowhere: releasing the same
library twice publishes the same bytes.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

import msgspec

from syndicator.errors import LibraryError
from syndicator.model.article import Article
from syndicator.model.clearance import Clearance, Cleared, Reason, Refused
from syndicator.model.desk import Settings
from syndicator.model.edition import Also, Edition, Item, Site
from syndicator.model.ids import ArticleId, LicenseId, TopicId
from syndicator.model.outlet import outlet_of
from syndicator.model.places import Claims, Places
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling
from syndicator.model.subscriber import Reader
from syndicator.model.topic import Audience
from syndicator.ports import Entered, Library, Publisher, Standing
from syndicator.render import Rendered, render_site, render_topic, with_distinct_ids
from syndicator.rights import ANYWHERE, STATED, clear, shape, stated
from syndicator.rights.leads import (
    Head,
    Stories,
    changed_hands,
    heads,
    under_its_face,
    with_also,
)
from syndicator.rights.ledger import changes, ended
from syndicator.rights.notices import NOTICE, with_corrections, withdrawals
from syndicator.rights.quota import next_day, quotas, within_quota
from syndicator.rights.reader import for_reader
from syndicator.rights.rulings import ruled, verdict_of
from syndicator.stock import Rulings, Stock, stock_of, take_places
from syndicator.topics import choose

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TRIES = 3
NO_RULINGS: Rulings = {}
NO_PLACES = Places()
NO_STORIES: Stories = {}


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """What one release came to. ``wake`` is when a verdict changes by the clock alone.

    ``entered`` are the lines it owes the ledger of publications.
    """

    topic: TopicId
    entries: int
    refused: int
    written: tuple[str, ...]
    problems: tuple[str, ...]
    wake: datetime | None
    updated: datetime
    entered: Entered | None = None


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """An edition, and what it took to make it.

    ``refused`` counts what may not leave now, and ``wake`` is when that changes
    by the clock alone. ``claims`` names who needs a place under a quota before
    the edition may leave; ``waiting`` who got none today. ``behind`` names, of
    copies that may leave and do not lead their story, the one that does.
    """

    edition: Edition
    refused: int
    wake: datetime | None
    claims: Claims = {}
    waiting: frozenset[ArticleId] = frozenset()
    behind: Mapping[ArticleId, ArticleId] = MappingProxyType({})


def source_title(settings: Settings, article: Article) -> str:
    """Name a source to readers: as the operator does, else as the feed does, else by its key."""
    source = settings.sources.get(article.source)
    return (source.title if source else None) or article.origin.title or article.source


def compose(
    topic: TopicId,
    articles: Sequence[Article],
    settings: Settings,
    now: datetime,
    rulings: Rulings = NO_RULINGS,
    reader: Reader | None = None,
    places: Places = NO_PLACES,
    stories: Stories = NO_STORIES,
) -> Composed:
    """Clear and edit. With ``reader`` it is the edition one subscriber gets."""
    verdicts = {
        one.id: verdict_on(
            one, settings, now, topic=topic, rulings=rulings.get(one.id, ()), reader=reader
        )
        for one in articles
    }
    cleared = {key: said for key, said in verdicts.items() if isinstance(said, Cleared)}
    moments = [said.until for said in verdicts.values() if said.until is not None]
    one = settings.topics[topic]
    found: dict[ArticleId, Head] = {}

    def edit(some: Sequence[Article]) -> tuple[Article, ...]:
        found.clear()
        found.update((h.article.id, h) for h in heads(some, cleared, settings.licenses, stories))
        shown = [under_its_face(head.article, stories) for head in found.values()]
        return choose(shown, one.window, now)

    chosen, claims, waiting = within_quota(
        [a for a in articles if a.id in cleared], cleared, quotas(settings.licenses), places, edit
    )
    if waiting:
        moments.append(next_day(now))
    items = []
    for shown in chosen:
        head = found[shown.id]
        item = _item(head.article, cleared[shown.id], settings, topic, reader)
        if shown.id in stories:
            since = changed_hands(head.article, articles, stories, rulings, _expiry(settings), now)
            item = _as_story(item, shown, since, head, stories, settings)
        corrections = ruled(rulings.get(shown.id, ()), now).corrections
        items.append(with_corrections(item, corrections))
    updated = max((item.article.updated for item in items), default=EPOCH)
    return Composed(
        edition=Edition(id=topic, topic=one, items=tuple(items), updated=updated),
        refused=len(articles) - len(cleared) + len(waiting),
        wake=min(moments, default=None),
        claims=claims,
        waiting=waiting,
        behind={one.id: h.article.id for h in found.values() for one in h.others},
    )


def _expiry(settings: Settings) -> Callable[[Article], datetime | None]:
    """Say when the window that a source's licence gives an article closes."""

    def closes(article: Article) -> datetime | None:
        source = settings.sources.get(article.source)
        rules = settings.licenses.get(source.license) if source and source.license else None
        return article.published + rules.expires if rules and rules.expires else None

    return closes


def _as_story(
    item: Item, shown: Article, since: datetime, head: Head, stories: Stories, settings: Settings
) -> Item:
    """Let an item stand for its story: under its face, with the other publishers named."""
    article = msgspec.structs.replace(
        item.article,
        guid=shown.guid,
        guid_is_permalink=shown.guid_is_permalink,
        published=shown.published,
        updated=since,
    )
    titles = {item.source_title: Also(title=item.source_title)}
    for other in head.others:
        title = source_title(settings, other)
        titles.setdefault(title, Also(title=title, link=other.link))
    also = tuple(titles.values())[1:]
    entry = stories[shown.id].face.article
    html = with_also(item.html, also)
    return msgspec.structs.replace(item, article=article, entry=entry, also=also, html=html)


def verdict_on(
    article: Article,
    settings: Settings,
    now: datetime,
    *,
    topic: TopicId | None = None,
    rulings: Sequence[Ruling] = (),
    approved: bool = False,
    reader: Reader | None = None,
) -> Clearance:
    """Ask the rights room about one article under the settings of today.

    ``rulings`` on it, oldest first, are heard before any licence; ``approved``
    stands for an approval among them. Without ``topic`` the question is of no
    feed in particular: a licence that asks who reads it is answered as if that
    were a public one for all. ``reader`` is the subscriber that would get it.
    """
    found = ruled(rulings, now)
    kept = verdict_of(found)
    if kept is not None:
        return kept
    source = settings.sources.get(article.source)
    license_id = source.license if source else None
    title = source_title(settings, article)
    if license_id == STATED:
        said = stated(article, settings.licenses)
        if said is None or said.license is None:
            trouble = said.trouble if said else "the copy states no licence"
            return Refused(reasons=(Reason("stated", trouble or ""),))
        license_id = said.license
    rules = settings.licenses.get(license_id) if license_id else None
    outlet = outlet_of(topic, settings.topics[topic], reader) if topic else ANYWHERE
    own = (
        title,
        article.publisher,
        article.origin.title or "",
        source.title or "" if source else "",
    )
    verdict = clear(
        article,
        license_id,
        rules,
        title,
        now,
        outlet=outlet,
        own_names=own,
        approved=approved or found.approved is not None,
    )
    return for_reader(verdict, reader)


def _item(
    article: Article, cleared: Cleared, settings: Settings, topic: TopicId, reader: Reader | None
) -> Item:
    rules = settings.licenses[LicenseId(cleared.license)]
    outlet = outlet_of(topic, settings.topics[topic], reader)
    return shape(article, cleared, rules, source_title(settings, article), outlet)


def with_notices(
    edition: Edition,
    standing: Standing,
    rulings: Rulings,
    settings: Settings,
    now: datetime,
    stories: Stories = NO_STORIES,
) -> Edition:
    """Add a notice for each article that stood in the topic and was killed lately.

    There is none where another copy of its story has taken its place: readers
    see that under the same id.
    """
    led = {stories[one.article.id].id for one in edition.items if one.article.id in stories}

    def title(one: Publication) -> str:
        source = settings.sources.get(one.source)
        return (source.title if source else None) or one.source

    notices = withdrawals(
        [
            one
            for one in (*standing.past.values(), *standing.now.values())
            if one.article not in stories or stories[one.article].id not in led
        ],
        lambda one: ruled(rulings.get(one.article, ()), now),
        title,
        settings.desk.title,
        now,
    )
    if not notices:
        return edition
    updated = max(edition.updated, notices[0].at)
    return msgspec.structs.replace(edition, withdrawn=notices, updated=updated)


class Releaser:
    """Rebuilds topics through the ports it is given."""

    def __init__(self, *, library: Library, publisher: Publisher, generator: str) -> None:
        """Join the edges. ``generator`` names this program in every document."""
        self._library = library
        self._publisher = publisher
        self._generator = generator

    def site(self, settings: Settings) -> Site:
        """What every document says of the desk."""
        return Site(
            title=settings.desk.title, base_url=settings.desk.base_url, generator=self._generator
        )

    async def _composed(
        self, topic: TopicId, settings: Settings, now: datetime, *, take: bool
    ) -> tuple[Stock, Composed]:
        """Compose a topic, and take the places under quotas that its edition needs."""
        for _ in range(TRIES):
            stock = await stock_of(self._library, topic, settings, now)
            made = compose(
                topic,
                stock.articles,
                settings,
                now,
                stock.rulings,
                places=stock.places,
                stories=stock.stories,
            )
            if not take or await take_places(self._library, made.claims, settings, now):
                return stock, made
        raise LibraryError(f"{topic}: others take the places of its quotas all the time")

    async def release(self, topic: TopicId, settings: Settings, now: datetime) -> Released:
        """Rebuild one topic and publish what changed.

        Raises:
            LibraryError: the store failed; nothing was published.
            PublishError: a file could not be written; the last good one stands.
        """
        private = settings.topics[topic].audience is Audience.SUBSCRIBERS
        stock, made = await self._composed(topic, settings, now, take=not private)
        standing = stock.standing
        edition = with_notices(made.edition, standing, stock.rulings, settings, now, stock.stories)
        edition = with_distinct_ids(edition)
        ends = [one.at + NOTICE for one in edition.withdrawn]
        wake = min([*ends, *([made.wake] if made.wake else [])], default=None)
        if private:
            # Composed for each subscriber when it asks (``subscription``); never a file.
            lines, rendered = ended(standing.now.values(), now), Rendered(outputs=())
        else:
            lines = changes(edition, standing.now, now)
            rendered = render_topic(edition, self.site(settings))
        written = self._publisher.publish(rendered.outputs)
        return Released(
            topic=topic,
            entries=len(edition.items),
            refused=made.refused,
            written=written,
            problems=tuple(rendered.problems),
            wake=wake,
            updated=edition.updated,
            entered=Entered(count=standing.count, lines=lines) if lines else None,
        )

    def publish_site(
        self, settings: Settings, counts: dict[TopicId, tuple[int, datetime]]
    ) -> tuple[str, ...]:
        """Publish the directory of topics, and withdraw those no longer in the settings."""
        rows = [
            (topic, one, *counts.get(topic, (0, EPOCH)))
            for topic, one in settings.topics.items()
            if one.audience is Audience.PUBLIC
        ]
        written = self._publisher.publish(render_site(rows, self.site(settings)))
        return written + self._publisher.withdraw(lambda path: _belongs(path, settings))


def _belongs(path: str, settings: Settings) -> bool:
    topic = settings.topics.get(TopicId(path.split("/", maxsplit=1)[0].split(".", maxsplit=1)[0]))
    public = topic is not None and topic.audience is Audience.PUBLIC
    return path in {"index.html", "topics.opml"} or public


__all__ = ["Released", "Releaser", "compose", "source_title", "verdict_on"]
