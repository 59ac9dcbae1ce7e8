"""The front page: every topic with its newest headlines; and what a search of them found."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import msgspec

from syndicator.model.edition import Headline, Output, Shown, Site
from syndicator.model.ids import TopicId
from syndicator.model.topic import Topic
from syndicator.render.common import HTML_TYPE, clean, feed_url, page_url, time_of
from syndicator.render.page import standing
from syndicator.render.shell import OURS, document, footer, search_form, spoken, top
from syndicator.render.subscribe import alternates, kinds, own_reader

Row = tuple[TopicId, Topic, Shown]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A published entry that a search found, with the topics it stands in."""

    title: str
    link: str | None
    summary: str
    source: str
    credit: str
    published: datetime
    language: str | None = None
    topics: tuple[tuple[TopicId, str], ...] = ()


def render_directory(rows: Sequence[Row], site: Site) -> Output:
    """Render the page of all topics."""
    head = "".join(alternates(site, topic, one) for topic, one, _ in rows)
    topics = "\n".join(_topic(row, site) for row in rows)
    body = (
        f'<header class="head plate">\n<h1>{escape(clean(site.title))}</h1>\n'
        '<p class="deck">News by topic, with its authors, its sources and its terms, for every feed '
        f"reader.</p>\n{search_form(site)}\n</header>\n"
        f'<main id="content">\n<div class="topics">\n{topics}\n</div>\n</main>\n'
        '<nav aria-label="All topics"><ul class="links"><li>'
        f'<a href="{escape(site.base_url)}/topics.opml">All topics as OPML, for your reader to import'
        f"</a></li></ul></nav>\n{footer(site)}"
    )
    return Output(path="index.html", media_type=HTML_TYPE, body=document(site.title, body, head))


def _topic(row: Row, site: Site) -> str:
    topic, one, shown = row
    language = spoken(one.language)
    url = escape(page_url(site.base_url, topic))
    title = escape(clean(one.title))
    about = f"<p{language}>{escape(clean(one.description))}</p>\n" if one.description else ""
    newest = "".join(_headline(each, url) for each in shown.newest)
    newest = f'<ul class="newest">\n{newest}</ul>\n' if newest else ""
    feeds = "".join(
        f'<li><a type="{kind}" href="{escape(feed_url(site.base_url, topic, suffix))}">{name}</a></li>'
        for suffix, name, kind in kinds(one)
    )
    return (
        f'<article>\n<h2{language}><a href="{url}">{title}</a></h2>\n{about}{newest}'
        f'<p class="meta">{standing(shown.entries, shown.updated)}</p>\n'
        f'<ul class="links" aria-label="Subscribe to {title}">'
        f'<li><a href="{escape(own_reader(site, topic, one))}">Open in your reader</a></li>{feeds}</ul>\n'
        "</article>"
    )


def _headline(one: Headline, page: str) -> str:
    """Lead to an entry on the page of its topic, where its byline, licence and origin stand."""
    return (
        f'<li{spoken(one.language)}><a href="{page}#{escape(one.anchor)}">{escape(one.title)}</a>'
        f'<p class="meta" {OURS}><bdi>{escape(one.credit)}</bdi> · {time_of(one.published)}</p></li>\n'
    )


def render_results(query: str, hits: Sequence[Hit], count: int, site: Site) -> bytes:
    """Render what a search for ``query`` found: ``hits`` of ``count``, the best first."""
    title = f"{query} · search" if query else "Search"
    entries = "\n".join(_hit(one, site) for one in hits)
    body = (
        f'<header>\n{top(msgspec.structs.replace(site, private=True))}<div class="head found-form">\n<h1>Search</h1>\n'
        f"{search_form(site, query)}\n</div>\n</header>\n"
        f'<main id="content" class="found">\n<p class="said" role="status">{_found(query, len(hits), count)}</p>\n'
        f"{entries}\n</main>\n{footer(site)}"
    )
    head = '<meta name="robots" content="noindex">\n'
    return document(f"{title} · {site.title}", body, head)


def _found(query: str, shown: int, count: int) -> str:
    said = f"<q><bdi>{escape(query)}</bdi></q>"
    if not query:
        return "Type words of a headline or a text; the beginning of a word is enough."
    if not count:
        return f"Nothing that is published here now has the words {said}. Older articles are not searched."
    if count > shown:
        return f"The first {shown} of {count} articles with {said}."
    return f"{count} {'article' if count == 1 else 'articles'} with {said}."


def _hit(one: Hit, site: Site) -> str:
    title = escape(one.title)
    title = f'<a href="{escape(one.link)}">{title}</a>' if one.link else title
    topics = ", ".join(
        f'<a href="{escape(page_url(site.base_url, topic))}"><bdi>{escape(name)}</bdi></a>'
        for topic, name in one.topics
    )
    summary = f'<p class="summary">{escape(one.summary)}</p>\n' if one.summary else ""
    credit = f'<p class="terms" {OURS}><bdi>{escape(one.credit)}</bdi></p>\n' if one.credit else ""
    return (
        f'<article{spoken(one.language)}>\n<p class="kicker"><bdi>{escape(one.source)}</bdi></p>\n'
        f"<h2>{title}</h2>\n{summary}"
        f'<p class="meta" {OURS}>{time_of(one.published)} · in {topics}</p>\n{credit}</article>'
    )
