"""What a page says of its article: schema.org JSON-LD, OpenGraph and meta elements, microdata."""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import html

from syndicator.ingest.story.pagescope import cards, is_anothers
from syndicator.ingest.story.text import moment
from syndicator.model.entry import Category, Image, Person
from syndicator.model.text import legal, squeeze

_ARTICLE = re.compile(
    r"(?:news|reportagenews|analysisnews|opinionnews|askpublicnews|backgroundnews|reviewnews|"
    r"advertisercontent|satirical|scholarly|tech)?article|report|(?:live)?blogposting|"
    r"socialmediaposting",
    re.IGNORECASE,
)
_MAX_JSON = 1_000_000
_MAX_NODES = 2000
_MAX_DEPTH = 12
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_SEPARATORS = re.compile(r"\s+[|–—·»:-]\s+")
_ADDRESS = re.compile(r"://|^\S+\.[a-z]{2,6}$")
_HOUSES = ("organization", "organisation", "corporation")
_PUBLISHED = (
    "article:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "pubdate",
    "publish-date",
    "publication_date",
    "publishdate",
    "displaydate",
    "date",
)
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
_AUTHOR = ("author", "parsely-author", "sailthru.author", "dc.creator", "article:author", "byl")


class Meta(msgspec.Struct, kw_only=True):
    """The facts a page states about its article, in words; nothing is guessed.

    ``titles`` are the headlines stated, best first. ``body`` is the text by
    JSON-LD, which may be cut short.
    """

    node: dict[str, Any]
    tags: dict[str, list[str]]
    titles: tuple[str, ...] = ()
    body: str = ""

    def first(self, *names: str) -> str | None:
        """Return the first meta element of these names that says something."""
        return next((self.tags[name][0] for name in names if self.tags.get(name)), None)


def read_meta(root: html.HtmlElement) -> Meta:
    """Gather what the page states."""
    tags: dict[str, list[str]] = {}
    others = cards(root)
    for one in root.iter("meta"):
        if others and is_anothers(one, others):
            continue
        name = one.get("property") or one.get("name") or one.get("itemprop")
        value = squeeze(legal(one.get("content") or ""))
        if name and value:
            tags.setdefault(name.strip().lower(), []).append(value)
    _spread(tags)
    node = _article_node(root)
    meta = Meta(node=node, tags=tags, body=_words(node.get("articleBody")) or "")
    stated = (
        _words(node.get("headline")),
        _words(node.get("name")),
        meta.first("og:title", "parsely-title", "sailthru.title", "dc.title", "headline"),
        meta.first("twitter:title"),
        squeeze("".join(root.findtext(".//head/title") or "")),
    )
    site = site_of(meta)
    meta.titles = tuple(dict.fromkeys(_without_site(one, site) for one in stated if one))
    return meta


def _spread(tags: dict[str, list[str]]) -> None:
    """Read what Parse.ly's ``parsely-page`` states as JSON, as if each had its own element."""
    page = _parsed((tags.get("parsely-page") or ["{}"])[0])
    for name, value in page.items() if isinstance(page, dict) else ():
        words = [_words(one) for one in (value if isinstance(value, list) else [value])]
        stated = [one for one in words if one]
        if stated:
            plain = "author" if name == "authors" else name.replace("_", "-")
            tags.setdefault("parsely-" + plain, stated)


def _without_site(title: str, site: str | None) -> str:
    """Take the name of the site off the end of a title ("Headline | The Post")."""
    parts = list(_SEPARATORS.finditer(title))
    if parts and site:
        tail = title[parts[-1].end() :].casefold()
        name = site.casefold()
        if tail in name or name in tail:
            return title[: parts[-1].start()].strip()
    return title


