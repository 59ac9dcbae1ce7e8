"""The pages for people: a topic, and the directory of topics. No script, no outside file."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from urllib.parse import quote

from syndicator.model.edition import Edition, Item, Output, Site
from syndicator.model.ids import TopicId
from syndicator.model.topic import Topic
from syndicator.model.version import Difference
from syndicator.render.common import (
    HTML_TYPE,
    clean,
    feed_url,
    language_of,
    license_link,
    page_url,
    rights_of,
    time_of,
)
from syndicator.render.revisions import revisions
from syndicator.render.terms import reserves_mining

Row = tuple[TopicId, Topic, int, datetime]
_KINDS = (
    ("atom", "Atom", "application/atom+xml"),
    ("rss", "RSS", "application/rss+xml"),
    ("json", "JSON", "application/feed+json"),
)
STYLE = """
:root{color-scheme:light dark;--ink:#1a1a1a;--soft:#595959;--paper:#fdfcfa;--line:#d8d4cc;--mark:#8a1c1c}
@media(prefers-color-scheme:dark){:root{--ink:#e9e6e1;--soft:#aaa59d;--paper:#161514;--line:#3a3733;--mark:#e8938d}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:46rem;padding:0 1.1rem 4rem;background:var(--paper);color:var(--ink);
font:1.06rem/1.55 Georgia,"Times New Roman",serif}
a{color:inherit;text-decoration-color:var(--line);text-underline-offset:.18em}
a:hover,a:focus{text-decoration-color:var(--mark);color:var(--mark)}
a:focus-visible{outline:2px solid var(--mark);outline-offset:3px}
header{border-bottom:3px double var(--ink);padding:2rem 0 1rem;margin-bottom:.5rem}
h1{font-size:2.3rem;line-height:1.15;margin:.1rem 0 .4rem;letter-spacing:-.01em}
h2{font-size:1.35rem;line-height:1.25;margin:0 0 .25rem}
h2 a{text-decoration:none}h2 a:hover{text-decoration:underline}
p{margin:.35rem 0}
small,.meta,nav,.by{font:.87rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--soft)}
.by{color:var(--ink)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem .6rem;padding:0;margin:.7rem 0 0}
nav li a{display:inline-block;border:1px solid var(--line);border-radius:.3rem;padding:.25rem .7rem;text-decoration:none}
article{padding:1.15rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem .8rem}
footer{margin-top:2rem}
del{color:var(--soft)}ins{text-decoration-color:var(--mark)}
summary{cursor:pointer}
"""


def _shell(title: str, language: str, head: str, body: str) -> bytes:
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{head}<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#content">Skip to content</a>\n{body}</body>\n</html>\n'
    ).encode("utf-8", "replace")


def _alternates(site: Site, topic: str, title: str) -> str:
    return "".join(
        f'<link rel="alternate" type="{kind}" title="{escape(title)} ({name})" '
        f'href="{escape(feed_url(site.base_url, topic, suffix))}">\n'
        for suffix, name, kind in _KINDS
    )


def _subscribe(site: Site, topic: str, title: str) -> str:
    links = "".join(
        f'<li><a type="{kind}" href="{escape(feed_url(site.base_url, topic, suffix))}">{name}</a></li>'
        for suffix, name, kind in _KINDS
    )
    atom = feed_url(site.base_url, topic, "atom")
    reader = f'<li><a href="feed:{escape(quote(atom, safe=":/"))}">Open in reader</a></li>'
    return f'<nav aria-label="Subscribe to {escape(title)}"><ul>{links}{reader}</ul></nav>'


def page_entry(item: Item) -> str:
    """Render one item as it stands on pages."""
    article = item.article
    title = escape(clean(article.headline))
    if article.link:
        title = f'<a href="{escape(article.link)}">{title}</a>'
    tag = language_of(item)
    language = f' lang="{tag}" dir="auto"' if tag else ' dir="auto"'
    by = ", ".join(clean(person.name) for person in article.authors)
    parts = [
        f"<article{language}>",
        f"<h2>{title}</h2>",
        f'<p class="by">By {escape(by)}</p>' if by else "",
        f'<p class="meta">{escape(clean(item.source_title))} · {time_of(article.published)}</p>',
        f"<p>{escape(clean(item.summary))}</p>" if item.summary else "",
        *(f"<p>{escape(clean(note))}</p>" for note in item.corrections),
        _also(item),
        f"<small>{_terms(item)}</small>",
        "</article>",
    ]
    return "\n".join(part for part in parts if part)


def _also(item: Item) -> str:
    """Name the other publishers that have the same text."""
    names = ", ".join(
        f'<a href="{escape(one.link)}">{escape(clean(one.title))}</a>'
        if one.link
        else escape(clean(one.title))
        for one in item.also
    )
    return f'<p class="meta">Also from {names}</p>' if names else ""


def _terms(item: Item) -> str:
    """Credit, licence and further terms, in that order, as people read them."""
    link = license_link(item)
    name = escape(clean(item.license.name) or "licence")
    parts = [
        escape(rights_of(item)),
        f'<a rel="license" href="{escape(link)}">{name}</a>' if link else name,
        *(escape(clean(rider)) for rider in item.license.riders),
    ]
    return " · ".join(part for part in parts if part)


def render_page(edition: Edition, site: Site, made: Sequence[str]) -> Output:
    """Render a topic's page of items ``made`` (:func:`page_entry`)."""
    topic = edition.topic
    entries = "\n".join(made)
    empty = "<p>Nothing has been published here yet. The feeds are ready to subscribe to.</p>"
    about = f"<p>{escape(clean(topic.description))}</p>" if topic.description else ""
    body = (
        f'<header>\n<small><a href="{escape(site.base_url)}/">{escape(site.title)}</a></small>\n'
        f"<h1>{escape(topic.title)}</h1>\n{about}\n{_subscribe(site, edition.id, topic.title)}\n</header>\n"
        f'<main id="content">\n{entries or empty}\n</main>\n'
        f"<footer><small>{escape(site.generator)}</small></footer>\n"
    )
    canonical = f'<link rel="canonical" href="{escape(page_url(site.base_url, edition.place))}">\n'
    head = canonical + _alternates(site, edition.place, topic.title)
    if any(reserves_mining(item) for item in edition.items):
        head += '<meta name="tdm-reservation" content="1">\n'
    title = f"{topic.title} · {site.title}"
    page = _shell(title, topic.language or "en", head, body)
    return Output(path=f"{edition.place}/index.html", media_type=HTML_TYPE, body=page)


def render_article(item: Item, site: Site, past: Sequence[Difference] = ()) -> bytes:
    """Render the page of one article, which leads to its origin.

    ``past`` are its revisions, the newest first; their words are shown where the
    whole text of the article may leave now, else only when and what kind.
    """
    article = item.article
    body = (
        f'<header>\n<small><a href="{escape(site.base_url)}/">{escape(site.title)}</a></small>\n'
        f'</header>\n<main id="content">\n{page_entry(item)}\n'
        f'<p class="meta">Version {article.version} · changed {time_of(article.updated)}</p>\n'
        f"{revisions(item, past)}</main>\n"
        f"<footer><small>{escape(site.generator)}</small></footer>\n"
    )
    origin = f'<link rel="canonical" href="{escape(article.link)}">\n' if article.link else ""
    head = f'<meta name="robots" content="noindex">\n{origin}'
    head += '<meta name="tdm-reservation" content="1">\n' if reserves_mining(item) else ""
    return _shell(clean(article.headline), language_of(item) or "en", head, body)


def render_directory(rows: Sequence[Row], site: Site) -> Output:
    """Render the page of all topics."""
    head = "".join(_alternates(site, topic, one.title) for topic, one, _, _ in rows)
    entries = "\n".join(_topic(row, site) for row in rows)
    body = (
        f"<header>\n<h1>{escape(site.title)}</h1>\n<p>News by topic, with its authors, its sources and its "
        f"terms. Subscribe in any feed reader.</p>\n"
        f'<nav aria-label="All topics"><ul><li><a href="{escape(site.base_url)}/topics.opml">All topics as '
        f'OPML</a></li></ul></nav>\n</header>\n<main id="content">\n{entries}\n</main>\n'
        f"<footer><small>{escape(site.generator)}</small></footer>\n"
    )
    return Output(
        path="index.html", media_type=HTML_TYPE, body=_shell(site.title, "en", head, body)
    )


def _topic(row: Row, site: Site) -> str:
    topic, one, count, updated = row
    url = escape(page_url(site.base_url, topic))
    about = f"<p>{escape(clean(one.description))}</p>\n" if one.description else ""
    noun = "article" if count == 1 else "articles"
    state = (
        f"{count} {noun} · newest change {time_of(updated)}"
        if count
        else "waiting for its first article"
    )
    return (
        f'<article>\n<h2><a href="{url}">{escape(one.title)}</a></h2>\n{about}'
        f'<p class="meta">{state}</p>\n{_subscribe(site, topic, one.title)}\n</article>'
    )
