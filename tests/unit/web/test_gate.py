from base64 import b64encode
from datetime import timedelta

import pytest
from aiohttp.test_utils import make_mocked_request

from syndicator.model.ids import SubscriberId
from syndicator.model.subscriber import Reader, Subscriber, hashed
from syndicator.web.gate import Gate, token_of
from tests.builders import NOW

COAST, ALPS = SubscriberId("coast"), SubscriberId("alps")


def a_subscriber(token: str | None = None, **terms: object) -> Subscriber:
    token = token or "syn_x"
    salt = token.encode().ljust(16)
    return Subscriber.model_validate({"token": hashed(token, salt), **terms})


def a_reader(**terms: object) -> Reader:
    return Reader(id=COAST, terms=a_subscriber(None, **terms))


def test_each_token_leads_to_its_subscriber_again_and_again() -> None:
    gate = Gate()
    every = {COAST: a_subscriber(), ALPS: a_subscriber("syn_y")}
    for _ in range(2):
        found = [gate.reader(token, every, NOW) for token in ("syn_x", "syn_y", "syn_z", "")]
        assert [one and one.id for one in found] == [COAST, ALPS, None, None]


def test_other_settings_are_heard_at_once() -> None:
    gate = Gate()
    assert gate.reader("syn_x", {COAST: a_subscriber()}, NOW)
    assert gate.reader("syn_x", {COAST: a_subscriber(revoked=True)}, NOW) is None
    assert gate.reader("syn_x", {COAST: a_subscriber("syn_y")}, NOW) is None
    again = gate.reader("syn_x", {ALPS: a_subscriber()}, NOW)
    assert again is not None
    assert again.id == ALPS


def test_a_token_met_before_still_expires() -> None:
    gate, every = Gate(), {COAST: a_subscriber(expires=NOW.date() + timedelta(days=1))}
    assert gate.reader("syn_x", every, NOW)
    assert gate.reader("syn_x", every, NOW + timedelta(days=1)) is None


def test_no_minute_holds_more_than_the_rate() -> None:
    gate, reader = Gate(), a_reader(rate=3)
    waits = [gate.wait(reader, NOW + timedelta(seconds=n)) for n in (0, 20, 40, 41, 59.5, 60, 61)]
    assert waits == [0, 0, 0, 19, 1, 0, 19]
    assert gate.wait(a_reader(rate=4), NOW + timedelta(seconds=62)) == 0  # another rate, at once


def test_a_clock_that_is_set_back_shuts_nobody_out() -> None:
    gate, reader = Gate(), a_reader(rate=1)
    assert gate.wait(reader, NOW) == 0
    assert gate.wait(reader, NOW - timedelta(days=1)) == 0
    assert gate.wait(reader, NOW - timedelta(days=1)) == 60


@pytest.mark.parametrize(
    ("query", "header", "token"),
    [
        ("", None, None),
        ("?token=a", None, "a"),
        ("?token=", None, ""),
        ("?token=a", "Basic " + b64encode(b"u:b").decode(), "a"),
        ("", "basic " + b64encode(b"u:b:c").decode(), "b:c"),
        ("", "Basic  " + b64encode(b"u:b").decode(), "b"),
        ("", "Basic " + b64encode(b"b").decode(), "b"),
        ("", "Basic ?", ""),
        ("", "Basic " + b64encode(b"\xff:\xff").decode(), ""),
        ("", "Basic", ""),
        ("", "Bearer b", None),
        ("", "", None),
    ],
)
def test_where_a_token_stands(query: str, header: str | None, token: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    request = make_mocked_request("GET", f"/s/feeds/wire.rss{query}", headers=headers)
    assert token_of(request) == token
