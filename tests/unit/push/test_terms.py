from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from syndicator import push
from syndicator.model.ids import SourceId
from syndicator.model.push import Agreement, Offer
from tests.builders import NOW

A = SourceId("a")
TOPIC = "https://harbour.example/feed"
HUBS = "https://one.example/", "https://two.example/"
OFFER = Offer(hubs=HUBS, topic=TOPIC)
PLACE = "https://desk.example/websub/"
DAY = "86400"


def an_agreement(**changes: Any) -> Agreement:
    made = push.draw_up(A, OFFER, token="token", secret="secret", callback=PLACE + "token")
    return replace(made, **changes)


def asked(mode: str = "subscribe", **changes: Any) -> Agreement:
    return an_agreement(pending=mode, asked=NOW, **changes)


def standing(**changes: Any) -> Agreement:
    return an_agreement(**{"since": NOW, "until": NOW + timedelta(days=1), **changes})


def test_the_first_hub_is_asked_first_and_then_the_next() -> None:
    first = an_agreement()
    assert first.hub == HUBS[0]
    assert push.has_another(first)
    second = push.draw_up(A, OFFER, token="t", secret="s", callback=PLACE + "t", before=first)
    assert (second.hub, second.tried) == (HUBS[1], (HUBS[0],))
    assert not push.has_another(second)


def test_what_was_asked_for_is_verified() -> None:
    found = push.confirmed(asked(failures=2, trouble="x"), "subscribe", TOPIC, DAY, NOW)
    assert found is not None
    kept, due = found
    assert (kept.since, kept.until) == (NOW, NOW + timedelta(days=1))
    assert (kept.pending, kept.failures, kept.trouble) == (None, 0, None)
    assert NOW < due < NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("agreement", "mode", "topic"),
    [
        (an_agreement(), "subscribe", TOPIC),
        (asked(), "subscribe", TOPIC + "/"),
        (asked(), "unsubscribe", TOPIC),
        (asked(), "publish", TOPIC),
        (asked(), "", TOPIC),
        (standing(), "unsubscribe", TOPIC),
        (standing(wanted=False), "subscribe", TOPIC),
        (standing(wanted=False), "unsubscribe", TOPIC),
        (an_agreement(since=NOW, until=NOW), "subscribe", TOPIC),
    ],
)
def test_what_nobody_asked_for_is_not(agreement: Agreement, mode: str, topic: str) -> None:
    assert push.confirmed(agreement, mode, topic, DAY, NOW) is None


def test_a_hub_may_make_sure_of_what_stands() -> None:
    before = standing(since=NOW - timedelta(days=3))
    found = push.confirmed(before, "subscribe", TOPIC, DAY, NOW)
    assert found is not None
    assert found[0].since == before.since


@pytest.mark.parametrize(
    ("lease", "length"),
    [
        ("600", timedelta(minutes=10)),
        ("31536000", timedelta(days=14)),
        ("9" * 5000, timedelta(days=14)),
        (None, timedelta(days=1)),
        ("", timedelta(days=1)),
        ("-5", timedelta(days=1)),
        ("1e9", timedelta(days=1)),
        ("٣٦٠٠", timedelta(days=1)),
    ],
)
def test_leases_are_taken_within_reason(lease: str | None, length: timedelta) -> None:
    found = push.confirmed(asked(), "subscribe", TOPIC, lease, NOW)
    assert found is not None
    assert found[0].until == NOW + length


@pytest.mark.parametrize("lease", ["0", "1", "599"])
def test_a_lease_not_worth_its_renewals_is_refused(lease: str) -> None:
    assert push.confirmed(asked(), "subscribe", TOPIC, lease, NOW) is None


def test_an_end_that_was_asked_for_is_verified_and_forgotten() -> None:
    found = push.confirmed(
        standing(wanted=False, pending="unsubscribe"), "unsubscribe", TOPIC, None, NOW
    )
    assert found is not None
    kept, due = found
    assert due == NOW
    assert push.step(kept, NOW) == "forget"


def test_what_is_given_up_is_unsubscribed_while_the_hub_holds_to_it() -> None:
    assert push.step(push.given_up(standing()), NOW) == "unsubscribe"
    assert push.step(push.given_up(standing()), NOW + timedelta(days=2)) == "forget"
    assert push.step(push.given_up(an_agreement()), NOW) == "forget"
    assert push.step(standing(wanted=False, failures=3), NOW) == "forget"


def test_a_denial_ends_what_stood() -> None:
    found = push.denied(standing(), TOPIC, " not \n you ", NOW)
    assert found is not None
    kept, due = found
    assert not push.is_standing(kept, NOW)
    assert push.is_turned_away(kept)
    assert (kept.trouble, due) == ("the hub denied it: not you", NOW + timedelta(days=7))
    assert push.denied(standing(), "https://other.example/", None, NOW) is None


def test_failures_wait_longer_and_never_less_than_the_hub_asks() -> None:
    kept, due = push.failed(an_agreement(), NOW, "x" * 999)
    assert (due, len(kept.trouble or "")) == (NOW + timedelta(minutes=5), 200)
    later = NOW + timedelta(days=2)
    for _ in range(20):
        kept, due = push.failed(kept, NOW, "no")
        assert NOW + timedelta(minutes=5) <= due <= NOW + timedelta(hours=12)
    assert push.failed(kept, NOW, "no", retry_at=later)[1] == later


def test_settling_keeps_what_fits() -> None:
    one = standing()
    assert push.settle([one], OFFER, PLACE, NOW) == (one, [])
    other = replace(OFFER, hubs=(HUBS[1], HUBS[0]))
    kept, past = push.settle([one], other, PLACE, NOW)
    assert kept == replace(one, hubs=other.hubs)
    assert past == []


@pytest.mark.parametrize(
    "offer",
    [
        None,
        Offer(hubs=(HUBS[1],), topic=TOPIC),
        Offer(hubs=HUBS, topic=TOPIC + "2"),
    ],
)
def test_settling_gives_up_what_does_not(offer: Offer | None) -> None:
    assert push.settle([standing()], offer, PLACE, NOW) == (None, [standing()])


def test_settling_gives_up_what_calls_elsewhere_and_what_is_double() -> None:
    assert push.settle([standing()], OFFER, "https://new.example/websub/", NOW) == (
        None,
        [standing()],
    )
    spare = an_agreement(token="z", callback=PLACE + "z")
    assert push.settle([spare, standing()], OFFER, PLACE, NOW) == (standing(), [spare])
