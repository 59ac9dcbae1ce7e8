"""A topic's contents at one moment, and the documents made of them."""

from datetime import datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.clearance import Cleared
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.license import License
from syndicator.model.topic import Topic


class Also(msgspec.Struct, frozen=True, kw_only=True):
    """Another publisher that has the same text: its name for readers, and its page."""

    title: str
    link: str | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An article in the form it leaves in.

    ``html`` is the whole published body: byline, story or excerpt, contributor
    line and credit line, already cut to the cleared form. It is empty for a
    headline. ``summary`` is plain text. ``article.images`` and
    ``article.enclosures`` hold only what may leave. ``corrections`` are notes
    to readers, already part of ``html``. ``entry`` is the article whose id the
    entry bears, another where this is a copy that leads a story; ``also`` are
    the other publishers of the story that may be named.
    """

    article: Article
    cleared: Cleared
    license: License
    source_title: str
    html: str
    summary: str
    corrections: tuple[str, ...] = ()
    entry: ArticleId | None = None
    also: tuple[Also, ...] = ()


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that a published article was killed. ``guid`` is the one it was published under.

    ``by`` names who withdrew it to readers; ``reason`` is ``None`` unless the
    ruling is for readers. Nothing of the article itself is repeated, its
    headline least of all.
    """

    article: ArticleId
    guid: str
    source_title: str
    since: datetime
    at: datetime
    by: str
    reason: str | None = None


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """What one topic publishes now, newest first.

    ``updated`` is the latest change of any item or notice, so the same library
    gives the same bytes at any hour; the epoch when the edition is empty.
    """

    id: TopicId
    topic: Topic
    items: tuple[Item, ...]
    updated: datetime
    withdrawn: tuple[Withdrawal, ...] = ()


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """A published entry as the directory of topics names it: one line, and whose it is.

    ``anchor`` is its place on the page of the topic, where its terms stand.
    """

    title: str
    credit: str
    published: datetime
    anchor: str
    language: str | None = None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the last release of a topic came to, for the directory; ``newest`` are its first few."""

    entries: int
    updated: datetime
    newest: tuple[Headline, ...] = ()


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What every document says of the desk. ``base_url`` ends without a slash.

    ``private`` says that the documents are one subscriber's own.
    """

    title: str
    base_url: str
    generator: str
    private: bool = False


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """One file to publish: ``path`` is relative to ``feeds/``."""

    path: str
    media_type: str
    body: bytes
