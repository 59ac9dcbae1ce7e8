"""Manners that the catalogue (``test_politeness``) does not number."""

from datetime import timedelta
from itertools import pairwise

import msgspec

from syndicator.adapters.records import pack
from syndicator.compare.memory import ROW
from tests.builders import NOW
from tests.contract.polite import Street, daily, dated, honest
from tests.contract.upstream import Request, Write, answer

LM, TAG = "Tue, 24 Nov 2026 10:00:00 +0000 (or so)", 'W/"a,b\\"'
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


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
    assert found[0].published == NOW
    assert found[49].published == NOW - 49 * HOUR
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
    state = await street.state()
    assert len(pack(msgspec.structs.replace(state, memory=b""))) < 1000
    assert len(state.memory) == ROW * state.entries
