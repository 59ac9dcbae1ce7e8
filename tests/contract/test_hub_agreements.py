"""Agreements with hubs over real HTTP: found, tested, asked for, verified, renewed, ended."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from syndicator.push import is_standing
from tests.contract.conftest import free_port
from tests.contract.hub import a_hub
from tests.contract.pushing import A, PushDesk, a_push_desk, news
from tests.contract.upstream import answer

DAY = timedelta(days=1)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[PushDesk]:
    async with a_push_desk(tmp_path) as made:
        yield made


async def stands(desk: PushDesk) -> bool:
    found = await desk.library.agreement_of(A)
    return found is not None and is_standing(found, desk.street.clock.now())


async def tend_when_due(desk: PushDesk, **span: float) -> None:
    """Let so much time pass, seeing to agreements every few minutes."""
    end = desk.street.clock.moment + timedelta(**span)
    while desk.street.clock.moment < end:
        desk.forward(minutes=5)
        await desk.reception.tend()


async def test_a_hub_is_asked_as_the_specification_says(desk: PushDesk) -> None:
    desk.serve(news(1))
    await desk.poll()
    (form,) = desk.hub.asked
    assert form["hub.mode"] == "subscribe"
    assert form["hub.topic"] == desk.url
    assert int(form["hub.lease_seconds"]) == 864_000
    assert 32 <= len(form["hub.secret"]) < 200
    place, _, token = form["hub.callback"].rpartition("/")
    assert place == f"{desk.public_url}/websub"
    assert len(token) >= 32
    assert token != form["hub.secret"]
    assert not await stands(desk)


async def test_each_source_has_a_callback_and_a_secret_of_its_own(desk: PushDesk) -> None:
    desk.street.add("b", desk.url)
    desk.serve(news(1))
    await desk.poll()
    await desk.reception.polled(await desk.street.poll("b"))
    await desk.reception.tend()
    one, two = desk.hub.asked
    assert one["hub.callback"] != two["hub.callback"]
    assert one["hub.secret"] != two["hub.secret"]


async def test_the_callback_is_tried_before_the_first_request(desk: PushDesk) -> None:
    desk.serve(news(1))
    await desk.poll()
    (call,) = desk.called
    assert call.startswith("GET /websub/test/")
    assert len(desk.hub.asked) == 1
    desk.street.add("b", desk.url)
    await desk.reception.polled(await desk.street.poll("b"))
    await desk.reception.tend()
    assert len(desk.hub.asked) == 2
    assert len(desk.called) == 1


async def test_who_cannot_be_reached_subscribes_to_nothing_and_says_so_once(desk: PushDesk) -> None:
    desk.start(f"http://127.0.0.1:{free_port()}")
    desk.serve(news(1))
    with capture_logs() as log:
        await desk.poll()
        await tend_when_due(desk, hours=6)
    assert desk.hub.asked == []
    told = [one["error"] for one in log if one["event"] == "trouble"]
    assert len(told) == 1
    assert "hubs cannot call this desk" in told[0]
    assert "public_url" in told[0]
    found = await desk.agreement()
    assert "callback is not reached" in (found.trouble or "")
    await desk.courier.close()


async def test_it_is_tried_again_later_and_later(desk: PushDesk) -> None:
    there = desk.street.server.on("/", answer(b"", status="404 Not Found")).rstrip("/")
    desk.start(there)
    desk.serve(news(1))
    tried = 0

    def count(line: str) -> None:
        nonlocal tried
        tried += "/websub/test/" in line
        desk.street.server.replies.setdefault(line.split(" ")[1], answer(b"hello"))

    desk.street.server.on_line = count
    await desk.poll()
    assert tried == 1
    await tend_when_due(desk, days=2)
    assert 4 <= tried <= 60
    assert desk.hub.asked == []
    assert "something else answers there" in ((await desk.agreement()).trouble or "")
    await desk.courier.close()


async def test_a_verified_agreement_stands(desk: PushDesk) -> None:
    await desk.agree()
    assert await stands(desk)
    found = await desk.agreement()
    assert found.until == desk.street.clock.now() + timedelta(days=10)


async def test_a_hub_may_verify_before_it_answers(desk: PushDesk) -> None:
    desk.hub.hasty = True
    desk.serve(news(1))
    await desk.poll()
    assert await stands(desk)


@pytest.mark.parametrize(
    "other",
    [
        {"topic": "https://victim.example/feed"},
        {"topic": None},
        {"mode": "unsubscribe"},
        {"mode": "publish"},
        {"mode": None},
        {"challenge": None},
        {"challenge": ""},
        {"challenge": "x" * 5000},
        {"lease_seconds": "5"},
    ],
)
async def test_a_challenge_for_what_nobody_asked_for_is_not_echoed(
    desk: PushDesk, other: Mapping[str, str | None]
) -> None:
    desk.serve(news(1))
    await desk.poll()
    status, text = await desk.hub.verify(desk.hub.asked[0], **other)
    assert status == 404
    assert "ch<b>" not in text
    assert not await stands(desk)


async def test_nobody_who_does_not_know_the_token_learns_anything(desk: PushDesk) -> None:
    form = await desk.agree()
    for wrong in ("x" * 32, form["hub.callback"].rpartition("/")[2][:-1], "short", "a%2Fb" * 8):
        strange = {**form, "hub.callback": f"{desk.public_url}/websub/{wrong}"}
        assert (await desk.hub.verify(strange))[0] == 404
        assert await desk.hub.deny(strange) == 404


async def test_a_standing_agreement_is_not_ended_by_a_challenge(desk: PushDesk) -> None:
    form = await desk.agree()
    assert (await desk.hub.verify(form, mode="unsubscribe"))[0] == 404
    assert await desk.hub.deny(form, topic="https://victim.example/feed") == 404
    assert await stands(desk)


async def test_a_denied_agreement_ends_and_is_asked_for_again_in_a_week(desk: PushDesk) -> None:
    form = await desk.agree()
    assert await desk.hub.deny(form) == 200
    assert not await stands(desk)
    assert (await desk.agreement()).trouble == "the hub denied it: members only"
    await tend_when_due(desk, days=6)
    assert len(desk.hub.asked) == 1
    await tend_when_due(desk, days=2)
    assert len(desk.hub.asked) == 2


async def test_where_one_hub_refuses_the_next_is_asked(desk: PushDesk) -> None:
    async with a_hub() as second:
        links = f'<{desk.hub.url}>; rel="hub", <{second.url}>; rel=hub'
        desk.serve(news(1), Link=links)
        await desk.poll()
        assert second.asked == []
        assert await desk.hub.deny(desk.hub.asked[0]) == 200
        await desk.reception.tend()
        (form,) = second.asked
        assert form["hub.callback"] != desk.hub.asked[0]["hub.callback"]
        assert (await second.verify(form))[0] == 200
        assert (await second.verify(desk.hub.asked[0]))[0] == 404
        assert (await desk.agreement()).hub == second.url


async def test_a_failing_hub_is_asked_less_and_less(desk: PushDesk) -> None:
    desk.hub.answer = 500
    desk.serve(news(1))
    await desk.poll()
    await tend_when_due(desk, days=3)
    assert 6 <= len(desk.hub.asked) <= 80
    assert "500" in ((await desk.agreement()).trouble or "")
    desk.hub.answer, desk.hub.hasty = 202, True
    await tend_when_due(desk, hours=13)
    assert await stands(desk)
    found = await desk.agreement()
    assert (found.failures, found.wait, found.trouble) == (0, 0, None)


async def test_a_hub_that_asks_to_wait_is_not_asked_before(desk: PushDesk) -> None:
    desk.hub.answer, desk.hub.headers = 503, {"Retry-After": "7200"}
    desk.serve(news(1))
    await desk.poll()
    await tend_when_due(desk, minutes=115)
    assert len(desk.hub.asked) == 1
    await tend_when_due(desk, minutes=15)
    assert len(desk.hub.asked) == 2


async def test_a_hub_that_never_verifies_has_failed(desk: PushDesk) -> None:
    desk.serve(news(1))
    await desk.poll()
    await tend_when_due(desk, minutes=10)
    assert (await desk.agreement()).trouble == "the hub did not verify the request in time"
    assert (await desk.hub.verify(desk.hub.asked[0]))[0] == 404
    await tend_when_due(desk, minutes=10)
    assert len(desk.hub.asked) == 2


@pytest.mark.parametrize("status", [307, 308])
async def test_a_hub_may_send_us_on(desk: PushDesk, status: int) -> None:
    async with a_hub() as other:
        desk.hub.answer, desk.hub.headers = status, {"Location": other.url}
        desk.serve(news(1))
        await desk.poll()
        (form,) = other.asked
        assert (await other.verify(form))[0] == 200
        assert await stands(desk)


@pytest.mark.parametrize(
    ("status", "target"),
    [
        (301, "/elsewhere"),
        (302, "/elsewhere"),
        (303, "/elsewhere"),
        (307, "file:///etc/passwd"),
        (307, "/"),
        (307, ""),
        (308, "http://127.0.0.2:9/"),
        (308, "http://[::ffff:10.0.0.1]/"),
    ],
)
async def test_a_hub_may_not_send_us_anywhere(desk: PushDesk, status: int, target: str) -> None:
    desk.hub.answer, desk.hub.headers = status, {"Location": target}
    desk.serve(news(1))
    await desk.poll()
    found = await desk.agreement()
    assert found.failures == 1
    assert found.trouble


@pytest.mark.parametrize("host", ["127.0.0.2", "169.254.169.254", "10.0.0.1", "[::1]"])
async def test_a_hub_inside_is_not_asked(desk: PushDesk, host: str) -> None:
    desk.serve(news(1), Link=f"<http://{host}:{free_port()}/>; rel=hub")
    await desk.poll()
    assert "is not a public address" in ((await desk.agreement()).trouble or "")


async def test_a_lease_is_renewed_before_it_ends(desk: PushDesk) -> None:
    desk.hub.lease, desk.hub.hasty = "7200", True
    desk.serve(news(1))
    await desk.poll()
    for _ in range(12 * 24):
        desk.forward(minutes=5)
        await desk.reception.tend()
        assert await stands(desk)
    assert 24 * 3600 / 7200 <= len(desk.hub.asked) <= 24
    assert len({one["hub.callback"] for one in desk.hub.asked}) == 1


async def test_what_has_stood_is_renewed_without_another_test(desk: PushDesk) -> None:
    desk.hub.lease, desk.hub.hasty = "86400", True
    desk.serve(news(1))
    await desk.poll()
    await tend_when_due(desk, days=5)
    assert len(desk.hub.asked) >= 5
    assert sum("/websub/test/" in one for one in desk.called) == 1


async def test_a_lease_the_hub_will_not_renew_ends(desk: PushDesk) -> None:
    await desk.agree()
    desk.hub.answer = 500
    await tend_when_due(desk, days=11)
    assert not await stands(desk)


@pytest.mark.parametrize("how", ["removed", "paused", "moved"])
async def test_a_source_that_goes_is_unsubscribed(desk: PushDesk, how: str) -> None:
    form = await desk.agree()
    settings, source = desk.street.settings, desk.street.settings.sources[A]
    changed = {
        "removed": {},
        "paused": {A: source.model_copy(update={"paused": True})},
        "moved": {A: source.model_copy(update={"url": "https://elsewhere.example/feed"})},
    }[how]
    desk.street.settings = settings.model_copy(update={"sources": changed})
    desk.reception.look_round()
    await desk.reception.tend()
    last = desk.hub.asked[-1]
    assert last["hub.mode"] == "unsubscribe"
    assert "hub.secret" not in last
    assert last["hub.callback"] == form["hub.callback"]
    assert (await desk.hub.verify(last, topic="https://victim.example/"))[0] == 404
    assert (await desk.hub.verify(last))[0] == 200
    await desk.reception.tend()
    assert await desk.library.agreements() == []
    assert await desk.hub.deliver(form, news(2)) == 410


async def test_a_hub_that_will_not_let_go_is_left_after_three_tries(desk: PushDesk) -> None:
    await desk.agree()
    desk.hub.answer = 500
    desk.street.settings = desk.street.settings.model_copy(update={"sources": {}})
    desk.reception.look_round()
    await tend_when_due(desk, days=2)
    assert [one["hub.mode"] for one in desk.hub.asked].count("unsubscribe") == 3
    assert await desk.library.agreements() == []


async def test_a_desk_that_moved_is_called_at_its_new_address(desk: PushDesk) -> None:
    await desk.agree()
    old = await desk.agreement()
    await desk.library.keep_agreement(
        replace(old, callback=old.callback.replace("127.0.0.1", "old.example")), None
    )
    desk.reception.look_round()
    await desk.reception.tend()
    modes = sorted(one["hub.mode"] for one in desk.hub.asked[1:])
    assert modes == ["subscribe", "unsubscribe"]
    assert (await desk.agreement()).callback.startswith(desk.public_url)


async def test_denials_and_requests_are_counted(desk: PushDesk) -> None:
    await desk.agree()
    asked = {"mode": "subscribe", "outcome": "ok"}
    assert desk.registry.get_sample_value("syndicator_push_requests_total", asked) == 1
