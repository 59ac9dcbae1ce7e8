"""What a release changed: lines for the ledger of publications. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from syndicator.model.edition import Edition, Item
from syndicator.model.ids import ArticleId, LicenseId
from syndicator.model.publication import Publication


def changes(
    edition: Edition, before: Mapping[ArticleId, Publication], now: datetime
) -> tuple[Publication, ...]:
    """Compare an edition, its ids as published, with what stood in its topic before.

    What is gone ends, what is new begins, and what stands in another form,
    under other terms or under another name ends and begins.
    """
    after = {item.article.id: _publication(item, edition, now) for item in edition.items}
    lines = list(ended((old for one, old in before.items() if one not in after), now))
    for article, new in after.items():
        old = before.get(article)
        if old is None:
            lines.append(new)
        elif msgspec.structs.replace(new, since=old.since) != old:
            lines += [*ended([old], now), new]
    return tuple(lines)


def ended(publications: Iterable[Publication], now: datetime) -> tuple[Publication, ...]:
    """Return the lines that end these, in a settled order."""
    ordered = sorted(publications, key=lambda one: one.article)
    return tuple(msgspec.structs.replace(one, until=max(now, one.since)) for one in ordered)


def spans(lines: Iterable[Publication]) -> list[Publication]:
    """Join the two lines of what has ended; return each publication once, by when it began."""
    found: dict[tuple[str, str, datetime, str, str], Publication] = {}
    for one in lines:
        found[one.topic, one.article, one.since, one.form, one.license_version] = one
    return sorted(found.values(), key=lambda one: (one.since, one.topic, one.article))


def _publication(item: Item, edition: Edition, now: datetime) -> Publication:
    article, cleared = item.article, item.cleared
    return Publication(
        topic=edition.id,
        article=article.id,
        source=article.source,
        guid=article.guid,
        headline=article.headline,
        link=article.link,
        form=cleared.form.value,
        license=LicenseId(cleared.license),
        license_version=cleared.version,
        credit=cleared.credit,
        since=now,
    )
