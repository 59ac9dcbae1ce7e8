from datetime import timedelta

import pytest

from syndicator.model.polling import Rhythm
from syndicator.polling.rhythm import before, expected, learn, liveliest, rate, urge
from tests.builders import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def watched(days: int, apart: timedelta, *, hours: range = range(24)) -> Rhythm:
    """Watch a source for so many days that publishes in these hours only."""
    start = NOW - days * DAY
    count = int(days * DAY / apart)
    moments = [start + apart * n for n in range(count)]
    return learn(Rhythm(), [at for at in moments if at.hour in hours], NOW, start)


@pytest.mark.parametrize(
    ("apart", "a_day", "nearly"), [(HOUR, 24, 0.05), (DAY, 1, 0.1), (10 * DAY, 0.1, 0.5)]
)
def test_a_steady_rate_is_found(apart: timedelta, a_day: float, nearly: float) -> None:
    assert rate(watched(60, apart)) == pytest.approx(a_day, rel=nearly)


def test_what_was_long_ago_fades() -> None:
    rhythm = watched(14, HOUR)
    for _ in range(28):
        assert rhythm.as_of is not None
        rhythm = learn(rhythm, [], rhythm.as_of + DAY)
    assert rate(rhythm) < 2


def test_learning_at_once_and_bit_by_bit_come_to_the_same() -> None:
    moments = [NOW - 5 * DAY + HOUR * 7 * n for n in range(17)]
    at_once = learn(Rhythm(), moments, NOW, NOW - 5 * DAY)
    bit_by_bit = Rhythm(as_of=NOW - 5 * DAY)
    for number in range(1, 11):
        until = NOW - 5 * DAY + 12 * HOUR * number
        assert bit_by_bit.as_of is not None
        fresh = [at for at in moments if bit_by_bit.as_of <= at < until]
        bit_by_bit = learn(bit_by_bit, fresh, until)
    assert rate(bit_by_bit) == pytest.approx(rate(at_once), rel=0.001)
    ahead = NOW + 3 * DAY
    assert expected(bit_by_bit, NOW, ahead) == pytest.approx(expected(at_once, NOW, ahead), rel=0.1)


def test_four_times_the_articles_are_asked_twice_as_often() -> None:
    slow, quick = watched(60, 3.7 * HOUR), watched(60, 3.7 * HOUR / 4)
    length = (urge(slow, NOW, 0.1, DAY) - NOW) / (urge(quick, NOW, 0.1, DAY) - NOW)
    assert length == pytest.approx(2, rel=0.1)


def test_busy_hours_draw_polls_and_quiet_ones_none() -> None:
    rhythm = watched(40, timedelta(minutes=30), hours=range(6, 12))
    morning = (NOW + DAY).replace(hour=7)
    night = morning.replace(hour=20)
    assert urge(rhythm, morning, 0.1, DAY) - morning < HOUR
    assert urge(rhythm, night, 0.1, DAY) - night > 2 * HOUR
    assert liveliest(rhythm) == (6, 12)
    assert liveliest(watched(40, HOUR)) is None


def test_a_weekday_source_is_left_alone_on_sundays() -> None:
    start = NOW - 56 * DAY
    moments = [start + 2 * HOUR * n for n in range(56 * 12)]
    rhythm = learn(Rhythm(), [at for at in moments if at.weekday() < 5], NOW, start)
    tuesday, sunday = NOW.replace(hour=9), (NOW + 5 * DAY).replace(hour=9)
    assert (tuesday.weekday(), sunday.weekday()) == (1, 6)
    assert urge(rhythm, sunday, 0.1, DAY) - sunday > 2 * (urge(rhythm, tuesday, 0.1, DAY) - tuesday)


def test_a_silence_can_be_taken_back() -> None:
    then = watched(14, HOUR)
    now = then
    for number in range(1, 11):
        now = learn(now, [], NOW + number * DAY)
    assert rate(now) < rate(then) / 2
    assert rate(before(now, NOW)) == pytest.approx(rate(then), rel=0.001)
    assert before(then, NOW + DAY) == then


def test_a_date_outside_what_was_watched_still_counts() -> None:
    rhythm = learn(Rhythm(as_of=NOW - DAY), [NOW - 400 * DAY, NOW + 400 * DAY], NOW)
    assert rhythm.items == 2
    assert rate(rhythm) > 1


def test_an_unknown_table_is_begun_anew() -> None:
    rhythm = learn(Rhythm(as_of=NOW - DAY, table=b"of another desk"), [NOW], NOW)
    assert rate(rhythm) > 0
    assert urge(Rhythm(table=b"x"), NOW, 0.1, DAY) <= NOW + DAY
