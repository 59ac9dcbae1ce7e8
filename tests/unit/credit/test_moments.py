import pytest

from syndicator.credit.moments import (
    find_date,
    month_number,
    read_clock,
    read_day,
    read_moment,
    weekday_agrees,
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 3, 2023", (2023, 3, 3)),
        ("3 March 2023", (2023, 3, 3)),
        ("3. Mai 2023", (2023, 5, 3)),
        ("12 de mayo de 2023", (2023, 5, 12)),
        ("12 de maio de 2023", (2023, 5, 12)),
        ("12 maggio 2023", (2023, 5, 12)),
        ("03.05.2023", (2023, 5, 3)),
        ("2023-05-03", (2023, 5, 3)),
        ("2023年5月3日", (2023, 5, 3)),
        ("March 3", None),
        ("February 31, 2023", None),
        ("no day at all", None),
    ],
)
def test_read_day(text: str, day: tuple[int, int, int] | None) -> None:
    assert read_day(text) == day


def test_a_day_without_a_year_takes_the_default() -> None:
    assert read_day("March 3", default_year=2024) == (2024, 3, 3)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("8:30 a.m.", (8, 30)),
        ("12 p.m.", (12, 0)),
        ("12 a.m.", (0, 0)),
        ("noon", (12, 0)),
        ("18.00 Uhr", (18, 0)),
        ("10h", (10, 0)),
        ("0001 GMT", (0, 1)),
        ("2200 hours", (22, 0)),
        ("ore 10", (10, 0)),
        ("soon", None),
    ],
)
def test_read_clock(text: str, clock: tuple[int, int] | None) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize(
    ("text", "iso", "precision", "zoned"),
    [
        ("8:30 A.M. EDT, Wednesday, April 29, 2015", "2015-04-29T08:30:00-04:00", "minute", True),
        ("00:01 GMT, 12 May 2023", "2023-05-12T00:01:00+00:00", "minute", True),
        ("12. Mai 2023, 10.00 Uhr MESZ", "2023-05-12T10:00:00+02:00", "minute", True),
        ("6 a.m. Pacific time on May 12, 2023", "2023-05-12T06:00:00-07:00", "minute", True),
        ("12 May 2023 at 10:00", "2023-05-12T10:00:00", "minute", False),
        ("12 May 2023", "2023-05-12", "day", False),
    ],
)
def test_read_moment(text: str, iso: str, precision: str, *, zoned: bool) -> None:
    assert read_moment(text) == (iso, precision, zoned)


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("Friday", True),
        ("Freitag", True),
        ("vendredi", True),
        ("Monday", False),
        ("Montag", False),
        ("", True),
    ],
)
def test_a_weekday_is_checked_in_several_languages(text: str, *, agrees: bool) -> None:
    assert weekday_agrees(text, "2023-05-12") is agrees


def test_months_and_dates_are_found() -> None:
    assert month_number("Sept.") == 9
    assert month_number("мая") == 5
    assert month_number("ferry") is None
    found = find_date("sent on 3 March 2023 at noon")
    assert found is not None
    assert found[0] == "3 March 2023"
