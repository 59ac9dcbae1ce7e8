"""Ways to subscribe to a topic, for people: their own reader, readers on the web, the addresses."""

from html import escape
from urllib.parse import quote

from syndicator.model.edition import Site
from syndicator.model.topic import Format, Topic
from syndicator.render.common import feed_url, first_format

KINDS = (
    ("atom", "Atom", "application/atom+xml"),
    ("rss", "RSS", "application/rss+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)
RAW = "?raw"
"""After the address of a feed: the feed itself, also for a browser."""
# Each takes the address, wholly escaped, at its end. As the services' own buttons and the
# extensions of browsers write them; Feedly's is the id of the feed's stream.
WEB_READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed%2F"),
    ("Inoreader", "https://www.inoreader.com/?add_feed="),
    ("NewsBlur", "https://www.newsblur.com/?url="),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url="),
    ("Feedbin", "https://feedbin.com/?subscribe="),
)


def kinds(topic: Topic) -> list[tuple[str, str, str]]:
    """Return the formats a topic is published in: ending, name and media type."""
    return [one for one in KINDS if Format(one[0]) in topic.formats]


def alternates(site: Site, place: str, topic: Topic) -> str:
    """Return the links in the head of a page by which readers find the feeds."""
    return "".join(
        f'<link rel="alternate" type="{kind}" title="{escape(topic.title)} ({name})" '
        f'href="{escape(_address(site, place, suffix))}">\n'
        for suffix, name, kind in kinds(topic)
    )


def own_reader(site: Site, place: str, topic: Topic) -> str:
    """Return the address that opens a topic in the reader's own program."""
    return "feed:" + quote(feed_url(site.base_url, place, first_format(topic)), safe=":/[]")


def subscribe(site: Site, place: str, topic: Topic) -> str:
    """Return the part of a topic's page that says how to subscribe."""
    ways = _private_ways() if site.private else _ways(site, place, topic)
    return (
        f'<section class="subscribe" aria-labelledby="subscribe">\n<h2 id="subscribe">Subscribe to '
        f"<bdi>{escape(topic.title)}</bdi></h2>\n{ways}\n<div>{_addresses(site, place, topic)}</div>\n</section>\n"
    )


def _ways(site: Site, place: str, topic: Topic) -> str:
    address = quote(feed_url(site.base_url, place, first_format(topic)), safe="")
    links = "".join(
        f'<li><a href="{escape(start + address)}" rel="nofollow noreferrer">{name}</a></li>'
        for name, start in WEB_READERS
    )
    return (
        "<div><p>New articles come to your feed reader by themselves; no account here, no e-mail.</p>\n"
        f'<ul class="links"><li><a class="go" href="{escape(own_reader(site, place, topic))}">Open in your '
        f"reader</a></li>{links}</ul></div>"
    )


def _private_ways() -> str:
    """An address with a token is the reader's own: the desk hands it to no one else."""
    return (
        "<div><p>This is your own edition. Copy the address of one of these links into your feed "
        "reader, and give it to nobody: your token is in it, or your reader will ask for it.</p></div>"
    )


def _addresses(site: Site, place: str, topic: Topic) -> str:
    """Return each format's address, which one click selects, and a link to the feed as it is."""
    rows = []
    for suffix, name, kind in kinds(topic):
        address = escape(_address(site, place, suffix))
        shown = "" if site.private else f"<code>{address}</code>"
        link = f'<a href="{address}{RAW}" type="{kind}">{name}</a>'
        rows.append(f"<dt>{link}</dt><dd>{shown}</dd>")
    return f"<dl>{''.join(rows)}</dl>"


def _address(site: Site, place: str, suffix: str) -> str:
    """Return a feed's address; on a subscriber's page beside that page, wherever its key stands."""
    return f"../{place}.{suffix}" if site.private else feed_url(site.base_url, place, suffix)
