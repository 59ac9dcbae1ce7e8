from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.ingest.native.dates import moment
from tests.unit.ingest.feeds import entry, item

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 24 Nov 2026 12:00:00 GMT",
        "Tue, 24 Nov 2026 12:00:00 +0000",
        "Tue, 24 Nov 2026 13:00:00 +0100",
        "Tue, 24 Nov 2026 06:30:00 -05:30",
        "Tue, 24 Nov 2026 07:00:00 EST",
        "Tue, 24 Nov 2026 13:00:00 CET",
        "24 Nov 2026 12:00 GMT",
        "24 Nov 26 12:00:00 UT",
        "Tuesday, 24 November 2026 12:00:00 Z",
        "Tue,24 Nov 2026 12:00:00 GMT",
        "Tue, 24-Nov-2026 12:00:00 GMT",
        "Tue, 24 Nov 2026 12:00:00",
        "Nov 24 2026 12:00:00 GMT",
        "2026-11-24T12:00:00Z",
        "2026-11-24T12:00Z",
        "2026-11-24T13:00:00+01:00",
        "2026-11-24T13:00:00+0100",
        "2026-11-24T12:00:00.987Z",
        "2026-11-24t12:00:00z",
        "2026-11-24 12:00:00",
        "20261124T12:00:00Z",
    ],
)
def test_dates_as_people_write_them(text: str) -> None:
    assert moment(text) == NOON


def test_a_day_a_month_or_a_year_alone_begin_it() -> None:
    assert moment("2026-11-24") == datetime(2026, 11, 24, tzinfo=UTC)
    assert moment("2026-11") == datetime(2026, 11, 1, tzinfo=UTC)
    assert moment("2026") == datetime(2026, 1, 1, tzinfo=UTC)


def test_years_of_two_digits() -> None:
    assert moment("01 Jan 99 00:00:00 GMT") == datetime(1999, 1, 1, tzinfo=UTC)
    assert moment("01 Jan 04 00:00:00 GMT") == datetime(2004, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "soon",
        "32 Nov 2026 12:00:00 GMT",
        "2026-13-01T00:00:00Z",
        "0001-01-01T00:00:00+12:00",
    ],
)
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert moment(text) is None


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    found = moment(text)
    assert found is None or found.utcoffset() == timedelta()


@given(st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(9999, 12, 31)))  # noqa: DTZ001 - the zone is written
def test_what_python_writes_is_read_back(when: datetime) -> None:
    when = when.replace(microsecond=0, tzinfo=UTC)
    assert moment(when.isoformat()) == when
    assert (
        moment(when.strftime("%a, %d %b ") + f"{when.year:04d}" + when.strftime(" %H:%M:%S GMT"))
        == when
    )


def test_the_date_of_publication_and_of_the_last_change() -> None:
    one = item(
        "<pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate><dc:date>2026-11-25T00:00:00Z</dc:date>"
        "<atom:updated>2026-11-26T00:00:00Z</atom:updated>"
    )
    assert one.published == NOON
    assert one.updated == datetime(2026, 11, 26, tzinfo=UTC)


def test_a_date_nobody_can_read_leaves_room_for_another() -> None:
    one = item("<pubDate>soon</pubDate><dcterms:issued>2026-11-24T12:00:00Z</dcterms:issued>")
    assert one.published == NOON
    assert item("<dcterms:created>2026-11-24T12:00:00Z</dcterms:created>").published == NOON
    assert entry("<created>2026-11-24T12:00:00Z</created>").published == NOON
