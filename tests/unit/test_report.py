from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.ids import ArticleId, LicenseId, SourceId, TopicId
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling, RulingKind
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


HOUR = timedelta(hours=1)


def test_fetches_count_while_an_article_stood_there_and_on_its_own_page() -> None:
    first = a_line()
    lines = [
        msgspec.structs.replace(first, until=NOW + 2 * HOUR),
        a_line(topic="wire@gazette", since=NOW + 5 * HOUR),
    ]
    fetched = {
        NOW - HOUR: {"world": 100},
        NOW: {"world": 1, "wire@gazette": 100, "articles/" + "a" * 20: 2},
        NOW + HOUR: {"world": 4, "sea": 100},
        NOW + 2 * HOUR: {"world": 100},
        NOW + 5 * HOUR: {"wire@gazette": 8},
    }
    assert [one.fetches for one in usage(lines, OPEN, fetched=fetched)] == [15]
    (row,) = usage(lines, OPEN, NOW + HOUR, NOW + 4 * HOUR, fetched)
    assert row.fetches == 4
    assert usage(lines, OPEN)[0].fetches == 0


SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.one_of(st.none(), st.integers(0, 20))), min_size=1, max_size=5
)


@given(SPANS, st.dictionaries(st.integers(0, 20), st.integers(1, 9)))
def test_no_hour_counts_twice(spans: list[tuple[int, int | None]], counts: dict[int, int]) -> None:
    """Spans may touch, overlap, or hold one another."""
    half = timedelta(minutes=30)
    lines = [
        a_line(
            since=NOW + start * half,
            until=None if length is None else NOW + (start + length) * half,
            form=str(n),
        )
        for n, (start, length) in enumerate(spans)
    ]
    fetched = {NOW + hour * HOUR: {"world": number} for hour, number in counts.items()}

    def touched(hour: datetime) -> bool:
        return any(
            hour + HOUR > one.since and (one.until is None or hour < one.until) for one in lines
        )

    (row,) = usage(lines, OPEN, fetched=fetched)
    assert row.fetches == sum(fetched[hour]["world"] for hour in fetched if touched(hour))


def a_kill(at: datetime) -> Ruling:
    return Ruling(article=ArticleId("a" * 20), kind=RulingKind.KILL, at=at, by="ada", reason="x")


@pytest.mark.parametrize(
    ("ends", "out_after", "in_time"),
    [
        ((timedelta(seconds=2), timedelta(seconds=4)), 4, True),
        ((timedelta(seconds=2), timedelta(minutes=16)), 960, False),
        ((timedelta(seconds=2), None), None, False),
    ],
)
def test_a_kill_is_measured_until_the_last_feed_let_go(
    ends: tuple[timedelta | None, ...], out_after: int | None, in_time: bool
) -> None:
    kill = a_kill(NOW + DAY)
    lines = [
        a_line(topic=f"t{n}", until=None if end is None else kill.at + end)
        for n, end in enumerate(ends)
    ]
    rulings = {kill.article: (kill,)}
    (row,) = usage(lines, OPEN, rulings=rulings, deadline=timedelta(minutes=15))
    assert (row.killed, row.out_after, row.in_time) == (kill.at, out_after, in_time)


def test_a_kill_of_what_was_not_out_is_nothing_to_report() -> None:
    kill = a_kill(NOW + 2 * DAY)
    (row,) = usage([a_line(until=NOW + DAY)], OPEN, rulings={kill.article: (kill,)}, deadline=DAY)
    assert (row.killed, row.out_after, row.in_time) == (None, None, None)
