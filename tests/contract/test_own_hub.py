"""The desk as a hub (WebSub §5 and §7): asked, verified, delivering, over real HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from syndicator.model.topic import Audience
from syndicator.ports import Library
from syndicator.push import is_signed
from tests.builders import NOW
from tests.contract.hub import a_hub
from tests.contract.listening import MEMBERS, WORLD, Ear, HubDesk, a_hub_desk, an_ear

OLD, NEWS, NEWER = b"<rss>old</rss>", b"<rss>news</rss>", b"<rss>newer</rss>"


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    async with an_ear() as one:
        yield one


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[HubDesk]:
    async with a_hub_desk(tmp_path) as one:
        yield one


async def test_who_asks_is_verified_and_gets_what_changes(
    tmp_path: Path, library: Library, ear: Ear
) -> None:
    async with a_hub_desk(tmp_path, library) as desk:
        await desk.publish(OLD)
        assert await desk.post(f"{ear.url}?id=7", secret="s3cret", lease_seconds="7200") == (
            202,
            "taken; the callback is asked next",
        )
        assert await desk.listening() == []
        (seen,) = await desk.see_to()
        assert (seen.mode, seen.outcome, seen.document) == ("subscribe", "verified", "world.rss")
        (asked,) = ear.asked
        challenge = asked.pop("hub.challenge")
        assert len(challenge) > 20
        assert asked == {
            "id": "7",
            "hub.mode": "subscribe",
            "hub.topic": desk.topic(),
            "hub.lease_seconds": "7200",
        }
        ((listener, _),) = await desk.listening()
        assert listener.until == NOW + timedelta(hours=2)
        assert await desk.tell() == []  # what it can fetch is no news
        assert await desk.publish(NEWS) == 1
        (told,) = await desk.tell()
        assert (told.outcome, told.size) == ("ok", len(NEWS))
        (got,) = ear.got
        assert got.body == NEWS
        assert got.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
        assert got.headers["Link"] == desk.links()
        assert is_signed("s3cret", got.headers["X-Hub-Signature"], NEWS)
        assert await desk.publish(NEWS) == 0
        assert await desk.tell() == []


async def test_without_a_secret_nothing_is_signed(desk: HubDesk, ear: Ear) -> None:
    await desk.listen(ear)
    await desk.publish(NEWS)
    await desk.tell()
    assert "X-Hub-Signature" not in ear.got[0].headers


async def test_only_the_document_that_was_asked_for_is_told(desk: HubDesk, ear: Ear) -> None:
    await desk.listen(ear, topic=desk.topic("world.json"))
    await desk.publish(NEWS, "world.rss", "sea.json")
    assert await desk.tell() == []
    await desk.publish(NEWS, "world.json")
    await desk.tell()
    assert ear.got[0].headers["Content-Type"] == "application/feed+json"


async def test_what_was_not_meant_changes_nothing(desk: HubDesk, ear: Ear) -> None:
    ear.meant = False
    assert (await desk.post(ear.url))[0] == 202
    assert [one.outcome for one in await desk.see_to()] == ["refused"]
    assert await desk.listening() == []
    ear.meant, ear.reply = True, "something else"
    await desk.post(ear.url)
    assert [one.outcome for one in await desk.see_to()] == ["refused"]
    assert await desk.see_to() == []


async def test_a_forged_request_ends_no_subscription_and_changes_no_secret(
    desk: HubDesk, ear: Ear
) -> None:
    await desk.listen(ear, secret="mine")
    before = await desk.listening()
    ear.meant = False
    assert (await desk.post(ear.url, mode="unsubscribe"))[0] == 202
    assert (await desk.post(ear.url, secret="theirs", lease_seconds="3600"))[0] == 202
    assert [one.outcome for one in await desk.see_to()] == ["refused", "refused"]
    assert await desk.listening() == before


async def test_who_leaves_is_asked_and_gets_nothing_more(desk: HubDesk, ear: Ear) -> None:
    await desk.listen(ear)
    await desk.post(ear.url, mode="unsubscribe")
    assert [one.outcome for one in await desk.see_to()] == ["verified"]
    assert ear.asked[-1]["hub.mode"] == "unsubscribe"
    assert "hub.lease_seconds" not in ear.asked[-1]
    await desk.publish(NEWS)
    assert await desk.tell() == []


async def test_a_renewal_takes_the_place_of_what_was(desk: HubDesk, ear: Ear) -> None:
    await desk.listen(ear, secret="old", lease_seconds="3600")
    desk.forward(minutes=50)
    await desk.listen(ear, secret="new", lease_seconds="3600")
    desk.forward(minutes=50)
    await desk.listeners.end_lapsed()
    await desk.publish(NEWS)
    await desk.tell()
    (got,) = ear.got
    assert is_signed("new", got.headers["X-Hub-Signature"], NEWS)


async def test_a_lease_ends(desk: HubDesk, ear: Ear) -> None:
    await desk.listen(ear, lease_seconds="3600")
    await desk.publish(NEWS)
    desk.forward(hours=1)
    assert [one.outcome for one in await desk.tell()] == ["lapsed"]
    assert await desk.listening() == []
    assert ear.got == []
    await desk.listen(ear, lease_seconds="3600")
    desk.forward(hours=1)
    assert await desk.listeners.end_lapsed() == 0


@pytest.mark.parametrize("document", ["members.rss", "nothing.rss"])
async def test_what_is_not_public_is_denied_like_what_is_not_there(
    desk: HubDesk, ear: Ear, document: str
) -> None:
    assert (await desk.post(ear.url, topic=desk.topic(document)))[0] == 202
    assert [one.outcome for one in await desk.see_to()] == ["told"]
    assert ear.asked == [
        {
            "hub.mode": "denied",
            "hub.topic": desk.topic(document),
            "hub.reason": "there is no public feed at this address",
        }
    ]
    assert await desk.listening() == []


@pytest.mark.parametrize("audience", [None, Audience.SUBSCRIBERS])
async def test_a_topic_that_is_public_no_more_ends_what_was_agreed(
    desk: HubDesk, ear: Ear, audience: Audience | None
) -> None:
    await desk.listen(ear)
    await desk.publish(NEWS)
    desk.close_topic(WORLD, audience)
    assert [one.outcome for one in await desk.tell()] == ["closed"]
    await desk.listeners.settle()
    assert await desk.listening() == []
    assert [one.outcome for one in await desk.see_to()] == ["told"]
    assert ear.asked[-1] == {
        "hub.mode": "denied",
        "hub.topic": desk.topic(),
        "hub.reason": "this feed is not public any more",
    }
    assert ear.got == []


async def test_a_topic_closed_between_asking_and_verifying_is_denied(
    desk: HubDesk, ear: Ear
) -> None:
    await desk.post(ear.url)
    desk.close_topic(WORLD)
    assert [(one.mode, one.outcome) for one in await desk.see_to()] == [("denied", "told")]
    assert await desk.listening() == []


async def test_410_ends_it(desk: HubDesk, ear: Ear) -> None:
    await desk.listen(ear)
    ear.answer = 410
    await desk.publish(NEWS)
    assert [one.outcome for one in await desk.tell()] == ["gone"]
    assert await desk.listening() == []


@pytest.mark.parametrize("answer", [500, 404, 302, 307])
async def test_what_failed_is_tried_again_with_the_newest(
    tmp_path: Path, library: Library, ear: Ear, answer: int
) -> None:
    async with a_hub_desk(tmp_path, library) as desk:
        await desk.listen(ear)
        ear.answer, ear.headers = answer, {"Location": ear.url}
        await desk.publish(NEWS)
        (told,) = await desk.tell()
        assert (told.outcome, told.failures) == ("failed", 1)
        assert f"it answered {answer}" in (told.error or "")
        assert len(ear.got) == 1  # no redirect is followed
        await desk.publish(NEWER)
        assert await desk.tell() == []
        desk.restart()
        ear.answer = 200
        desk.forward(minutes=3)
        assert [one.outcome for one in await desk.tell()] == ["ok"]
        assert [one.body for one in ear.got] == [NEWS, NEWER]
        ((_, hearing),) = await desk.listening()
        assert (hearing.failures, hearing.trouble) == (0, None)
        desk.forward(days=1)
        assert await desk.tell() == []


async def test_nobody_at_the_callback_is_a_failure_and_names_no_path(desk: HubDesk) -> None:
    async with an_ear() as other:
        await desk.listen(other)
    await desk.publish(NEWS)
    (told,) = await desk.tell()
    assert told.outcome == "failed"
    assert "cannot connect to 127.0.0.1" in (told.error or "")
    assert "/cb" not in (told.error or "")


async def test_a_callback_that_gives_no_answer_is_asked_three_times(desk: HubDesk) -> None:
    async with an_ear() as gone:
        pass
    await desk.post(gone.url)
    outcomes = []
    for _ in range(5):
        outcomes += [one.outcome for one in await desk.see_to()]
        desk.forward(minutes=5)
    assert outcomes == ["again", "again", "silent"]


async def test_what_was_written_and_not_announced_is_announced_later(
    desk: HubDesk, ear: Ear
) -> None:
    await desk.publish(OLD)
    await desk.listen(ear)
    announcer = desk.announcer
    desk.announcer = type(announcer)(desk.library, desk.documents, desk.clock)
    desk.settings.desk.feeds.joinpath("world.rss").write_bytes(NEWS)  # and there it died
    assert await desk.tell() == []
    assert await desk.announcer.released(WORLD, desk.settings) == 1
    assert [one.outcome for one in await desk.tell()] == ["ok"]


async def test_no_document_leaves_that_is_not_the_announced_one(desk: HubDesk, ear: Ear) -> None:
    await desk.listen(ear)
    await desk.publish(NEWS)
    file = desk.settings.desk.feeds / "world.rss"
    file.write_bytes(NEWER + b" ")
    assert [one.outcome for one in await desk.tell()] == ["early"]
    assert await desk.tell() == []
    await desk.announcer.released(WORLD, desk.settings)
    desk.forward(seconds=0.25)
    assert [one.outcome for one in await desk.tell()] == ["ok"]
    file.unlink()
    assert ear.got[0].body == NEWER + b" "


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"mode": "publish"}, 400, "hub.mode must be subscribe or unsubscribe"),
        ({"topic": "https://elsewhere.example/feed"}, 400, "hub.topic must be"),
        ({"callback": ""}, 400, "hub.callback must be"),
        ({"callback": "http://10.0.0.7/cb"}, 400, "hub.callback is not a public address"),
        ({"callback": "http://[::1]/cb"}, 400, "hub.callback is not a public address"),
        ({"callback": "http://169.254.169.254/x"}, 400, "hub.callback is not a public address"),
        ({"callback": "http://2130706433/cb"}, 400, "hub.callback is no usable address"),
        ({"secret": "s" * 200}, 400, "hub.secret must be shorter"),
        ({"lease_seconds": "soon"}, 400, "hub.lease_seconds must be"),
    ],
)
async def test_a_bad_request_is_told_in_one_line(
    desk: HubDesk, ear: Ear, form: dict[str, str], status: int, said: str
) -> None:
    found, text = await desk.post(**{"callback": ear.url, **form})
    assert (found, said in text) == (status, True), text
    assert await desk.see_to() == []


async def test_the_desk_does_not_listen_to_itself(desk: HubDesk) -> None:
    status, text = await desk.post(f"{desk.public_url}/websub/token")
    assert (status, text) == (400, "hub.callback leads to this desk itself")


async def test_a_name_that_leads_inside_is_never_called(
    desk: HubDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "syndicator.adapters.guard._look_up",
        lambda _host, port, _family: [(2, 1, 6, "", ("192.168.0.1", port))],
    )
    await desk.post("http://reader.example/cb")
    (seen,) = await desk.see_to()
    assert seen.outcome == "again"
    assert "192.168.0.1 is not a public address" in (seen.error or "")


async def test_what_is_no_form_is_refused(desk: HubDesk) -> None:
    url = f"{desk.public_url}/hub"
    async with desk.client.post(url, json={"hub.mode": "subscribe"}) as answer:
        assert answer.status == 415
    async with desk.client.post(url, data={"hub.mode": "x" * 20_000}) as answer:
        assert answer.status == 413
    bad = {"Content-Type": "application/x-www-form-urlencoded"}
    async with desk.client.post(url, data=b"hub.mode=%ff", headers=bad) as answer:
        assert answer.status == 400
    async with desk.client.get(url) as answer:
        assert answer.status == 200
        assert "WebSub hub" in await answer.text()


async def test_too_many_requests_are_told_to_wait(desk: HubDesk, ear: Ear) -> None:
    statuses = [(await desk.post(ear.url))[0] for _ in range(601)]
    assert statuses == [202] * 600 + [429]
    desk.forward(minutes=1)
    assert (await desk.post(ear.url))[0] == 202


async def test_other_hubs_are_told_that_there_is_news(tmp_path: Path, library: Library) -> None:
    async with a_hub() as hub, a_hub_desk(tmp_path, library, (hub.url,)) as desk:
        await desk.listeners.settle()
        assert await desk.publish(NEWS, "world.rss", "world.atom") == 2
        assert {one.outcome for one in await desk.tell()} == {"ok"}
        topics = [desk.topic("world.rss"), desk.topic("world.atom")]
        assert sorted(hub.asked, key=str) == sorted(
            ({"hub.mode": "publish", "hub.url": one, "hub.topic": one} for one in topics),
            key=str,
        )
        hub.answer = 503
        await desk.publish(NEWER)
        (told,) = await desk.tell()
        assert told.outcome == "failed"
        hub.answer = 204
        desk.forward(minutes=3)
        assert [one.outcome for one in await desk.tell()] == ["ok"]
        desk.close_topic(MEMBERS)
        await desk.listeners.settle()
        assert len(await desk.listening()) == 6
        desk.close_topic(WORLD)
        await desk.listeners.settle()
        assert {one.document for one, _ in await desk.listening()} == {
            "sea.rss", "sea.atom", "sea.json",
        }  # fmt: skip
        assert await desk.see_to() == []  # other hubs are told no denial
        async with desk.client.post(f"{desk.public_url}/hub", data={}) as answer:
            assert answer.status == 404


async def test_without_hubs_nothing_is_announced(tmp_path: Path) -> None:
    async with a_hub_desk(tmp_path, hub="off") as desk:
        assert await desk.publish(NEWS) == 0
        async with desk.client.post(f"{desk.public_url}/hub", data={}) as answer:
            assert answer.status == 404
