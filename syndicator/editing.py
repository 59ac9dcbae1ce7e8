"""The steps of a release that decide, for one topic and one moment: clear → edit. Pure.

What an edition holds, in which form, and under which name; nothing is asked of
a library and nothing is written.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

import msgspec

from syndicator.model.article import Article
from syndicator.model.clearance import Clearance, Cleared
from syndicator.model.desk import Settings
from syndicator.model.edition import Also, CorrectionNotice, Edition, Item, Withdrawal
from syndicator.model.ids import ArticleId, LicenseId, TopicId
from syndicator.model.outlet import outlet_of
from syndicator.model.places import Claims, Places
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling
from syndicator.model.story import Story
from syndicator.model.subscriber import Reader
from syndicator.model.topic import Corrections, GuidScope, Topic
from syndicator.ports import Standing
from syndicator.render import minted, minted_in, with_distinct_ids
from syndicator.rights.corrections import correction_notices
from syndicator.rights.leads import (
    Head,
    Stories,
    changed_hands,
    heads,
    under_its_face,
    with_also,
)
from syndicator.rights.notices import NOTICE, with_corrections, withdrawals
from syndicator.rights.quota import next_day, quotas, within_quota
from syndicator.rights.rulings import ruled
from syndicator.rights.shaped import Shapes
from syndicator.stock import Rulings, Stock
from syndicator.topics import choose
from syndicator.verdicts import Verdicts, source_title

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The last change of an empty feed: always the same, and a date that validators believe."""
_SHAPES = Shapes()
_VERDICTS = Verdicts()
NO_RULINGS: Rulings = {}
NO_PLACES = Places()
NO_STORIES: Stories = {}
Lines = Mapping[ArticleId, Publication]
NOTHING_STANDS: Lines = MappingProxyType({})


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


def compose(
    topic: TopicId,
    articles: Sequence[Article],
    settings: Settings,
    now: datetime,
    rulings: Rulings = NO_RULINGS,
    reader: Reader | None = None,
    places: Places = NO_PLACES,
    stories: Stories = NO_STORIES,
    standing: Lines = NOTHING_STANDS,
) -> Composed:
    """Clear and edit. With ``reader`` it is the edition one subscriber gets.

    ``standing`` is what stands there already: an entry of several copies keeps its id.
    """
    ground = _Ground(topic, articles, settings, now, rulings, reader, stories, standing)
    verdicts = {article.id: ground.verdict(article) for article in articles}
    cleared = {key: said for key, said in verdicts.items() if isinstance(said, Cleared)}
    moments = [said.until for said in verdicts.values() if said.until is not None]
    one = settings.topics[topic]
    found: dict[ArticleId, Head] = {}

    def edit(some: Sequence[Article]) -> tuple[Article, ...]:
        found.clear()
        found.update((h.article.id, h) for h in heads(some, cleared, settings.licenses, stories))
        # By their own dates: a fresh copy of an old story is news here.
        return choose([head.article for head in found.values()], one.window, now)

    chosen, claims, waiting = within_quota(
        [a for a in articles if a.id in cleared], cleared, quotas(settings.licenses), places, edit
    )
    if waiting:
        moments.append(next_day(now))
    made = (ground.item(found[lead.id], cleared) for lead in chosen)
    items = tuple(sorted(made, key=_newest, reverse=True))
    behind = {one.id: h.article.id for h in found.values() for one in h.others}
    told = ground.corrected(items, cleared, waiting | behind.keys())
    return Composed(
        edition=Edition(id=topic, topic=one, items=items, updated=_latest(items), corrected=told),
        refused=len(articles) - len(cleared) + len(waiting),
        wake=min(moments, default=None),
        claims=claims,
        waiting=waiting,
        behind=behind,
    )


