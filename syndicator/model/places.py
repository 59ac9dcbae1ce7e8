"""Places under quotas: who has one, and how many of a day have been given out."""

from collections.abc import Mapping

import msgspec

from syndicator.model.ids import ArticleId, LicenseId


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of quotas when an edition is composed.

    ``taken`` holds, of the articles asked about, those that have a place under
    a licence, on whatever day they got it; ``given`` counts the places of a
    licence that were given out on the day in question, over all topics.
    """

    taken: Mapping[LicenseId, frozenset[ArticleId]] = {}
    given: Mapping[LicenseId, int] = {}


Claims = Mapping[LicenseId, tuple[ArticleId, ...]]
"""Articles that need a place of a day, by licence."""
