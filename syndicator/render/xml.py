"""Edition → RSS 2.0 and Atom 1.0, by feedgen and our extension."""

from collections.abc import Callable, Sequence
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from syndicator.model.edition import Edition, Item, Output, Site
from syndicator.render.common import (
    ATOM_TYPE,
    RSS_TYPE,
    atom_id,
    clean,
    feed_url,
    page_url,
)
from syndicator.render.extension import DeskEntryExtension, DeskExtension
from syndicator.render.notices import rss_notice

TTL_MINUTES = 15


def render_xml(edition: Edition, site: Site) -> tuple[tuple[Output, ...], tuple[str, ...]]:
    """Render both formats; an item that cannot be is left out and named."""
    try:
        return _render(edition, site, edition.items), ()
    except (ValueError, TypeError):
        sound, problems = _sift(edition, site)
        return _render(edition, site, sound), problems


def _render(edition: Edition, site: Site, items: Sequence[Item]) -> tuple[Output, ...]:
    rss, atom = _feed(edition, site), _feed(edition, site)
    for item in items:
        rss.add_entry(_entry(item, _rss_entry), order="append")
        atom.add_entry(_entry(item, _atom_entry), order="append")
    for one in edition.withdrawn:
        rss.add_entry(rss_notice(one), order="append")
    return (
        Output(path=f"{edition.id}.rss", media_type=RSS_TYPE, body=rss.rss_str()),
        Output(path=f"{edition.id}.atom", media_type=ATOM_TYPE, body=atom.atom_str()),
    )


def _sift(edition: Edition, site: Site) -> tuple[list[Item], tuple[str, ...]]:
    """Try each item alone: one bad item never costs a feed."""
    sound, problems = [], []
    for item in edition.items:
        try:
            _render(edition, site, [item])
        except (ValueError, TypeError) as error:
            problems.append(f"{item.article.id} left out: {error}")
        else:
            sound.append(item)
    return sound, tuple(problems)


def _feed(edition: Edition, site: Site) -> Any:
    topic = edition.topic
    page = page_url(site.base_url, edition.id)
    feed = FeedGenerator()
    feed.register_extension("desk", DeskExtension, DeskEntryExtension)
    feed.desk.set(edition, site)
    feed.id(feed_url(site.base_url, edition.id, "atom"))
    feed.title(clean(f"{topic.title} · {site.title}"))
    feed.link(href=page, rel="alternate")
    feed.description(clean(topic.description or f"{topic.title}, gathered by {site.title}"))
    feed.subtitle(clean(topic.description or f"{topic.title}, gathered by {site.title}"))
    feed.generator(clean(site.generator))
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.updated(edition.updated.replace(microsecond=0))
    feed.lastBuildDate(edition.updated.replace(microsecond=0))
    feed.ttl(TTL_MINUTES)
    if topic.language:
        feed.language(topic.language)
    return feed


def _entry(item: Item, make: Callable[[Item], Callable[[Any], None]]) -> Any:
    entry = FeedEntry()
    entry.register_extension("desk", DeskEntryExtension)
    entry.desk.set(item)
    _common(entry, item)
    make(item)(entry)
    return entry


def _common(entry: Any, item: Item) -> None:
    article = item.article
    entry.title(clean(article.headline) or "Untitled")
    entry.published(article.published.replace(microsecond=0))
    entry.updated(article.updated.replace(microsecond=0))


def _rss_entry(item: Item) -> Callable[[Any], None]:
    def fill(entry: Any) -> None:
        article = item.article
        guid = clean(article.guid)
        entry.guid(guid, permalink=guid == article.link)
        entry.description(clean(item.summary or item.cleared.credit or item.source_title))

    return fill


def _atom_entry(item: Item) -> Callable[[Any], None]:
    def fill(entry: Any) -> None:
        entry.id(atom_id(item))
        # feedgen insists on a link or content of its own, and looks at a content least; the
        # extension takes it out again and writes the real ones.
        entry.content("-", type="text")

    return fill
