"""A topic's contents at one moment, and the documents made of them."""

from datetime import datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.clearance import Cleared
from syndicator.model.ids import TopicId
from syndicator.model.license import License
from syndicator.model.topic import Topic


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An article in the form it leaves in.

    ``html`` is the whole published body: byline, story or excerpt, contributor
    line and credit line, already cut to the cleared form. It is empty for a
    headline. ``summary`` is plain text. ``article.images`` and
    ``article.enclosures`` hold only what may leave.
    """

    article: Article
    cleared: Cleared
    license: License
    source_title: str
    html: str
    summary: str


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """What one topic publishes now, newest first.

    ``updated`` is the latest change of any item, so the same library gives the
    same bytes at any hour; the epoch when the edition is empty.
    """

    id: TopicId
    topic: Topic
    items: tuple[Item, ...]
    updated: datetime


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What every document says of the desk. ``base_url`` ends without a slash."""

    title: str
    base_url: str
    generator: str


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """One file to publish: ``path`` is relative to ``feeds/``."""

    path: str
    media_type: str
    body: bytes
