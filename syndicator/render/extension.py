"""The one feedgen extension of ours: what feedgen 1.0.0 loses or mangles.

feedgen drops rel, type and length of Atom entry links, names without an
e-mail in RSS authors, most of a source, and every right of an item. The
extension writes those elements whole. It holds one item and is asked twice,
for RSS and for Atom. In its Atom tree feedgen leaves elements without a namespace
under a default one, and so does the extension.
"""

import re
from functools import cache
from typing import Any

from feedgen.ext.base import BaseExtension
from lxml import etree

from syndicator.lint import is_media_type
from syndicator.model.edition import Edition, Item, Site
from syndicator.model.text import legal
from syndicator.render.carrier import Carrier
from syndicator.render.common import (
    address_of,
    clean,
    contributors_of,
    feed_url,
    files_of,
    holder_of,
    is_uri,
    language_of,
    license_link,
    media_type,
    page_url,
    rfc3339,
    rights_of,
)
from syndicator.render.episodes import ITUNES, PODCAST, add_episode
from syndicator.render.notices import ATOM, add_tombstones
from syndicator.render.subjects import places_of, point_of, scheme_of
from syndicator.render.terms import RSL, UNSPECIFIED, add_rsl

CONTENT = "http://purl.org/rss/1.0/modules/content/"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "rsl": RSL,
    "fh": "http://purl.org/syndication/history/1.0",
    "georss": "http://www.georss.org/georss",
    "itunes": ITUNES,
    "podcast": PODCAST,
}
LICENSED = "creativecommons.org/"
_HOST = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACES = {**NAMESPACES, "atom": ATOM, "content": CONTENT}


@cache
def _qualified(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{_SPACES[prefix]}}}{local}" if prefix else local


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    """Append an element; characters XML forbids are dropped, never the item (XML 1.0 §2.2)."""
    try:
        element = etree.SubElement(parent, _qualified(name), attributes)
    except ValueError:
        kept = {key: legal(value) for key, value in attributes.items()}
        element = etree.SubElement(parent, _qualified(name), kept)
    try:
        element.text = text
    except ValueError:
        element.text = legal(text or "")
    return element


def _add_markup(parent: Any, name: str, markup: str) -> None:
    """Append markup as a CDATA section; a ``]]>`` inside stays the same HTML."""
    markup = markup.replace("]]>", "]]&gt;")
    try:
        data = etree.CDATA(markup)
    except ValueError:
        data = etree.CDATA(legal(markup).replace("]]>", "]]&gt;"))
    _add(parent, name).text = data


class DeskExtension(BaseExtension):  # type: ignore[misc]
    """Feed level: the self link, the hubs and the page, written once and right."""

    def __init__(self) -> None:
        """Wait for :meth:`set`."""
        self._edition: Edition | None = None
        self._site: Site | None = None

    def set(self, edition: Edition, site: Site) -> None:
        """Say which edition this is."""
        self._edition = edition
        self._site = site

    def extend_ns(self) -> dict[str, str]:
        """Declare our prefixes once, on the root."""
        return NAMESPACES

    def extend_rss(self, rss_feed: Any) -> Any:
        """Write the channel's self link and its hubs."""
        channel = rss_feed[0]
        self._places(channel, "rss", "application/rss+xml", "atom:link")
        return rss_feed

    def extend_atom(self, atom_feed: Any) -> Any:
        """Write self, hubs and alternate links in place of feedgen's."""
        if self._edition is None or self._site is None:
            return atom_feed
        for link in atom_feed.findall("link"):
            atom_feed.remove(link)
        self._places(atom_feed, "atom", "application/atom+xml", "link")
        page = page_url(self._site.base_url, self._edition.place)
        _add(atom_feed, "link", rel="alternate", type="text/html", href=page)
        add_tombstones(atom_feed, self._edition.withdrawn)
        return atom_feed

    def _places(self, parent: Any, kind: str, media_type: str, name: str) -> None:
        """Say where this document stands, and its archive (RFC 5005 §4)."""
        if self._edition is None or self._site is None:
            return
        edition, base = self._edition, self._site.base_url
        for hub in self._site.hubs:  # given to feedgen, it would be the channel's own link
            _add(parent, name, rel="hub", href=hub)
        links: dict[str, str] = {"self": edition.place}
        if edition.number is not None:
            _add(parent, "fh:archive")
            links["current"] = edition.id
        if edition.older_place is not None:
            links["prev-archive"] = edition.older_place
        for rel, place in links.items():
            _add(parent, name, rel=rel, type=media_type, href=feed_url(base, place, kind))


