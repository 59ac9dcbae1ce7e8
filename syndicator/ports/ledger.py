"""What the desk remembers of what it has published, and of quotas."""

from collections.abc import AsyncIterator, Collection, Mapping
from datetime import date
from typing import Protocol

from syndicator.model.ids import ArticleId, LicenseId
from syndicator.model.places import Claims, Places
from syndicator.model.publication import Publication


class LedgerLibrary(Protocol):
    """The part of :class:`syndicator.ports.Library` that reports and quotas go by."""

    def publications(self) -> AsyncIterator[Publication]:
        """Yield every line of the ledger of publications, oldest first.

        A publication that ended has two: one without ``until``, and one with it.
        """
        ...

    async def places(
        self, day: date, licenses: Collection[LicenseId], ids: Collection[ArticleId]
    ) -> Places:
        """Return who of ``ids`` has a place under these licences, and how many ``day`` gave out."""
        ...

    async def take_places(self, day: date, claims: Claims, limits: Mapping[LicenseId, int]) -> bool:
        """Give each article of ``claims`` a place of ``day``, for good, or none at all.

        ``False``: some licence has not so many left. Who has a place already
        takes no second one.
        """
        ...
