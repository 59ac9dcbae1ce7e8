"""What is remembered of a document, and for how long that holds."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from syndicator.compare import articles_in, identify, judge, known_of, remembered, still, without
from syndicator.compare.memory import MOST, ROW, recalled
from syndicator.model.arrival import Arrival, Candidate, Duplicate, Known, New, Unchanged
from syndicator.model.ids import ArticleId
from tests.builders import NOW
from tests.replay import an_entry

MARK = b"12345678"
OF = ArticleId("ab" * 10)


def marked(mark: bytes = MARK) -> Candidate:
    (one,) = identify([an_entry()])
    return replace(one, mark=mark)


def as_new(one: Candidate) -> New:
    (arrival,) = judge([one], {}, NOW)
    assert isinstance(arrival, New)
    return arrival


def test_a_new_article_is_remembered_as_it_stands() -> None:
    one = marked()
    arrival = as_new(one)
    known = remembered([one], [arrival], b"")
    assert articles_in(known) == [arrival.article.id]
    assert recalled(known) == {MARK: (arrival.article.id, known)}
    assert still(known, {arrival.article.id: known_of(arrival)}) == known


def test_what_another_feed_has_revised_since_is_looked_at() -> None:
    one = marked()
    arrival = as_new(one)
    known = remembered([one], [arrival], b"")
    newer = replace(known_of(arrival), version=2)
    assert still(known, {arrival.article.id: newer}) == b""
    assert still(known, {}) == b""  # the store has lost it


@pytest.mark.parametrize(
    ("arrival", "kept"),
    [
        (Unchanged(of=OF, keys=(), by="guid", version=1), True),
        (Unchanged(of=OF, keys=(), by="guid", version=1, why="immaterial"), True),
        (Unchanged(of=OF, keys=(), by="guid", version=1, why="retired"), True),
        (Unchanged(of=OF, keys=(), by="guid", version=1, why="spoken"), False),
        (Unchanged(of=OF, keys=(), by="guid", version=1, why="churn"), False),
        (Unchanged(of=OF, keys=(), by="guid", version=1, why="older"), False),
        (Unchanged(of=OF, keys=(), by="guid", version=1, redated=True), False),
        (Duplicate(of=OF, keys=(), by="url"), False),
    ],
)
def test_only_verdicts_on_the_entry_alone_are_remembered(arrival: Arrival, kept: bool) -> None:
    assert bool(remembered([marked()], [arrival], b"")) is kept


def test_what_shares_its_name_or_has_no_mark_is_judged_each_time() -> None:
    arrival = Unchanged(of=OF, keys=(), by="guid", version=1)
    assert remembered([replace(marked(), collided=True)], [arrival], b"") == b""
    assert remembered([marked(b"")], [arrival], b"") == b""


def test_what_was_passed_over_stays_remembered_and_the_oldest_is_let_go() -> None:
    kept = b"".join(number.to_bytes(ROW, "big") for number in range(MOST))
    known = remembered([marked()], [Unchanged(of=OF, keys=(), by="guid", version=1)], kept)
    assert known.startswith(MARK)
    assert len(known) == MOST * ROW
    assert known[ROW:] == kept[:-ROW]


def test_rows_can_be_taken_out_of_a_memory() -> None:
    rows = [number.to_bytes(ROW, "big") for number in range(3)]
    assert without(b"".join(rows), rows[1]) == rows[0] + rows[2]
    assert without(b"", rows[0]) == b""


def test_a_version_beyond_what_a_row_holds_is_still_told_apart() -> None:
    arrival = Unchanged(of=OF, keys=(), by="guid", version=70_000)
    known = remembered([marked()], [arrival], b"")
    assert still(known, standing(70_000)) == known
    assert still(known, standing(70_001)) == b""


def standing(version: int) -> dict[ArticleId, Known]:
    return {OF: replace(known_of(as_new(marked())), version=version)}


def test_an_article_passed_over_has_spoken_before_those_behind_it() -> None:
    first, other = pair()
    whole = judge([first], {}, NOW)
    known = dict.fromkeys(first.keys, known_of(as_new(first)))
    (arrival,) = judge([replace(other, after=ids(whole))], known, NOW)
    assert isinstance(arrival, Unchanged)
    assert arrival.why == "spoken"


def pair() -> tuple[Candidate, Candidate]:
    (first,) = identify([an_entry()])
    (other,) = identify([an_entry(text="The ferry sails at eight.")])
    return first, other


def ids(arrivals: Sequence[Arrival]) -> tuple[ArticleId, ...]:
    return tuple(one.article.id for one in arrivals if isinstance(one, New))
