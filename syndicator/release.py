"""The release pipe: one topic, from the library to published documents.

::

    library → clear → edit → render → publish

Verdicts are made here, for a moment, and kept nowhere: releasing the same
library twice publishes the same bytes.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.clearance import Clearance, Cleared, Reason, Refused
from syndicator.model.desk import Settings
from syndicator.model.edition import Edition, Item, Site
from syndicator.model.ids import LicenseId, TopicId
from syndicator.model.outlet import outlet_of
from syndicator.ports import Library, Publisher
from syndicator.render import render_site, render_topic
from syndicator.rights import ANYWHERE, STATED, clear, shape, stated, within_quota
from syndicator.topics import choose

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LOOK_BACK = 4


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """What one release came to. ``wake`` is when a verdict changes by the clock alone."""

    topic: TopicId
    entries: int
    refused: int
    written: tuple[str, ...]
    problems: tuple[str, ...]
    wake: datetime | None
    updated: datetime


def source_title(settings: Settings, article: Article) -> str:
    """Name a source to readers: as the operator does, else as the feed does, else by its key."""
    source = settings.sources.get(article.source)
    return (source.title if source else None) or article.origin.title or article.source


def compose(
    topic: TopicId, articles: Sequence[Article], settings: Settings, now: datetime
) -> tuple[Edition, int, datetime | None]:
    """Clear and edit: return the edition, how many were refused, and when that changes."""
    cleared: dict[str, Cleared] = {}
    moments: list[datetime] = []
    for article in articles:
        verdict = verdict_on(article, settings, now, topic=topic)
        if isinstance(verdict, Cleared):
            cleared[article.id] = verdict
            if verdict.until is not None:
                moments.append(verdict.until)
        elif verdict.until is not None:
            moments.append(verdict.until)
    one = settings.topics[topic]
    within = within_quota([a for a in articles if a.id in cleared], cleared, settings.licenses)
    chosen = choose(within, one.window, now)
    items = tuple(_item(article, cleared[article.id], settings, topic) for article in chosen)
    updated = max((item.article.updated for item in items), default=EPOCH)
    edition = Edition(id=topic, topic=one, items=items, updated=updated)
    return edition, len(articles) - len(cleared), min(moments, default=None)


def verdict_on(
    article: Article,
    settings: Settings,
    now: datetime,
    *,
    topic: TopicId | None = None,
    approved: bool = False,
) -> Clearance:
    """Ask the rights room about one article under the settings of today.

    Without ``topic`` the question is of no feed in particular: a licence that
    asks who reads it is answered as if that were a public one for all.
    """
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
    outlet = outlet_of(topic, settings.topics[topic]) if topic else ANYWHERE
    own = (
        title,
        article.publisher,
        article.origin.title or "",
        source.title or "" if source else "",
    )
    return clear(
        article, license_id, rules, title, now, outlet=outlet, own_names=own, approved=approved
    )


def _item(article: Article, cleared: Cleared, settings: Settings, topic: TopicId) -> Item:
    rules = settings.licenses[LicenseId(cleared.license)]
    outlet = outlet_of(topic, settings.topics[topic])
    return shape(article, cleared, rules, source_title(settings, article), outlet)


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

    async def release(self, topic: TopicId, settings: Settings, now: datetime) -> Released:
        """Rebuild one topic and publish what changed.

        Raises:
            LibraryError: the store failed; nothing was published.
            PublishError: a file could not be written; the last good one stands.
        """
        window = settings.topics[topic].window
        ids = await self._library.newest(topic=topic, limit=window.entries * LOOK_BACK)
        articles = await self._library.articles(ids)
        edition, refused, wake = compose(topic, articles, settings, now)
        rendered = render_topic(edition, self.site(settings))
        written = self._publisher.publish(rendered.outputs)
        return Released(
            topic=topic,
            entries=len(edition.items),
            refused=refused,
            written=written,
            problems=tuple(rendered.problems),
            wake=wake,
            updated=edition.updated,
        )

    def publish_site(
        self, settings: Settings, counts: dict[TopicId, tuple[int, datetime]]
    ) -> tuple[str, ...]:
        """Publish the directory of topics, and withdraw those no longer in the settings."""
        rows = [
            (topic, one, *counts.get(topic, (0, EPOCH))) for topic, one in settings.topics.items()
        ]
        written = self._publisher.publish(render_site(rows, self.site(settings)))
        return written + self._publisher.withdraw(lambda path: _belongs(path, settings))


def _belongs(path: str, settings: Settings) -> bool:
    topic = path.split("/", maxsplit=1)[0].split(".", maxsplit=1)[0]
    return path in {"index.html", "topics.opml"} or topic in settings.topics


__all__ = ["Released", "Releaser", "compose", "source_title", "verdict_on"]
