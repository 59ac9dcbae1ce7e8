"""What an edit of the settings would change, topic by topic, before it is saved.

Both settings are asked the same questions of the same library at the same
moment, so the answer is what the next release would do.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from syndicator.editing import compose
from syndicator.model.article import Article
from syndicator.model.clearance import Cleared
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, SubscriberId, TopicId
from syndicator.model.ruling import Ruling
from syndicator.model.subscriber import Reader, shelf
from syndicator.model.topic import Audience
from syndicator.poll import file_all
from syndicator.ports import Library
from syndicator.stock import LOOK_BACK, places_of
from syndicator.verdicts import verdict_on


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that an edit adds, removes, or lets leave otherwise; ``why`` is one line."""

    article: ArticleId
    headline: str
    why: str


class TopicPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What an edit does to one feed; ``before`` and ``after`` count its entries.

    ``topic`` is ``TOPIC@SUBSCRIBER`` for what one subscriber gets.
    """

    topic: TopicId
    before: int
    after: int
    added: tuple[Change, ...] = ()
    removed: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()


class _Look(msgspec.Struct):
    """One entry as it leaves: its form, credit and body, and what was ruled on it."""

    article: Article
    form: str
    credit: str | None
    html: str
    rulings: tuple[Ruling, ...]


async def plan(
    library: Library, before: Settings, after: Settings, now: datetime
) -> list[TopicPlan]:
    """Compare what ``before`` publishes from the library with what ``after`` would.

    Topics in which nothing changes are left out.

    Raises:
        LibraryError: the store failed.
    """
    every = [one async for one in library.every_article()]
    by_date = sorted(every, key=lambda one: (one.published, one.id), reverse=True)
    sides = [_Side(one, file_all(every, one)) for one in (before, after)]
    plans = []
    for feed in dict.fromkeys([*_feeds(before, now), *_feeds(after, now)]):
        old, new = [await _looks(library, feed, by_date, side, now) for side in sides]
        found = _compare(feed, old, new, after, now)
        if found.added or found.removed or found.changed:
            plans.append(found)
    return plans


class _Side(msgspec.Struct):
    """One of the two settings, and where it files the articles."""

    settings: Settings
    filed: Mapping[ArticleId, frozenset[TopicId]]


class _Feed(msgspec.Struct, frozen=True):
    """A topic, or what one subscriber gets of it."""

    topic: TopicId
    subscriber: SubscriberId | None = None

    @property
    def name(self) -> TopicId:
        """Its name in the ledger."""
        return shelf(self.topic, self.subscriber) if self.subscriber else self.topic


def _feeds(settings: Settings, now: datetime) -> list[_Feed]:
    """Return every feed there is: those of each subscriber are its own."""
    feeds = []
    for topic, one in settings.topics.items():
        if one.audience is Audience.PUBLIC:
            feeds.append(_Feed(topic))
            continue
        feeds += [
            _Feed(topic, name)
            for name, terms in settings.subscribers.items()
            if terms.may_read(topic, one) and terms.trouble(now) is None
        ]
    return feeds


async def _looks(
    library: Library, feed: _Feed, by_date: list[Article], side: _Side, now: datetime
) -> dict[ArticleId, _Look]:
    settings, topic = side.settings, feed.topic
    if feed not in _feeds(settings, now):
        return {}
    limit = settings.topics[topic].window.entries * LOOK_BACK
    ids = [one.id for one in by_date if topic in side.filed[one.id]][:limit]
    rulings = await library.rulings_of(ids)
    standing = await library.standing(feed.name, now)
    places = await places_of(library, settings, ids, now, standing)
    articles = await library.articles(ids)
    reader = _reader(feed, settings)
    stories = await library.stories_of(ids)
    made = compose(topic, articles, settings, now, rulings, reader, places, stories)
    return {
        item.article.id: _Look(
            item.article,
            item.cleared.form.value,
            item.cleared.credit,
            item.html,
            rulings.get(item.article.id, ()),
        )
        for item in made.edition.items
    }


def _reader(feed: _Feed, settings: Settings) -> Reader | None:
    if feed.subscriber is None:
        return None
    return Reader(id=feed.subscriber, terms=settings.subscribers[feed.subscriber])


def _compare(
    feed: _Feed,
    old: dict[ArticleId, _Look],
    new: dict[ArticleId, _Look],
    after: Settings,
    now: datetime,
) -> TopicPlan:
    return TopicPlan(
        topic=feed.name,
        before=len(old),
        after=len(new),
        added=tuple(_change(new[one], f"{new[one].form}") for one in new if one not in old),
        removed=tuple(
            _change(old[one], _why(old[one], feed, after, now)) for one in old if one not in new
        ),
        changed=tuple(
            _change(new[one], said)
            for one in new
            if one in old and (said := _differs(old[one], new[one]))
        ),
    )


def _change(look: _Look, why: str) -> Change:
    return Change(article=look.article.id, headline=look.article.headline, why=why)


def _why(look: _Look, feed: _Feed, after: Settings, now: datetime) -> str:
    """Say why an entry would be gone."""
    topic = feed.topic
    if topic not in after.topics:
        return "the topic is gone"
    if feed not in _feeds(after, now):
        return "its audience is another" if feed.subscriber is None else "no longer its reader"
    if topic not in file_all([look.article], after)[look.article.id]:
        return "no longer filed here"
    verdict = verdict_on(
        look.article,
        after,
        now,
        topic=topic,
        rulings=look.rulings,
        reader=_reader(feed, after),
    )
    if isinstance(verdict, Cleared):
        return "others take its place"
    last = verdict.reasons[-1]
    return f"{last.rule}: {last.text}"


def _differs(old: _Look, new: _Look) -> str:
    if old.form != new.form:
        return f"{old.form} → {new.form}"
    if old.credit != new.credit:
        return f"credit: {new.credit or 'none'}"
    return "its text changes" if old.html != new.html else ""
