"""Subscribers over a real socket: tokens, refusals, conditions, kills and a dead store."""

import asyncio
import gzip
import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import redis.asyncio as aioredis
from aiohttp import web
from prometheus_client import CollectorRegistry

from syndicator.adapters.embedded_store import EmbeddedStore
from syndicator.adapters.file_publisher import FilePublisher
from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.adapters.redis_library import RedisLibrary
from syndicator.model.edition import Output
from syndicator.model.ids import LicenseId, SourceId, SubscriberId, TopicId
from syndicator.model.license import License
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.subscriber import Subscriber, hashed
from syndicator.model.topic import Audience, Topic
from syndicator.ports import Library
from syndicator.subscription import Subscriptions
from syndicator.web import Private, Tally, WebState, make_app
from tests.unit.parts import OPEN, WORLD, Bench, settings

A = SourceId("a")
COAST, INLAND = SubscriberId("coast"), SubscriberId("inland")
TOKENS = {COAST: "syn_coast-token", INLAND: "syn_inland-token"}
WIRE = TopicId("wire")
STRANGE = "syn_of-nobody"


async def nothing_wrong() -> list[str]:
    return []


class Desk:
    """A desk in one process whose library is stocked, and a client without habits."""

    def __init__(self, root: Path, library: Library) -> None:
        self.bench = Bench(root, library)
        plain = settings(root, "a")
        both = {
            WORLD: Topic(title="World", audience=Audience.SUBSCRIBERS),
            TopicId("open"): Topic(title="Open"),
            WIRE: Topic(title="Wire", audience=Audience.SUBSCRIBERS),
        }
        self.settings = plain.model_copy(update={"topics": both})
        self.subscribers(**{COAST: {"topics": ["world"]}, INLAND: {}})
        self.address = ""
        self.tally: Tally
        self.client: aiohttp.ClientSession

    def change(self, **fields: Any) -> None:
        self.settings = self.settings.model_copy(update=fields)

    def subscribers(self, **terms: dict[str, Any]) -> None:
        self.change(
            subscribers={
                SubscriberId(name): Subscriber.model_validate(
                    {"token": hashed(TOKENS[SubscriberId(name)], name.encode().ljust(16)), **one}
                )
                for name, one in terms.items()
            }
        )

    async def stock(self, *lines: str) -> None:
        self.bench.shelf.put(self.settings.sources[A].url, *lines)
        now = self.bench.clock.now()
        (claim,) = await self.bench.library.claim([A], now, timedelta(minutes=3))
        await self.bench.poller.poll(claim, self.settings)

    async def rule(self, kind: RulingKind) -> None:
        (first, *_) = await self.bench.library.newest(limit=9)
        now = self.bench.clock.now()
        await self.bench.library.rule(
            Ruling(article=first, kind=kind, at=now, by="ada", reason="It was wrong.")
        )

    async def ask(self, path: str, method: str = "GET", **headers: str) -> Any:
        """Return status, headers and raw body; ``If_None_Match`` names that header."""
        named = {"Accept-Encoding": "identity"}
        named |= {key.replace("_", "-"): value for key, value in headers.items()}
        async with self.client.request(
            method, self.address + path, headers=named, allow_redirects=False
        ) as answer:
            return answer.status, answer.headers, await answer.read()


def basic(user: str, password: str) -> str:
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


def path(name: SubscriberId = COAST, topic: str = "world", kind: str = "rss") -> str:
    return f"/s/{TOKENS[name]}/feeds/{topic}.{kind}"


