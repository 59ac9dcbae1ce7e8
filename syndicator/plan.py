"""What an edit of the settings would change, topic by topic, before it is saved.

Both settings are asked the same questions of the same library at the same
moment, so the answer is what the next release would do.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.ruling import Ruling
from syndicator.poll import file_all
from syndicator.ports import Library
from syndicator.release import LOOK_BACK, compose, verdict_on


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that an edit adds, removes, or lets leave otherwise; ``why`` is one line."""

    article: ArticleId
    headline: str
    why: str


class TopicPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What an edit does to one topic; ``before`` and ``after`` count its entries."""

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
    filed = {id(one): file_all(every, one) for one in (before, after)}
    by_date = sorted(every, key=lambda one: (one.published, one.id), reverse=True)
    plans = []
    for topic in dict.fromkeys([*before.topics, *after.topics]):
        old = await _looks(library, topic, by_date, filed[id(before)], before, now)
        new = await _looks(library, topic, by_date, filed[id(after)], after, now)
        found = _compare(topic, old, new, after, now)
        if found.added or found.removed or found.changed:
            plans.append(found)
    return plans


async def _looks(
    library: Library,
    topic: TopicId,
    by_date: list[Article],
    filed: Mapping[ArticleId, frozenset[TopicId]],
    settings: Settings,
    now: datetime,
) -> dict[ArticleId, _Look]:
    if topic not in settings.topics:
        return {}
    limit = settings.topics[topic].window.entries * LOOK_BACK
    ids = [one.id for one in by_date if topic in filed[one.id]][:limit]
    rulings = await library.rulings_of(ids)
    edition, *_ = compose(topic, await library.articles(ids), settings, now, rulings)
    return {
        item.article.id: _Look(
            item.article,
            item.cleared.form.value,
            item.cleared.credit,
            item.html,
            rulings.get(item.article.id, ()),
        )
        for item in edition.items
    }


def _compare(
    topic: TopicId,
    old: dict[ArticleId, _Look],
    new: dict[ArticleId, _Look],
    after: Settings,
    now: datetime,
) -> TopicPlan:
    return TopicPlan(
        topic=topic,
        before=len(old),
        after=len(new),
        added=tuple(_change(new[one], f"{new[one].form}") for one in new if one not in old),
        removed=tuple(
            _change(old[one], _why(old[one], topic, after, now)) for one in old if one not in new
        ),
        changed=tuple(
            _change(new[one], said)
            for one in new
            if one in old and (said := _differs(old[one], new[one]))
        ),
    )


def _change(look: _Look, why: str) -> Change:
    return Change(article=look.article.id, headline=look.article.headline, why=why)


def _why(look: _Look, topic: TopicId, after: Settings, now: datetime) -> str:
    """Say why an entry would be gone."""
    if topic not in after.topics:
        return "the topic is gone"
    if topic not in file_all([look.article], after)[look.article.id]:
        return "no longer filed here"
    verdict = verdict_on(look.article, after, now, topic=topic, rulings=look.rulings)
    last = verdict.reasons[-1]
    return f"{last.rule}: {last.text}"


def _differs(old: _Look, new: _Look) -> str:
    if old.form != new.form:
        return f"{old.form} → {new.form}"
    if old.credit != new.credit:
        return f"credit: {new.credit or 'none'}"
    return "its text changes" if old.html != new.html else ""
