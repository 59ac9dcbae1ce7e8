"""The catalogue of feed readers' manners, one test a demand, against a real server.

Numbers are those of the "feed reader behaviour" catalogue that Liferea keeps
for itself. Where it has several numbers for one demand, the test names the
first and the last of them.
"""

from datetime import timedelta

import msgspec
import pytest

from syndicator.adapters.records import pack, unpack_state
from syndicator.ingest.discover import feed_links
from tests.contract.polite import Street, daily, honest
from tests.contract.upstream import answer, redirect

LM, TAG = "Tue, 24 Nov 2026 10:00:00 +0000 (or so)", 'W/"a,b\\"'
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


# 001 to 016: conditional requests


async def test_frb_001_last_modified_is_kept(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily(), Last_Modified=LM)))
    await street.poll()
    assert (await street.state()).last_modified == LM


async def test_frb_002_last_modified_is_sent_back(street: Street) -> None:
    street.add("a", street.server.on("/f", honest(daily(), Last_Modified=LM)))
    await street.poll()
    assert (await street.poll_when_due()).status == "not-modified"
    assert street.log[1].headers["if-modified-since"] == LM


async def test_frb_003_the_entity_tag_is_kept(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily(), ETag=TAG)))
    await street.poll()
    assert (await street.state()).etag == TAG


async def test_frb_004_the_entity_tag_is_sent_back(street: Street) -> None:
    street.add("a", street.server.on("/f", honest(daily(), ETag=TAG)))
    await street.poll()
    assert (await street.poll_when_due()).status == "not-modified"
    assert street.log[1].headers["if-none-match"] == TAG


@pytest.mark.parametrize("value", ["yesterday, or so", "Sun, 06 Nov 2041 08:49:37 GMT", "0"])
async def test_frb_010_last_modified_is_opaque(street: Street, value: str) -> None:
    street.add("a", street.server.on("/f", honest(daily(), Last_Modified=value)))
    await street.poll()
    await street.poll_when_due()
    assert street.log[1].headers["if-modified-since"] == value


@pytest.mark.parametrize("value", ['W/"x-gzip"', "bare", '"a b"', '""'])
async def test_frb_011_the_entity_tag_is_opaque(street: Street, value: str) -> None:
    street.add("a", street.server.on("/f", honest(daily(), ETag=value)))
    await street.poll()
    await street.poll_when_due()
    assert street.log[1].headers["if-none-match"] == value


async def test_frb_012_both_validators_change_together(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily(), ETag='"1"', Last_Modified=LM)))
    await street.poll()
    street.server.on("/f", answer(daily(21), ETag='"2"'))
    await street.poll_when_due()
    state = await street.state()
    assert (state.etag, state.last_modified) == ('"2"', None)


async def test_frb_013_validators_survive_a_restart(street: Street) -> None:
    street.add("a", street.server.on("/f", honest(daily(), ETag=TAG, Last_Modified=LM)))
    await street.poll()
    street.restart()
    await street.poll_when_due()
    headers = street.log[1].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == (TAG, LM)


def test_frb_014_validators_survive_an_upgrade() -> None:
    old = msgspec.msgpack.encode(
        {"source": "a", "url": "https://a.example/", "etag": TAG, "interval": 1800.0}
    )
    state = unpack_state(old)
    assert (state.etag, state.rhythm.items, state.answers) == (TAG, 0, ())
    assert unpack_state(pack(state)) == state


async def test_frb_015_validators_survive_a_429(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily(), ETag=TAG)))
    await street.poll()
    street.server.on("/f", answer(b"slow down", status="429 Slow", ETag='"error"'))
    await street.poll_when_due()
    await street.poll_when_due()
    assert [one.headers.get("if-none-match") for one in street.log] == [None, TAG, TAG]


async def test_frb_016_an_unreadable_answer_does_not_replace_them(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily(), ETag=TAG)))
    await street.poll()
    street.server.on("/f", answer(b"<html>maintenance</html>", ETag='"page"'))
    assert (await street.poll_when_due()).kind == "not-a-feed"
    assert (await street.state()).etag == TAG


# 050 to 066: what a request is


async def test_frb_050_to_051_get_and_nothing_else(street: Street) -> None:
    methods: list[str] = []
    street.server.on_line = methods.append
    street.add("a", street.server.on("/f", answer(daily())))
    await street.poll()
    await street.poll_when_due()
    assert [line.split(" ")[0] for line in methods] == ["GET", "GET"]


async def test_frb_060_no_address_is_guessed(street: Street) -> None:
    street.server.on("/f", answer(b"nothing here", status="404 No"))
    street.add("a", street.at("/f"))
    await street.poll()
    await street.run(days=3)
    assert {one.path for one in street.log} == {"/f"}


async def test_frb_061_cookies_are_not_kept(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily(), Set_Cookie="id=1; Path=/")))
    await street.poll()
    await street.poll_when_due()
    assert all("cookie" not in one.headers for one in street.log)


async def test_frb_062_no_cache_is_busted(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily())))
    await street.poll()
    await street.poll_when_due()
    for one in street.log:
        assert one.path == "/f"
        assert not {"cache-control", "pragma"} & one.headers.keys()


async def test_frb_063_no_referrer_is_sent(street: Street) -> None:
    street.server.on("/new", answer(daily()))
    street.add("a", street.server.on("/f", redirect("302 Found", "/new")))
    await street.poll()
    assert len(street.log) == 2
    assert all("referer" not in one.headers for one in street.log)


@pytest.mark.parametrize(
    "query", ["?z=1&a=2", "?a", "?a=&b", "?x=%2F%2f&x=1", "?q=a+b%20c", "?b[]=1&a;c"]
)
async def test_frb_064_to_065_a_query_goes_out_as_it_was_written(
    street: Street, query: str
) -> None:
    street.server.on("/f", answer(daily()))
    street.add("a", street.at("/f" + query))
    await street.poll()
    assert street.log[0].path == "/f" + query


async def test_frb_066_a_fragment_stays_here(street: Street) -> None:
    street.server.on("/f", answer(daily()))
    street.add("a", street.at("/f#latest"))
    await street.poll()
    assert street.log[0].path == "/f"


# 080 to 106: who asks, and for what


async def test_frb_080_to_090_the_desk_says_who_it_is(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily())))
    await street.poll()
    assert street.log[0].headers["user-agent"] == "syndicator/1.2 (+https://desk.example.org/about)"
    assert "application/rss+xml" in street.log[0].headers["accept"]


def test_frb_100_to_106_a_page_names_its_feeds() -> None:
    page = (
        b'<html><head><link rel="alternate" type="application/atom+xml" href="/a.xml">'
        b'<link rel="alternate" type="application/feed+json" href="j.json">'
        b'<link rel="stylesheet" href="/s.css"></head><body><a href="/feed">guess me</a></body></html>'
    )
    found = feed_links(page, "https://harbour.example/news/", "text/html")
    assert [one.url for one in found] == [
        "https://harbour.example/a.xml",
        "https://harbour.example/news/j.json",
    ]


# 140 to 141: compression


async def test_frb_140_to_141_compressed_answers_are_asked_for(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily())))
    await street.poll()
    assert street.log[0].headers["accept-encoding"] == "gzip, br, zstd"
