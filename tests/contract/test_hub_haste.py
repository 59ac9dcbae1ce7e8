"""Sources asked at once because a hub called: soon, and never as often as it likes."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from syndicator.deliveries import Deliveries
from syndicator.intake import LEASE
from tests.contract.pushing import A, PushDesk, a_push_desk, news

SECOND = timedelta(seconds=1)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[PushDesk]:
    async with a_push_desk(tmp_path) as made:
        yield made


async def due(desk: PushDesk) -> datetime:
    return (await desk.library.due_times())[A]


async def test_hubs_that_call_and_call_make_one_poll_a_minute(desk: PushDesk) -> None:
    await desk.agree(1)
    start = desk.street.clock.now()
    deliveries = Deliveries(
        fetcher=desk.street.fetcher,
        library=desk.library,
        reader=desk.reader,
        clock=desk.street.clock,
    )
    polled = []
    for _ in range(180):
        await deliveries.hasten(A)
        if await due(desk) <= desk.street.clock.now():
            polled.append(desk.street.clock.now() - start)
            await desk.street.poll("a")
        desk.forward(seconds=1)
    assert polled == [timedelta(), 60 * SECOND, 120 * SECOND]


async def test_a_word_does_not_put_off_a_poll_that_is_due_sooner(desk: PushDesk) -> None:
    form = await desk.agree(1)
    desk.forward(seconds=10)
    soon = desk.street.clock.now() + 5 * SECOND
    await desk.library.hasten(A, soon)
    await desk.deliver(form, b"ping")
    assert await due(desk) == soon


async def test_a_delivery_does_not_undo_a_haste_that_came_before_it(desk: PushDesk) -> None:
    form = await desk.agree(1)
    desk.forward(hours=1)
    (claim,) = await desk.library.claim([A], desk.street.clock.now(), LEASE)
    await desk.deliver(form, news(2))
    await desk.library.finish(claim, claim.state, desk.street.clock.now() + timedelta(hours=5))
    await desk.deliver(form, news(3))
    assert await desk.headlines() == ["Ferry 1 sails", "Ferry 3 sails"]
    assert await due(desk) == desk.street.clock.now()
    desk.serve(news(1, 2, 3))
    await desk.street.poll_when_due()
    assert "Ferry 2 sails" in await desk.headlines()


async def test_a_server_that_asks_to_wait_is_not_asked_for_a_hubs_word(desk: PushDesk) -> None:
    form = await desk.agree(1)
    desk.forward(hours=1)
    desk.serve(b"", status="429 Too Many Requests", Retry_After="7200")
    await desk.street.poll("a")
    asked = len(desk.street.server.seen)
    desk.forward(minutes=10)
    await desk.deliver(form, b"ping")
    assert (await desk.street.poll_when_due()).status == "waiting"
    assert len(desk.street.server.seen) == asked
