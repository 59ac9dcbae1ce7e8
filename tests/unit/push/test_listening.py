"""Who may listen, for how long, and what becomes of it."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from msgspec.structs import replace

from syndicator.model.listener import Hearing, Listener, Request, Telling
from syndicator.push import (
    Complaint,
    ask_again,
    granted,
    hub_listener,
    is_below,
    is_over,
    is_signed,
    listener_id,
    listener_of,
    question,
    read_request,
    settle_listeners,
    signature,
    was_heard,
    was_not_heard,
)
from tests.builders import NOW

BASE = "https://desk.example/news"
TOPIC = f"{BASE}/feeds/world.rss"
DAY, HOUR, MINUTE = 86_400, timedelta(hours=1), timedelta(minutes=1)


def read(**form: str) -> Request | Complaint:
    said = {
        "mode": "subscribe",
        "topic": TOPIC,
        "callback": "https://reader.example/cb?id=7",
        **form,
    }
    return read_request({f"hub.{name}": one for name, one in said.items()}, BASE, NOW, "r1")


def request(**form: str) -> Request:
    found = read(**form)
    assert isinstance(found, Request), found
    return found


def test_a_request_is_read() -> None:
    assert request(secret="s3", lease_seconds="90000", verify="sync") == Request(
        id="r1",
        mode="subscribe",
        callback="https://reader.example/cb?id=7",
        topic=TOPIC,
        document="world.rss",
        asked=NOW,
        lease=90_000,
        secret="s3",
    )


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"mode": "publish"}, "hub.mode must be"),
        ({"mode": ""}, "hub.mode must be"),
        ({"mode": "denied"}, "hub.mode must be"),
        ({"topic": "https://other.example/feeds/world.rss"}, "hub.topic must be"),
        ({"topic": ""}, "hub.topic must be"),
        ({"callback": ""}, "hub.callback must be"),
        ({"callback": "reader.example/cb"}, "hub.callback must be"),
        ({"callback": "ftp://reader.example/cb"}, "hub.callback must be"),
        ({"callback": "https:///cb"}, "hub.callback must be"),
        ({"callback": "https://reader.example:99999/"}, "hub.callback is no usable address"),
        ({"callback": "https://[::1/"}, "hub.callback is no usable address"),
        ({"callback": "https://reader.example/a b"}, "in ASCII, without spaces"),
        ({"callback": "https://reader.example/a\r\nHost: x"}, "in ASCII, without spaces"),
        ({"callback": "https://réader.example/"}, "in ASCII, without spaces"),
        ({"callback": "https://me:word@reader.example/"}, "no user and no password"),
        ({"callback": "https://reader.example/" + "a" * 2000}, "at most 2000 characters"),
        ({"callback": f"{BASE}/websub/token"}, "leads to this desk itself"),
        ({"callback": "http://DESK.example/news/hub"}, "leads to this desk itself"),
        ({"callback": "https://desk.example/other/%2e%2e/news/hub"}, "leads to this desk itself"),
        ({"lease_seconds": "-1"}, "hub.lease_seconds must be"),
        ({"lease_seconds": "ten"}, "hub.lease_seconds must be"),
        ({"lease_seconds": "²"}, "hub.lease_seconds must be"),
        ({"secret": "s" * 200}, "hub.secret must be shorter"),
        ({"secret": "é" * 100}, "hub.secret must be shorter"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(form: dict[str, str], said: str) -> None:
    found = read(**form)
    assert isinstance(found, Complaint)
    assert said in found.text
    assert "\n" not in found.text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://reader.example/cb#part", "https://reader.example/cb"),
        ("https://reader.example", "https://reader.example/"),
        ("https://reader.example?a=%2F#", "https://reader.example/?a=%2F"),
        ("http://reader.example:8080/%7Ea/?b=c d".replace(" ", "+"), "http://reader.example:8080/%7Ea/?b=c+d"),
        ("https://desk.example/other", "https://desk.example/other"),
        ("https://desk.example:8443/news/cb", "https://desk.example:8443/news/cb"),
    ],
)  # fmt: skip
def test_a_callback_is_kept_as_it_was_written_but_for_its_fragment(written: str, kept: str) -> None:
    assert request(callback=written).callback == kept


def test_no_secret_goes_with_an_unsubscription() -> None:
    assert request(mode="unsubscribe", secret="s" * 500).secret == ""


@pytest.mark.parametrize(
    ("asked", "given"),
    [(0, 10 * DAY), (1, 3600), (3600, 3600), (2 * DAY, 2 * DAY), (10**17, 10 * DAY)],
)
def test_a_lease_is_granted_within_bounds(asked: int, given: int) -> None:
    assert granted(asked) == given
    assert request(lease_seconds=str(asked)).lease == given


def test_without_a_lease_the_longest_is_granted() -> None:
    assert request().lease == request(lease_seconds=" ").lease == 10 * DAY


@pytest.mark.parametrize(
    ("callback", "start"),
    [
        ("https://reader.example/cb", "https://reader.example/cb?"),
        ("https://reader.example/cb?", "https://reader.example/cb?"),
        ("https://reader.example/cb?a=b%20c&d", "https://reader.example/cb?a=b%20c&d&"),
        ("https://reader.example/cb?a=b?", "https://reader.example/cb?a=b?&"),
    ],
)
def test_a_question_comes_after_what_the_callback_holds(callback: str, start: str) -> None:
    asked = question(request(callback=callback, lease_seconds="7200"), "c&1")
    assert asked.startswith(start + "hub.mode=")
    assert dict(parse_qsl(asked.removeprefix(start))) == {
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.challenge": "c&1",
        "hub.lease_seconds": "7200",
    }


def test_a_denial_gives_a_reason_and_no_challenge() -> None:
    denied = replace(request(), mode="denied", reason="not public")
    said = dict(parse_qsl(urlsplit(question(denied, "c")).query))
    assert said == {"id": "7", "hub.mode": "denied", "hub.topic": TOPIC, "hub.reason": "not public"}
    leaving = dict(parse_qsl(urlsplit(question(request(mode="unsubscribe"), "c")).query))
    assert "hub.lease_seconds" not in leaving
    assert leaving["hub.challenge"] == "c"


def test_a_listener_stands_until_its_lease_ends() -> None:
    one = listener_of(request(lease_seconds="3600", secret="s"), NOW)
    assert (one.id, one.host) == (listener_id(one.callback, "world.rss"), "reader.example")
    assert (one.since, one.until, one.secret) == (NOW, NOW + HOUR, "s")
    assert not is_over(one, NOW + HOUR - timedelta(seconds=1))
    assert is_over(one, NOW + HOUR)


def test_one_callback_listens_once_to_each_document() -> None:
    again = listener_of(request(secret="other"), NOW + HOUR)
    assert again.id == listener_of(request(), NOW).id
    other = listener_of(request(topic=TOPIC.replace("rss", "atom")), NOW)
    assert other.id != again.id


def test_a_callback_without_an_answer_is_asked_three_times_in_all() -> None:
    waits, one = [], request()
    while (more := ask_again(one, NOW)) is not None:
        one, due = more
        waits.append(due - NOW)
    assert waits == [timedelta(seconds=15), timedelta(minutes=2)]


def telling(**hearing: Any) -> Telling:
    return Telling(listener=listener_of(request(), NOW), hearing=Hearing(**hearing), announced="d2")


def test_what_was_heard_ends_the_trouble() -> None:
    assert was_heard("d2", NOW, timedelta(seconds=1)) == Hearing(heard="d2", last=NOW)
    assert was_heard("d2", NOW, timedelta(seconds=3)).slow


def test_retries_come_later_and_later_and_never_together() -> None:
    waits, one, now = [], telling(heard="d1"), NOW
    for _ in range(30):
        hearing, due = was_not_heard(one, now, "it answered 500")
        waits.append(due - now)
        one, now = replace(one, hearing=hearing), due
    assert MINUTE <= waits[0] <= 3 * MINUTE
    assert all(MINUTE <= one <= 6 * HOUR for one in waits)
    assert max(waits) > 2 * HOUR
    assert (one.hearing.failures, one.hearing.heard) == (30, "d1")
    others = {
        was_not_heard(
            replace(telling(), listener=replace(telling().listener, id=str(n))), NOW, "x"
        )[1]
        for n in range(20)
    }
    assert len(others) == 20


def test_a_callback_may_ask_to_wait_but_not_for_ever() -> None:
    _, due = was_not_heard(telling(), NOW, "busy", NOW + timedelta(minutes=30))
    assert due == NOW + timedelta(minutes=30)
    _, due = was_not_heard(telling(), NOW, "busy", NOW + timedelta(days=30))
    assert due == NOW + 6 * HOUR


def test_a_signature_is_one_that_subscribers_accept() -> None:
    assert is_signed("s", signature("s", b"news"), b"news")
    assert not is_signed("s", signature("t", b"news"), b"news")
    assert signature("s", b"news").startswith("sha256=")


def settled(known: list[Listener], *hubs: str, own: bool = True) -> tuple[set[str], set[str]]:
    ended, fresh = settle_listeners(known, ["world.rss", "sea.rss"], hubs, own=own, now=NOW)
    return {one.id for one in ended}, {one.id for one in fresh}


def test_listeners_end_with_what_they_listen_to() -> None:
    kept = listener_of(request(), NOW)
    past = listener_of(request(topic=f"{BASE}/feeds/gone.rss"), NOW)
    assert settled([kept, past]) == ({past.id}, set())
    assert settled([kept, past], own=False) == ({kept.id, past.id}, set())


def test_hubs_of_the_settings_are_told_of_every_public_document() -> None:
    hub, other = "https://hub.example/", "https://old.example/"
    world = hub_listener(hub, "world.rss", NOW)
    old = hub_listener(other, "world.rss", NOW)
    ended, fresh = settled([world, old], hub, own=False)
    assert ended == {old.id}
    assert fresh == {hub_listener(hub, "sea.rss", NOW).id}
    assert world.until is None


@pytest.mark.parametrize(
    ("url", "below"),
    [
        (BASE, True),
        (f"{BASE}/x", True),
        ("http://desk.example/news", True),
        ("https://desk.example:443/news/", True),
        ("https://desk.example/newsroom", False),
        ("https://desk.example/", False),
        ("https://desk.example:444/news/", False),
        ("https://other.example/news/", False),
    ],
)
def test_whose_address_it_is(url: str, below: bool) -> None:
    assert is_below(url, BASE) is below
