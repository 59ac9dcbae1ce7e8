from datetime import timedelta

import pytest

from syndicator.model.polling import Rhythm, Wishes
from syndicator.model.source import PollBounds
from syndicator.polling import Floor, appoint
from syndicator.polling.floors import first_open, skipped, wished
from syndicator.polling.patience import back_off, is_gone
from syndicator.polling.rhythm import learn
from tests.builders import NOW

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BOUNDS = PollBounds()


def steady(apart: timedelta) -> Rhythm:
    moments = [NOW - apart * n for n in range(1, int(30 * DAY / apart))]
    return learn(Rhythm(), moments, NOW, NOW - 30 * DAY)


def test_until_something_is_known_an_hour_it_is() -> None:
    found = appoint(Rhythm(), BOUNDS, NOW, seed="a")
    assert abs(found.at - NOW - HOUR) <= 10 * MINUTE
    assert found.why == "its rhythm is not known yet"


def test_eagerness_is_polls_a_day_for_an_article_a_day() -> None:
    for eagerness in (6.0, 12.0, 48.0):
        found = appoint(steady(25 * HOUR), BOUNDS, NOW, seed="a", eagerness=eagerness)
        assert (found.at - NOW) / (DAY / eagerness) == pytest.approx(1, abs=0.2)


def test_a_source_that_push_serves_is_left_alone_so_many_times_longer() -> None:
    usual = appoint(steady(25 * HOUR), PollBounds(max=9 * DAY), NOW, seed="a")
    calm = appoint(steady(25 * HOUR), PollBounds(max=9 * DAY), NOW, seed="a", calm=12)
    assert (calm.at - NOW) / (usual.at - NOW) == pytest.approx(12, abs=2.5)
    assert calm.why == f"{usual.why}; push serves it, so 12 times less"


def test_poll_max_holds_for_it_as_for_others() -> None:
    calm = appoint(steady(6 * HOUR), BOUNDS, NOW, seed="a", calm=12)
    assert NOW + 11 * HOUR < calm.at <= NOW + BOUNDS.max
    assert calm.why.endswith("12 times less; never later than poll.max")


def test_what_is_not_known_is_not_stretched() -> None:
    found = appoint(Rhythm(), BOUNDS, NOW, seed="a", calm=12)
    assert abs(found.at - NOW - HOUR) <= 10 * MINUTE


def test_the_bounds_are_named_where_they_bind() -> None:
    often = appoint(steady(5 * MINUTE), BOUNDS, NOW, seed="a")
    assert often.at == NOW + BOUNDS.min
    assert often.why.endswith("articles a day; never sooner than poll.min")
    seldom = appoint(Rhythm(as_of=NOW, span=40, count=0.01), BOUNDS, NOW, seed="a")
    assert NOW + 11 * HOUR < seldom.at <= NOW + BOUNDS.max
    assert seldom.why.endswith("articles a week; never later than poll.max")


def test_sources_do_not_march_in_step() -> None:
    times = {appoint(steady(DAY), BOUNDS, NOW, seed=f"s{n}").at for n in range(50)}
    assert len(times) > 45
    assert appoint(steady(DAY), BOUNDS, NOW, seed="a") == appoint(
        steady(DAY), BOUNDS, NOW, seed="a"
    )


def test_the_latest_floor_wins_and_is_named() -> None:
    floors = [Floor(NOW + 20 * HOUR, "Expires"), Floor(NOW + 5 * DAY, "Retry-After")]
    found = appoint(steady(HOUR), BOUNDS, NOW, seed="a", floors=floors)
    assert found.why == "Retry-After"
    assert NOW + 5 * DAY <= found.at <= NOW + 5 * DAY + 10 * MINUTE
    never = [Floor(NOW + 4000 * DAY, "Expires")]
    assert appoint(steady(HOUR), BOUNDS, NOW, seed="a", floors=never).at <= NOW + 32 * DAY


def test_a_floor_at_the_full_hour_does_not_make_a_crowd() -> None:
    floor = [Floor(NOW.replace(hour=20, minute=0), "Expires")]
    for number in range(50):
        at = appoint(steady(HOUR), BOUNDS, NOW, seed=f"s{number}", floors=floor).at
        assert at.hour == 20
        assert 2 <= at.minute < 8


def test_a_local_source_is_looked_at_as_often_as_allowed() -> None:
    found = appoint(Rhythm(), BOUNDS, NOW, seed="a", local=True)
    assert found.at == NOW + BOUNDS.min


def test_wishes_of_a_feed() -> None:
    floors = wished(Wishes(ttl=7200, period=3600), NOW)
    assert [(one.at - NOW, one.why) for one in floors] == [
        (2 * HOUR, "the feed's ttl"),
        (HOUR, "the feed's sy:updatePeriod"),
    ]
    assert wished(Wishes(period=10**9), NOW)[0].at == NOW + 7 * DAY
    assert wished(Wishes(ttl=0), NOW) == []


def test_skipped_hours_and_days() -> None:
    assert NOW.weekday() == 1
    night = Wishes(skip_hours=(12, 13, 14), skip_days=(2,))
    assert skipped(night, NOW) == "the feed's skipHours"
    assert skipped(night, NOW + DAY) == "the feed's skipDays"
    opens = first_open(night, NOW + 5 * MINUTE)
    assert opens == Floor(NOW + 3 * HOUR, "the feed's skipHours")
    assert first_open(night, NOW - HOUR) is None
    always = Wishes(skip_hours=tuple(range(24)))
    assert first_open(always, NOW) is None


def test_the_first_wait_is_the_shortest_and_the_rest_are_bounded() -> None:
    assert back_off(timedelta(), BOUNDS, NOW, seed="a") == BOUNDS.min
    slow = PollBounds(min=DAY, max=2 * DAY)
    for before in (0, 1, 100):
        assert back_off(before * HOUR, slow, NOW, seed="a") == DAY


def test_gone_takes_two_a_day_apart() -> None:
    assert not is_gone(None, NOW)
    assert not is_gone(NOW, NOW + 23 * HOUR)
    assert is_gone(NOW, NOW + DAY)