class _Ground(msgspec.Struct, frozen=True):
    """All that an edition of one topic is made on, at one moment."""

    topic: TopicId
    articles: Sequence[Article]
    settings: Settings
    now: datetime
    rulings: Rulings
    reader: Reader | None
    stories: Stories
    standing: Lines

    @property
    def rules(self) -> Topic:
        return self.settings.topics[self.topic]

    def verdict(self, article: Article) -> Clearance:
        return _VERDICTS.on(
            article,
            self.settings,
            self.now,
            topic=self.topic,
            rulings=self.rulings.get(article.id, ()),
            reader=self.reader,
        )

    def corrections(self, article: ArticleId) -> tuple[Ruling, ...]:
        return ruled(self.rulings.get(article, ()), self.now).corrections

    def shaped(self, article: Article, cleared: Cleared) -> Item:
        return _item(article, cleared, self.settings, self.topic, self.reader)

    def item(self, head: Head, cleared: Mapping[ArticleId, Cleared]) -> Item:
        """Make the entry of an article that stands for itself, or leads a story."""
        shown = under_its_face(head.article, self.stories)
        made = self.shaped(head.article, cleared[shown.id])
        story = self.stories.get(shown.id)
        if story is not None:
            since = changed_hands(
                shown,
                self.articles,
                self.stories,
                self.rulings,
                _expiry(self.settings),
                self.now,
            )
            name = _name(story, cleared, self.standing)
            made = _as_story(made, head, story, name, self.settings, since)
        corrected = with_corrections(made, self.corrections(shown.id))
        return _named(corrected, self.topic, self.rules)

    def corrected(
        self,
        items: Sequence[Item],
        cleared: Mapping[ArticleId, Cleared],
        never: Collection[ArticleId],
    ) -> tuple[CorrectionNotice, ...]:
        """Return the notices of corrections, newest first, where the topic wants them.

        Also of articles that have left the feed; ``never`` did not stand in it.
        """
        if self.rules.corrections is not Corrections.NOTICE:
            return ()
        shown = {made.article.id for made in items}.union(never)
        late = (
            self.shaped(article, cleared[article.id])
            for article in self.articles
            if article.id in self.rulings and article.id in cleared and article.id not in shown
        )
        found = [
            notice
            for made in (*items, *late)
            for notice in correction_notices(
                self.topic, made, self.corrections(made.article.id), self.now
            )
        ]
        return tuple(sorted(found, key=lambda notice: (notice.at, notice.guid), reverse=True))


def _named(item: Item, topic: TopicId, rules: Topic) -> Item:
    """Give an item the headline and the id that its topic wants."""
    if rules.prefix is None and rules.guid_scope is GuidScope.GLOBAL:
        return item
    article = item.article
    if rules.prefix is not None:
        headline = rules.prefix.format(source=item.source_title) + article.headline
        article = msgspec.structs.replace(article, headline=headline)
    if rules.guid_scope is GuidScope.FEED:
        own = minted_in(topic, item.entry or article.id)
        article = msgspec.structs.replace(article, guid=own, guid_is_permalink=False)
    return msgspec.structs.replace(item, article=article)


def _newest(item: Item) -> tuple[datetime, ArticleId]:
    return item.article.published, item.article.id


def edit_stock(
    topic: TopicId, stock: Stock, settings: Settings, now: datetime, reader: Reader | None = None
) -> Composed:
    """Make what leaves of all that was read of a topic: composed, with notices, each id once.

    ``wake`` counts the ends of the notices in.
    """
    made = compose(
        topic,
        stock.articles,
        settings,
        now,
        stock.rulings,
        reader,
        stock.places,
        stock.stories,
        stock.standing.now,
    )
    edition = with_distinct_ids(
        with_notices(made.edition, stock.standing, stock.rulings, settings, now, stock.stories)
    )
    told = [one.at for one in edition.withdrawn] + [one.at for one in edition.corrected]
    ends = [at + NOTICE for at in told]
    wake = min([*ends, *([made.wake] if made.wake else [])], default=None)
    return msgspec.structs.replace(made, edition=edition, wake=wake)


def _latest(items: Sequence[Item]) -> datetime:
    return max((item.article.updated for item in items), default=EPOCH)


