"""What was asked for lately is remembered, and what was not is forgotten first."""

from syndicator.model.recent import Recent


def test_of_too_many_the_one_asked_for_longest_ago_is_forgotten() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.keep("one", 1)
    recent.keep("two", 2)
    assert recent.get("one") == 1
    recent.keep("three", 3)
    assert recent.get("two") is None
    assert (recent.get("one"), recent.get("three")) == (1, 3)


def test_a_value_kept_again_is_the_newest() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.keep("one", 1)
    recent.keep("two", 2)
    recent.keep("one", 10)
    recent.keep("three", 3)
    assert (recent.get("one"), recent.get("two")) == (10, None)


def test_it_is_bounded_by_size_where_values_have_one() -> None:
    recent: Recent[str, bytes] = Recent(10, len)
    recent.keep("a", b"1234")
    recent.keep("b", b"1234")
    recent.keep("a", b"123456")  # takes the place of the other
    assert recent.get("b") == b"1234"
    recent.keep("c", b"1")
    assert recent.get("a") is None
    assert (recent.get("b"), recent.get("c")) == (b"1234", b"1")
    recent.keep("d", b"x" * 11)
    assert [recent.get(one) for one in "abcd"] == [None] * 4
