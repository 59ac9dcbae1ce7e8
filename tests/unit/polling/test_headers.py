from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.polling.headers import not_before, retry_after

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DATE = "Fri, 02 Jan 2026 03:00:00 GMT"
HOUR_LATER = "Fri, 02 Jan 2026 04:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Cache-Control": "public, max-age=600"}, 600),
        ({"Cache-Control": 'max-age="600"', "Age": "100"}, 500),
        ({"Cache-Control": "max-age=600", "Age": "900"}, 0),
        ({"Cache-Control": "max-age=604800", "Age": "172800"}, 86_400),
        ({"Cache-Control": "max-age=9999999999999"}, 86_400),
        ({"Cache-Control": "max-age=²"}, None),
        ({"Cache-Control": "no-cache, max-age=600"}, None),
        ({"Cache-Control": "no-store", "Expires": HOUR_LATER}, None),
        ({"Cache-Control": "max-age=60", "Expires": HOUR_LATER, "Date": DATE}, 60),
        ({"Expires": HOUR_LATER, "Date": DATE}, 3600),
        ({"Expires": HOUR_LATER}, 3355),
        ({"Expires": "0"}, None),
        ({"Expires": DATE, "Date": HOUR_LATER}, 0),
        ({"Cache-Control": "max-age=60", "Retry-After": "90"}, 90),
    ],
)
def test_hints_are_floors(headers: dict[str, str], seconds: int | None) -> None:
    floor = not_before(headers, NOW)
    assert (floor and floor.at) == (None if seconds is None else NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Cache-Control": "max-age=600"}, "Cache-Control: max-age"),
        ({"Expires": HOUR_LATER}, "Expires"),
        ({"Cache-Control": "max-age=60", "Retry-After": "90"}, "Retry-After"),
        ({"Cache-Control": "max-age=600", "Retry-After": "90"}, "Cache-Control: max-age"),
    ],
)
def test_the_header_that_binds_is_named(headers: dict[str, str], why: str) -> None:
    floor = not_before(headers, NOW)
    assert floor is not None
    assert floor.why == why


@given(st.text(max_size=40))
def test_no_header_breaks_the_hints(value: str) -> None:
    for name in ("Retry-After", "Expires", "Date", "Age", "Cache-Control"):
        floor = not_before({"Cache-Control": "max-age=1", name: value}, NOW)
        assert floor is None or floor.at <= NOW + timedelta(days=31)
    assert (retry_after({"Retry-After": value}, NOW) or NOW) >= NOW
