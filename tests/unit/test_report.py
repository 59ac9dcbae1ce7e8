from datetime import timedelta

import msgspec

from syndicator.model.ids import ArticleId, LicenseId, SourceId, TopicId
from syndicator.model.publication import Publication
from syndicator.report import usage
from tests.builders import NOW

DAY = timedelta(days=1)
OPEN = LicenseId("open")


def a_line(article: str = "a", topic: str = "world", **changes: object) -> Publication:
    fields = {
        "topic": TopicId(topic),
        "article": ArticleId(article * 20),
        "source": SourceId("harbour"),
        "guid": f"g{article}",
        "headline": "Ferry",
        "link": None,
        "form": "full",
        "license": OPEN,
        "license_version": "1",
        "credit": "© Harbour",
        "since": NOW,
        **changes,
    }
    return Publication(**fields)  # type: ignore[arg-type]


def test_an_article_is_one_row_however_often_it_was_published() -> None:
    first = a_line()
    lines = [
        first,
        a_line(topic="sea", since=NOW + DAY),
        msgspec.structs.replace(first, until=NOW + 2 * DAY),
        a_line(form="excerpt", license_version="2", since=NOW + 2 * DAY, headline="Ferry, again"),
        a_line("b", license=LicenseId("other")),
    ]
    (row,) = usage(lines, OPEN)
    assert (row.topics, row.forms, row.licenses) == (
        ("sea", "world"),
        ("full", "excerpt"),
        ("1", "2"),
    )
    assert (row.headline, row.credit, row.first, row.last) == (
        "Ferry, again",
        "© Harbour",
        NOW,
        None,
    )


def test_what_has_ended_says_when() -> None:
    first = a_line()
    (row,) = usage([first, msgspec.structs.replace(first, until=NOW + DAY)], OPEN)
    assert row.last == NOW + DAY


def test_a_period_holds_what_stood_in_any_part_of_it() -> None:
    first = a_line()
    lines = [
        first,
        msgspec.structs.replace(first, until=NOW + 2 * DAY),
        a_line("b", since=NOW + DAY),
    ]
    assert [one.article[0] for one in usage(lines, OPEN, NOW + 3 * DAY)] == ["b"]
    assert [one.article[0] for one in usage(lines, OPEN, None, NOW + DAY)] == ["a"]
    assert [one.article[0] for one in usage(lines, OPEN, NOW + DAY, NOW + 2 * DAY)] == ["a", "b"]
    assert usage(lines, LicenseId("none")) == []
