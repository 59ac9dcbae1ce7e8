"""Laws of the desk's own hub: what strangers send is read or refused, never believed."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.listener import Hearing, Request, Telling
from syndicator.push import (
    Complaint,
    address_of,
    document_at,
    header_links,
    is_below,
    link_header,
    listener_of,
    question,
    read_request,
    was_not_heard,
)
from tests.builders import NOW

BASE = "https://desk.example/news"
PIECES = st.sampled_from(
    ["https://", "http://", "desk.example", "reader.example", "/", "/news", "..", "%2e%2e", ":80",
     "@", "?", "#", "&", "=", " ", "[", "]", "\r\n", "é", "\ud800", "a", ":"]
)  # fmt: skip
URLS = st.one_of(
    st.text(),
    st.lists(PIECES, max_size=8).map("".join).map(lambda rest: f"https://r.example{rest}"),
)
FORMS = st.fixed_dictionaries(
    {
        "hub.mode": st.sampled_from(["subscribe", "unsubscribe", "publish", ""]),
        "hub.topic": st.one_of(st.just(f"{BASE}/feeds/world.rss"), st.text()),
        "hub.callback": st.one_of(URLS, st.lists(PIECES, max_size=8).map("".join)),
        "hub.lease_seconds": st.one_of(st.text(max_size=5), st.integers().map(str)),
        "hub.secret": st.text(max_size=220),
    }
)


@given(FORMS)
def test_any_form_is_read_or_refused_in_one_line(form: dict[str, str]) -> None:
    found = read_request(form, BASE, NOW, "r")
    if isinstance(found, Complaint):
        assert found.text.isprintable()
        return
    assert 3600 <= found.lease <= 864_000
    assert found.callback.isascii()
    assert found.callback.isprintable()
    assert "#" not in found.callback
    assert not is_below(found.callback, BASE)
    again = read_request({**form, "hub.callback": found.callback}, BASE, NOW, "r")
    assert again == found


@given(FORMS, st.text(alphabet="abc-_&=?", min_size=1))
def test_a_question_keeps_what_the_callback_says(form: dict[str, str], challenge: str) -> None:
    found = read_request({**form, "hub.topic": f"{BASE}/feeds/world.rss"}, BASE, NOW, "r")
    if not isinstance(found, Request):
        return
    asked, before = urlsplit(question(found, challenge)), urlsplit(found.callback)
    assert asked[:3] == before[:3]
    assert asked.query.startswith(before.query)
    said = parse_qsl(asked.query, keep_blank_values=True)
    assert ("hub.challenge", challenge) in said
    assert ("hub.topic", found.topic) in said


@given(
    st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
    st.sampled_from(["rss", "atom", "json"]),
)
def test_every_document_is_found_at_its_address_and_named_in_its_links(
    topic: str, kind: str
) -> None:
    document = f"{topic}.{kind}"
    address = address_of(BASE, document)
    assert document_at(BASE, address) == document
    links = header_links([link_header([f"{BASE}/hub"], address)])
    assert links == [("hub", f"{BASE}/hub"), ("self", address)]


@given(st.lists(st.floats(0, 1e6), max_size=30), st.text(max_size=300))
def test_a_retry_lies_ahead_and_within_a_quarter_of_a_day(waits: list[float], why: str) -> None:
    request = read_request(
        {"hub.mode": "subscribe", "hub.topic": f"{BASE}/feeds/world.rss",
         "hub.callback": "https://r.example/"}, BASE, NOW, "r"
    )  # fmt: skip
    assert isinstance(request, Request)
    one = Telling(listener=listener_of(request, NOW), hearing=Hearing(), announced="d")
    for wait in waits:
        retry_at = NOW + timedelta(seconds=wait)
        hearing, due = was_not_heard(one, NOW, why, retry_at)
        assert timedelta(minutes=1) <= due - NOW <= timedelta(hours=6)
        assert hearing.failures == one.hearing.failures + 1
        one = Telling(listener=one.listener, hearing=hearing, announced="d")
