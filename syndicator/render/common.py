"""What every format says the same way: ids, dates, addresses, clean text."""

import re
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

import msgspec

from syndicator.model.edition import Item, Output
from syndicator.model.ids import TopicId
from syndicator.model.text import legal, squeeze

RSS_TYPE = "application/rss+xml; charset=utf-8"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
JSON_TYPE = "application/feed+json"
HTML_TYPE = "text/html; charset=utf-8"
_URI = re.compile(
    r"(?:https?://[^\s<>\"{}|\\^`]+|urn:[a-zA-Z0-9][a-zA-Z0-9-]+:[^\s<>\"{}|\\^`]+|tag:[^\s<>\"{}|\\^`]+,\d[^\s<>\"{}|\\^`]*)"
)


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """Documents made, and a line for each item that had to be left out of one."""

    outputs: tuple[Output, ...]
    problems: tuple[str, ...] = ()


def atom_id(item: Item) -> str:
    """Return the upstream's id where it is a URI (RFC 4287 §4.2.6), else one minted from ours."""
    guid = item.article.guid
    if _URI.fullmatch(guid) and guid.isascii():
        return guid
    return uuid5(NAMESPACE_URL, f"syndicator:{item.article.id}").urn


def rfc3339(moment: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def clean(text: str | None) -> str:
    """One line that XML can carry."""
    if text and text.isprintable() and "  " not in text and text[0] != " " != text[-1]:
        return text  # nearly every one: printable text holds nothing XML forbids
    return squeeze(legal(text or ""))


def feed_url(base_url: str, topic: TopicId, kind: str) -> str:
    """Address of one format of a topic: ``rss``, ``atom`` or ``json``."""
    return f"{base_url}/feeds/{topic}.{kind}"


def page_url(base_url: str, topic: TopicId) -> str:
    """Address of a topic's page for people."""
    return f"{base_url}/feeds/{topic}/"


def rights_of(item: Item) -> str:
    """The sentence for rights metadata: the credit line, else the notice that came with it."""
    return clean(item.cleared.credit or item.article.rights.notice)


def license_link(item: Item) -> str | None:
    """Address of the licence: the contract's, else the one stated by the item."""
    stated = item.article.rights.licenses
    return item.license.url or (stated[0] if stated else None)
