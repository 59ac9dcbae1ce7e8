"""What feeds say of hubs, over real HTTP, and what the desk makes of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.contract.hub import a_hub
from tests.contract.pushing import A, PushDesk, a_push_desk, news
from tests.contract.upstream import answer


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[PushDesk]:
    async with a_push_desk(tmp_path) as made:
        yield made


async def test_the_header_outweighs_the_document(desk: PushDesk) -> None:
    desk.serve(news(1, hub="https://other.example/", self_link="https://other.example/feed"))
    await desk.poll()
    assert [one["hub.topic"] for one in desk.hub.asked] == [desk.url]


async def test_the_document_names_the_hub_where_no_header_does(desk: PushDesk) -> None:
    desk.serve(news(1, hub=desk.hub.url, self_link="https://harbour.example/feed"), Link="")
    await desk.poll()
    assert [one["hub.topic"] for one in desk.hub.asked] == ["https://harbour.example/feed"]


async def test_a_json_feed_names_its_hub(desk: PushDesk) -> None:
    body = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "t", "feed_url": "%s", "items": [],'
        ' "hubs": [{"type": "rssCloud", "url": "https://no.example/"}, {"type": "WebSub", "url": "%s"}]}'
    )
    reply = answer((body % (desk.url, desk.hub.url)).encode(), Content_Type="application/feed+json")
    desk.street.server.on("/feed", reply)
    await desk.poll()
    assert [one["hub.topic"] for one in desk.hub.asked] == [desk.url]


async def test_another_hub_in_the_feed_is_another_agreement(desk: PushDesk) -> None:
    await desk.agree()
    async with a_hub() as second:
        desk.serve(news(1, 2), Link=f"<{second.url}>; rel=hub, <{desk.url}>; rel=self")
        desk.forward(hours=1)
        await desk.poll()
        await desk.reception.tend()
        assert desk.hub.asked[-1]["hub.mode"] == "unsubscribe"
        assert [one["hub.mode"] for one in second.asked] == ["subscribe"]


async def test_a_feed_that_names_no_hub_any_more_is_unsubscribed(desk: PushDesk) -> None:
    await desk.agree()
    desk.serve(news(1, 2), Link="")
    desk.forward(hours=1)
    await desk.poll()
    await desk.reception.tend()
    assert desk.hub.asked[-1]["hub.mode"] == "unsubscribe"
    assert await desk.library.agreement_of(A) is None


async def test_an_answer_without_a_document_does_not_end_an_agreement(desk: PushDesk) -> None:
    await desk.agree()
    desk.serve(news(1), Link="")
    desk.forward(hours=1)
    result = await desk.poll()
    assert result.status == "not-modified"
    assert (await desk.agreement()).until is not None
    assert len(desk.hub.asked) == 1


async def test_what_another_process_found_is_seen_within_the_hour(desk: PushDesk) -> None:
    desk.serve(news(1))
    await desk.reception.tend()
    await desk.street.poll("a")
    desk.forward(minutes=59)
    await desk.reception.tend()
    assert desk.hub.asked == []
    desk.forward(minutes=1)
    await desk.reception.tend()
    assert len(desk.hub.asked) == 1


async def test_without_a_public_url_polls_go_on_as_ever(desk: PushDesk) -> None:
    await desk.agree()
    off = desk.street.settings.desk.model_copy(update={"public_url": None})
    desk.street.settings = desk.street.settings.model_copy(update={"desk": off})
    desk.serve(news(1, 2))
    desk.forward(hours=1)
    assert (await desk.street.poll("a")).new == 1
    state = await desk.street.state()
    assert state.offer is not None
    assert state.pushed is None  # nothing was pushed, and nothing missed


async def test_a_source_that_was_removed_while_it_was_polled_is_not_subscribed(
    desk: PushDesk,
) -> None:
    desk.serve(news(1))
    result = await desk.street.poll("a")
    desk.street.settings = desk.street.settings.model_copy(update={"sources": {}})
    await desk.reception.polled(result)
    await desk.reception.tend()
    assert desk.hub.asked == []
    assert await desk.library.agreements() == []


@pytest.mark.parametrize("first", [True, False])
async def test_a_source_behind_a_proxy_is_never_pushed(desk: PushDesk, first: bool) -> None:
    if first:
        desk.serve(news(1))
        result = await desk.street.poll("a")
    else:
        await desk.agree()
    source = desk.street.settings.sources[A]
    hidden = source.model_copy(update={"proxy": SecretStr("http://proxy.example:3128")})
    desk.street.settings = desk.street.settings.model_copy(update={"sources": {A: hidden}})
    if first:
        await desk.reception.polled(result)
    desk.reception.look_round()
    await desk.reception.tend()
    assert [one["hub.mode"] for one in desk.hub.asked] == (
        [] if first else ["subscribe", "unsubscribe"]
    )
