"""One article under the settings of a moment: its source's name, and whether it may leave. Pure."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.clearance import Clearance, Reason, Refused
from syndicator.model.desk import Settings
from syndicator.model.house import spellings
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.outlet import outlet_of
from syndicator.model.recent import Recent
from syndicator.model.ruling import Ruling
from syndicator.model.subscriber import Reader
from syndicator.rights import ANYWHERE, STATED, clear, stated
from syndicator.rights.reader import for_reader
from syndicator.rights.rulings import ruled, verdict_of

MOST = 2_000
"""Verdicts remembered: those of some twenty topics."""


def source_title(settings: Settings, article: Article) -> str:
    """Name a source to readers: as the operator does, else as the feed does, else by its key."""
    source = settings.sources.get(article.source)
    return (source.title if source else None) or article.origin.title or article.source


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
    named = source.title or "" if source else ""
    own = (title, article.publisher, article.origin.title or "", named)
    verdict = clear(
        article,
        license_id,
        rules,
        title,
        now,
        outlet=outlet,
        own_names=own,
        also_called=spellings(own, settings.houses) if rules and rules.own_copy_only else (),
        approved=approved or found.approved is not None,
    )
    return for_reader(verdict, reader)


class _Said(msgspec.Struct, frozen=True):
    """A verdict, and all that it was made of."""

    article: Article
    settings: Settings
    at: datetime
    verdict: Clearance

    def stands(self, article: Article, settings: Settings, now: datetime) -> bool:
        """Whether the same would be said now; compared by identity, which is cheap."""
        until = self.verdict.until
        return (
            self.article is article
            and self.settings is settings
            and self.at <= now
            and (until is None or now < until)
        )


class Verdicts:
    """Remembers verdicts until the moment at which they change by the clock."""

    def __init__(self, most: int = MOST) -> None:
        """Remember up to so many."""
        self._held: Recent[tuple[ArticleId, TopicId], _Said] = Recent(most)

    def on(
        self,
        article: Article,
        settings: Settings,
        now: datetime,
        *,
        topic: TopicId,
        rulings: Sequence[Ruling] = (),
        reader: Reader | None = None,
    ) -> Clearance:
        """Do what :func:`verdict_on` does.

        Asked anew is what a person ruled, and what a subscriber gets.
        """
        if rulings or reader is not None:
            return verdict_on(article, settings, now, topic=topic, rulings=rulings, reader=reader)
        key = (article.id, topic)
        known = self._held.get(key)
        if known is not None and known.stands(article, settings, now):
            return known.verdict
        verdict = verdict_on(article, settings, now, topic=topic)
        self._held.keep(key, _Said(article, settings, now, verdict))
        return verdict
