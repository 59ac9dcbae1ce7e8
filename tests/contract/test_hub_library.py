"""What every library promises about hubs, on each of them."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from syndicator.model.ids import SourceId
from syndicator.model.push import Agreement, Score
from syndicator.model.source import SourceState
from syndicator.ports import Admission, Library
from tests.builders import NOW

A, B = SourceId("a"), SourceId("b")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def an_agreement(name: str = "one", source: SourceId = A) -> Agreement:
    return Agreement(
        token=name,
        source=source,
        hub="https://hub.example/",
        topic="https://harbour.example/ünïcode",
        secret="s",
        callback=f"https://desk.example/websub/{name}",
        until=NOW + HOUR,
    )


async def test_an_agreement_comes_back_as_it_was_kept(library: Library) -> None:
    assert await library.agreement("one") is None
    assert await library.keep_agreement(an_agreement(), NOW)
    stored = replace(an_agreement(), revision=1)
    assert await library.agreement("one") == stored
    assert await library.agreement_of(A) == stored
    assert await library.agreements() == [stored]
    assert await library.agreement_of(B) is None


async def test_of_two_changes_to_one_agreement_the_second_is_not_written(library: Library) -> None:
    await library.keep_agreement(an_agreement(), NOW)
    read = await library.agreement("one")
    assert read is not None
    assert await library.keep_agreement(replace(read, failures=1), NOW)
    assert not await library.keep_agreement(replace(read, failures=7), NOW)
    assert not await library.keep_agreement(an_agreement(), NOW)
    again = await library.agreement("one")
    assert again is not None
    assert (again.failures, again.revision) == (1, 2)


async def test_what_was_forgotten_is_not_written_again(library: Library) -> None:
    await library.keep_agreement(an_agreement(), NOW)
    read = await library.agreement("one")
    assert read is not None
    await library.forget_agreement("one")
    await library.forget_agreement("one")
    assert not await library.keep_agreement(read, NOW)
    assert await library.agreements() == []
    assert await library.agreement_of(A) is None
    assert await library.claim_agreements(NOW + HOUR, 10, MINUTE) == []


async def test_the_agreement_of_a_source_is_the_one_that_is_wanted(library: Library) -> None:
    await library.keep_agreement(an_agreement("one"), NOW)
    await library.keep_agreement(an_agreement("two"), NOW)
    found = await library.agreement_of(A)
    assert found is not None
    assert found.token == "two"
    await library.keep_agreement(replace(found, wanted=False), NOW)
    assert await library.agreement_of(A) is None
    old = await library.agreement("one")
    assert old is not None
    await library.forget_agreement("one")
    assert [one.token for one in await library.agreements()] == ["two"]


async def test_agreements_are_claimed_when_due_and_come_back(library: Library) -> None:
    await library.keep_agreement(an_agreement("late"), NOW + HOUR)
    await library.keep_agreement(an_agreement("soon", B), NOW)
    assert [one.token for one in await library.claim_agreements(NOW, 10, MINUTE)] == ["soon"]
    assert await library.claim_agreements(NOW, 10, MINUTE) == []
    both = await library.claim_agreements(NOW + HOUR, 10, MINUTE)
    assert [one.token for one in both] == ["soon", "late"]
    assert len(await library.claim_agreements(NOW + HOUR + MINUTE, 1, MINUTE)) == 1


async def test_keeping_may_leave_the_moment_alone(library: Library) -> None:
    await library.keep_agreement(an_agreement(), NOW + HOUR)
    (read,) = await library.agreements()
    await library.keep_agreement(replace(read, delivered=NOW), None)
    assert await library.claim_agreements(NOW, 10, MINUTE) == []
    (again,) = await library.claim_agreements(NOW + HOUR, 10, MINUTE)
    assert (again.delivered, again.revision) == (NOW, 2)


async def test_scores_are_kept_by_hub(library: Library) -> None:
    assert await library.hub_scores() == {}
    score = Score(first=3.5, missed=1.25, as_of=NOW)
    await library.set_hub_score("https://hub.example/?a b", Score(first=1))
    await library.set_hub_score("https://hub.example/?a b", score)
    assert await library.hub_scores() == {"https://hub.example/?a b": score}


async def test_a_hastened_source_is_due_at_once(library: Library) -> None:
    await library.enroll([A], NOW)
    (claim,) = await library.claim_due(NOW, 10, MINUTE)
    await library.finish(claim, SourceState(source=A), NOW + HOUR)
    await library.hasten(A, NOW + MINUTE)
    await library.hasten(A, NOW + 2 * MINUTE)
    assert await library.due_times() == {A: NOW + MINUTE}


@pytest.mark.parametrize("other", [A, B])
async def test_a_source_hastened_while_claimed_is_due_when_that_ends(
    library: Library, other: SourceId
) -> None:
    await library.enroll([A, B], NOW)
    claims = {one.source: one for one in await library.claim_due(NOW, 10, MINUTE)}
    await library.hasten(A, NOW + MINUTE)
    await library.hasten(A, NOW)
    assert await library.due_times() == {A: NOW + MINUTE, B: NOW + MINUTE}
    await library.finish(claims[other], SourceState(source=other), NOW + HOUR)
    due = await library.due_times()
    assert due[other] == (NOW if other == A else NOW + HOUR)
    if other == A:  # once, not for ever
        (claim,) = await library.claim([A], NOW, MINUTE)
        await library.finish(claim, SourceState(source=A), NOW + HOUR)
        assert (await library.due_times())[A] == NOW + HOUR


async def test_a_claim_by_name_knows_when_the_source_was_due(library: Library) -> None:
    await library.enroll([A], NOW)
    claims = await library.claim([A, B], NOW - HOUR, MINUTE)
    assert [(one.source, one.due) for one in claims] == [(A, NOW), (B, None)]
    assert await library.claim([A], NOW - HOUR, MINUTE) == []


async def test_a_source_that_is_not_enrolled_is_never_due(library: Library) -> None:
    await library.enroll([A], NOW)
    await library.hasten(B, NOW)
    (claim,) = await library.claim([B], NOW, MINUTE)
    await library.hasten(B, NOW)
    await library.finish(claim, SourceState(source=B), NOW + HOUR)
    assert await library.due_times() == {A: NOW}


async def test_giving_all_claims_up_forgets_the_hurry(library: Library) -> None:
    await library.enroll([A], NOW)
    await library.claim_due(NOW, 10, MINUTE)
    await library.hasten(A, NOW)
    await library.abandon(NOW)
    (claim,) = await library.claim_due(NOW, 10, MINUTE)
    await library.finish(claim, SourceState(source=A), NOW + HOUR)
    assert await library.due_times() == {A: NOW + HOUR}


async def test_a_delivery_or_poll_that_stores_ends_in_the_same_hurry(library: Library) -> None:
    await library.enroll([A], NOW)
    (claim,) = await library.claim_due(NOW, 10, MINUTE)
    await library.hasten(A, NOW)
    verdict = await library.admit(
        Admission(
            claim=claim,
            arrivals=(),
            topics={},
            state=claim.state,
            next_poll=NOW + HOUR,
            now=NOW,
        )
    )
    assert verdict.outcome == "stored"
    assert await library.due_times() == {A: NOW}
