"""What was used under a licence: the ledger of publications, summed up for its holder. Pure."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from syndicator.model.ids import ArticleId, LicenseId, TopicId
from syndicator.model.publication import Publication
from syndicator.rights.ledger import spans


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """One article as it was used in a period: in what forms, where, from when to when.

    ``last`` is the end of its last publication, ``None`` while one stands;
    both moments may lie outside the period. Forms are listed as they came.
    """

    article: ArticleId
    headline: str
    link: str | None
    source: str
    credit: str | None
    forms: tuple[str, ...]
    licenses: tuple[str, ...]
    topics: tuple[TopicId, ...]
    first: datetime
    last: datetime | None


def usage(
    lines: Iterable[Publication],
    license_id: LicenseId,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Use]:
    """Return what stood anywhere under a licence between two moments, by when it began.

    Headline and credit are those it was last published with. ``licenses``
    names the versions of the terms.
    """
    by_article: dict[ArticleId, list[Publication]] = {}
    for one in spans(lines):
        over = since is not None and one.until is not None and one.until <= since
        ahead = until is not None and one.since >= until
        if one.license == license_id and not over and not ahead:
            by_article.setdefault(one.article, []).append(one)
    return [_use(article, found) for article, found in by_article.items()]


def _use(article: ArticleId, found: list[Publication]) -> Use:
    latest = found[-1]
    ends = [one.until for one in found]
    return Use(
        article=article,
        headline=latest.headline,
        link=latest.link,
        source=latest.source,
        credit=latest.credit,
        forms=tuple(dict.fromkeys(one.form for one in found)),
        licenses=tuple(dict.fromkeys(one.license_version for one in found)),
        topics=tuple(sorted({one.topic for one in found})),
        first=found[0].since,
        last=None if None in ends else max(one for one in ends if one is not None),
    )
