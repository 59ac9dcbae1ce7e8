"""The catalogue of feed readers' manners, one test a demand, against a real server.

Numbers are those of the "feed reader behaviour" catalogue that Liferea keeps
for itself. Where it has several numbers for one demand, the test names the
first and the last of them.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from syndicator.adapters.records import pack, unpack_state
from syndicator.ingest.discover import feed_links
from tests.builders import NOW
from tests.contract.polite import Street, a_street, daily, dated, lead_names_home
from tests.contract.upstream import Reply, Request, Write, answer, redirect, upstream

LM, TAG = "Tue, 24 Nov 2026 10:00:00 +0000 (or so)", 'W/"a,b\\"'
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def street(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Street]:
    lead_names_home(monkeypatch)
    async with upstream() as server:
        this = a_street(server, tmp_path)
        yield this
        await this.fetcher.close()


def honest(body: bytes, **headers: str) -> Reply:
    """Answer 304 to whoever shows the validators of ``headers``, else the document."""

    async def reply(request: Request, write: Write) -> None:
        shown = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
        ours = headers.get("ETag"), headers.get("Last_Modified")
        same = any(one is not None and one == two for one, two in zip(shown, ours, strict=True))
        status = "304 Not Modified" if same else "200 OK"
        made = answer(b"" if same else body, status=status, length=None, **headers)
        await made(request, write)

    return reply


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


# 020 to 024: slowing down


@pytest.mark.parametrize("status", ["429 Slow", "503 Busy"])
@pytest.mark.parametrize("form", ["seconds", "date"])
async def test_frb_020_retry_after_is_kept_to(street: Street, status: str, form: str) -> None:
    later = NOW + 5 * HOUR
    value = "18000" if form == "seconds" else format_datetime(later, usegmt=True)
    street.add("a", street.server.on("/f", answer(status=status, Retry_After=value)))
    result = await street.poll()
    assert (result.next_poll, result.why) == (later, "Retry-After")
    street.clock.moment = later - MINUTE
    assert (await street.poll(by_hand=True)).status == "waiting"
    assert len(street.log) == 1
    street.clock.moment = later
    await street.poll()
    assert len(street.log) == 2


async def test_frb_020_retry_after_is_believed_for_31_days_at_most(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(status="429 Slow", Retry_After="99999999999")))
    assert street.wait_of(await street.poll()) == timedelta(days=31)


async def test_frb_021_without_a_hint_a_429_slows_us_down(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(status="429 Slow")))
    await street.poll()
    await street.run(days=10)
    waits = [two.at - one.at for one, two in pairwise(street.log)]
    assert min(waits) >= 15 * MINUTE
    assert max(waits) <= 12 * HOUR
    assert len(street.log) < 60
    assert waits[-1] > waits[0]


@pytest.mark.parametrize(
    ("headers", "least"),
    [
        ({"Cache-Control": "max-age=36000"}, 10 * HOUR),
        ({"Cache-Control": "max-age=36000", "Age": "3600"}, 9 * HOUR),
        ({"Cache-Control": "max-age=604800"}, DAY),
        ({"Expires": format_datetime(NOW + 20 * HOUR, usegmt=True)}, 20 * HOUR),
    ],
)
async def test_frb_022_a_fresh_answer_is_not_asked_for_again(
    street: Street, headers: dict[str, str], least: timedelta
) -> None:
    named = {name.replace("-", "_"): value for name, value in headers.items()}
    street.add("a", street.server.on("/f", honest(daily(), ETag=TAG, **named)))
    first = await street.poll()
    assert street.wait_of(first) >= least
    again = await street.poll_when_due()  # a 304 says so anew
    assert again.status == "not-modified"
    if "Cache-Control" in headers:
        assert street.wait_of(again) >= least


async def test_frb_023_the_feeds_own_rhythm_decides(street: Street) -> None:
    street.add("seldom", street.server.on("/s", answer(daily(apart=10 * DAY))))
    street.add("often", street.server.on("/o", answer(daily(apart=timedelta(minutes=40)))))
    seldom, often = await street.poll("seldom"), await street.poll("often")
    assert street.wait_of(seldom) > 6 * HOUR
    assert street.wait_of(often) < HOUR


@pytest.mark.parametrize(
    ("channel", "least"),
    [
        ("<ttl>1200</ttl>", 20 * HOUR),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", DAY),
        (
            "<sy:updatePeriod>weekly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            timedelta(hours=42),
        ),
        (
            f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in range(12, 24))}</skipHours>",
            12 * HOUR,
        ),
        ("<skipDays><day>Tuesday</day><day>Wednesday</day></skipDays>", 36 * HOUR),
    ],
)
async def test_frb_024_ttl_sy_and_skips_are_kept_to(
    street: Street, channel: str, least: timedelta
) -> None:
    busy = daily(40, apart=HOUR, channel=channel)
    street.add("a", street.server.on("/f", honest(busy, ETag=TAG)))
    assert street.wait_of(await street.poll()) >= least
    street.clock.moment += timedelta(seconds=1)
    unread = await street.poll()  # a 304 brings no document, but its wishes still hold
    assert unread.status == "not-modified"
    assert street.wait_of(unread) >= least - timedelta(seconds=1)


# 030 to 037: not too many requests


async def test_frb_030_one_poll_is_one_request(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily())))
    await street.poll()
    assert [one.path for one in street.log] == ["/f"]


async def test_frb_031_a_source_is_not_polled_twice_at_once(street: Street) -> None:
    source = street.add("a", street.server.on("/f", answer(daily())))
    (claim,) = await street.library.claim([source], NOW, timedelta(minutes=3))
    assert await street.library.claim([source], NOW, timedelta(minutes=3)) == []
    await street.poller.poll(claim, street.settings)
    assert len(street.server.seen) == 1


async def test_frb_032_nothing_but_the_feed_is_fetched(street: Street) -> None:
    page = (
        "<image><url>/logo.png</url></image><item><guid>1</guid><title>A</title><description>"
        "&lt;img src='/p.png'&gt;</description><enclosure url='/e.mp3' type='audio/mpeg'/></item>"
    )
    street.add("a", street.server.on("/f", answer(daily(1, channel=page))))
    assert (await street.poll()).new == 2
    assert [one.path for one in street.log] == ["/f"]


async def test_frb_033_one_server_is_not_asked_in_a_burst(tmp_path: Path) -> None:
    pause = timedelta(milliseconds=40)
    starts: list[float] = []
    async with upstream() as server:
        street = a_street(server, tmp_path, connections=4, interval=pause)
        for number in range(4):
            reply = answer(daily(1))

            async def timed(request: Request, write: Write, reply: Reply = reply) -> None:
                starts.append(loop.time())
                await reply(request, write)

            street.add(f"s{number}", server.on(f"/{number}", timed))
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(street.poll(f"s{number}") for number in range(4)))
        await street.fetcher.close()
    assert len(starts) == 4
    assert max(starts) - min(starts) >= 3 * pause.total_seconds() * 0.9


async def test_frb_034_hosts_of_one_domain_are_held_together(street: Street) -> None:
    for name in ("a", "b", "c"):
        street.add(name, street.at(f"/{name}", f"{name}.example.org"))
        street.server.on(f"/{name}", answer(status="429 Slow", Retry_After="7200"))
    await street.poll("a")
    await street.poll("b")
    result = await street.poll("c")
    assert result.status == "waiting"
    assert result.why == "example.org asked us to wait"
    assert 2 * HOUR <= street.wait_of(result) <= 2 * HOUR + 10 * MINUTE


async def test_frb_035_adding_a_source_costs_one_request(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily(), ETag=TAG)))
    await street.library.enroll(list(street.settings.sources), NOW)
    await street.run(minutes=10)
    assert len(street.log) == 1


async def test_frb_036_changing_other_settings_asks_nobody(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily())))
    await street.poll()
    street.add("a", street.at("/f"), title="Another title")
    await street.library.enroll(list(street.settings.sources), NOW)
    await street.run(minutes=10)
    assert len(street.log) == 1


async def test_frb_037_nobody_is_asked_at_the_full_hour(street: Street) -> None:
    for number in range(40):
        apart = timedelta(minutes=30 + 3 * number)
        street.add(f"s{number}", street.server.on(f"/{number}", answer(daily(apart=apart))))
    await street.library.enroll(list(street.settings.sources), NOW)
    await street.run(hours=12)
    later = [one.at for one in street.log if one.at > NOW]
    assert len(later) > 300
    seconds = [at.minute * 60 + at.second for at in later]
    assert all(120 <= second < 59 * 60 for second in seconds)


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


# 070 to 071: asked by hand


async def test_frb_070_by_hand_a_host_is_asked_once_a_minute(street: Street) -> None:
    street.server.on("/f", answer(daily()))
    street.add("a", street.at("/f", "www.example.org"))
    await street.poll(by_hand=True)
    for _ in range(20):
        street.clock.moment += timedelta(seconds=2)
        assert (await street.poll(by_hand=True)).status == "waiting"
    assert len(street.log) == 1
    street.clock.moment += timedelta(seconds=30)
    assert (await street.poll(by_hand=True)).status == "not-modified"


async def test_frb_071_by_hand_a_servers_wish_still_counts(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(status="429 Slow", Retry_After="86400")))
    await street.poll()
    street.clock.moment += 23 * HOUR
    result = await street.poll(by_hand=True)
    assert (result.status, result.why) == ("waiting", "Retry-After")
    assert len(street.log) == 1


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


# 110 to 120: when it goes wrong


async def fails_for(street: Street, days: int) -> list[timedelta]:
    """Let a failing source run; return the times between requests."""
    await street.poll()
    await street.run(days=days)
    return [two.at - one.at for one, two in pairwise(street.log)]


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(answer(b"<html><body>A page, not a feed</body></html>"), id="110"),
        pytest.param(answer(status="403 Forbidden"), id="112"),
        pytest.param(answer(status="404 Not Found"), id="113"),
        pytest.param(answer(status="401 Unauthorized"), id="114"),
        pytest.param(answer(status="500 Oops"), id="119"),
        pytest.param(answer(status="503 Busy"), id="119"),
    ],
)
async def test_frb_110_to_114_and_119_errors_are_met_with_patience(
    street: Street, reply: Reply
) -> None:
    street.add("a", street.server.on("/f", reply))
    waits = await fails_for(street, 20)
    assert waits[0] == 15 * MINUTE
    assert max(waits) <= 12 * HOUR
    assert sum(waits[-10:], timedelta()) > 10 * 3 * HOUR
    street.server.on("/f", answer(daily()))  # and never for ever
    assert (await street.poll_when_due()).status == "ok"


async def test_frb_111_gone_twice_in_a_day_ends_it(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(status="410 Gone")))
    first = await street.poll()
    assert street.wait_of(first) >= DAY
    second = await street.poll_when_due()
    (alarm,) = second.alarms
    assert "410 Gone" in alarm
    assert "asked no more" in alarm
    await street.run(days=90)
    assert len(street.log) == 2


async def test_frb_111_one_410_alone_ends_nothing(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(status="410 Gone")))
    await street.poll()
    street.server.on("/f", answer(daily()))
    await street.poll_when_due()
    street.server.on("/f", answer(status="410 Gone"))
    again = await street.poll_when_due()
    assert again.alarms == ()
    assert not (await street.state()).gone


async def test_frb_111_another_address_or_a_person_starts_it_again(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(status="410 Gone")))
    await street.poll()
    await street.poll_when_due()
    street.server.on("/f", answer(daily()))
    assert (await street.poll()).status == "waiting"
    result = await street.poll(by_hand=True)
    assert (result.status, result.news) == ("ok", ("a: it answers again",))
    street.server.on("/g", answer(daily()))
    street.add("a", street.at("/g"))
    assert (await street.poll()).status == "ok"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        pytest.param("http://nowhere.invalid/f", "dns", id="115"),
        pytest.param("http://127.0.0.1:1/f", "connect", id="117"),
    ],
)
async def test_frb_115_and_117_a_host_that_is_not_there_is_left_alone(
    street: Street, url: str, kind: str
) -> None:
    street.add("a", url)
    results = [await street.poll(), *[await street.poll_when_due() for _ in range(29)]]
    assert {one.kind for one in results} == {kind}
    assert street.clock.moment > NOW + 5 * DAY


async def test_frb_116_a_bad_certificate_is_left_alone(street: Street) -> None:
    street.add("a", street.at("/f").replace("http:", "https:"))
    first = await street.poll()
    waits = [street.wait_of(await street.poll_when_due()) for _ in range(12)]
    assert first.kind == "tls"
    assert sum(waits[-4:], timedelta()) > 4 * 2 * HOUR


async def test_frb_118_an_answer_that_breaks_off_is_left_alone(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(b"<rss", length=4000)))
    assert (await street.poll()).kind == "truncated"
    assert street.wait_of(await street.poll_when_due()) >= 15 * MINUTE


async def test_frb_120_the_operator_is_told_once_and_once_when_it_is_over(
    street: Street,
) -> None:
    street.add("a", street.server.on("/f", answer(daily())))
    await street.poll()
    street.server.on("/f", answer(status="500 Oops"))
    alarms: list[tuple[datetime, str]] = []
    for _ in range(12):
        result = await street.poll_when_due()
        alarms += [(street.clock.now(), one) for one in result.alarms]
    ((at, text),) = alarms
    assert "failing since" in text
    since = (await street.state()).failing_since
    assert since is not None
    assert at - since >= 12 * HOUR
    street.server.on("/f", answer(daily(21)))
    assert (await street.poll_when_due()).news == ()  # one good poll may be luck
    assert (await street.poll_when_due()).news == ("a: it answers again",)


# 130 to 137: redirects


async def steps(street: Street, count: int, apart: timedelta) -> None:
    for _ in range(count):
        await street.poll()
        street.clock.moment += apart


@pytest.mark.parametrize(
    "status", [pytest.param("301 Moved", id="130"), pytest.param("308 Moved", id="131")]
)
async def test_frb_130_and_131_a_permanent_move_is_adopted(street: Street, status: str) -> None:
    street.server.on("/new", honest(daily(), ETag=TAG))
    street.add("a", street.server.on("/old", redirect(status, "/new")))
    await steps(street, 5, timedelta(hours=17))
    assert (await street.state()).address is None  # five sightings, but not three days
    result = await street.poll()
    assert result.news == (f"a: moved for good to {street.at('/new')}; asked there from now on",)
    before = len(street.log)
    await street.poll()
    assert [one.path for one in street.log[before:]] == ["/new"]


@pytest.mark.parametrize("status", ["302 Found", "307 Temporary", "303 See Other"])
async def test_frb_132_to_134_a_temporary_move_is_followed_each_time(
    street: Street, status: str
) -> None:
    street.server.on("/new", answer(daily()))
    street.add("a", street.server.on("/old", redirect(status, "/new")))
    await steps(street, 8, DAY)
    assert (await street.state()).address is None
    assert [one.path for one in street.log] == ["/old", "/new"] * 8


async def test_frb_135_a_move_that_wavers_is_not_adopted(street: Street) -> None:
    street.server.on("/x", answer(daily()))
    street.server.on("/y", answer(daily()))
    street.add("a", street.at("/old"))
    for number in range(10):
        street.server.on("/old", redirect("301 Moved", "/x" if number % 4 else "/y"))
        await steps(street, 1, DAY)
    assert (await street.state()).address is None


async def test_frb_136_a_moved_source_comes_back_when_the_new_address_fails(
    street: Street,
) -> None:
    street.server.on("/new", answer(daily()))
    street.add("a", street.server.on("/old", redirect("301 Moved", "/new")))
    await steps(street, 6, DAY)
    assert (await street.state()).address == street.at("/new")
    street.server.on("/new", answer(status="404 No"))
    street.server.on("/old", answer(daily()))
    for _ in range(3):
        await street.poll_when_due()
    assert (await street.poll_when_due()).status != "failed"
    assert street.log[-1].path == "/old"


async def test_frb_136_a_move_inside_is_refused_each_time(street: Street) -> None:
    street.server.on("/new", answer(daily()))
    street.add("a", street.server.on("/old", redirect("301 Moved", "/new")))
    await steps(street, 4, DAY)
    async with upstream("127.0.0.2") as inside:
        street.server.on("/old", redirect("301 Moved", inside.on("/secret", answer(daily()))))
        for _ in range(8):
            assert (await street.poll_when_due()).kind == "private-address"
        assert inside.seen == []
    assert (await street.state()).address is None


async def test_frb_137_feeds_that_merge_bring_each_article_once(street: Street) -> None:
    street.server.on("/one", answer(daily()))
    for name in ("a", "b"):
        street.server.on(f"/{name}", redirect("301 Moved", "/one"))
        street.add(name, street.at(f"/{name}"), publisher="harbour")
    assert (await street.poll("a")).new == 20
    assert (await street.poll("b")).new == 0
    assert await street.library.count() == 20


# 140 to 141: compression


async def test_frb_140_to_141_compressed_answers_are_asked_for(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily())))
    await street.poll()
    assert street.log[0].headers["accept-encoding"] == "gzip, br, zstd"


# What the catalogue does not number


async def test_a_server_whose_304s_lie_is_found_out(street: Street) -> None:
    lying = honest(daily(), Last_Modified="Sun, 06 Nov 2041 08:49:37 GMT")
    street.add("a", street.server.on("/f", lying))
    await street.poll()
    street.server.on("/f", honest(daily(25), Last_Modified="Sun, 06 Nov 2041 08:49:37 GMT"))
    await street.run(days=9)
    plain = [one for one in street.log if "if-modified-since" not in one.headers]
    assert 7.5 * DAY < plain[1].at - plain[0].at < 8.5 * DAY
    state = await street.state()
    assert state.lies
    assert await street.library.count() == 25
    before = len(street.log)
    await street.run(days=1)
    assert all("if-modified-since" not in one.headers for one in street.log[before:])


async def test_an_honest_server_is_asked_in_full_every_eight_days(street: Street) -> None:
    street.add("a", street.server.on("/f", honest(daily(), ETag=TAG)))
    await street.poll()
    await street.run(days=25)
    plain = [one.at for one in street.log if "if-none-match" not in one.headers]
    assert len(plain) == 4
    assert not (await street.state()).lies
    assert len(street.log) > 50


async def test_only_what_is_new_is_taken_when_a_server_can_say_it(street: Street) -> None:
    async def delta(request: Request, write: Write) -> None:
        if request.headers.get("a-im") == "feed" and request.headers.get("if-none-match") == '"1"':
            late = dated(NOW + HOUR)
            await answer(late, status="226 IM Used", ETag='"2"', IM="feed")(request, write)
        elif request.headers.get("if-none-match") == '"2"':
            await answer(status="304 Not Modified", ETag='"2"')(request, write)
        else:
            await answer(daily(), ETag='"1"')(request, write)

    street.add("a", street.server.on("/f", delta))
    await street.poll()
    assert "a-im" not in street.log[0].headers  # nothing to be new against
    street.clock.moment = NOW + 2 * HOUR
    result = await street.poll()
    assert (result.status, result.new) == ("ok", 1)
    state = await street.state()
    assert (state.etag, state.entries) == ('"2"', 20)
    assert (await street.poll_when_due()).status == "not-modified"
    assert street.log[2].headers["if-none-match"] == '"2"'


async def test_a_226_nobody_asked_for_is_no_document(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily(), status="226 IM Used")))
    assert (await street.poll()).status == "failed"


async def test_a_host_limit_is_tried_on_another_address_and_narrows(street: Street) -> None:
    for name in ("a", "b", "c"):
        street.server.on(f"/{name}", answer(daily()))
        street.add(name, street.at(f"/{name}", "www.example.org"))
    street.server.on("/a", answer(status="429 Slow", Retry_After="864000"))
    await street.poll("a")
    held = await street.poll("b")
    assert (held.status, held.why) == ("waiting", "www.example.org asked us to wait")
    assert street.wait_of(held) <= HOUR + 10 * MINUTE
    assert (await street.poll_when_due("b")).status == "ok"
    assert (await street.poll("c")).status == "ok"
    street.clock.moment = NOW + timedelta(days=10)
    await street.poll("a")  # refused again, and by now it is known whom that concerns
    assert (await street.poll("c")).status != "waiting"


async def test_a_host_limit_that_two_addresses_meet_holds_all_for_as_long(
    street: Street,
) -> None:
    for name in ("a", "b", "c"):
        street.server.on(f"/{name}", answer(status="429 Slow", Retry_After="864000"))
        street.add(name, street.at(f"/{name}", "www.example.org"))
    await street.poll("a")
    await street.poll("b")
    await street.poll_when_due("b")
    held = await street.poll("c")
    assert held.status == "waiting"
    assert street.wait_of(held) > timedelta(days=9)


async def test_a_503_holds_its_address_only(street: Street) -> None:
    street.server.on("/a", answer(status="503 Busy", Retry_After="7200"))
    street.server.on("/b", answer(daily()))
    street.add("a", street.at("/a", "www.example.org"))
    street.add("b", street.at("/b", "www.example.org"))
    await street.poll("a")
    assert (await street.poll("b")).status == "ok"


async def test_inside_hosts_are_never_held_together(street: Street) -> None:
    for name in ("a", "b"):
        street.server.on(f"/{name}", answer(status="429 Slow", Retry_After="7200"))
        street.add(name, street.at(f"/{name}"))
    street.add("c", street.server.on("/c", answer(daily())))
    await street.poll("a")
    await street.poll("b")
    assert (await street.poll("c")).status == "ok"


async def test_what_one_process_learned_binds_another(street: Street) -> None:
    for name in ("a", "b"):
        street.server.on(f"/{name}", answer(status="429 Slow", Retry_After="7200"))
        street.add(name, street.at(f"/{name}", "www.example.org"))
    await street.poll("a")
    street.restart()
    assert (await street.poll("b")).status == "waiting"


async def test_reddit_is_asked_once_a_minute_by_all(street: Street) -> None:
    for number in range(6):
        street.server.on(f"/r/{number}.rss", answer(daily(apart=30 * MINUTE)))
        street.add(f"r{number}", street.at(f"/r/{number}.rss", "www.reddit.com"))
    await street.library.enroll(list(street.settings.sources), NOW)
    await street.run(hours=6)
    times = [one.at for one in street.log]
    assert len(times) > 20
    gaps = [two - one for one, two in pairwise(times)]
    assert min(gaps) >= MINUTE
    assert {one.path for one in street.log} == {f"/r/{number}.rss" for number in range(6)}


async def test_reddits_403_is_a_rate_limit(street: Street) -> None:
    for name in ("a", "b"):
        street.server.on(f"/{name}", answer(status="403 Blocked"))
        street.add(name, street.at(f"/{name}", "www.reddit.com"))
    await street.poll("a")
    street.clock.moment += 2 * MINUTE
    result = await street.poll("b")
    assert (result.status, result.why) == ("waiting", "www.reddit.com asked us to wait")


async def test_youtubes_hours_of_404_are_waited_out(street: Street) -> None:
    street.server.on("/f", answer(status="404 No"))
    street.add("a", street.at("/f", "www.youtube.com"))
    result = await street.poll()
    while street.clock.moment < NOW + 20 * HOUR:
        assert result.alarms == ()
        assert street.wait_of(result) <= HOUR
        result = await street.poll_when_due()
    street.server.on("/f", answer(daily()))
    assert (await street.poll_when_due()).status == "ok"


async def test_a_quiet_source_is_told_of_by_its_rhythm(street: Street) -> None:
    street.add("a", street.server.on("/f", honest(daily(40, apart=HOUR), ETag=TAG)))
    await street.poll()
    alarms = []
    for _ in range(60):
        result = await street.poll_when_due()
        alarms += [(street.clock.now(), one) for one in result.alarms]
    ((at, text),) = alarms
    assert "nothing new since" in text
    assert DAY <= at - (NOW - HOUR) < 3 * DAY
    street.server.on("/f", answer(daily(41, apart=HOUR - MINUTE)))
    assert (await street.poll_when_due()).news == ("a: it brings news again",)


async def test_a_new_source_does_not_flood_a_topic(street: Street) -> None:
    items = "".join(f"<item><guid>u{n}</guid><title>No. {n}</title></item>" for n in range(50))
    street.add("a", street.server.on("/f", answer(daily(0, channel=items))))
    assert (await street.poll()).new == 50
    found = await street.library.articles(await street.library.newest(limit=60))
    assert [one.headline for one in found] == [f"No. {n}" for n in range(50)]
    assert found[0].published == NOW - HOUR
    assert found[49].published == NOW - 50 * HOUR
    assert all(one.first_seen == NOW for one in found)
    street.server.on("/f", answer(daily(0, channel="<item><guid>v</guid><title>V</title></item>")))
    street.clock.moment = NOW + DAY
    await street.poll()
    (newest,) = await street.library.articles(await street.library.newest(limit=1))
    assert (newest.headline, newest.published) == ("V", NOW + DAY)


async def test_a_source_whose_address_was_edited_starts_without_a_past(street: Street) -> None:
    street.add("a", street.server.on("/f", answer(daily(), ETag=TAG)))
    await street.poll()
    street.add("a", street.server.on("/g", answer(status="404 No")))
    await street.poll()
    assert "if-none-match" not in street.log[1].headers
    await street.poll_when_due()
    assert "if-none-match" not in street.log[2].headers


async def test_the_state_of_a_source_stays_small(street: Street) -> None:
    street.add("a", street.server.on("/f", honest(daily(), ETag=TAG)))
    await street.poll()
    await street.run(days=20)
    assert len(pack(await street.state())) < 1000
