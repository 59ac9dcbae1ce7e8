"""How many articles a day one licence lets into a topic. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date

from syndicator.model.article import Article
from syndicator.model.clearance import Cleared
from syndicator.model.ids import LicenseId
from syndicator.model.license import License


def within_quota(
    articles: Sequence[Article],
    cleared: Mapping[str, Cleared],
    licenses: Mapping[LicenseId, License],
) -> list[Article]:
    """Keep, of each licence with a quota, those seen first on each day (UTC); order stays.

    Which ones are kept never changes by a later arrival, so nothing that was
    published is pushed out by its quota.
    """
    limits = {name: one.quota for name, one in licenses.items() if one.quota is not None}
    if not limits:
        return list(articles)
    taken: Counter[tuple[str, date]] = Counter()
    dropped: set[str] = set()
    for article in sorted(articles, key=lambda one: (one.first_seen, one.id)):
        name = LicenseId(cleared[article.id].license)
        if name not in limits:
            continue
        day = (name, article.first_seen.astimezone(UTC).date())
        taken[day] += 1
        if taken[day] > (limits[name] or 0):
            dropped.add(article.id)
    return [one for one in articles if one.id not in dropped]
