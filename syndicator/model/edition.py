"""A topic's contents at one moment, and the documents made of them."""

from datetime import datetime

import msgspec

from syndicator.model.archive import place_of
from syndicator.model.article import Article
from syndicator.model.clearance import Cleared
from syndicator.model.ids import ArticleId, SourceId, TopicId
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


class CorrectionNotice(msgspec.Struct, frozen=True, kw_only=True):
    """An item that tells readers of a correction, beside the article that was corrected.

    ``guid`` is its own; ``headline`` and ``link`` are the article's, ``text`` what
    was wrong, in plain words, ``rights`` whose article it is and ``license`` the
    address of its licence.
    """

    article: ArticleId
    guid: str
    headline: str
    link: str | None
    source: SourceId
    source_title: str
    text: str
    at: datetime
    rights: str
    license: str | None = None


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """What one topic publishes now, newest first.

    ``updated`` is the latest change of any item or notice, so the same library
    gives the same bytes at any hour; the first of 2000 when the edition is empty.
    ``number`` is that of a page of the archive, ``None`` for the feed itself;
    ``older`` the page that goes on where this ends.
    """

    id: TopicId
    topic: Topic
    items: tuple[Item, ...]
    updated: datetime
    withdrawn: tuple[Withdrawal, ...] = ()
    corrected: tuple[CorrectionNotice, ...] = ()
    number: int | None = None
    older: int | None = None

    @property
    def place(self) -> str:
        """Where its documents stand: below ``feeds/``, without their endings."""
        return place_of(self.id, self.number)

    @property
    def older_place(self) -> str | None:
        """Where the page stands that goes on where this ends."""
        return None if self.older is None else place_of(self.id, self.older)


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

    ``hubs`` tell of news who asks them to (WebSub), where anyone may be told.
    ``private`` says that the documents are one subscriber's own.
    """

    title: str
    base_url: str
    generator: str
    hubs: tuple[str, ...] = ()
    private: bool = False


class Part(msgspec.Struct, frozen=True):
    """Where a part of a document ends; ``name`` stands for what it and the 32 KB before it say.

    One without a name may say anything.
    """

    end: int
    name: bytes | None = None


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """One file to publish: ``path`` is relative to ``feeds/``.

    ``parts`` are where it may be packed part by part, from its beginning to its end.
    """

    path: str
    media_type: str
    body: bytes
    parts: tuple[Part, ...] = ()
