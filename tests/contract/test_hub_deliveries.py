"""What hubs deliver, over real HTTP: taken like a poll, or let go; never a way in for others."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from syndicator.deliveries import Delivery
from syndicator.errors import LibraryError
from syndicator.intake import LEASE
from syndicator.model.push import Agreement
from syndicator.model.source import PollBounds
from syndicator.reception import ROOM_EACH
from tests.builders import a_feed, an_item
from tests.contract.pushing import A, PushDesk, a_push_desk, news

HOUR = timedelta(hours=1)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[PushDesk]:
    bounds = PollBounds(min=timedelta(minutes=1), max=timedelta(days=4))
    async with a_push_desk(tmp_path, poll=bounds) as made:
        yield made


async def due(desk: PushDesk) -> timedelta:
    return (await desk.library.due_times())[A] - desk.street.clock.now()


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
async def test_what_is_pushed_is_taken_without_a_poll(desk: PushDesk, method: str) -> None:
    form = await desk.agree(1)
    polls = len(desk.street.server.seen)
    before = await due(desk)
    assert await desk.deliver(form, news(1, 2), method=method) == 202
    assert await desk.headlines() == ["Ferry 1 sails", "Ferry 2 sails"]
    assert len(desk.street.server.seen) == polls
    assert await due(desk) == before
    assert desk.counted("ok") == 1
    assert [(one.new, one.unchanged) for one in desk.judged] == [(1, 1)]


async def test_a_delivery_is_judged_as_a_document_of_its_source(desk: PushDesk) -> None:
    form = await desk.agree(1)
    await desk.deliver(form, news(2))
    (found,) = [
        one
        for one in await desk.library.articles(await desk.library.newest(limit=9))
        if one.guid == "g2"
    ]
    assert (found.source, found.publisher) == (A, "a")
    assert await desk.library.topics_of(found.id) == {"world"}
    changed = a_feed(
        an_item("Ferry 2 is late", "g2", body="<p>It sails at five, says the harbour.</p>")
    )
    await desk.deliver(form, changed)
    assert await desk.headlines() == ["Ferry 1 sails", "Ferry 2 is late"]


async def test_relative_links_mean_the_same_however_they_came(desk: PushDesk) -> None:
    away = f"<{desk.hub.url}>; rel=hub, <https://self.example/deep/feed>; rel=self"
    body = a_feed(an_item("Ferry 1 sails", "g1", link="one"))
    desk.serve(body, Link=away)
    await desk.poll()
    form = desk.hub.asked[-1]
    await desk.hub.verify(form)
    await desk.deliver(form, a_feed(an_item("Ferry 2 sails", "g2", link="two")))
    found = await desk.library.articles(await desk.library.newest(limit=9))
    assert {one.link for one in found} == {desk.street.at("/one"), desk.street.at("/two")}


async def test_the_next_poll_knows_what_was_pushed(desk: PushDesk) -> None:
    form = await desk.agree(1)
    await desk.deliver(form, news(2))
    desk.serve(news(2, 1))
    desk.forward(hours=1)
    result = await desk.poll()
    assert (result.new, result.revised, result.unchanged) == (0, 0, 2)


@pytest.mark.parametrize(
    "signature",
    ["", "sha256=" + "0" * 64, "sha1=", "md5=00", "sha256", "☃=1".encode().decode("latin-1")],
)
async def test_what_is_not_signed_is_answered_and_let_go(desk: PushDesk, signature: str) -> None:
    form = await desk.agree(1)
    assert await desk.deliver(form, news(1, 2), signature=signature) == 202
    assert await desk.headlines() == ["Ferry 1 sails"]
    assert desk.counted("unsigned") == 1
    assert (await desk.agreement()).delivered is None


async def test_another_agreements_secret_does_not_sign(desk: PushDesk) -> None:
    form = await desk.agree(1)
    assert await desk.deliver({**form, "hub.secret": "guess"}, news(1, 2)) == 202
    assert desk.counted("unsigned") == 1


async def test_nobody_delivers_without_an_agreement(desk: PushDesk) -> None:
    form = await desk.agree(1)
    strange = {**form, "hub.callback": f"{desk.public_url}/websub/{'x' * 32}"}
    assert await desk.deliver(strange, news(2)) == 410
    assert desk.counted("unknown") == 1


async def test_nobody_delivers_before_the_agreement_stands(desk: PushDesk) -> None:
    desk.serve(news(1))
    await desk.poll()
    assert await desk.deliver(desk.hub.asked[0], news(1, 2)) == 410
    assert await desk.headlines() == ["Ferry 1 sails"]


async def test_a_delivery_is_taken_once(desk: PushDesk) -> None:
    form = await desk.agree(1)
    old = news(2)
    await desk.deliver(form, old)
    newer = a_feed(
        an_item("Ferry 2 is late", "g2", body="<p>It sails at five, says the harbour.</p>")
    )
    await desk.deliver(form, newer)
    assert await desk.deliver(form, old) == 202
    assert "Ferry 2 is late" in await desk.headlines()
    assert desk.counted("repeated") == 1


async def test_a_replay_to_another_callback_is_not_signed(desk: PushDesk) -> None:
    desk.street.add("b", desk.url)
    form = await desk.agree(1)
    await desk.reception.polled(await desk.street.poll("b"))
    await desk.reception.tend()
    other = desk.hub.asked[-1]
    assert (await desk.hub.verify(other))[0] == 200
    mixed = {**form, "hub.callback": other["hub.callback"]}
    assert await desk.deliver(mixed, news(1, 2)) == 202
    assert desk.counted("unsigned") == 1


@pytest.mark.parametrize("announced", [True, False])
async def test_what_is_too_large_is_refused(desk: PushDesk, announced: bool) -> None:
    form = await desk.agree(1)
    size = desk.street.settings.desk.fetch.max_bytes + 1
    sent: Any = b" " * size

    async def piecemeal() -> AsyncIterator[bytes]:
        for _ in range(0, size, 1_000_000):
            yield b" " * 1_000_000

    body = sent if announced else piecemeal()
    try:
        async with desk.hub.client.post(form["hub.callback"], data=body) as reply:
            assert reply.status == 413
    except aiohttp.ClientConnectionError:
        assert not announced  # it hung up in the middle
    assert desk.counted("too-large") == 1


async def test_no_more_is_received_at_once_than_memory_bears(
    desk: PushDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("syndicator.web.callback.HELD", 300_000)
    form = await desk.agree(1)
    assert await desk.deliver(form, news(2) + b" " * 250_000) == 202
    assert await desk.deliver(form, b" " * 400_000) == 503
    assert desk.counted("crowded") == 1
    assert await desk.deliver(form, news(3) + b" " * 250_000) == 202  # the room is free again


async def test_what_comes_while_the_desk_closes_is_asked_for_at_the_next_start(
    desk: PushDesk,
) -> None:
    form = await desk.agree(1)
    await desk.reception.close(1)
    assert await desk.hub.deliver(form, news(2)) == 202
    assert await due(desk) == timedelta()


async def test_what_is_packed_is_not_unpacked(desk: PushDesk) -> None:
    form = await desk.agree(1)
    packed = gzip.compress(b" " * 50_000_000)
    assert await desk.deliver(form, packed, Content_Encoding="gzip") == 415
    assert desk.counted("coded") == 1


@pytest.mark.parametrize("body", [b"", b"ping", b"<html><p>not a feed</p></html>", b"{}"])
async def test_where_only_a_word_comes_the_source_is_asked(desk: PushDesk, body: bytes) -> None:
    form = await desk.agree(1)
    desk.forward(minutes=5)
    assert await desk.deliver(form, body) == 202
    assert await due(desk) == timedelta()
    assert desk.counted("hastened") == 1


async def test_words_alone_do_not_make_us_ask_twice_in_a_minute(desk: PushDesk) -> None:
    form = await desk.agree(1)
    desk.forward(seconds=10)
    await desk.deliver(form, b"ping")
    assert await due(desk) == timedelta(seconds=50)


async def test_while_the_source_is_polled_a_delivery_hastens_the_next(desk: PushDesk) -> None:
    form = await desk.agree(1)
    desk.forward(hours=1)
    desk.serve(news(1, 2))

    async def deliver() -> None:
        desk.reader.before = None
        assert await desk.hub.deliver(form, news(3)) == 202
        await desk.reception.idle()

    (claim,) = await desk.library.claim([A], desk.street.clock.now(), LEASE)
    await deliver()
    assert desk.counted("hastened") == 1
    assert "Ferry 3 sails" not in await desk.headlines()
    result = await desk.street.poller.poll(claim, desk.street.settings)
    assert result.new == 1
    assert await due(desk) == timedelta()
    found = (await desk.street.state()).pushed
    assert found is None or found.missed == 0  # it delivered while the poll ran


async def test_a_paused_source_takes_nothing(desk: PushDesk) -> None:
    form = await desk.agree(1)
    source = desk.street.settings.sources[A].model_copy(update={"paused": True})
    desk.street.settings = desk.street.settings.model_copy(update={"sources": {A: source}})
    await desk.deliver(form, news(2))
    assert await desk.headlines() == ["Ferry 1 sails"]
    assert desk.counted("refused") == 1


async def test_a_full_queue_has_the_source_asked(desk: PushDesk) -> None:
    form = await desk.agree(1)
    holding = asyncio.Event()
    desk.reader.before = holding.wait
    agreement = await desk.agreement()
    assert await desk.hub.deliver(form, news(9)) == 202
    for number in range(10, 12 + ROOM_EACH):
        assert await desk.reception.take(Delivery(agreement=agreement, body=news(number)))
    assert desk.counted("crowded") >= 2
    holding.set()
    await desk.reception.idle()
    assert len(await desk.headlines()) == 1 + ROOM_EACH
    assert await due(desk) == timedelta()


async def test_the_hub_is_answered_before_anything_is_read(desk: PushDesk) -> None:
    form = await desk.agree(1)
    holding = asyncio.Event()
    desk.reader.before = holding.wait
    assert await desk.hub.deliver(form, news(2)) == 202
    assert await desk.headlines() == ["Ferry 1 sails"]
    holding.set()
    await desk.reception.idle()
    assert await desk.headlines() == ["Ferry 1 sails", "Ferry 2 sails"]


async def test_without_a_store_hubs_are_asked_to_come_again(
    desk: PushDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = await desk.agree(1)

    async def away(_: str) -> Agreement | None:
        raise LibraryError("the store does not answer")

    monkeypatch.setattr(desk.library, "agreement", away)
    assert await desk.hub.deliver(form, news(2)) == 503
    assert (await desk.hub.verify(form))[0] == 503
    assert await desk.hub.deny(form) == 503


async def test_a_fault_in_one_delivery_does_not_end_the_next(desk: PushDesk) -> None:
    form = await desk.agree(1)

    async def stumble() -> None:
        desk.reader.before = None
        raise ZeroDivisionError

    desk.reader.before = stumble
    await desk.deliver(form, news(2))
    assert desk.counted("fault") == 1
    desk.forward(minutes=4)
    await desk.deliver(form, news(3))
    assert "Ferry 3 sails" in await desk.headlines()


PAST = tuple(range(-30, 0))  # an article a day for a month: a rhythm that is known


async def interval(desk: PushDesk) -> tuple[timedelta, str]:
    """Poll with nothing new; return how far ahead the next one is, and why."""
    result = await desk.poll()
    return desk.street.wait_of(result), result.why or ""


async def prove(desk: PushDesk, form: Mapping[str, str], *numbers: int) -> None:
    """Have each of these pushed first, an hour apart."""
    for number in numbers:
        desk.forward(hours=1)
        assert await desk.deliver(form, news(number)) == 202


async def test_a_source_served_by_push_is_polled_twelve_times_less(desk: PushDesk) -> None:
    form = await desk.agree(*PAST)
    await prove(desk, form, 2, 3)
    usual, why = await interval(desk)
    assert "push" not in why
    await prove(desk, form, 4)
    calm, why = await interval(desk)
    assert "push serves it, so 12 times less" in why
    assert usual * 9 < calm <= timedelta(days=4)
    score = (await desk.library.hub_scores())[desk.hub.url]
    assert (round(score.first), round(score.missed)) == (3, 0)


async def test_it_is_polled_as_ever_once_a_poll_finds_what_push_missed(desk: PushDesk) -> None:
    form = await desk.agree(*PAST)
    await prove(desk, form, 2, 3, 4)
    desk.forward(hours=1)
    calm, _ = await interval(desk)
    desk.serve(news(*PAST, 2, 3, 4, 5))
    desk.forward(hours=1)
    missed, why = await interval(desk)
    assert "push" not in why
    assert missed * 4 < calm
    state = await desk.street.state()
    assert state.pushed is not None
    assert (state.pushed.row, state.pushed.first, state.pushed.missed) == (0, 3, 1)
    assert round((await desk.library.hub_scores())[desk.hub.url].missed, 2) == 1


async def test_a_hub_moments_behind_a_poll_is_forgiven(desk: PushDesk) -> None:
    form = await desk.agree(*PAST)
    await prove(desk, form, 2, 3, 4)
    desk.serve(news(*PAST, 2, 3, 4, 5))
    desk.forward(hours=1)
    await desk.poll()
    desk.forward(minutes=2)
    await desk.deliver(form, news(5))
    state = await desk.street.state()
    assert state.pushed is not None
    assert (state.pushed.row, state.pushed.missed) == (3, 0)


async def test_poll_max_holds_however_well_push_serves(tmp_path: Path) -> None:
    bounds = PollBounds(min=timedelta(minutes=1), max=timedelta(hours=3))
    async with a_push_desk(tmp_path, poll=bounds) as desk:
        form = await desk.agree(*PAST)
        await prove(desk, form, 2, 3, 4)
        calm, _ = await interval(desk)
        assert timedelta(hours=2.5) < calm <= timedelta(hours=3)


async def test_when_the_agreement_ends_so_does_the_calm(desk: PushDesk) -> None:
    form = await desk.agree(*PAST)
    await prove(desk, form, 2, 3, 4)
    assert await desk.hub.deny(form) == 200
    desk.forward(hours=1)
    _, why = await interval(desk)
    assert "push" not in why


async def test_pushes_never_put_a_poll_off(desk: PushDesk) -> None:
    form = await desk.agree(1)
    desk.forward(hours=1)
    await desk.poll()
    appointed = (await desk.library.due_times())[A]
    for number in range(2, 12):
        desk.forward(minutes=3)
        await desk.deliver(form, news(number))
    assert (await desk.library.due_times())[A] == appointed


async def test_a_delivery_quiets_the_alarm_that_nothing_came(desk: PushDesk) -> None:
    source = desk.street.settings.sources[A]
    alarm = source.alarm.model_copy(update={"quiet": HOUR})
    changed = {A: source.model_copy(update={"alarm": alarm})}
    desk.street.settings = desk.street.settings.model_copy(update={"sources": changed})
    form = await desk.agree(1)
    desk.forward(hours=30)
    assert (await desk.poll()).alarms
    await desk.deliver(form, news(2))
    assert desk.judged[-1].news == ("a: it brings news again",)
    assert (await desk.street.state()).alarm is None


async def test_a_delivery_to_a_source_that_moved_is_not_taken_for_it(desk: PushDesk) -> None:
    await desk.agree(1)
    agreement = await desk.agreement()
    source = desk.street.settings.sources[A].model_copy(update={"url": desk.url + "2"})
    desk.street.settings = desk.street.settings.model_copy(update={"sources": {A: source}})
    await desk.reception.take(Delivery(agreement=agreement, body=news(2)))
    await desk.reception.idle()
    assert await desk.headlines() == ["Ferry 1 sails"]
    assert desk.counted("hastened") == 1
