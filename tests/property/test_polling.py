"""Laws of when to poll, whatever is known and whatever is asked for."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from syndicator.model.ids import SourceId
from syndicator.model.polling import Limit, Rhythm, Wishes
from syndicator.model.source import PollBounds, Source, SourceState
from syndicator.polling import Floor, appoint, excuse, failed
from syndicator.polling.alarm import LOOK_AGAIN, is_quiet, quiet_from
from syndicator.polling.floors import skipped
from syndicator.polling.headers import not_before
from syndicator.polling.hosts import USUAL
from syndicator.polling.limits import held, refuse
from syndicator.polling.patience import back_off
from syndicator.polling.rhythm import expected, learn, rate, urge
from syndicator.polling.when import SPREAD

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
SPANS = st.timedeltas(timedelta(seconds=1), timedelta(days=40))
SHORT = st.timedeltas(timedelta(minutes=1), timedelta(days=3))
WISHES = st.builds(
    Wishes,
    ttl=st.none() | st.integers(0, 10**8),
    period=st.none() | st.integers(0, 10**9),
    skip_hours=st.sets(st.integers(0, 23)).map(tuple),
    skip_days=st.sets(st.integers(0, 6)).map(tuple),
)
CROWD = 3 * timedelta(minutes=1) + SPREAD


@st.composite
def bounds(draw: st.DrawFn) -> PollBounds:
    low, high = sorted((draw(SHORT), draw(SHORT)))
    return PollBounds(min=low, max=high)


@st.composite
def rhythms(draw: st.DrawFn, now: datetime) -> Rhythm:
    """A rhythm as it comes about: a first document, then polls."""
    ages = draw(st.lists(st.timedeltas(timedelta(), timedelta(days=120)), max_size=30))
    start = draw(st.timedeltas(timedelta(), timedelta(days=30)))
    rhythm = learn(Rhythm(), [now - start - age for age in ages], now - start)
    for share in sorted(draw(st.lists(st.floats(0, 1), max_size=5))):
        at = now - start + start * share
        rhythm = learn(rhythm, draw(st.lists(MOMENTS, max_size=3)), at)
    return learn(rhythm, [], now)


@given(st.data(), MOMENTS, bounds(), WISHES, st.lists(SPANS, max_size=3), st.text(max_size=5))
def test_no_poll_before_any_floor_nor_beyond_the_bounds(
    data: st.DataObject,
    now: datetime,
    limits: PollBounds,
    wishes: Wishes,
    ahead: list[timedelta],
    seed: str,
) -> None:
    rhythm = data.draw(rhythms(now))
    floors = [Floor(now + one, "asked") for one in ahead]
    eagerness = data.draw(st.floats(1, 1000))
    calm = data.draw(st.sampled_from([1.0, 12.0]))
    found = appoint(
        rhythm, limits, now, seed=seed, floors=floors, wishes=wishes, eagerness=eagerness, calm=calm
    )
    month = now + timedelta(days=31)
    assert found.at >= now + limits.min
    assert all(found.at >= min(one.at, month) for one in floors)
    assert all(
        found.at >= now + min(timedelta(seconds=one), timedelta(days=7))
        for one in (wishes.ttl, wishes.period)
        if one
    )
    whole = len(wishes.skip_hours) == 24 or len(wishes.skip_days) == 7
    assert whole or skipped(wishes, found.at) is None
    if not wishes.skip_hours and not wishes.skip_days:
        week = now + timedelta(days=7)
        latest = max([now + limits.max, *(min(one.at, month) for one in floors)])
        said = bool(wishes.ttl or wishes.period)
        assert found.at <= (max(latest, week) if said else latest) + (
            CROWD if ahead or said else timedelta()
        )
    assert found.why


@given(st.data(), MOMENTS, bounds())
def test_calm_puts_a_poll_off_and_never_beyond_the_bounds(
    data: st.DataObject, now: datetime, limits: PollBounds
) -> None:
    rhythm = data.draw(rhythms(now))
    usual = appoint(rhythm, limits, now, seed="a")
    calm = appoint(rhythm, limits, now, seed="a", calm=12)
    assert usual.at - CROWD <= calm.at <= max(now + limits.max, usual.at)


@given(st.data(), MOMENTS)
def test_the_same_question_has_the_same_answer(data: st.DataObject, now: datetime) -> None:
    rhythm = data.draw(rhythms(now))
    ask = (rhythm, PollBounds(), now)
    assert appoint(*ask, seed="a") == appoint(*ask, seed="a")


@given(st.data(), MOMENTS, st.floats(0.001, 1), st.floats(1, 5))
def test_more_need_is_never_met_sooner(
    data: st.DataObject, now: datetime, need: float, more: float
) -> None:
    rhythm = data.draw(rhythms(now))
    longest = timedelta(days=2)
    assert now < urge(rhythm, now, need, longest) <= urge(rhythm, now, need * more, longest)
    assert urge(rhythm, now, need * more, longest) <= now + longest


@given(st.data(), MOMENTS, SHORT)
def test_a_rate_is_never_negative_nor_boundless(
    data: st.DataObject, now: datetime, span: timedelta
) -> None:
    rhythm = data.draw(rhythms(now))
    assert 0 < rate(rhythm) < 10**6
    assert expected(rhythm, now, now + span) >= 0


@given(MOMENTS, bounds(), st.lists(st.timedeltas(timedelta(), timedelta(hours=9)), max_size=40))
def test_back_off_stays_between_its_bounds_and_they_never_shrink(
    now: datetime, limits: PollBounds, pauses: list[timedelta]
) -> None:
    source = Source(url="https://harbour.org/", poll=limits)
    state = SourceState(source=SourceId("a"))
    longest = max(timedelta(hours=12), limits.min)
    reach = timedelta()
    for pause in pauses:
        now += pause
        state = failed(state, source, now, kind="k", error="e", status=500, rule=USUAL).state
        state, due = excuse(state, source, now, retry_at=None, rule=USUAL)
        assert limits.min <= due.at - now <= longest
        assert timedelta(seconds=state.wait) >= reach
        reach = timedelta(seconds=state.wait)


@given(MOMENTS, bounds(), SPANS)
def test_no_wait_is_shorter_than_was_asked(
    now: datetime, limits: PollBounds, asked: timedelta
) -> None:
    source = Source(url="https://harbour.org/", poll=limits)
    state = SourceState(source=SourceId("a"))
    state = failed(state, source, now, kind="k", error="e", status=429, rule=USUAL).state
    _, due = excuse(state, source, now, retry_at=now + asked, rule=USUAL)
    assert due.at >= now + asked


@given(MOMENTS, SPANS, bounds(), st.text(max_size=9))
def test_back_off_is_repeatable(
    now: datetime, before: timedelta, limits: PollBounds, seed: str
) -> None:
    assert back_off(before, limits, now, seed=seed) == back_off(before, limits, now, seed=seed)


@given(
    MOMENTS, st.dictionaries(st.sampled_from(["Retry-After", "Expires", "Date", "Age"]), st.text())
)
def test_no_header_holds_us_longer_than_a_month(now: datetime, headers: dict[str, str]) -> None:
    floor = not_before(headers, now)
    assert floor is None or floor.at <= now + timedelta(days=31)


@given(MOMENTS, st.lists(st.tuples(st.integers(0, 3), SPANS, SHORT), min_size=1, max_size=12))
def test_a_host_is_never_held_longer_than_was_asked(
    now: datetime, refusals: list[tuple[int, timedelta, timedelta]]
) -> None:
    limits: dict[str, Limit] = {}
    latest = now
    for number, asked, pause in refusals:
        latest = max(latest, now + asked)
        limits = limits | refuse(
            limits, f"https://w{number}.harbour.org/{number}", now + asked, now
        )
        floor = held(limits, "https://w1.harbour.org/other", now)
        assert floor is None or now < floor.at <= latest
        now += pause
    assume(latest > now)
    assert held(limits, "https://w1.harbour.org/other", latest) is None


@given(st.data(), MOMENTS, SPANS)
def test_whole_days_add_up_to_their_hours(
    data: st.DataObject, now: datetime, span: timedelta
) -> None:
    rhythm = data.draw(rhythms(now))
    ends = [now + timedelta(hours=n) for n in range(1, int(span / timedelta(hours=1)) + 1)]
    parts = sum(expected(rhythm, one, two) for one, two in pairwise([now, *ends, now + span]))
    assert expected(rhythm, now, now + span) == pytest.approx(parts, rel=1e-6, abs=1e-6)


@given(st.data(), MOMENTS, SPANS, st.floats(0, 1))
def test_no_source_is_quiet_before_the_moment_it_may_be(
    data: st.DataObject, last_new: datetime, span: timedelta, share: float
) -> None:
    rhythm = data.draw(rhythms(last_new))
    now = last_new + span
    soonest = quiet_from(rhythm, last_new, now)
    assert (soonest <= now) is is_quiet(rhythm, last_new, now)
    if soonest > now + LOOK_AGAIN:  # a nearer moment is put off
        assert not is_quiet(rhythm, last_new, now + (soonest - now) * share * 0.999)
