"""What the desk remembers of copies: how they are found, and which are one story."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from syndicator.model.article import Article
from syndicator.model.ids import ArticleId, SourceId, StoryId, TopicId
from syndicator.model.story import Comparison, Signed, Story

NEAREST = 6
"""Articles returned of those that share bands with one."""


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """What shares bands with an article.

    ``seen`` are all such articles of other publishers, ``articles`` the nearest
    of them, bodies and all, and ``stories`` those they belong to, ``""`` for none.
    """

    seen: frozenset[ArticleId] = frozenset()
    articles: tuple[Article, ...] = ()
    stories: tuple[StoryId, ...] = ()


class StoryLibrary(Protocol):
    """The part of :class:`syndicator.ports.Library` about stories."""

    async def near(self, signed: Sequence[Signed]) -> dict[ArticleId, Near]:
        """Return what may be a copy of each, in one round trip; nothing where there is nothing.

        Only articles by other publishers, published within some days of it.
        """
        ...

    async def tie(self, comparisons: Sequence[Comparison], now: datetime) -> frozenset[TopicId]:
        """Tie articles that are stored already, as an admission would; return what to rebuild.

        For what was stored unseen by each other (``Admission.strict``).
        """
        ...

    async def boilerplate_of(
        self, sources: Collection[SourceId]
    ) -> Mapping[SourceId, frozenset[bytes]]:
        """Return what these sources print with every article, where something is known."""
        ...

    async def stories_of(self, articles: Collection[ArticleId]) -> dict[ArticleId, Story]:
        """Return the stories these articles belong to, where they belong to one."""
        ...

    async def stories(self, limit: int) -> list[Story]:
        """Return the stories that grew or changed last, newest first."""
        ...

    async def join(self, one: ArticleId, other: ArticleId, at: datetime) -> frozenset[TopicId]:
        """Make one story of two articles and all that is joined to either, by hand.

        Whoever parted them before is overruled. Return the topics to rebuild.
        """
        ...

    async def part(self, article: ArticleId, at: datetime) -> frozenset[TopicId]:
        """Take an article out of its story, by hand, for good: no likeness joins them again.

        The rest stays together. Return the topics to rebuild.
        """
        ...

    async def forget_bands(self, before: datetime) -> int:
        """Forget the bands of days that are too old for copies yet to come, in one stroke.

        Return how many such stretches of days went.
        """
        ...


__all__ = ["NEAREST", "Near", "StoryId", "StoryLibrary"]
