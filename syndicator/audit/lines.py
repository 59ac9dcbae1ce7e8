"""What the ledger of publications itself shows to be wrong: more in a day than a licence allows."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from syndicator.audit.case import Breach
from syndicator.model.desk import Settings
from syndicator.model.ids import ArticleId, LicenseId
from syndicator.model.publication import Publication


def audit_lines(
    lines: Iterable[Publication], settings: Settings, now: datetime
) -> Iterator[Breach]:
    """Check today's lines of the ledger, in the order they were written, against each quota.

    An article counts on the day (UTC) on which it first left under a licence.
    """
    today = now.astimezone(UTC).date()
    known: set[tuple[LicenseId, ArticleId]] = set()
    first: Counter[LicenseId] = Counter()
    for line in lines:
        if (line.license, line.article) not in known:
            known.add((line.license, line.article))
            first[line.license] += line.since.astimezone(UTC).date() == today
    for name, count in sorted(first.items()):
        terms = settings.licenses.get(name)
        if terms is not None and terms.quota is not None and count > terms.quota:
            text = f"{name}: {count} articles today, and {terms.quota} a day may leave"
            yield Breach(where="ledger", entry="", kind="quota", text=text)