class DeskEntryExtension(Carrier[Item]):
    """Entry level: everything we know of an item, in each format's own words."""

    def extend_rss(self, entry: Any) -> Any:
        """Complete an RSS item."""
        item, article = self.one, self.one.article
        if link := address_of(article.link):
            entry.insert(1, _add(entry, "link", link))  # behind the title
        if item.html:
            _add_markup(entry, "content:encoded", item.html)
        for person in article.authors:
            if name := clean(person.name):
                _add(entry, "dc:creator", name)
        for one in article.categories:
            if name := clean(one.label or one.term):
                scheme = scheme_of(one)
                _add(entry, "category", name, **({"domain": scheme} if scheme else {}))
        for file in files_of(item)[:1]:
            # One an item: most readers see only the first, some only the last.
            size = str(max(file.length or 0, 0))
            _add(entry, "enclosure", url=file.url, length=size, type=media_type(file.type))
        origin = address_of(article.origin.self_link) or address_of(article.origin.link)
        if origin:
            _add(entry, "source", clean(item.source_title), url=origin)
        self._rights(entry)
        self._also(entry, "atom:link")
        add_rsl(entry, item)
        if language := language_of(item):
            _add(entry, "dc:language", language)
        for name in contributors_of(item):
            _add(entry, "dc:contributor", name)
        _add(entry, "atom:updated", rfc3339(article.updated))
        _add(entry, "dcterms:modified", rfc3339(article.updated))
        self._where(entry)
        self._media(entry)
        add_episode(entry, item)
        return entry

    def _rights(self, entry: Any) -> None:
        item = self.one
        rights = rights_of(item)
        if rights:
            _add(entry, "dc:rights", rights)
        if holder := holder_of(item):
            _add(entry, "dcterms:rightsHolder", holder)
        link = license_link(item)
        if link and LICENSED in link:
            _add(entry, "creativeCommons:license", link)
        if link:
            _add(entry, "atom:link", rel="license", href=link)

    def _where(self, entry: Any) -> None:
        """Say where it was written, and where it happened (GeoRSS Simple)."""
        for name in places_of(self.one):
            _add(entry, "dcterms:spatial", name)
        if point := point_of(self.one):
            _add(entry, "georss:point", point)

    def _media(self, entry: Any) -> None:
        for image in self.one.article.images:
            url = address_of(image.url)
            if url is None:
                continue
            attributes = {"url": url, "medium": "image"}
            attributes |= {"type": image.type} if image.type and is_media_type(image.type) else {}
            attributes |= {"width": str(image.width)} if (image.width or 0) > 0 else {}
            attributes |= {"height": str(image.height)} if (image.height or 0) > 0 else {}
            element = _add(entry, "media:content", **attributes)
            if image.credit:
                _add(element, "media:credit", clean(image.credit))
            if image.caption:
                _add(element, "media:description", clean(image.caption), type="plain")
            if image.rights:
                _add(element, "media:copyright", clean(image.rights))

    def extend_atom(self, entry: Any) -> Any:
        """Complete an Atom entry."""
        item = self.one
        entry.remove(entry.find("content"))
        entry.find("title").set("type", "text")
        if language := language_of(item):
            entry.set(_LANG, language)
        self._people(entry)
        self._links(entry)
        for one in item.article.categories:
            if term := clean(one.term):
                attributes = {"term": term}
                scheme = scheme_of(one)
                attributes |= {"scheme": scheme} if scheme and is_uri(scheme) else {}
                attributes |= {"label": clean(one.label)} if one.label else {}
                _add(entry, "category", **attributes)
        if summary := clean(item.summary):
            _add(entry, "summary", summary, type="text")
        elif not item.html and (said := clean(item.cleared.credit or item.source_title)):
            _add(entry, "summary", said, type="text")  # a headline alone: as in RSS
        if item.html:
            _add(entry, "content", item.html, type="html")
        elif not address_of(item.article.link):
            # RFC 4287 §4.1.2: an entry without an alternate link has content.
            _add(entry, "content", clean(item.summary or item.article.headline), type="text")
        if rights := rights_of(item):
            _add(entry, "rights", rights)
        if holder := holder_of(item):
            _add(entry, "dcterms:rightsHolder", holder)
        add_rsl(entry, item)
        self._source(entry)
        self._where(entry)
        self._media(entry)
        add_episode(entry, item)
        return entry

    def _people(self, entry: Any) -> None:
        """Name every author; the source, where nobody is named (RFC 4287 §4.2.1)."""
        people = [person for person in self.one.article.authors if clean(person.name)]
        for person in people:
            author = _add(entry, "author")
            _add(author, "name", clean(person.name))
            if url := address_of(person.url):
                _add(author, "uri", url)
        if not people:
            _add(_add(entry, "author"), "name", clean(self.one.source_title) or "Unnamed")
        for name in contributors_of(self.one):
            _add(_add(entry, "contributor"), "name", name)

    def _links(self, entry: Any) -> None:
        article = self.one.article
        if link := address_of(article.link):
            _add(entry, "link", rel="alternate", href=link)
        # Said even where there is none: a feed's licence would be inherited (RFC 4946 §2.4).
        _add(entry, "link", rel="license", href=license_link(self.one) or UNSPECIFIED)
        for file in files_of(self.one):
            attributes = {"rel": "enclosure", "href": file.url}
            attributes |= {"type": file.type} if file.type and is_media_type(file.type) else {}
            attributes |= {"length": str(max(file.length, 0))} if file.length is not None else {}
            _add(entry, "link", **attributes)

        self._also(entry, "link")

    def _also(self, entry: Any, name: str) -> None:
        """Lead to the other publishers that have the same text (RFC 4287 §4.2.7.2)."""
        for one in self.one.also:
            if link := address_of(one.link):
                _add(entry, name, rel="related", href=link, title=f"Also from {one.title}")

    def _source(self, entry: Any) -> None:
        """``atom:source`` (RFC 4287 §4.2.11) with all the origin told us."""
        origin = self.one.article.origin
        source = _add(entry, "source")
        _add(source, "id", _source_id(self.one))
        _add(source, "title", clean(self.one.source_title))
        if page := address_of(origin.link):
            _add(source, "link", rel="alternate", href=page)
        if feed := address_of(origin.self_link):
            _add(source, "link", rel="self", href=feed)
        if origin.rights.notice:
            _add(source, "rights", clean(origin.rights.notice))
        _add(source, "updated", rfc3339(origin.updated or self.one.article.updated))


def _source_id(item: Item) -> str:
    origin = item.article.origin
    for one in (origin.id, origin.self_link, origin.link):
        if one and is_uri(one):
            # RFC 3986 §6.2.3: the address of a host alone ends with a stroke.
            return f"{one}/" if _HOST.fullmatch(one) else one
    return f"urn:x-syndicator:{item.article.source}"


__all__ = ["DeskEntryExtension", "DeskExtension"]
