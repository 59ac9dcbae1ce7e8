"""The pages of a topic and of an article, for people. No script, no picture, no outside file."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from itertools import groupby

from syndicator.model.clearance import Form
from syndicator.model.edition import Edition, Headline, Item, Output, Site, Withdrawal
from syndicator.model.ids import ArticleId
from syndicator.model.version import Difference
from syndicator.render.common import (
    HTML_TYPE,
    clean,
    language_of,
    license_link,
    notice_text,
    notice_title,
    page_url,
    rfc3339,
    rights_of,
    time_of,
)
from syndicator.render.revisions import revisions
from syndicator.render.shell import OURS, document, footer, spoken, top
from syndicator.render.subscribe import alternates, subscribe
from syndicator.render.terms import reserves_mining

NEWEST = 3
"""Entries of a topic that the directory names."""
# Where an entry's page is linked from, once it has more than one version. An entry is made once
# for all pages, and subscribers' pages have no such link; no text of an entry holds a NUL.
_VERSION = re.compile("\0([0-9a-f]+) ([0-9]+)\0")


def page_entry(item: Item) -> str:
    """Render one item as it stands on the page of a topic, under the day it came out."""
    article = item.article
    title = _linked(clean(article.headline), article.link)
    parts = [
        f'<article id="{anchor(article.id)}"{spoken(language_of(item))}>',
        f'<p class="kicker"><bdi>{escape(clean(item.source_title))}</bdi></p>',
        f"<h3>{title}</h3>",
        f'<p class="by" {OURS}>{_by(item)}<span class="meta">{_times(item)}</span></p>',
        f'<p class="summary">{escape(clean(item.summary))}</p>' if item.summary else "",
        *_corrections(item),
        _also(item),
        f'<p class="terms" {OURS}>{_terms(item)}</p>',
        "</article>",
    ]
    return "\n".join(part for part in parts if part)


def anchor(article: ArticleId) -> str:
    """Name the place of an entry on the page of a topic."""
    return f"a{article}"


def _linked(text: str, link: str | None) -> str:
    return f'<a href="{escape(link)}">{escape(text)}</a>' if link else escape(text)


def _by(item: Item) -> str:
    by = ", ".join(
        f"<bdi>{escape(clean(person.name))}</bdi>"
        for person in item.article.authors
        if clean(person.name)
    )
    return f"By {by} " if by else ""


def _corrections(item: Item) -> Iterator[str]:
    return (f'<p class="note">{escape(clean(note))}</p>' for note in item.corrections)


def _times(item: Item) -> str:
    """Say when an entry came out, within its day, and when and how often it was revised."""
    article = item.article
    said = "· " if any(clean(person.name) for person in article.authors) else ""
    said += time_of(article.published, day=False)
    if _revised(item):
        same = article.updated.date() == article.published.date()
        said += f" · updated {time_of(article.updated, day=not same)}"
    return said + (f"\0{article.id} {article.version}\0" if article.version > 1 else "")


def _revised(item: Item) -> bool:
    """Whether an entry changed after it came out, as far as readers are told: by the second."""
    return rfc3339(item.article.updated) > rfc3339(item.article.published)


def _others(item: Item) -> str:
    return ", ".join(f"<bdi>{_linked(clean(one.title), one.link)}</bdi>" for one in item.also)


def _also(item: Item) -> str:
    """Name the other publishers that have the same text."""
    names = _others(item)
    return f'<p class="meta" {OURS}>Also from {names}</p>' if names else ""


def _license(item: Item) -> str:
    link = license_link(item)
    name = escape(clean(item.license.name) or "licence")
    return f'<a rel="license" href="{escape(link)}">{name}</a>' if link else name


def _terms(item: Item) -> str:
    """Credit, licence and further terms, in that order, as people read them."""
    credit = rights_of(item)
    parts = [
        f"<bdi>{escape(credit)}</bdi>" if credit else "",
        _license(item),
        *(escape(clean(rider)) for rider in item.license.riders),
    ]
    return " · ".join(part for part in parts if part)


def render_page(edition: Edition, site: Site, made: Sequence[str]) -> Output:
    """Render a topic's page, or one of its archive, of items ``made`` (:func:`page_entry`)."""
    topic = edition.topic
    older = page_url(site.base_url, edition.older_place) if edition.older_place else None
    language = spoken(topic.language)
    about = f'<p class="deck"{language}>{escape(clean(topic.description))}</p>\n'
    empty = "<p>Nothing has been published here yet. The feeds are ready to subscribe to.</p>\n"
    body = (
        f'<header>\n{top(site)}<div class="head">\n<h1{language}>{escape(clean(topic.title))}</h1>\n{_numbered(edition, site)}'
        f'{about if topic.description else ""}<p class="meta">{standing(len(made), edition.updated)}</p>\n'
        f"</div>\n</header>\n"
        f'<main id="content">\n{subscribe(site, edition.id, topic)}'
        f"{_days(edition, made, site) or empty}{_withdrawn(edition.withdrawn)}{_older(older)}</main>\n"
        f"{footer(site)}"
    )
    head = alternates(site, edition.place, topic)
    if not site.private:
        head = f'<link rel="canonical" href="{escape(page_url(site.base_url, edition.place))}">\n{head}'
    if any(reserves_mining(item) for item in edition.items):
        head += '<meta name="tdm-reservation" content="1">\n'
    page = document(f"{topic.title} · {site.title}", body, head)
    return Output(path=f"{edition.place}/index.html", media_type=HTML_TYPE, body=page)


