"""Two builds of one data are the same bytes, or the place where they part is named."""

from syndicator.lint import compare
from tests.unit.lint.feeds import rss


def test_the_same_bytes_have_no_finding() -> None:
    assert compare(rss(), rss()) == ()


def test_where_two_builds_part_is_named_with_what_stands_there() -> None:
    first = rss(channel="\n<lastBuildDate>24 Nov 2026 12:00:00 +0000</lastBuildDate>")
    (found,) = compare(first, first.replace(b"12:00:00 +0000</last", b"12:00:01 +0000</last"))
    assert found.rule == "NotReproducible"
    here, there = found.places
    assert here.line == there.line == 2
    assert "12:00:00" in (here.value or "")
    assert "12:00:01" in (there.value or "")


def test_a_build_that_goes_on_differs_at_its_end() -> None:
    (found,) = compare(b"abc", b"abcd")
    assert found.places[0].column == 4
