"""Laws of push, whatever a hub grants and whatever comes in which order."""

import hmac
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from syndicator import push
from syndicator.model.ids import SourceId
from syndicator.model.push import Agreement, Offer, Pushed, Score

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
WAITS = st.timedeltas(timedelta(), timedelta(days=30))
TOPIC = "https://harbour.example/feed"
PLACE = "https://desk.example/websub/"


def an_agreement(token: str, hubs: int = 1) -> Agreement:
    offer = Offer(hubs=tuple(f"https://{n}.example/" for n in range(hubs)), topic=TOPIC)
    return push.draw_up(SourceId("a"), offer, token=token, secret="s", callback=PLACE + token)


@given(MOMENTS, st.integers(600, 10**12), st.text(min_size=1, max_size=40))
def test_a_lease_is_always_renewed_before_it_ends(now: datetime, seconds: int, token: str) -> None:
    asked, _ = push.asking(an_agreement(token), "subscribe", now)
    found = push.confirmed(asked, "subscribe", TOPIC, str(seconds), now)
    assert found is not None
    kept, renew = found
    assert kept.until is not None
    lease = kept.until - now
    assert lease <= timedelta(seconds=seconds)
    assert lease <= timedelta(days=14)
    assert now + lease * 0.5 < renew < kept.until - lease * 0.1


@given(MOMENTS, st.lists(WAITS, min_size=1, max_size=30), st.text(max_size=20))
def test_a_hub_is_left_alone_five_minutes_and_never_for_ever(
    now: datetime, waits: list[timedelta], token: str
) -> None:
    agreement = an_agreement(token)
    for wait in waits:
        agreement, due = push.failed(agreement, now, "no")
        assert timedelta(minutes=5) <= due - now <= timedelta(hours=12)
        now = due + wait
    assert agreement.failures == len(waits)


STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "confirm", "deny", "fail", "give up", "wait"]), WAITS),
    max_size=25,
)


@given(MOMENTS, STEPS)
def test_nothing_is_confirmed_that_was_not_asked_for(
    now: datetime, steps: list[tuple[str, timedelta]]
) -> None:
    agreement, open_question = an_agreement("t"), False
    for name, wait in steps:
        stood = push.is_standing(agreement, now)
        if name == "ask" and (step := push.step(agreement, now)) != "forget":
            agreement, _ = push.asking(agreement, step, now)
            open_question = True
        elif name == "confirm":
            for mode in ("subscribe", "unsubscribe"):
                found = push.confirmed(agreement, mode, TOPIC, "86400", now)
                if found is not None:
                    assert open_question or (stood and mode == "subscribe")
                    assert (mode == "subscribe") == agreement.wanted
                    agreement, open_question = found[0], False
        elif name == "deny" and (found := push.denied(agreement, TOPIC, None, now)):
            agreement, open_question = found[0], False
            assert not push.is_standing(agreement, now)
        elif name == "fail":
            agreement, _ = push.failed(agreement, now, "no")
            open_question = False
        elif name == "give up":
            agreement, open_question = push.given_up(agreement), False
        now += wait
        assert (agreement.pending is not None) == open_question


@given(st.integers(1, 4), st.integers(1, 12))
def test_every_hub_gets_its_turn(hubs: int, turns: int) -> None:
    agreement, seen = an_agreement("t", hubs), []
    offer = Offer(hubs=agreement.hubs, topic=TOPIC)
    for number in range(hubs * turns):
        seen.append(agreement.hub)
        agreement = push.draw_up(
            agreement.source, offer, token=str(number), secret="s", callback=PLACE, before=agreement
        )
    assert all(seen.count(hub) == turns for hub in offer.hubs)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3), WAITS), max_size=40), MOMENTS)
def test_trust_never_outlives_a_miss(
    events: list[tuple[bool, int, timedelta]], start: datetime
) -> None:
    agreed = replace(an_agreement("t"), since=start, until=start + timedelta(days=5000))
    pushed: Pushed | None = None
    now = start + timedelta(days=1)
    for number, (is_poll, new, wait) in enumerate(events):
        if is_poll:
            pushed = push.after_poll(pushed, agreed, new=new, before=start, began=now, now=now)
            if new:
                assert push.calm(pushed, agreed, Score(), now) == 1
        else:
            pushed, first, _ = push.after_delivery(pushed, agreed, now, new=new, digest=str(number))
            assert first == (1 if new else 0)
        assert pushed is None or (pushed.row >= 0 and pushed.missed >= 0)
        now += wait + timedelta(seconds=1)


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_header_is_read_without_harm(values: list[str]) -> None:
    for relation, _ in push.header_links(values):
        assert relation == relation.lower().strip() != ""


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["hub", "self", "next"]),
            st.from_regex(r"https?://[a-z]{1,8}\.example/[a-z,;=?]{0,9}", fullmatch=True),
            st.sampled_from(['rel="{}"', "rel={}", 'title="x, <y>; z"; rel="{}"', "REL={}"]),
        ),
        max_size=6,
    )
)
def test_links_come_back_as_they_were_written(links: list[tuple[str, str, str]]) -> None:
    value = ", ".join(f"<{url}>; {form.format(name)}" for name, url, form in links)
    assert push.header_links([value]) == [(name, url) for name, url, _ in links]


@given(st.text(), st.text(max_size=80), st.binary(max_size=200))
def test_only_the_secret_signs(header: str, secret: str, body: bytes) -> None:
    made = "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()
    assert push.is_signed(secret, made, body)
    assert push.is_signed(secret, header, body) <= ("=" in header)
    assert not push.is_signed(secret + "x", made, body)