def _numbered(edition: Edition, site: Site) -> str:
    """Say of a page of the archive that it is one, and where the news is."""
    if edition.number is None:
        return ""
    link = f'<a href="{escape(page_url(site.base_url, edition.id))}">To the newest articles</a>'
    return f'<p class="deck">Archive, page {edition.number}. {link}</p>\n'


def standing(count: int, updated: datetime) -> str:
    """Say how much a topic holds, and when it last changed."""
    noun = "article" if count == 1 else "articles"
    if not count:
        return "Waiting for its first article"
    return f"{count} {noun} · newest change {time_of(updated)}"


def _days(edition: Edition, made: Sequence[str], site: Site) -> str:
    """Put entries under the day they came out, the newest first; the first of all leads."""
    parts: list[str] = []
    pairs = zip(edition.items, made, strict=True)
    for day, group in groupby(pairs, key=lambda pair: pair[0].article.published.date()):
        name, front = f"d{day.isoformat()}", "" if parts else " front"
        entries = "\n".join(_with_version(entry, site) for _, entry in group)
        parts.append(
            f'<section class="day{front}" aria-labelledby="{name}">\n<h2 id="{name}">'
            f'<time datetime="{day.isoformat()}">{day:%A, %-d %B %Y}</time></h2>\n{entries}\n</section>\n'
        )
    return "".join(parts)


def _with_version(entry: str, site: Site) -> str:
    link = (
        "" if site.private else f' · <a href="{escape(site.base_url)}/articles/\\1">version \\2</a>'
    )
    return _VERSION.sub(link, entry) if "\0" in entry else entry


def _withdrawn(notices: Sequence[Withdrawal]) -> str:
    """Say what was withdrawn, as the feeds do."""
    if not notices:
        return ""
    rows = "\n".join(
        f'<article class="notice">\n<h3>{escape(notice_title(one))}</h3>\n<p>{escape(notice_text(one))}</p>\n</article>'
        for one in notices
    )
    return (
        '<section class="day" aria-labelledby="withdrawn">\n<h2 id="withdrawn">Withdrawn</h2>\n'
        f"{rows}\n</section>\n"
    )


def _older(address: str | None) -> str:
    if address is None:
        return ""
    return (
        f'<nav class="older" aria-label="Archive"><a rel="prev" href="{escape(address)}">'
        "Older articles</a></nav>\n"
    )


def newest(edition: Edition) -> tuple[Headline, ...]:
    """Return what the directory of topics names of an edition."""
    return tuple(
        Headline(
            title=clean(item.article.headline),
            credit=rights_of(item) or clean(item.source_title),
            published=item.article.published.replace(microsecond=0),
            anchor=anchor(item.article.id),
            language=language_of(item),
        )
        for item in edition.items[:NEWEST]
    )


def render_article(item: Item, site: Site, past: Sequence[Difference] = ()) -> bytes:
    """Render the page of one article, which leads to its origin.

    ``past`` are its revisions, the newest first; their words are shown where the
    whole text of the article may leave now, else only when and what kind.
    """
    article = item.article
    language, by = language_of(item), _by(item)
    by = f'<p class="by" {OURS}>{by}</p>\n' if by else ""
    summary = f'<p class="summary">{escape(clean(item.summary))}</p>\n' if item.summary else ""
    body = (
        f'<header>\n{top(site)}</header>\n<main id="content" class="one">\n<article{spoken(language)}>\n'
        f'<p class="kicker"><bdi>{escape(clean(item.source_title))}</bdi></p>\n'
        f"<h1>{_linked(clean(article.headline), article.link)}</h1>\n{by}{summary}"
        f"{''.join(_corrections(item))}\n{_facts(item)}\n</article>\n"
        f"{revisions(item, past)}</main>\n{footer(site)}"
    )
    origin = f'<link rel="canonical" href="{escape(article.link)}">\n' if article.link else ""
    head = f'<meta name="robots" content="noindex">\n{origin}'
    head += '<meta name="tdm-reservation" content="1">\n' if reserves_mining(item) else ""
    return document(clean(article.headline), body, head)


def _facts(item: Item) -> str:
    """Say whose an article is, from where and when, and on what terms."""
    article = item.article
    source = f"<bdi>{escape(clean(item.source_title))}</bdi>"
    if article.link:
        source += f' (<a class="origin" href="{escape(article.link)}">read the original</a>)'
    place = article.dateline if item.cleared.form is not Form.HEADLINE else None
    credit = rights_of(item)
    changed = f"{time_of(article.updated)}, version {article.version}"
    rows = [
        ("Source", source),
        ("Also from", _others(item)),
        ("Written in", escape(clean(", ".join(place.locations))) if place else ""),
        ("Published", time_of(article.published)),
        ("Changed", changed if article.version > 1 or _revised(item) else ""),
        ("Credit", f"<bdi>{escape(credit)}</bdi>" if credit else ""),
        ("Licence", _license(item)),
        ("Terms", "<br>".join(escape(clean(rider)) for rider in item.license.riders)),
    ]
    shown = "".join(f"<dt>{name}</dt><dd>{value}</dd>\n" for name, value in rows if value)
    return f'<dl class="facts" {OURS}>\n{shown}</dl>'
