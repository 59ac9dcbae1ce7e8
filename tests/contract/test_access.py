"""Sources that want credentials, and sources behind a proxy, over a real socket."""

from collections.abc import AsyncIterator
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from pydantic import ValidationError

from syndicator.adapters.fetcher import SourceFetcher
from syndicator.errors import FetchError
from syndicator.model.desk import FetchSettings, HostPace
from syndicator.model.ids import SourceId
from syndicator.model.source import Source, SourceState
from syndicator.ports import Fetched
from tests.builders import NOW
from tests.contract.upstream import Upstream, answer, redirect, upstream

BODY = b"<rss/>"


def a_fetcher(*allow: str) -> SourceFetcher:
    settings = FetchSettings(
        timeout=timedelta(seconds=5),
        allow_private=tuple(ip_network(one) for one in allow),
        per_host=HostPace(connections=8, interval=timedelta(0)),
    )
    return SourceFetcher(settings, contact=None, version="1")


@pytest.fixture
async def server() -> AsyncIterator[Upstream]:
    async with upstream() as this:
        yield this


@pytest.fixture
async def fetcher() -> AsyncIterator[SourceFetcher]:
    this = a_fetcher("127.0.0.1/32")
    yield this
    await this.close()


def a_source(url: str, **fields: Any) -> Source:
    return Source.model_validate({"url": url, **fields})


async def get(fetcher: SourceFetcher, source: Source) -> Fetched:
    state = SourceState(source=SourceId("s"), url=source.url)
    got = await fetcher.fetch(source, state, NOW)
    assert isinstance(got, Fetched)
    return got


async def fails(fetcher: SourceFetcher, source: Source) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await get(fetcher, source)
    return caught.value


@pytest.mark.parametrize(
    ("access", "sent"),
    [
        ({"basic": "ada:hush"}, {"authorization": "Basic YWRhOmh1c2g="}),
        ({"bearer": "hush"}, {"authorization": "Bearer hush"}),
        ({"cookie": "session=hush"}, {"cookie": "session=hush"}),
        ({"headers": {"X-Api-Key": "hush"}, "bearer": "b"}, {"x-api-key": "hush", "authorization": "Bearer b"}),
    ],
)  # fmt: skip
async def test_credentials_are_sent_as_the_source_wants_them(
    server: Upstream, fetcher: SourceFetcher, access: dict[str, Any], sent: dict[str, str]
) -> None:
    source = a_source(server.on("/f", answer(BODY)), access=access)
    assert (await get(fetcher, source)).documents[0].body == BODY
    assert sent.items() <= dict(server.seen[0].headers).items()
    assert "hush" not in repr(source)
    assert "hush" not in source.model_dump_json()


async def test_credentials_stay_with_their_origin(fetcher: SourceFetcher, server: Upstream) -> None:
    async with upstream() as other:
        own = server.on("/f", redirect("302 Found", server.url + "/g"))
        server.on("/g", redirect("302 Found", other.url + "/h"))
        other.on("/h", answer(BODY))
        access = {"bearer": "hush", "cookie": "a=hush", "headers": {"X-Key": "hush"}}
        await get(fetcher, a_source(own, access=access))
        assert [one.headers.get("authorization") for one in server.seen] == ["Bearer hush"] * 2
        assert "hush" not in str(dict(other.seen[0].headers))


async def test_a_refusal_names_no_secret(server: Upstream, fetcher: SourceFetcher) -> None:
    source = a_source(server.on("/f", answer(status="401 No")), access={"basic": "ada:hush"})
    error = await fails(fetcher, source)
    assert error.kind == "forbidden"
    assert "hush" not in str(error)


async def test_a_proxy_is_asked_for_its_source_alone(
    server: Upstream, fetcher: SourceFetcher
) -> None:
    server.replies["http://feeds.example/f"] = answer(BODY)
    proxy = server.url.replace("//", "//ada:hush@")
    got = await get(fetcher, a_source("http://feeds.example/f", proxy=proxy))
    assert (got.documents[0].body, got.documents[0].url) == (BODY, "http://feeds.example/f")
    assert server.seen[0].headers["proxy-authorization"].startswith("Basic ")
    await get(fetcher, a_source(server.on("/plain", answer(BODY))))
    assert server.seen[1].path == "/plain"
    assert "proxy-authorization" not in server.seen[1].headers


@pytest.mark.parametrize(
    "inside", ["127.0.0.1", "10.1.2.3", "[::1]", "localhost", "db.internal", "2130706433", "router"]
)
async def test_no_proxy_leads_inside(server: Upstream, inside: str) -> None:
    guarded = a_fetcher()
    error = await fails(guarded, a_source(f"http://{inside}/f", proxy=server.url))
    await guarded.close()
    assert error.kind == "private-address"
    assert server.seen == []


async def test_a_redirect_behind_a_proxy_is_guarded_too(server: Upstream) -> None:
    guarded = a_fetcher()
    server.replies["http://feeds.example/f"] = redirect("302 Found", "http://169.254.169.254/")
    error = await fails(guarded, a_source("http://feeds.example/f", proxy=server.url))
    await guarded.close()
    assert error.kind == "private-address"
    assert len(server.seen) == 1


async def test_a_dead_proxy_is_named_without_its_password(fetcher: SourceFetcher) -> None:
    source = a_source("http://feeds.example/f", proxy="http://ada:hush@127.0.0.1:9")
    error = await fails(fetcher, source)
    assert error.kind == "proxy"
    assert "hush" not in str(error)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"access": {"basic": "ada"}}, "write user:password"),
        ({"access": {"basic": "a:b", "bearer": "c"}}, "keep one"),
        ({"access": {"headers": {"Host": "x"}}}, "no header a source may set"),
        ({"access": {"headers": {"X Y": "x"}}}, "no header a source may set"),
        ({"access": {"bearer": "a\nb"}}, "holds what no header may"),
        ({"access": {"token": "x"}}, "Extra inputs"),
        ({"proxy": "proxy:3128"}, "an address such as"),
        ({"url": "file:x", "proxy": "http://p:1"}, "for http"),
    ],
)
def test_unsound_access_is_refused_without_repeating_it(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Source.model_validate({"url": "https://a.example/f", **fields})
