from datetime import timedelta

import pytest

from syndicator.model.clearance import Embargoed, Refused
from syndicator.model.ids import ArticleId
from syndicator.model.ruling import FINAL, Ruling, RulingKind
from syndicator.rights.rulings import WIRE, objection, ruled, verdict_of
from tests.builders import NOW

DAY = timedelta(days=1)


def a_ruling(kind: str, **more: object) -> Ruling:
    fields = {"at": NOW, "by": "hand", "reason": "wrong", **more}
    return Ruling(article=ArticleId("a" * 20), kind=RulingKind(kind), **fields)  # type: ignore[arg-type]


KILL, HOLD, RESTORE = a_ruling("kill"), a_ruling("hold"), a_ruling("restore")


def test_no_ruling_keeps_nothing_in() -> None:
    assert ruled([], NOW).kept is None
    assert verdict_of(ruled([], NOW)) is None


@pytest.mark.parametrize("kind", sorted(FINAL))
def test_a_kill_holds_at_every_moment_and_only_restoring_undoes_it(kind: str) -> None:
    final = a_ruling(kind)
    later = [HOLD, a_ruling("approve"), a_ruling("correct"), a_ruling("hold", until=NOW)]
    for moment in (NOW - 999 * DAY, NOW, NOW + 999 * DAY):
        assert ruled([final, *later], moment).kept == final
        assert ruled([final, *later], moment).killed
        assert ruled([final, *later, RESTORE], moment).kept is None
    assert ruled([final, RESTORE, final], NOW).killed
    verdict = verdict_of(ruled([final], NOW))
    assert isinstance(verdict, Refused)
    assert verdict.reasons[-1].rule == kind
    assert "by hand" in verdict.reasons[-1].text


def test_order_counts_and_not_the_clock() -> None:
    early = a_ruling("restore", at=NOW - DAY)
    assert ruled([KILL, early], NOW).kept is None
    assert ruled([early, KILL], NOW - 2 * DAY).killed


def test_a_hold_ends_by_itself_when_it_says_so() -> None:
    hold = a_ruling("hold", until=NOW + DAY)
    verdict = verdict_of(ruled([hold], NOW))
    assert isinstance(verdict, Embargoed)
    assert verdict.until == NOW + DAY
    assert ruled([hold], NOW + DAY).kept is None
    assert ruled([hold, HOLD], NOW + DAY).kept == HOLD
    assert isinstance(verdict_of(ruled([HOLD], NOW)), Refused)


def test_approval_outlives_a_hold_and_corrections_are_kept_in_order() -> None:
    public = a_ruling("correct", public=True, reason="It was Tuesday.")
    found = ruled([a_ruling("approve"), HOLD, RESTORE, a_ruling("correct"), public], NOW)
    assert (found.kept, found.approved) == (None, a_ruling("approve"))
    assert found.corrections == (public,)


def test_what_a_person_may_not_rule_is_said() -> None:
    assert objection(RulingKind.RESTORE, [], NOW)
    assert objection(RulingKind.RESTORE, [KILL], NOW) is None
    assert objection(RulingKind.RESTORE, [a_ruling("kill", by=WIRE)], NOW)
    assert objection(RulingKind.RESTORE, [a_ruling("hold", by=WIRE)], NOW) is None
    assert objection(RulingKind.HOLD, [KILL], NOW)
    assert objection(RulingKind.KILL, [KILL], NOW) is None