def _words(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((one for one in value if one), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("text")
    if not isinstance(value, str):
        return None
    text = legal(value)
    if "<" in text or "&" in text:
        text = " ".join(map(str, html.fromstring(f"<div>{text}</div>").itertext()))
    return squeeze(text) or None


def _article_node(root: html.HtmlElement) -> dict[str, Any]:
    """Return the JSON-LD node that is an article; of several, the one with most to say."""
    best: dict[str, Any] = {}
    size = 0
    for script in root.iter("script"):
        kind = (script.get("type") or "").lower()
        text = script.text or ""
        if "ld+json" not in kind or size > _MAX_JSON:
            continue
        size += len(text)
        for node in _nodes(_parsed(text)):
            if _is_article(node) and len(_said(node)) > len(_said(best)):
                best = node
    return best


def _said(node: dict[str, Any]) -> list[str]:
    wanted = ("headline", "author", "datePublished", "articleBody", "articleSection", "image")
    return [name for name in wanted if node.get(name)]


def _parsed(text: str) -> Any:
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD document, outer ones first, within bounds."""
    line = [(value, 0)]
    seen = 0
    while line and seen < _MAX_NODES:
        one, depth = line.pop(0)
        seen += 1
        if isinstance(one, dict):
            yield one
            below = [one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one]
            line.extend((part, depth + 1) for part in below if depth < _MAX_DEPTH)
        elif isinstance(one, list) and depth < _MAX_DEPTH:
            line.extend((part, depth + 1) for part in one[:200])


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.fullmatch(kind.rpartition("/")[2])
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _parties(value: Any) -> Iterator[tuple[str, str | None, bool]]:
    """Yield name, address and whether it is a house, for each party of a JSON-LD value."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, list):
            yield from _parties(one)
            continue
        name = _words(one)
        if not name or name.startswith(("http:", "https:")):
            continue
        kind = one.get("@type") if isinstance(one, dict) else ""
        url = one.get("url") if isinstance(one, dict) else None
        kinds = " ".join(kind) if isinstance(kind, list) else str(kind or "")
        yield name, url if isinstance(url, str) else None, kinds.lower().endswith(_HOUSES)


def authors_of(meta: Meta) -> tuple[Person, ...]:
    """Return the people the metadata names as authors; houses are no people."""
    people = [
        Person(name=name, url=url)
        for name, url, house in _parties(meta.node.get("author") or meta.node.get("creator"))
        if not house
    ]
    if not people and not meta.node.get("author"):
        own = _own_names(meta)
        for name in _AUTHOR:
            people = [
                Person(name=one)
                for one in meta.tags.get(name, ())
                if not _ADDRESS.search(one) and _letters(one) not in own
            ]
            if people:
                break
    return tuple(dict.fromkeys(people))


def provider_of(meta: Meta) -> str | None:
    """Return the house that supplies the article: its source, else an author that is a house."""
    for name in ("sourceOrganization", "provider"):
        for party, _, _ in _parties(meta.node.get(name)):
            return party
    own = _own_names(meta)
    for party, _, house in _parties(meta.node.get("author") or meta.node.get("creator")):
        if house and _letters(party) not in own:
            return party
    return None


def _own_names(meta: Meta) -> set[str]:
    names = (site_of(meta), _words(meta.node.get("publisher")))
    return {_letters(one) for one in names if one}


def _letters(name: str) -> str:
    return "".join(one for one in name.casefold() if one.isalnum()).removeprefix("the")


def site_of(meta: Meta) -> str | None:
    """Return the name of the site."""
    return meta.first("og:site_name", "application-name") or _words(meta.node.get("publisher"))


def lines(meta: Meta) -> list[str]:
    """Return the paragraphs of JSON-LD's ``articleBody``."""
    value = meta.node.get("articleBody")
    parts = legal(value).split("\n") if isinstance(value, str) else [meta.body]
    return [text for one in parts if (text := _words(one))]


def dates_of(meta: Meta) -> tuple[Any, Any]:
    """Return the moments of publication and of the last change."""
    published = moment(_words(meta.node.get("datePublished"))) or _dated(meta, _PUBLISHED)
    updated = moment(_words(meta.node.get("dateModified"))) or _dated(meta, _UPDATED)
    return published, updated


def _dated(meta: Meta, names: tuple[str, ...]) -> Any:
    found = (moment(value) for name in names for value in meta.tags.get(name, ()))
    return next((one for one in found if one is not None), None)


def section_of(meta: Meta) -> str | None:
    """Return the section, the most particular where a list is stated."""
    value = meta.node.get("articleSection")
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str)), None)
    return _words(value) or meta.first("article:section", "parsely-section", "section")


def keywords_of(meta: Meta) -> tuple[Category, ...]:
    """Return the keywords and tags."""
    value = meta.node.get("keywords")
    said = value if isinstance(value, list) else str(value or "").split(",")
    found = [_words(one) for one in said]
    found += [part for one in meta.tags.get("article:tag", ()) for part in one.split(",")]
    if not any(found):
        found += (meta.first("news_keywords", "keywords") or "").split(",")
    terms = (squeeze(one) for one in found if one and len(one) < 120)  # noqa: PLR2004
    return tuple(dict.fromkeys(Category(term=one) for one in terms if one))[:60]


def images_of(meta: Meta) -> tuple[Image, ...]:
    """Return the pictures of the metadata, with what JSON-LD says of them."""
    found: dict[str, Image] = {}
    value = meta.node.get("image")
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            found.setdefault(one, Image(url=one))
        elif isinstance(one, dict) and isinstance(one.get("url") or one.get("contentUrl"), str):
            url = one.get("url") or one["contentUrl"]
            found[url] = Image(
                url=url,
                caption=_words(one.get("caption")) or _words(one.get("description")),
                credit=_words(one.get("creditText")) or _words(one.get("creator")),
                rights=_words(one.get("copyrightNotice")) or _words(one.get("copyrightHolder")),
            )
    if not found and (url := meta.first("og:image", "og:image:url", "twitter:image")):
        found[url] = Image(url=url)
    return tuple(found.values())


def stated(meta: Meta, name: str) -> str | None:
    """Return one property of the JSON-LD article in words."""
    return _words(meta.node.get(name))
