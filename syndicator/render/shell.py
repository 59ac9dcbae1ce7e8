"""What every page for people has around its own words: head, masthead, search, footer."""

from html import escape
from urllib.parse import urlsplit

from syndicator.model.edition import Site
from syndicator.render.style import STYLE

LONGEST = 200
"""Characters of a search; the field takes no more, and the desk reads no more."""
UI = "en"
"""The language of the desk's own words on pages, whatever its articles are written in."""
OURS = f'lang="{UI}" dir="ltr"'
"""Attributes of the desk's own words inside an article, whose language may run the other way."""
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"}
)


def document(title: str, body: str, head: str = "") -> bytes:
    """Return a whole page; ``head`` and ``body`` are markup, ``title`` is not."""
    return (
        f'<!doctype html>\n<html lang="{UI}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{head}<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#content">Skip to content</a>\n{body}</body>\n</html>\n'
    ).encode("utf-8", "replace")


def top(site: Site) -> str:
    """Return the line above a page: the way home, and the search of what is public."""
    search = "" if site.private else search_form(site)
    return f'<div class="top"><a href="{escape(site.base_url)}/">{escape(site.title)}</a>{search}</div>\n'


def search_form(site: Site, query: str = "") -> str:
    """Return the search field; it asks the host that the page came from."""
    path = escape(urlsplit(site.base_url).path.rstrip("/"))
    return (
        f'<form action="{path}/search" role="search"><input type="search" name="q" '
        f'aria-label="Search the articles" value="{escape(query)}" dir="auto" maxlength="{LONGEST}">'
        "<button>Search</button></form>"
    )


def footer(site: Site) -> str:
    """Return what stands below every page."""
    return f"<footer><p>{escape(site.generator)}</p></footer>\n"


def spoken(tag: str | None) -> str:
    """Return the attributes of words in a language, known or not, with their direction."""
    if not tag:
        return ' dir="auto"'
    parts = tag.lower().split("-")
    written = parts[0] in _RIGHT_TO_LEFT and "latn" not in parts
    return f' lang="{escape(tag)}" dir="{"rtl" if written else "auto"}"'
