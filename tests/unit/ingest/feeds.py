"""Small documents for tests of the feed readers."""

from syndicator.ingest.native import read_native
from syndicator.model.entry import Document, Entry, Feed

URL = "https://harbour.example/news/feed.xml"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "media": "http://search.yahoo.com/mrss/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "atom": "http://www.w3.org/2005/Atom",
        "cc": "http://web.resource.org/cc/",
        "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
        "podcast": "https://podcastindex.org/namespace/1.0",
        "rsl": "https://rslstandard.org/rsl",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "sy": "http://purl.org/rss/1.0/modules/syndication/",
        "fh": "http://purl.org/syndication/history/1.0",
        "at": "http://purl.org/atompub/tombstones/1.0",
        "xhtml": "http://www.w3.org/1999/xhtml",
    }.items()
)


def document(body: str | bytes, content_type: str | None = None) -> Document:
    return Document(
        url=URL,
        body=body if isinstance(body, bytes) else body.encode(),
        content_type=content_type,
    )


def native(body: str | bytes) -> Feed:
    feed = read_native(document(body))
    assert feed is not None
    return feed


def rss(inside: str) -> Feed:
    """Read an RSS channel that holds this."""
    return native(f'<rss version="2.0" {SPACES}><channel>{inside}</channel></rss>')


def item(inside: str) -> Entry:
    """Read an RSS item that holds this."""
    (entry,) = rss(f"<item>{inside}</item>").entries
    return entry


def atom(inside: str, more: str = "") -> Feed:
    """Read an Atom feed that holds this."""
    return native(f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES} {more}>{inside}</feed>')


def entry(inside: str, more: str = "") -> Entry:
    """Read an Atom entry that holds this."""
    (found,) = atom(f"<entry {more}>{inside}</entry>").entries
    return found
