"""Clear articles that leave in full, on one core."""

import time
from datetime import UTC, datetime
from typing import Any

from syndicator.model.article import Article, Body
from syndicator.model.credit import Byline, CreditLine
from syndicator.model.entry import Origin, Person
from syndicator.model.ids import ArticleId, LicenseId, SourceId, TopicId
from syndicator.model.license import License
from syndicator.model.outlet import Outlet
from syndicator.rights import clear

ARTICLES = 50_000
_PLACE: dict[str, Any] = {"start": 0, "end": 9, "confidence": 0.9, "rule": "r"}
_NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def _article(number: int) -> Article:
    return Article(
        id=ArticleId(f"{number:020x}"),
        source=SourceId("harbour"),
        publisher="harbour",
        guid=f"g{number}",
        link=f"https://harbour.example/{number}",
        headline="Night ferry sails again",
        body=Body(html="<p>The ferry sails.</p>", text="The ferry sails."),
        authors=(Person(name="Ines Calloway"),),
        origin=Origin(title="Harbour News"),
        facts=(
            Byline(authors=("Ines Calloway",), raw="By Ines Calloway", **_PLACE),
            CreditLine(holder="Harbour News", year=2026, raw="©2026 Harbour News.", **_PLACE),
        ),
        published=_NOW,
        updated=_NOW,
        first_seen=_NOW,
        fingerprint="f",
    )


def rate() -> float:
    """Return clearances a second."""
    rules = License.model_validate({"text": "full", "credit": "©{year} {holder}", "expires": "30d"})
    outlet = Outlet(topic=TopicId("world"))
    articles = [_article(number) for number in range(ARTICLES)]
    began = time.process_time()
    for article in articles:
        clear(article, LicenseId("wire"), rules, "Harbour News", _NOW, outlet=outlet)
    return ARTICLES / (time.process_time() - began)


if __name__ == "__main__":
    print(f"clearances in full: {rate():,.0f} a second")
