"""Laws of rulings, over every order of them and every clock."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.clearance import Cleared
from syndicator.model.ids import ArticleId
from syndicator.model.ruling import FINAL, Ruling, RulingKind
from syndicator.rights.rulings import ruled, verdict_of
from tests.builders import NOW

moments = st.integers(-10_000, 10_000).map(lambda hours: NOW + timedelta(hours=hours))
rulings = st.builds(
    Ruling,
    article=st.just(ArticleId("a" * 20)),
    kind=st.sampled_from(RulingKind),
    at=moments,
    by=st.sampled_from(["ada", "wire", "feed"]),
    reason=st.text(max_size=20),
    public=st.booleans(),
    until=st.none() | moments,
)
not_restoring = rulings.filter(lambda one: one.kind is not RulingKind.RESTORE)
finals = rulings.filter(lambda one: one.kind in FINAL)


@given(st.lists(rulings), finals, st.lists(not_restoring), moments)
def test_a_kill_is_final_at_every_moment_whatever_follows(
    before: list[Ruling], kill: Ruling, after: list[Ruling], now: object
) -> None:
    found = ruled([*before, kill, *after], now)  # type: ignore[arg-type]
    assert found.killed
    verdict = verdict_of(found)
    assert verdict is not None
    assert not isinstance(verdict, Cleared)
    assert verdict.until is None  # no clock lifts it


@given(st.lists(rulings), moments)
def test_killed_is_what_the_last_word_on_it_says(every: list[Ruling], now: object) -> None:
    words = [one for one in every if one.kind in FINAL or one.kind is RulingKind.RESTORE]
    killed = bool(words) and words[-1].kind in FINAL
    assert ruled(every, now).killed == killed  # type: ignore[arg-type]


@given(st.lists(rulings), moments)
def test_rulings_only_ever_keep_in(every: list[Ruling], now: object) -> None:
    assert not isinstance(verdict_of(ruled(every, now)), Cleared)  # type: ignore[arg-type]
