"""What every library promises about listeners of the desk's own hub, on each of them."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from syndicator.model.listener import Hearing, Listener, Request
from syndicator.ports import Library
from tests.builders import NOW

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MANY = {"most": 100, "most_of_host": 100}


def a_listener(name: str = "l1", document: str = "world.rss", **more: Any) -> Listener:
    fields = {"host": "reader.example", "since": NOW, "until": NOW + HOUR, "secret": "s", **more}
    return Listener(
        id=name, callback=f"https://reader.example/ü/{name}", document=document, **fields
    )


def a_request(name: str = "r1") -> Request:
    return Request(
        id=name,
        mode="subscribe",
        callback="https://reader.example/cb",
        topic="https://desk.example/feeds/world.rss",
        document="world.rss",
        asked=NOW,
        lease=3600,
    )


async def names(library: Library) -> set[str]:
    return {one.id for one, _ in await library.listeners()}


async def test_a_listener_comes_back_as_it_was_kept(library: Library) -> None:
    assert await library.listeners() == []
    assert await library.keep_listener(a_listener(), NOW, **MANY)
    assert await library.listeners() == [(a_listener(), Hearing())]
    renewed = a_listener(until=NOW + 2 * HOUR, secret="t")
    assert await library.keep_listener(renewed, NOW, **MANY)
    assert await library.listeners() == [(renewed, Hearing())]
    assert await library.count_listeners() == 1
    assert await library.end_listener("l1")
    assert not await library.end_listener("l1")
    assert await library.listeners() == []
    assert await library.listened_to(["world.rss"]) == frozenset()


async def test_no_more_listen_than_there_may_be(library: Library) -> None:
    few = {"most": 2, "most_of_host": 1}
    assert await library.keep_listener(a_listener("l1"), NOW, **few)
    assert not await library.keep_listener(a_listener("l2"), NOW, **few)
    assert await library.keep_listener(a_listener("l3", host="b.example"), NOW, **few)
    assert not await library.keep_listener(a_listener("l4", host="c.example"), NOW, **few)
    assert await library.keep_listener(a_listener("l1"), NOW, **few)  # a renewal
    await library.end_listener("l1")
    assert await library.keep_listener(a_listener("l2"), NOW, **few)
    assert await names(library) == {"l2", "l3"}


async def test_lapsed_listeners_end(library: Library) -> None:
    for number in range(5):
        until = NOW + number * HOUR
        await library.keep_listener(a_listener(f"l{number}", until=until), NOW, **MANY)
    await library.keep_listener(a_listener("hub", until=None, hub=True), NOW, **MANY)
    assert await library.end_lapsed(NOW - MINUTE, 10) == 0
    assert await library.end_lapsed(NOW + 3 * HOUR, 2) == 2
    assert await library.end_lapsed(NOW + 3 * HOUR, 10) == 2
    assert await library.end_lapsed(NOW + 3 * HOUR, 10) == 0
    assert await names(library) == {"l4", "hub"}
    assert await library.announce({"world.rss": "d1"}, NOW) == 2


async def test_a_change_is_told_once(library: Library) -> None:
    await library.keep_listener(a_listener(), NOW, **MANY)
    await library.keep_listener(a_listener("other", "sea.rss"), NOW, **MANY)
    assert await library.listened_to(["world.rss", "world.atom"]) == {"world.rss"}
    assert await library.claim_tellings(NOW, 10, MINUTE) == []
    assert await library.announce({"world.rss": "d1", "world.atom": "d2"}, NOW) == 1
    assert await library.announce({"world.rss": "d1", "world.atom": "d2"}, NOW) == 0
    (one,) = await library.claim_tellings(NOW, 10, MINUTE)
    assert (one.listener, one.hearing, one.announced) == (a_listener(), Hearing(), "d1")
    assert await library.claim_tellings(NOW, 10, MINUTE) == []
    heard = Hearing(heard="d1", last=NOW)
    await library.finish_telling(one, heard, None, NOW)
    assert await library.claim_tellings(NOW + HOUR, 10, MINUTE) == []
    assert (a_listener(), heard) in await library.listeners()


async def test_a_telling_cut_off_comes_again(library: Library) -> None:
    await library.keep_listener(a_listener(), NOW, **MANY)
    await library.announce({"world.rss": "d1"}, NOW)
    assert await library.claim_tellings(NOW, 10, MINUTE)
    assert await library.claim_tellings(NOW + MINUTE, 10, MINUTE)
    await library.abandon(NOW + 2 * MINUTE)
    assert await library.claim_tellings(NOW + 2 * MINUTE, 10, MINUTE)


async def test_what_changed_while_it_was_told_is_told_too(library: Library) -> None:
    await library.keep_listener(a_listener(), NOW, **MANY)
    await library.announce({"world.rss": "d1"}, NOW)
    (one,) = await library.claim_tellings(NOW, 10, MINUTE)
    await library.announce({"world.rss": "d2"}, NOW)
    assert await library.claim_tellings(NOW, 10, MINUTE) == []
    await library.finish_telling(one, Hearing(heard="d1"), None, NOW)
    (again,) = await library.claim_tellings(NOW, 10, MINUTE)
    assert (again.announced, again.hearing.heard) == ("d2", "d1")


async def test_a_retry_waits_its_time_and_tells_the_newest(library: Library) -> None:
    await library.keep_listener(a_listener(), NOW, **MANY)
    await library.announce({"world.rss": "d1"}, NOW)
    (one,) = await library.claim_tellings(NOW, 10, MINUTE)
    await library.finish_telling(one, Hearing(failures=1, trouble="500"), NOW + HOUR, NOW)
    await library.announce({"world.rss": "d2"}, NOW)
    assert await library.claim_tellings(NOW + HOUR - MINUTE, 10, MINUTE) == []
    (again,) = await library.claim_tellings(NOW + HOUR, 10, MINUTE)
    assert (again.announced, again.hearing.failures) == ("d2", 1)


async def test_a_renewal_ends_the_wait_for_a_retry(library: Library) -> None:
    await library.keep_listener(a_listener(), NOW, **MANY)
    await library.announce({"world.rss": "d1"}, NOW)
    (one,) = await library.claim_tellings(NOW, 10, MINUTE)
    await library.finish_telling(one, Hearing(failures=1), NOW + HOUR, NOW)
    await library.keep_listener(a_listener(until=NOW + 5 * HOUR), NOW + MINUTE, **MANY)
    (again,) = await library.claim_tellings(NOW + MINUTE, 10, MINUTE)
    assert again.listener.until == NOW + 5 * HOUR


async def test_who_was_ended_is_told_nothing_more(library: Library) -> None:
    await library.keep_listener(a_listener(), NOW, **MANY)
    await library.announce({"world.rss": "d1"}, NOW)
    (one,) = await library.claim_tellings(NOW, 10, MINUTE)
    await library.end_listener("l1")
    await library.finish_telling(one, Hearing(failures=1), NOW, NOW)
    assert await library.claim_tellings(NOW + HOUR, 10, MINUTE) == []
    await library.keep_listener(a_listener(), NOW, **MANY)
    assert await library.listeners() == [(a_listener(), Hearing())]


async def test_those_due_first_are_claimed_first(library: Library) -> None:
    for name, document in (("l1", "a.rss"), ("l2", "b.rss"), ("l3", "c.rss")):
        await library.keep_listener(a_listener(name, document), NOW, **MANY)
    await library.announce({"b.rss": "d"}, NOW)
    await library.announce({"a.rss": "d", "c.rss": "d"}, NOW + MINUTE)
    later = NOW + 2 * MINUTE
    assert [one.listener.id for one in await library.claim_tellings(later, 1, MINUTE)] == ["l2"]
    assert len(await library.claim_tellings(later, 5, MINUTE)) == 2


async def test_requests_wait_until_they_are_seen_to(library: Library) -> None:
    assert await library.add_request(a_request("r1"), NOW, 2)
    assert await library.add_request(a_request("r2"), NOW + MINUTE, 2)
    assert not await library.add_request(a_request("r3"), NOW, 2)
    assert await library.claim_requests(NOW, 10, MINUTE) == [a_request("r1")]
    assert await library.claim_requests(NOW, 10, MINUTE) == []
    again = replace(a_request("r1"), tries=1)
    assert await library.add_request(again, NOW + HOUR, 2)
    await library.drop_request("r2")
    await library.drop_request("r2")
    assert await library.claim_requests(NOW + HOUR, 10, MINUTE) == [again]
    await library.abandon(NOW + HOUR)
    assert await library.claim_requests(NOW + HOUR, 10, MINUTE) == [again]
