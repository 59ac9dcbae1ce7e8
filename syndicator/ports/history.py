"""What the desk remembers of an article beside its present words."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from syndicator.model.ids import ArticleId
from syndicator.model.version import History


class HistoryLibrary(Protocol):
    """The part of :class:`syndicator.ports.Library` that says why articles are what they are."""

    async def history(self, article: ArticleId) -> History:
        """Return earlier versions of an article, and names under which it came; both capped.

        They are written by ``admit``, in the step that stores the revision.
        """
        ...

    async def retire(
        self, articles: Collection[ArticleId], now: datetime, *, standing: bool
    ) -> int:
        """Remove what is stored of articles, earlier versions included; return how many went.

        The ledger remembers them, and rulings and publications stay. Those that
        stand in a feed are let be unless ``standing``; their feeds are rebuilt then.
        """
        ...