async def serving(root: Path, library: Library) -> AsyncIterator[Desk]:
    one = Desk(root, library)
    await one.stock("g1|Ferry sails", "g2|Port opens")
    private = Private(Subscriptions(library, "test"), lambda: one.settings, one.bench.clock)
    one.tally = Tally(one.bench.clock)
    state = WebState(
        ready=nothing_wrong, registry=CollectorRegistry(), clock=one.bench.clock, tally=one.tally
    )
    runner = web.AppRunner(make_app(one.bench.feeds, state, private), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    one.address = f"http://{host}:{port}"
    async with aiohttp.ClientSession(auto_decompress=False) as one.client:
        yield one
    await runner.cleanup()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async for one in serving(tmp_path, MemoryLibrary()):
        yield one


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (path(), {}),
        (f"/s/feeds/world.rss?token={TOKENS[COAST]}", {}),
        ("/s/feeds/world.rss", {"Authorization": basic("anyone", TOKENS[COAST])}),
        ("/s/feeds/world.rss", {"Authorization": basic(TOKENS[COAST], "")}),
        (f"/feeds/world.rss?token={TOKENS[COAST]}", {}),
        ("/feeds/world.rss", {"Authorization": basic("", TOKENS[COAST])}),
    ],
)
async def test_a_token_is_taken_wherever_a_reader_can_put_it(
    desk: Desk, address: str, headers: dict[str, str]
) -> None:
    status, said, body = await desk.ask(address, **headers)
    assert status == 200
    assert b"Ferry sails" in body
    assert said["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert said["Cache-Control"] == "private, no-cache"
    assert said["Vary"] == "Authorization, Accept-Encoding"
    assert said["Referrer-Policy"] == "no-referrer"
    assert said["ETag"].startswith('"')
    assert "Access-Control-Allow-Origin" not in said


@pytest.mark.parametrize("kind", ["rss", "atom", "json", "html"])
async def test_every_format_is_there_and_names_no_token(desk: Desk, kind: str) -> None:
    address = path(kind=kind) if kind != "html" else path().removesuffix(".rss") + "/"
    status, _, body = await desk.ask(address)
    assert status == 200
    assert b"Ferry sails" in body
    assert TOKENS[COAST].encode() not in body
    if kind != "html":
        assert b"/s/feeds/world." in body
        json.loads(body) if kind == "json" else None


async def test_without_a_token_readers_are_asked_for_one(desk: Desk) -> None:
    for address in ("/s/feeds/world.rss", "/s/feeds/nope.rss", "/s/feeds/open.atom"):
        status, headers, _ = await desk.ask(address)
        assert (status, headers["WWW-Authenticate"]) == (
            401,
            'Basic realm="subscribers", charset="UTF-8"',
        )
    assert (await desk.ask("/feeds/world.rss"))[0] == 404  # nothing tells that it exists
    assert (await desk.ask("/feeds/nope.rss"))[0] == 404
    other = await desk.ask("/s/feeds/world.rss", Authorization=f"Bearer {TOKENS[COAST]}")
    assert other[0] == 401


async def test_a_bad_token_gets_the_same_answer_whatever_it_asks_for(desk: Desk) -> None:
    asked = [
        await desk.ask(f"{start}/{topic}.rss{query}", **headers)
        for topic in ("world", "wire", "open", "nope")
        for start, query, headers in (
            (f"/s/{STRANGE}/feeds", "", {}),
            (f"/s/{'x' * 4000}/feeds", "", {}),
            ("/s/feeds", f"?token={STRANGE}", {}),
            ("/s/feeds", "?token=", {}),
            ("/s/feeds", "", {"Authorization": basic("", STRANGE)}),
            ("/s/feeds", "", {"Authorization": "Basic ====="}),
            ("/s/feeds", "", {"Authorization": "Basic /////w=="}),
            ("/s/feeds", "", {"Authorization": "Basic"}),
        )
    ]
    terms: dict[str, Any] = {COAST: {"revoked": True}, INLAND: {"expires": date(2026, 1, 1)}}
    desk.subscribers(**terms)
    asked += [await desk.ask(path(name)) for name in TOKENS]
    assert {status for status, _, _ in asked} == {403}
    assert len({body for _, _, body in asked}) == 1
    assert {headers["Cache-Control"] for _, headers, _ in asked} == {"private, no-store"}


async def test_a_good_token_finds_nothing_where_it_may_not_read(desk: Desk) -> None:
    asked = [await desk.ask(path(topic=one)) for one in ("wire", "open", "nope")]
    assert {status for status, _, _ in asked} == {404}
    assert len({body for _, _, body in asked}) == 1
    assert (await desk.ask(path(INLAND, "wire")))[0] == 200


async def test_a_saved_revocation_is_heard_by_the_next_request(desk: Desk) -> None:
    _, headers, _ = await desk.ask(path())
    desk.subscribers(**{COAST: {"revoked": True}, INLAND: {}})
    assert (await desk.ask(path(), If_None_Match=headers["ETag"]))[0] == 403
    assert (await desk.ask(path(INLAND)))[0] == 200
    desk.subscribers(**{INLAND: {}})
    assert (await desk.ask(path()))[0] == 403


async def test_conditions_codings_and_head(desk: Desk) -> None:
    _, headers, body = await desk.ask(path())
    tag = headers["ETag"]
    status, again, none = await desk.ask(path(), If_None_Match=f"W/{tag}")
    assert (status, none) == (304, b"")
    assert {again[one] for one in ("ETag", "Cache-Control", "Vary")} == {
        tag, "private, no-cache", "Authorization, Accept-Encoding",
    }  # fmt: skip
    status, packed, squeezed = await desk.ask(path(), Accept_Encoding="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert (gzip.decompress(squeezed), packed["ETag"]) == (body, tag[:-1] + '-gzip"')
    status, head, none = await desk.ask(path(), "HEAD")
    assert (status, none, head["Content-Length"]) == (200, b"", str(len(body)))
    assert (await desk.ask(path(), If_Modified_Since=headers["Last-Modified"]))[0] == 304
    assert (await desk.ask(path(), "POST"))[0] == 405


async def test_a_change_is_new_even_to_those_who_compare_seconds(desk: Desk) -> None:
    _, headers, _ = await desk.ask(path())
    await desk.rule(RulingKind.KILL)
    asked = await desk.ask(path(), If_Modified_Since=headers["Last-Modified"])
    assert asked[0] == 200


async def test_nothing_is_composed_twice_for_polls_that_bring_nothing(desk: Desk) -> None:
    first = await desk.ask(path())
    articles = desk.bench.library.articles
    asked: list[object] = []

    async def counted(*args: Any, **more: Any) -> Any:
        asked.append(args)
        return await articles(*args, **more)

    desk.bench.library.articles = counted  # type: ignore[method-assign]
    again = [await desk.ask(path(kind=kind)) for kind in ("rss", "atom", "json")]
    assert again[0][2] == first[2]
    assert asked == []
    await asyncio.gather(*(desk.ask(path(INLAND)) for _ in range(9)))
    assert len(asked) == 1


async def test_too_many_requests_are_told_when_to_come_back(desk: Desk) -> None:
    desk.subscribers(**{COAST: {"rate": 2}, INLAND: {}})
    assert [(await desk.ask(path()))[0] for _ in range(2)] == [200, 200]
    desk.bench.clock.forward(seconds=10)
    status, headers, _ = await desk.ask(path())
    assert (status, headers["Retry-After"]) == (429, "50")
    assert (await desk.ask(path(INLAND)))[0] == 200
    desk.bench.clock.forward(seconds=50)
    assert (await desk.ask(path()))[0] == 200


async def test_a_kill_a_hold_and_a_restore_are_seen_by_the_next_poll(desk: Desk) -> None:
    (first, *_) = await desk.bench.library.articles(await desk.bench.library.newest(limit=9))
    title = first.headline.encode()
    assert title in (await desk.ask(path(kind="atom")))[2]
    await desk.rule(RulingKind.KILL)
    body = (await desk.ask(path(kind="atom")))[2]
    assert title not in body
    assert b"deleted-entry" in body
    assert b"deleted-entry" not in (await desk.ask(path(INLAND, kind="atom")))[2]  # never had it
    await desk.rule(RulingKind.RESTORE)
    assert title in (await desk.ask(path(kind="atom")))[2]


async def test_what_ends_by_the_clock_is_gone_at_its_moment(desk: Desk) -> None:
    hour = {OPEN: License.model_validate({"text": "full", "expires": "1h"})}
    desk.change(licenses=hour)
    assert b"Ferry sails" in (await desk.ask(path()))[2]
    desk.bench.clock.forward(hours=1)
    assert b"Ferry sails" not in (await desk.ask(path()))[2]


async def test_each_gets_what_its_terms_allow(desk: Desk) -> None:
    limited = {
        OPEN: License.model_validate({"text": "full", "territories": {"allow": ["AU"]}}),
        LicenseId("other"): License(),
    }
    desk.change(licenses=limited)
    cases: list[tuple[dict[str, Any], bool]] = [
        ({"territories": ["AU"]}, True),
        ({"territories": ["AU", "NZ"]}, False),
        ({}, False),
        ({"territories": ["AU"], "licenses": ["other"]}, False),
        ({"territories": ["AU"], "licenses": ["open", "other"]}, True),
    ]
    for terms, there in cases:
        desk.subscribers(**{COAST: terms})
        assert (b"Ferry sails" in (await desk.ask(path()))[2]) == there, terms
    desk.subscribers(**{COAST: {"territories": ["AU"], "forms": "headline"}})
    (item,) = [
        one for one in json.loads((await desk.ask(path(kind="json")))[2])["items"]
        if one["title"] == "Ferry sails"
    ]  # fmt: skip
    assert "content_html" not in item


async def test_the_ledger_says_who_was_given_what(desk: Desk) -> None:
    await desk.ask(path())
    desk.subscribers(**{COAST: {"forms": "headline"}, INLAND: {}})
    await desk.ask(path())
    lines = [one async for one in desk.bench.library.publications()]
    assert {one.topic for one in lines} == {"world@coast"}
    assert sorted((one.form, one.until is None) for one in lines) == [
        ("full", False), ("full", False), ("full", True), ("full", True),
        ("headline", True), ("headline", True),
    ]  # fmt: skip


async def test_public_feeds_never_need_the_library(desk: Desk) -> None:
    FilePublisher(desk.bench.feeds).publish(
        [Output(path=f"{one}.rss", media_type="x/y", body=b"<rss/>") for one in ("open", "world")]
    )
    status, headers, _ = await desk.ask("/feeds/open.rss", Authorization=basic("", STRANGE))
    assert (status, headers["Cache-Control"]) == (200, "public, max-age=60, s-maxage=2")
    # A file left from when the topic was public is not served in the seconds until it is gone.
    assert (await desk.ask("/feeds/world.rss"))[0] == 404


async def test_no_token_in_logs_or_metrics(
    desk: Desk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    for name in (COAST, INLAND):
        await desk.ask(path(name))
    for address in (
        f"/s/{STRANGE}/feeds/world.rss", f"/s/{STRANGE}", f"/{STRANGE}",
        f"/s/feeds/world.rss?token={STRANGE}", f"/s/{STRANGE}/feeds/world.exe",
    ):  # fmt: skip
        await desk.ask(address)
    _, _, metrics = await desk.ask("/metrics")
    assert b'syndicator_responses_total{kind="private",status="200"} 2.0' in metrics
    said = metrics.decode() + caplog.text + "".join(capfd.readouterr())
    assert not re.search("syn_|coast|inland", said)


async def test_a_dead_store_is_bridged_for_a_minute(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store", server=None, exclusive=True)
    await store.open()
    library = RedisLibrary(aioredis.Redis.from_url(store.url), "test")
    async for desk in serving(tmp_path, library):
        limited = License.model_validate({"text": "full", "expires": "30s"})
        good = await desk.ask(path())
        await store.close()
        desk.bench.clock.forward(seconds=60)
        assert (await desk.ask(path()))[::2] == (200, good[2])
        assert (await desk.ask(path(INLAND)))[0] == 503  # never composed
        desk.bench.clock.forward(seconds=1)
        status, headers, _ = await desk.ask(path())
        assert (status, headers["Retry-After"]) == (503, "60")
        assert (await desk.ask(f"/s/{STRANGE}/feeds/world.rss"))[0] == 403
        await store.open()
        desk.bench.clock.forward(seconds=2)
        assert (await desk.ask(path()))[::2] == (200, good[2])
        desk.change(licenses={OPEN: limited})
        assert b"Ferry" not in (await desk.ask(path()))[2]
        await store.close()
        desk.change(licenses={OPEN: License(text="full")})
        assert (await desk.ask(path()))[0] == 503  # what was made under other rules is not given
    await library.close()
    await store.close()


async def test_what_a_subscriber_fetches_is_counted_as_its_own(desk: Desk) -> None:
    _, headers, _ = await desk.ask(path())
    assert (await desk.ask(path(), If_None_Match=headers["ETag"]))[0] == 304
    assert (await desk.ask(path(), "HEAD"))[0] == 200
    assert (await desk.ask("/s/feeds/world.rss"))[0] == 401
    assert (await desk.ask(path(INLAND, "world", "json")))[0] == 200
    hour = desk.bench.clock.now().replace(minute=0)
    assert desk.tally.take() == {hour: {"world@coast": 1, "world@inland": 1}}
    assert desk.tally.take() == {}


async def test_whoever_tries_tokens_is_told_to_wait_and_readers_are_not(desk: Desk) -> None:
    for n in range(60):
        assert (await desk.ask(f"/s/{STRANGE}{n}/feeds/world.rss"))[0] == 403
    status, headers, _ = await desk.ask(f"/s/{STRANGE}/feeds/world.rss")
    assert (status, headers["Retry-After"]) == (429, "60")
    assert (await desk.ask(path()))[0] == 200
    desk.bench.clock.forward(seconds=61)
    assert (await desk.ask(f"/s/{STRANGE}/feeds/world.rss"))[0] == 403
