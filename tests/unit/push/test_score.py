from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from syndicator.model.ids import SourceId
from syndicator.model.push import Agreement, Pushed, Score
from syndicator.push import after_delivery, after_poll, calm, is_trusted, scored
from tests.builders import NOW

HUB = "https://hub.example/"
AGREED = Agreement(
    token="t",
    source=SourceId("a"),
    hub=HUB,
    topic="https://harbour.example/feed",
    secret="s",
    callback="https://desk.example/websub/t",
    since=NOW - timedelta(days=2),
    until=NOW + timedelta(days=8),
)
HOUR = timedelta(hours=1)
UNKNOWN = Score()


def served(times: int, pushed: Pushed | None = None) -> Pushed | None:
    for number in range(times):
        pushed, _, _ = after_delivery(pushed, AGREED, NOW, new=1, digest=str(number))
    return pushed


def polled(
    pushed: Pushed | None, agreement: Agreement | None = AGREED, **more: Any
) -> Pushed | None:
    fields: dict[str, Any] = {"new": 1, "before": NOW - HOUR, "began": NOW, "now": NOW}
    return after_poll(pushed, agreement, **{**fields, **more})


def trusted(pushed: Pushed | None, score: Score = UNKNOWN, **changes: Any) -> bool:
    return is_trusted(pushed, replace(AGREED, **changes), score, NOW)


def test_three_deliveries_of_news_earn_trust() -> None:
    assert [trusted(served(n)) for n in range(5)] == [False, False, False, True, True]
    assert calm(served(3), AGREED, Score(), NOW) == 12
    assert calm(served(2), AGREED, Score(), NOW) == 1


def test_deliveries_without_news_earn_nothing() -> None:
    pushed: Pushed | None = None
    for number in range(9):
        pushed, first, missed = after_delivery(pushed, AGREED, NOW, new=0, digest=str(number))
        assert (first, missed) == (0, 0)
    assert not trusted(pushed)


def test_one_is_enough_of_a_proven_hub_and_ten_of_a_doubtful_one() -> None:
    assert trusted(served(1), Score(first=30, missed=1))
    assert not trusted(served(1), Score(first=30, missed=10))
    assert not trusted(served(9), Score(first=4, missed=8))
    assert trusted(served(10), Score(first=4, missed=8))


def test_news_that_a_poll_finds_ends_trust_at_once() -> None:
    after = polled(served(50))
    assert after is not None
    assert (after.row, after.missed) == (0, 1)
    assert not trusted(after)
    assert not trusted(served(2, after))
    assert trusted(served(3, after))


def test_a_poll_without_news_says_nothing() -> None:
    assert polled(served(3), new=0) == served(3)


def test_what_could_not_be_pushed_was_not_missed() -> None:
    assert polled(served(3), None) == served(3)
    assert polled(served(3), before=None) == served(3)
    late = replace(AGREED, since=NOW - timedelta(minutes=5))
    assert polled(served(3), late) == served(3)
    ended = replace(AGREED, until=NOW)
    assert polled(served(3), ended) == served(3)


def test_what_was_delivered_while_the_poll_ran_was_not_missed() -> None:
    busy = replace(AGREED, delivered=NOW)
    assert polled(served(3), busy) == served(3)
    before = replace(AGREED, delivered=NOW - timedelta(seconds=1))
    assert polled(served(3), before) != served(3)


def test_a_hub_that_was_only_slower_is_forgiven() -> None:
    missed = polled(served(3))
    soon = NOW + timedelta(minutes=2)
    pushed, first, change = after_delivery(missed, AGREED, soon, new=0, digest="x")
    assert (first, change) == (0, -1)
    assert (pushed.row, pushed.missed) == (3, 0)
    late = NOW + timedelta(minutes=11)
    pushed, _, change = after_delivery(missed, AGREED, late, new=1, digest="x")
    assert (pushed.row, pushed.missed, change) == (1, 1, 0)


def test_another_hub_starts_afresh() -> None:
    other = replace(AGREED, hub="https://other.example/")
    assert not is_trusted(served(3), other, Score(), NOW)
    pushed, _, _ = after_delivery(served(3), other, NOW, new=1, digest="x")
    assert (pushed.hub, pushed.row) == (other.hub, 1)


def test_trust_ends_with_the_lease() -> None:
    assert not trusted(served(9), until=NOW)
    assert not trusted(served(9), until=None)


def test_scores_fade() -> None:
    score = scored(Score(), NOW, first=8, missed=2)
    later = scored(score, NOW + timedelta(days=30), missed=1)
    assert (round(later.first, 6), round(later.missed, 6)) == (4, 2)
    assert scored(score, NOW, missed=-5).missed == 0


def test_only_the_latest_digests_are_kept() -> None:
    pushed = served(40)
    assert pushed is not None
    assert pushed.digests == tuple(str(n) for n in range(24, 40))
