"""The catalogue of manners (``test_politeness``): when it goes wrong, and when it moves."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.builders import NOW
from tests.contract.polite import Street, daily, honest
from tests.contract.upstream import Reply, answer, redirect, upstream

LM, TAG = "Tue, 24 Nov 2026 10:00:00 +0000 (or so)", 'W/"a,b\\"'
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


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
