from datetime import timedelta

import msgspec
import pytest

from syndicator.model.host import HostRule
from syndicator.model.ids import SourceId
from syndicator.model.polling import Move, Rhythm
from syndicator.model.source import AlarmBounds, Source, SourceState
from syndicator.polling.alarm import is_failing, is_quiet
from syndicator.polling.moved import is_settled, sighted
from syndicator.polling.record import answered, excuse, failed, introduced, moved, taught, to_ask
from syndicator.polling.rhythm import learn, rate
from tests.builders import NOW

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SOURCE = Source(url="https://harbour.org/f")
FRESH = SourceState(source=SourceId("a"), url=SOURCE.url)
ANY = HostRule()


def fail(state: SourceState, at: timedelta, status: int = 500, rule: HostRule = ANY) -> SourceState:
    noted = failed(state, SOURCE, NOW + at, kind="k", error="e", status=status, rule=rule)
    return noted.state


def test_the_last_eight_answers_are_kept() -> None:
    state = FRESH
    for number in range(20):
        now = NOW + number * HOUR
        state = answered(state, SOURCE, now, status=200, new=number).state
    assert [one.new for one in state.answers] == list(range(12, 20))
    assert (state.answers[-1].status, state.answers[-1].outcome) == (200, "ok")


def test_validators_are_held_back_every_eight_days() -> None:
    state = msgspec.structs.replace(FRESH, etag="x", last_full=NOW)
    assert to_ask(state, NOW + 7 * DAY) is state
    assert to_ask(state, NOW + 9 * DAY).etag is None
    older = msgspec.structs.replace(state, last_full=None)
    assert to_ask(older, NOW).etag is None
    of_a_desk_before = msgspec.structs.replace(older, last_changed=NOW)
    assert to_ask(of_a_desk_before, NOW + 7 * DAY) is of_a_desk_before
    assert to_ask(of_a_desk_before, NOW + 9 * DAY).etag is None
    liar = msgspec.structs.replace(state, lies=True)
    assert to_ask(liar, NOW + 30 * MINUTE) is liar
    assert to_ask(liar, NOW + 2 * HOUR).etag is None


def test_failing_takes_three_and_half_a_day() -> None:
    assert not is_failing(2, NOW, NOW + DAY)
    assert not is_failing(9, NOW, NOW + 11 * HOUR)
    assert is_failing(3, NOW, NOW + 12 * HOUR)
    assert is_failing(3, NOW, NOW + HOUR, HOUR)
    state = fail(fail(fail(FRESH, 0 * HOUR), HOUR), 13 * HOUR)
    assert state.alarm == "failing"
    again = failed(state, SOURCE, NOW + DAY, kind="k", error="e", status=500, rule=ANY)
    assert again.alarms == ()
    once = answered(state, SOURCE, NOW + DAY, status=200, new=0)
    assert (once.state.alarm, once.news) == ("failing", ())
    twice = answered(once.state, SOURCE, NOW + DAY, status=200, new=0)
    assert (twice.state.alarm, len(twice.news)) == (None, 1)


def test_a_passing_error_raises_its_alarm_late_and_is_tried_again_soon() -> None:
    rule = HostRule(passing=frozenset({404}), patience=DAY, retry=HOUR)
    state = FRESH
    for number in range(20):
        state = fail(state, number * HOUR, 404, rule)
        now = NOW + number * HOUR
        state, due = excuse(state, SOURCE, now, retry_at=None, rule=rule)
        assert due.at - now <= HOUR
    assert state.alarm is None
    assert fail(state, 25 * HOUR, 404, rule).alarm == "failing"


def test_an_operators_own_patience_counts() -> None:
    hasty = SOURCE.model_copy(update={"alarm": AlarmBounds(failing=HOUR, quiet=2 * HOUR)})
    state = FRESH
    for number in range(3):
        now = NOW + number * 30 * MINUTE
        noted = failed(state, hasty, now, kind="k", error="e", status=500, rule=ANY)
        state = noted.state
    assert state.alarm == "failing"
    state = answered(FRESH, hasty, NOW, status=200, new=1).state
    assert answered(state, hasty, NOW + HOUR, status=304, new=None).alarms == ()
    assert len(answered(state, hasty, NOW + 2 * HOUR, status=304, new=None).alarms) == 1


def test_quiet_goes_by_the_rhythm() -> None:
    lively = learn(Rhythm(), [NOW - HOUR * n for n in range(1, 100)], NOW, NOW - 100 * HOUR)
    slow = learn(Rhythm(), [NOW - 3 * DAY * n for n in range(1, 25)], NOW, NOW - 75 * DAY)
    assert not is_quiet(lively, NOW, NOW + 12 * HOUR)
    assert is_quiet(lively, NOW, NOW + 30 * HOUR)
    assert not is_quiet(slow, NOW, NOW + 20 * DAY)
    assert is_quiet(slow, NOW, NOW + 60 * DAY)
    assert not is_quiet(lively, None, NOW + 99 * DAY)
    assert not is_quiet(Rhythm(), NOW, NOW + 99 * DAY)


def test_a_move_needs_five_sightings_over_three_days() -> None:
    move = sighted(None, "https://new.org/", NOW)
    for number in range(1, 4):
        move = sighted(move, "https://new.org/", NOW + number * DAY)
    assert (move.times, is_settled(move, NOW + 9 * DAY, SOURCE.url)) == (4, False)
    move = sighted(move, "https://new.org/", NOW + 4 * DAY)
    assert not is_settled(move, NOW + 2 * DAY, SOURCE.url)
    assert is_settled(move, NOW + 3 * DAY, SOURCE.url)
    assert sighted(move, "https://else.org/", NOW).times == 1


def test_a_move_down_from_https_is_never_adopted() -> None:
    move = Move("http://new.org/", NOW, 99)
    assert not is_settled(move, NOW + 99 * DAY, "https://old.org/")
    assert is_settled(move, NOW + 99 * DAY, "http://old.org/")


def test_a_straight_answer_ends_the_count() -> None:
    state = moved(FRESH, "https://new.org/", SOURCE.url, NOW).state
    assert state.move is not None
    assert moved(state, None, SOURCE.url, NOW).state.move is None
    assert moved(FRESH, None, SOURCE.url, NOW).state is FRESH


@pytest.mark.parametrize(("kind", "failures"), [("private-address", 1), ("tls", 3)])
def test_an_adopted_address_is_given_up(kind: str, failures: int) -> None:
    state = msgspec.structs.replace(FRESH, address="https://new.org/")
    for number in range(failures):
        assert state.address is not None
        now = NOW + number * HOUR
        state = failed(state, SOURCE, now, kind=kind, error="e", status=None, rule=ANY).state
    assert state.address is None


def test_a_first_document_teaches_by_its_dates() -> None:
    state = introduced(FRESH, [NOW - DAY * n for n in range(1, 31)], NOW)
    assert rate(state.rhythm) == pytest.approx(1, rel=0.1)
    assert state.last_new == NOW - DAY
    undated = introduced(FRESH, [NOW] * 30, NOW)
    assert (undated.rhythm.items, undated.last_new) == (0, None)


def test_later_articles_count_wherever_their_dates_lie() -> None:
    state = introduced(FRESH, [NOW - DAY * n for n in range(1, 31)], NOW)
    odd = [NOW - 900 * DAY, NOW + 900 * DAY, NOW + HOUR]
    after = taught(state, odd, NOW + 2 * HOUR)
    assert after.rhythm.items == state.rhythm.items + 3
