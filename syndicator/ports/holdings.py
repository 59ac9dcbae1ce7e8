"""What the library holds of one topic, read at one moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from syndicator.model.article import Article
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling
from syndicator.model.story import Story


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger of publications says of one topic.

    ``now`` are those that stand in it; ``past``, of the articles killed
    lately, the last publication that has ended under each id it had. ``count`` is how many lines
    were ever written of the topic, and proves at the end of a release that no
    other has written one meanwhile.
    """

    count: int = 0
    now: Mapping[ArticleId, Publication] = {}
    past: tuple[Publication, ...] = ()


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """The newest articles of a topic, what stands there, and what is known of either.

    ``articles`` come newest first; ``stories`` and ``rulings`` are those of the articles and of
    all that stands; ``note`` is the small value that was asked for, if it is kept.
    """

    articles: tuple[Article, ...]
    standing: Standing
    stories: Mapping[ArticleId, Story]
    rulings: Mapping[ArticleId, Sequence[Ruling]]
    note: str | None = None


class HoldingsLibrary(Protocol):
    """The part of :class:`syndicator.ports.Library` that a release reads."""

    async def holdings(
        self, topic: TopicId, shelf: TopicId, limit: int, killed_since: datetime, note: str
    ) -> Holdings:
        """Return what is held of ``topic`` now: up to ``limit`` articles, bodies and all.

        ``shelf`` is the topic of the ledger, ``killed_since`` as in ``standing``; ``note`` names
        the small value that is read beside.
        """
        ...
