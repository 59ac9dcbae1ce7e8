"""A news page in HTML → Feed with one entry.

The page's own metadata (schema.org JSON-LD, OpenGraph, meta elements) gives
the facts; the text is read from the element that holds it. What the site
says of itself, its copyright line above all, stays with the feed's origin and
never becomes the article's.
"""

import re
from datetime import datetime
from html import escape

from lxml import etree, html

from syndicator.errors import ReadError
from syndicator.ingest.story import pagemeta as meta_of
from syndicator.ingest.story import pagewords as known
from syndicator.ingest.story.pagebody import (
    Block,
    folded,
    main_text,
    names_of,
    paragraph_of,
    story_of,
    text_of,
)
from syndicator.ingest.story.pagebyline import byline_of, signed
from syndicator.ingest.story.pagescope import cards, is_anothers, leads_away
from syndicator.ingest.story.pagetitle import title_of
from syndicator.ingest.story.text import decode, moment
from syndicator.model.address import absolute
from syndicator.model.entry import Document, Entry, Feed, Image, Origin, Rights
from syndicator.model.text import legal, squeeze

MAX_BYTES = 3_000_000
_TOP = 8
_ENOUGH = 300  # characters of a text worth taking from JSON-LD
_CLIMB = 6
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_IMAGES = re.compile(r"^(?:https?:)?//|^/", re.IGNORECASE)


def read_page(document: Document) -> Feed:
    """Read a page as one article.

    Raises:
        ReadError: it holds neither a headline nor prose.
    """
    text = legal(decode(_bounded(document), _declared(document.body)))
    root = _tree(text, document)
    meta = meta_of.read_meta(root)
    link = _link(root, meta, document)
    title = title_of(root, meta.titles)
    byline, people = byline_of(root, title)
    deck, blocks = _story(root, text, meta, title, byline)
    if not blocks and not (title and meta.node):
        raise ReadError("not-a-feed", f"{document.url}: a page without an article")
    authors = meta_of.authors_of(meta) or people
    published, updated = meta_of.dates_of(meta)
    entry = Entry(
        guid=link,
        guid_is_permalink=True,
        link=link,
        title=title,
        summary=deck or _summary(meta) or _deck_above(root),
        content="".join(block.html for block in blocks) or None,
        content_html=True,
        base=link or document.url,
        authors=authors,
        published=published or _timed(root),
        updated=updated,
        categories=meta_of.keywords_of(meta),
        images=_images(root, meta, link),
        language=_language(root, meta),
        rights=_rights(root, meta),
        byline=signed(byline, authors),
        section=meta_of.section_of(meta),
        provider=meta_of.provider_of(meta),
        credit=meta_of.stated(meta, "creditText"),
    )
    return Feed(
        format="page", origin=_origin(root, meta, document, entry, blocks), entries=(entry,)
    )


def _origin(
    root: html.HtmlElement,
    meta: meta_of.Meta,
    document: Document,
    entry: Entry,
    blocks: list[Block],
) -> Origin:
    return Origin(
        title=meta_of.site_of(meta),
        link=document.url,
        language=entry.language,
        rights=Rights(notice=_footer(root, blocks) or meta.first("copyright", "rights")),
    )


def _rights(root: html.HtmlElement, meta: meta_of.Meta) -> Rights:
    return Rights(
        notice=meta_of.stated(meta, "copyrightNotice"),
        holder=meta_of.stated(meta, "copyrightHolder"),
        licenses=tuple(_licenses(root, meta)),
        usage=meta_of.stated(meta, "usageInfo"),
    )


def _bounded(document: Document) -> Document:
    if len(document.body) <= MAX_BYTES:
        return document
    return Document(
        url=document.url, body=document.body[:MAX_BYTES], content_type=document.content_type
    )


def _declared(body: bytes) -> str | None:
    found = _CHARSET.search(body[:4096])
    return found.group(1).decode("ascii", "replace") if found else None


def _tree(text: str, document: Document) -> html.HtmlElement:
    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
        return html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("unreadable", f"{document.url}: not readable as HTML: {error}") from error


def _link(root: html.HtmlElement, meta: meta_of.Meta, document: Document) -> str | None:
    """Return the canonical address, by link element, OpenGraph or JSON-LD."""
    for one in root.iter("link"):
        if "canonical" in (one.get("rel") or "").lower().split():
            found = absolute(one.get("href"), document.url)
            if found is not None:
                return found
    said = meta.first("og:url") or meta_of.stated(meta, "url")
    own = document.url if document.url.startswith("http") else None
    return absolute(said, document.url) or own


def _story(
    root: html.HtmlElement, text: str, meta: meta_of.Meta, title: str | None, byline: str | None
) -> tuple[str | None, list[Block]]:
    """Return the deck and the blocks of the story, without headline, byline and deck above it."""
    blocks = story_of(root, main_text(text), meta.body)
    above = {folded(one) for one in (title, byline, *meta.titles) if one}
    said = (_summary(meta), meta_of.stated(meta, "description"))
    body = folded(meta.body)
    described = {folded(one) for one in said if one and not body.startswith(folded(one))}
    deck = None
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        if number < _TOP and folded(block.words) in above:
            continue
        if (
            not kept
            and deck is None
            and number + 1 < len(blocks)
            and _is_deck(block, blocks[number + 1], described)
        ):
            deck = block.words
            continue
        kept.append(block)
    return deck, _or_stated(kept, meta, root)


