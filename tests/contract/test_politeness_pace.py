"""The catalogue of manners (``test_politeness``): how often, and how many at once."""

from datetime import timedelta
from email.utils import format_datetime
from ipaddress import ip_network
from itertools import pairwise
from pathlib import Path

import pytest

from syndicator.adapters.fetcher import SourceFetcher
from syndicator.model.desk import FetchSettings, HostPace
from tests.builders import NOW
from tests.contract.polite import Street, a_street, daily, honest
from tests.contract.upstream import answer, upstream

LM, TAG = "Tue, 24 Nov 2026 10:00:00 +0000 (or so)", 'W/"a,b\\"'
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


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
    settings = FetchSettings(
        allow_private=(ip_network("127.0.0.1/32"),),
        per_host=HostPace(connections=1, interval=timedelta(minutes=1)),
    )
    async with upstream() as server:
        fetcher = SourceFetcher(settings, contact=None, version="1.2", patience=15)
        street = a_street(server, tmp_path)
        street.fetcher = fetcher
        street.restart()
        for number in range(5):
            street.add(f"s{number}", server.on(f"/{number}", answer(daily())))
        results = [await street.poll(f"s{number}") for number in range(5)]
        await fetcher.close()
    assert [one.status for one in results] == ["ok", *["waiting"] * 4]
    waits = [street.wait_of(one) for one in results[1:]]
    assert all(two - one > 50 * timedelta(seconds=1) for one, two in pairwise(waits))
    assert (await street.state("s4")).failures == 0


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
