"""A pattern compiled late is the pattern compiled at once."""

import copy
import re

import pytest

from syndicator.model.patterns import pattern_of

TEXT = "Ferry one, ferry two"


def test_it_does_what_the_pattern_does() -> None:
    late, soon = pattern_of(r"(f)erry (\w+)", re.IGNORECASE), re.compile(r"(?i)(f)erry (\w+)")
    for _ in range(2):
        for method in ("search", "match"):
            assert getattr(late, method)(TEXT).groups() == getattr(soon, method)(TEXT).groups()
        assert late.fullmatch("ferry one")
        assert late.fullmatch(TEXT) is None
        assert late.match(TEXT, 11)
        assert late.findall(TEXT) == soon.findall(TEXT)
        assert [one.span() for one in late.finditer(TEXT)] == [(0, 9), (11, 20)]
        assert late.sub("x", TEXT, count=1) == "x, ferry two"
        assert late.subn("x", TEXT) == ("x, x", 2)
        assert late.split(TEXT) == soon.split(TEXT)
    assert late.groups == 2
    assert late.flags & re.IGNORECASE


def test_a_mistake_shows_when_it_is_first_used() -> None:
    late = pattern_of("(")
    with pytest.raises(re.error):
        late.search(TEXT)


def test_it_can_be_copied() -> None:
    late = pattern_of("one")
    assert copy.copy(late).search(TEXT)
    assert late.search(TEXT)
    assert copy.deepcopy(late).search(TEXT)