def _expiry(settings: Settings) -> Callable[[Article], datetime | None]:
    """Say when the window that a source's licence gives an article closes."""

    def closes(article: Article) -> datetime | None:
        source = settings.sources.get(article.source)
        rules = settings.licenses.get(source.license) if source and source.license else None
        return article.published + rules.expires if rules and rules.expires else None

    return closes


def _name(story: Story, cleared: Mapping[ArticleId, Cleared], standing: Lines) -> tuple[str, bool]:
    """Return the id of the entry of a story, and whether it is an address.

    It is that of its face, if that may leave here or stands here already. Else
    it would name, by its address, an article that readers may not know of: then
    the entry has an id of ours.
    """
    face, own = story.face, minted(story.face.article)
    borne = {standing[one].guid for one in story.members if one in standing}
    if face.guid in borne or (own not in borne and face.article in cleared):
        return face.guid, face.guid_is_permalink
    return own, False


def _as_story(
    item: Item,
    head: Head,
    story: Story,
    name: tuple[str, bool],
    settings: Settings,
    since: datetime,
) -> Item:
    """Let an item stand for its story: under its face, the others named."""
    article = msgspec.structs.replace(
        item.article,
        guid=name[0],
        guid_is_permalink=name[1],
        published=story.face.published,
        updated=since,
    )
    titles = {item.source_title: Also(title=item.source_title)}
    for other in head.others:
        title = source_title(settings, other)
        titles.setdefault(title, Also(title=title, link=other.link))
    also = tuple(titles.values())[1:]
    return msgspec.structs.replace(
        item,
        article=article,
        entry=story.face.article,
        also=also,
        html=with_also(item.html, also),
    )


def _item(
    article: Article, cleared: Cleared, settings: Settings, topic: TopicId, reader: Reader | None
) -> Item:
    rules = settings.licenses[LicenseId(cleared.license)]
    outlet = outlet_of(topic, settings.topics[topic], reader)
    words = settings.topics[topic].summary
    return _SHAPES.item(article, cleared, rules, source_title(settings, article), outlet, words)


def with_notices(
    edition: Edition,
    standing: Standing,
    rulings: Rulings,
    settings: Settings,
    now: datetime,
    stories: Stories = NO_STORIES,
) -> Edition:
    """Add a notice for each article that stood in the topic and was killed lately.

    There is none where another copy of its story has taken its place under the
    same id: readers see that instead. A copy that had an id of its own leaves one.
    """

    def title(one: Publication) -> str:
        source = settings.sources.get(one.source)
        return (source.title if source else None) or one.source

    said = withdrawals(
        (*standing.past, *standing.now.values()),
        lambda one: ruled(rulings.get(one.article, ()), now),
        title,
        settings.desk.title,
        now,
    )
    if not said:
        return edition
    bearers = {name: item for item in edition.items for name in _names(item)}

    def replaced(one: Withdrawal) -> bool:
        heir = bearers.get(one.guid)
        if heir is None:
            return False
        mine, its = stories.get(one.article), stories.get(heir.article.id)
        line = standing.now.get(heir.article.id)
        return (mine is not None and mine == its) or (line is not None and line.guid == one.guid)

    # Of copies that stood under one id, one after another, the last one's notice.
    last = {one.guid: _as_stood(one, stories) for one in reversed(said) if not replaced(one)}
    notices = tuple(reversed(last.values()))
    if not notices:
        return edition
    updated = max(edition.updated, notices[0].at)
    return msgspec.structs.replace(edition, withdrawn=notices, updated=updated)


def _as_stood(one: Withdrawal, stories: Stories) -> Withdrawal:
    """Let a notice name the article whose id the entry bore: formats mint theirs from it."""
    story = stories.get(one.article)
    if story is None or story.face.guid != one.guid:
        return one
    return msgspec.structs.replace(one, article=story.face.article)


def _names(item: Item) -> tuple[str, str]:
    """Return the id an entry bears, and the one it gets where another entry has that."""
    return item.article.guid, minted(item.entry or item.article.id)


__all__ = [
    "EPOCH",
    "Composed",
    "compose",
    "edit_stock",
    "with_notices",
]