def _or_stated(blocks: list[Block], meta: meta_of.Meta, root: html.HtmlElement) -> list[Block]:
    """Fall back on JSON-LD's text where a script would have to write the page's own."""
    shown = sum(len(block.words) for block in blocks)
    if len(meta.body) < _ENOUGH or shown > len(meta.body) // 3:
        return blocks
    lines = meta_of.lines(meta)
    return [
        Block(html=f"<p>{escape(one, quote=False)}</p>", words=one, owner=root) for one in lines
    ]


def _is_deck(block: Block, after: Block, described: set[str]) -> bool:
    """Say whether a first block is the deck, which is the summary and no part of the text.

    It is if the page marks it so and keeps it apart from the text, or if it is
    the page's description word for word, which its own text by JSON-LD does
    not begin with, and is set in a way of its own.
    """
    own, other = paragraph_of(block), paragraph_of(after)
    parent = block.owner.getparent()
    if len(block.words) >= 400 or parent is None:  # noqa: PLR2004
        return False
    if folded(block.words) in described:
        alike = (own.tag, own.get("class")) == (other.tag, other.get("class"))
        return known.names_a_lead_in(names_of(own)) and not alike
    names = names_of(block.owner) + " " + names_of(parent)
    return known.names_a_deck(names) and own.getparent() is not other.getparent()


def _deck_above(root: html.HtmlElement) -> str | None:
    """Return the first line right below the headline that is marked as deck."""
    headline = next(root.iter("h1"), None)
    if headline is None:
        return None
    for number, one in enumerate(headline.itersiblings()):
        if number >= _CLIMB:
            return None
        for inner in one.iter():
            if isinstance(inner.tag, str) and known.names_a_deck(names_of(inner)):
                text = text_of(inner)
                return text if 20 <= len(text) < 400 else None  # noqa: PLR2004
    return None


def _summary(meta: meta_of.Meta) -> str | None:
    return meta.first("og:description", "description") or meta_of.stated(meta, "description")


def _timed(root: html.HtmlElement) -> datetime | None:
    for one in root.iter("time"):
        if (found := moment(one.get("datetime"))) is not None:
            return found
    return None


def _language(root: html.HtmlElement, meta: meta_of.Meta) -> str | None:
    said = meta_of.stated(meta, "inLanguage") or root.get("lang") or meta.first("og:locale")
    return said.replace("_", "-") if said and len(said) < 20 else None  # noqa: PLR2004


def _licenses(root: html.HtmlElement, meta: meta_of.Meta) -> list[str]:
    found = [meta_of.stated(meta, "license")]
    found += [
        one.get("href")
        for one in root.iter("link", "a")
        if "license" in (one.get("rel") or "").lower().split()
    ]
    return list(dict.fromkeys(one for one in found if one and "://" in one))


def _images(root: html.HtmlElement, meta: meta_of.Meta, link: str | None) -> tuple[Image, ...]:
    """Return the pictures: those the metadata names, then those with a caption in the page.

    A picture that leads to another page is that page's.
    """
    found = {one.url: one for one in meta_of.images_of(meta)}
    others = cards(root)
    for figure in list(root.iter("figure"))[:40]:
        if leads_away(figure, link) or is_anothers(figure, others):
            continue
        image = _pictured(figure)
        if image is not None:
            found.setdefault(image.url, image)
    return tuple(found.values())[:20]


def _pictured(figure: html.HtmlElement) -> Image | None:
    """Read a figure with a caption; one that is nothing but a credit is no caption."""
    picture = next(figure.iter("img"), None)
    caption = next(figure.iter("figcaption"), None)
    source = picture.get("src") or picture.get("data-src") if picture is not None else None
    said = text_of(caption) if caption is not None else ""
    if not said or not source or not _IMAGES.match(source):
        return None
    credit = next((one for one in figure.iter() if _names_a_credit(one)), None)
    credited = (text_of(credit) or None) if credit is not None else None
    return Image(url=source, caption=said if said != credited else None, credit=credited)


def _names_a_credit(node: etree._Element) -> bool:
    names = names_of(node).lower() if isinstance(node.tag, str) else ""
    return any(word in names for word in ("credit", "copyright", "source", "photographer"))


def _footer(root: html.HtmlElement, story: list[Block]) -> str | None:
    """Return the site's own copyright line: the last one in the page outside the story."""
    told = {folded(block.words) for block in story}
    found = None
    for one in root.iter():
        if not isinstance(one.tag, str) or one.tag in {"script", "style", "template", "noscript"}:
            continue
        for line in (one.text, one.tail):
            words = squeeze(str(line or ""))
            if words and known.is_notice(words):
                whole = text_of(one) if line is one.text else words
                words = whole if known.is_notice(whole) else words
                found = words if folded(words) not in told else found
    return found
