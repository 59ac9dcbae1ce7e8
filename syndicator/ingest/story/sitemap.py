"""Google News sitemaps → Feed (sitemaps.org 0.9 with the news and image extensions).

A sitemap names addresses, titles and dates, and nothing of the story.
"""

from lxml import etree

from syndicator.errors import ReadError
from syndicator.ingest.story.text import moment
from syndicator.ingest.story.tree import child, children, parse_xml, text_of
from syndicator.model.entry import Category, Document, Entry, Feed, Image, Origin, Rights


def read_sitemap(document: Document) -> Feed:
    """Read the news of a sitemap.

    Raises:
        ReadError: it lists no news: an index of other sitemaps, or pages without titles.
    """
    root = parse_xml(document)
    maps = [where for one in children(root, "sitemap") if (where := text_of(child(one, "loc")))]
    if maps:
        raise ReadError(
            "not-a-feed",
            f"{document.url}: an index of {len(maps)} sitemaps; use one of them, as {maps[0]}",
        )
    entries = [made for one in children(root, "url") if (made := _entry(document, one)) is not None]
    if not entries:
        raise ReadError("not-a-feed", f"{document.url}: a sitemap without news (news:news)")
    names = {entry.origin.title for entry in entries if entry.origin and entry.origin.title}
    return Feed(
        format="news-sitemap",
        origin=Origin(title=names.pop() if len(names) == 1 else None),
        entries=tuple(entries),
    )


def _entry(document: Document, url: etree._Element) -> Entry | None:
    news = child(url, "news")
    link = text_of(child(url, "loc"))
    if news is None or link is None:
        return None
    publication = child(news, "publication")
    keywords = (text_of(child(news, "keywords")) or "").split(",")
    published = moment(text_of(child(news, "publication_date")))
    return Entry(
        guid=link,
        guid_is_permalink=True,
        link=link,
        title=text_of(child(news, "title")),
        base=document.url,
        published=published,
        updated=moment(text_of(child(url, "lastmod"))) or published,
        categories=tuple(
            dict.fromkeys(Category(term=one) for each in keywords if (one := each.strip()))
        ),
        images=tuple(_images(url)),
        language=text_of(child(publication, "language")),
        rights=Rights(),
        origin=Origin(title=name) if (name := text_of(child(publication, "name"))) else None,
    )


def _images(url: etree._Element) -> list[Image]:
    return [
        Image(
            url=where,
            caption=text_of(child(one, "caption")) or text_of(child(one, "title")),
            license=text_of(child(one, "license")),
        )
        for one in children(url, "image")
        if (where := text_of(child(one, "loc"))) is not None
    ]
