"""The web side over a real socket: conditions, codings, HEAD and errors (RFC 9110)."""

import gzip
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import zstandard
from aiohttp import web
from prometheus_client import CollectorRegistry

from syndicator.adapters.file_publisher import FilePublisher
from syndicator.model.desk import Desk as Named
from syndicator.model.desk import Settings
from syndicator.model.edition import Output
from syndicator.model.ids import TopicId
from syndicator.model.topic import Format, Topic
from syndicator.web import Tally, WebState, make_app
from tests.unit.parts import SetClock

VARY = "Accept, Sec-Fetch-Dest"
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "zstd": zstandard.ZstdDecompressor().decompress,
    "": bytes,
}
BODY = b"<rss>news</rss>" * 100
MODIFIED = 1_795_521_600  # 24 November 2026, 12:00 UTC
TYPES = {
    "/feeds/world.rss": "application/rss+xml; charset=utf-8",
    "/feeds/world.atom": "application/atom+xml; charset=utf-8",
    "/feeds/world.json": "application/feed+json",
    "/feeds/world/": "text/html; charset=utf-8",
    "/feeds/world/archive/12.atom": "application/atom+xml; charset=utf-8",
    "/feeds/world/archive/12.json": "application/feed+json",
    "/feeds/world/archive/12/": "text/html; charset=utf-8",
    "/topics.opml": "text/x-opml; charset=utf-8",
    "/": "text/html; charset=utf-8",
}
PATHS = [
    "world.rss",
    "world.atom",
    "world.json",
    "world/index.html",
    "world/archive/12.atom",
    "world/archive/12.json",
    "world/archive/12/index.html",
    "topics.opml",
    "index.html",
]


class Desk:
    """A serving desk: where it stands, what it finds wrong, and a client without habits."""

    def __init__(self, feeds: Path) -> None:
        self.feeds = feeds
        self.problems: list[str] = []
        self.clock = SetClock()
        self.clock.moment = datetime.fromtimestamp(MODIFIED, UTC) + timedelta(days=2)
        self.tally: Tally
        self.address = ""
        self.client: aiohttp.ClientSession

    async def ready(self) -> list[str]:
        return self.problems

    def publish(self, body: bytes = BODY) -> None:
        FilePublisher(self.feeds).publish(
            [Output(path=path, media_type="x/y", body=body) for path in PATHS]
        )
        for path in PATHS:
            os.utime(self.feeds / path, (MODIFIED, MODIFIED))

    async def ask(self, path: str, method: str = "GET", **headers: str) -> Any:
        """Return status, headers and raw body; ``If_None_Match`` names that header."""
        named = {"Accept-Encoding": "identity"}
        named |= {key.replace("_", "-"): value for key, value in headers.items()}
        async with self.client.request(
            method, self.address + path, headers=named, allow_redirects=False
        ) as answer:
            return answer.status, answer.headers, await answer.read()

    @asynccontextmanager
    async def served(self, app: web.Application) -> AsyncIterator[None]:
        """Serve an application, to be asked."""
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.address = f"http://{host}:{port}"
        async with aiohttp.ClientSession(auto_decompress=False) as self.client:
            yield
        await runner.cleanup()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    one = Desk(tmp_path / "feeds")
    one.tally = Tally(one.clock)
    state = WebState(
        ready=one.ready, registry=CollectorRegistry(), clock=one.clock, tally=one.tally
    )
    async with one.served(make_app(one.feeds, state)):
        yield one


@pytest.mark.parametrize(("path", "kind"), TYPES.items())
async def test_a_published_file_is_served_with_its_type(desk: Desk, path: str, kind: str) -> None:
    desk.publish()
    status, headers, body = await desk.ask(path)
    assert (status, body) == (200, BODY)
    assert headers["Content-Type"] == kind
    page = kind.startswith("text/html")
    shared = "public, no-cache" if page else "public, max-age=900, s-maxage=2"
    assert headers["Cache-Control"] == shared
    assert headers["Last-Modified"] == "Tue, 24 Nov 2026 12:00:00 GMT"
    assert headers["X-Content-Type-Options"] == "nosniff"
    feed = path.endswith((".rss", ".atom", ".json"))
    assert headers["Vary"] == (f"{VARY}, Accept-Encoding" if feed else "Accept-Encoding")
    assert headers["ETag"].startswith('"')
    assert ("Content-Security-Policy" in headers) == kind.startswith("text/html")


async def test_a_feed_names_its_hubs_and_itself(tmp_path: Path) -> None:
    one = Desk(tmp_path / "feeds")
    one.publish()
    state = WebState(
        one.ready, CollectorRegistry(), one.clock, links=lambda name: f"<{name}>; rel=self"
    )
    async with one.served(make_app(one.feeds, state)):
        for method, more in (("GET", {}), ("HEAD", {}), ("GET", {"If_None_Match": "*"})):
            status, headers, _ = await one.ask("/feeds/world.rss", method, **more)
            assert headers["Link"] == "<world.rss>; rel=self"
        assert status == 304
        for path in ("/feeds/world/", "/", "/topics.opml", "/feeds/none.rss"):
            assert "Link" not in (await one.ask(path))[1]


async def test_a_feed_before_its_first_release_is_awaited_not_gone(tmp_path: Path) -> None:
    one = Desk(tmp_path / "feeds")
    settings = Settings(
        root=tmp_path,
        config=tmp_path / "config",
        desk=Named(),
        sources={},
        licenses={},
        topics={TopicId("world"): Topic(title="World", formats=(Format.RSS,))},
    )
    state = WebState(one.ready, CollectorRegistry(), one.clock, settings=lambda: settings)
    async with one.served(make_app(one.feeds, state)):
        for path in ("/feeds/world.rss", "/feeds/world/"):
            status, headers, body = await one.ask(path)
            assert (status, headers["Retry-After"]) == (503, "5")
            assert b"is being made" in body
        for path in ("/feeds/world.json", "/feeds/none.rss", "/feeds/world/archive/1.rss"):
            assert (await one.ask(path))[0] == 404
        one.publish()
        assert (await one.ask("/feeds/world.rss"))[0] == 200


async def test_head_says_what_get_would(desk: Desk) -> None:
    desk.publish()
    _, get, _ = await desk.ask("/feeds/world.rss")
    status, head, body = await desk.ask("/feeds/world.rss", "HEAD")
    assert (status, body) == (200, b"")
    assert head["Content-Length"] == str(len(BODY))
    assert {key: head[key] for key in ("ETag", "Last-Modified", "Content-Type")} == {
        key: get[key] for key in ("ETag", "Last-Modified", "Content-Type")
    }


async def test_a_range_of_head_is_not_heard(desk: Desk) -> None:
    desk.publish()
    status, headers, body = await desk.ask("/feeds/world.rss", "HEAD", Range="bytes=0-3")
    assert (status, body, headers["Content-Length"]) == (200, b"", str(len(BODY)))
    assert "Content-Range" not in headers


async def test_a_change_within_the_second_is_seen_by_the_date(desk: Desk) -> None:
    publisher = FilePublisher(desk.feeds)
    for body in (BODY, BODY.replace(b"news", b"olds"), BODY):
        if (desk.feeds / "world.rss").is_file():
            since = (await desk.ask("/feeds/world.rss"))[1]["Last-Modified"]
        publisher.publish([Output(path="world.rss", media_type="x", body=body)])
    status, _, got = await desk.ask("/feeds/world.rss", If_Modified_Since=since)
    assert (status, got) == (200, BODY)


@pytest.mark.parametrize(
    "tags",
    [
        "{tag}",
        "W/{tag}",
        '"other", {tag}',
        '"other",W/{tag} , "more"',
        "*",
        "{gzip}",
        "W/{gzip}",
        "{zstd}",
    ],
)
async def test_a_known_etag_is_not_sent_again(desk: Desk, tags: str) -> None:
    desk.publish()
    _, headers, _ = await desk.ask("/feeds/world.rss")
    tag = headers["ETag"]
    given = tags.format(tag=tag, gzip=tag[:-1] + '-gzip"', zstd=tag[:-1] + '-zstd"')
    status, again, body = await desk.ask("/feeds/world.rss", If_None_Match=given)
    assert (status, body) == (304, b"")
    assert again["ETag"] == tag
    assert again["Cache-Control"] == "public, max-age=900, s-maxage=2"
    assert again["Vary"] == f"{VARY}, Accept-Encoding"


@pytest.mark.parametrize("tags", ['"other"', 'W/"other"', '""', "nonsense", ",,"])
async def test_another_etag_gets_the_feed(desk: Desk, tags: str) -> None:
    desk.publish()
    status, _, body = await desk.ask("/feeds/world.rss", If_None_Match=tags)
    assert (status, body) == (200, BODY)


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Tue, 24 Nov 2026 12:00:00 GMT", 304),
        ("Wed, 25 Nov 2026 12:00:00 GMT", 304),
        ("Tue, 24 Nov 2026 11:59:59 GMT", 200),
        ("yesterday", 200),
        ("Tue, 99 Nov 99999 12:00:00 GMT", 200),
    ],
)
async def test_if_modified_since(desk: Desk, since: str, status: int) -> None:
    desk.publish()
    assert (await desk.ask("/feeds/world.rss", If_Modified_Since=since))[0] == status


async def test_the_etag_outranks_the_date(desk: Desk) -> None:
    desk.publish()
    _, headers, _ = await desk.ask("/feeds/world.rss")
    late, early = "Wed, 25 Nov 2026 12:00:00 GMT", "Mon, 23 Nov 2026 12:00:00 GMT"
    asked = await desk.ask("/feeds/world.rss", If_None_Match='"x"', If_Modified_Since=late)
    assert asked[0] == 200
    known = await desk.ask(
        "/feeds/world.rss", If_None_Match=headers["ETag"], If_Modified_Since=early
    )
    assert known[0] == 304


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("br, GZIP;q=0.5", "gzip"),
        ("*", "zstd"),
        ("x-gzip", "gzip"),
        ("gzip; q=0.001", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0.4, gzip;q=0.5", "gzip"),
        ("zstd;q=0, gzip", "gzip"),
        ("gzip;q=0, *", "zstd"),
        ("gzip;q=0", ""),
        ("gzip; q = 0.0", ""),
        ("*;q=0", ""),
        ("br", ""),
        ("identity", ""),
        ("identity, gzip;q=0.5", ""),
        ("", ""),
        ("gzip;q=high", ""),
    ],
)
async def test_packed_as_the_client_likes_it_best(desk: Desk, accepted: str, coding: str) -> None:
    desk.publish()
    status, headers, body = await desk.ask("/feeds/world.rss", Accept_Encoding=accepted)
    assert status == 200
    assert headers.get("Content-Encoding", "") == coding
    assert headers["ETag"].endswith(f'-{coding}"' if coding else '"')
    assert UNPACK[coding](body) == BODY


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=10-", 206, 10, len(BODY)),
        ("bytes=-5", 206, len(BODY) - 5, len(BODY)),
        ("Bytes = 0-99999999", 206, 0, len(BODY)),
        ("bytes=99999999-", 416, 0, 0),
        ("bytes=-0", 416, 0, 0),
        ("bytes=9-3", 200, 0, len(BODY)),
        ("bytes=0-1,4-5", 200, 0, len(BODY)),
        ("lines=0-9", 200, 0, len(BODY)),
        ("bytes=-", 200, 0, len(BODY)),
    ],
)
async def test_a_range_of_bytes(desk: Desk, asked: str, status: int, start: int, end: int) -> None:
    desk.publish()
    got, headers, body = await desk.ask("/feeds/world.rss", Range=asked)
    assert (got, body) == (status, BODY[start:end])
    assert headers["Accept-Ranges"] == "bytes"
    size = len(BODY)
    said = {206: f"bytes {start}-{end - 1}/{size}", 416: f"bytes */{size}"}.get(status)
    assert headers.get("Content-Range") == said


async def test_a_range_of_what_has_changed_is_answered_whole(desk: Desk) -> None:
    desk.publish()
    _, headers, _ = await desk.ask("/feeds/world.rss")
    for known, status in ((headers["ETag"], 206), ('"other"', 200)):
        got, _, body = await desk.ask("/feeds/world.rss", Range="bytes=0-3", If_Range=known)
        assert (got, len(body)) == (status, 4 if status == 206 else len(BODY))


async def test_how_long_a_feed_is_fresh_follows_its_changes(desk: Desk) -> None:
    async def told() -> str:
        return str((await desk.ask("/feeds/world.rss"))[1]["Cache-Control"])

    desk.publish()
    desk.clock.moment = datetime.fromtimestamp(MODIFIED + 120, UTC)
    assert await told() == "public, max-age=120, s-maxage=2"  # as long as it has stood
    desk.publish(BODY.replace(b"news", b"olds"))
    os.utime(desk.feeds / "world.rss", (MODIFIED + 600, MODIFIED + 600))
    desk.clock.moment = datetime.fromtimestamp(MODIFIED + 600, UTC)
    assert await told() == "public, max-age=600, s-maxage=2"  # as the last time
    desk.clock.forward(seconds=400)
    assert await told() == "public, max-age=180, s-maxage=2"
    desk.clock.forward(days=1)
    assert await told() == "public, max-age=150, s-maxage=2"  # late: any moment now


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
async def test_a_packed_copy_of_other_bytes_is_not_served(desk: Desk, coding: str) -> None:
    desk.publish()
    (desk.feeds / "world.rss.gz").write_bytes(gzip.compress(b"newer"))
    (desk.feeds / "world.rss.zst").write_bytes(zstandard.ZstdCompressor().compress(b"newer"))
    _, headers, body = await desk.ask("/feeds/world.rss", Accept_Encoding=coding)
    assert headers["Content-Encoding"] == coding
    assert UNPACK[coding](body) == BODY


async def test_a_changed_file_is_seen_at_once(desk: Desk) -> None:
    desk.publish()
    _, before, _ = await desk.ask("/feeds/world.rss")
    desk.publish(BODY.replace(b"news", b"olds"))  # the same size and date
    status, after, body = await desk.ask("/feeds/world.rss", If_None_Match=before["ETag"])
    assert status == 200
    assert b"olds" in body
    assert after["ETag"] != before["ETag"]


async def test_a_withdrawn_feed_is_gone(desk: Desk) -> None:
    desk.publish()
    assert (await desk.ask("/feeds/world.rss"))[0] == 200
    FilePublisher(desk.feeds).withdraw(lambda _: False)
    assert (await desk.ask("/feeds/world.rss"))[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/feeds/nope.rss",
        "/feeds/world.exe",
        "/feeds/world.rss.gz",
        "/feeds/../secret",
        "/feeds/%2e%2e/index.html",
        "/feeds/..%2fworld.rss",
        "/feeds/.part-x",
        "/feeds/World.rss",
    ],
)
async def test_anything_else_is_a_readable_404(desk: Desk, path: str) -> None:
    desk.publish()
    (desk.feeds.parent / "secret").write_text("secret")
    status, headers, body = await desk.ask(path)
    assert status == 404
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"There is nothing at this address" in body
    assert headers["Cache-Control"] == "no-store"


async def test_the_page_address_without_its_slash_redirects(desk: Desk) -> None:
    desk.publish()
    status, headers, _ = await desk.ask("/feeds/world")
    assert (status, headers["Location"]) == (301, "/feeds/world/")


async def test_only_reading_is_allowed(desk: Desk) -> None:
    desk.publish()
    assert (await desk.ask("/feeds/world.rss", "POST"))[0] == 405


async def test_before_the_first_release_the_desk_says_what_it_does(desk: Desk) -> None:
    status, headers, body = await desk.ask("/")
    assert status == 200
    assert "The desk is polling its sources…" in body.decode()
    assert headers["Cache-Control"] == "no-store"
    assert (await desk.ask("/feeds/world.rss"))[0] == 404


async def test_health_is_of_the_process_and_readiness_of_the_desk(desk: Desk) -> None:
    assert (await desk.ask("/readyz"))[0] == 200
    desk.problems = ["the store does not answer"]
    status, _, body = await desk.ask("/readyz")
    assert status == 503
    assert body == b'{"ready": false, "problems": ["the store does not answer"]}'
    assert (await desk.ask("/healthz"))[::2] == (200, b"ok\n")


async def test_feeds_are_served_whatever_is_wrong(desk: Desk) -> None:
    desk.publish()
    desk.problems = ["the store does not answer", "disk full"]
    assert (await desk.ask("/feeds/world.rss"))[0] == 200


async def test_answers_are_counted_by_kind_and_status(desk: Desk) -> None:
    desk.publish()
    for path in ("/feeds/world.rss", "/feeds/world.rss", "/feeds/nope.atom", "/x/y", "/"):
        await desk.ask(path)
    await desk.ask("/feeds/world.rss", If_None_Match="*")
    _, headers, body = await desk.ask("/metrics")
    lines = body.decode().splitlines()
    assert headers["Content-Type"].startswith("text/plain")
    for kind, status, count in (
        ("rss", 200, 2),
        ("rss", 304, 1),
        ("atom", 404, 1),
        ("other", 404, 1),
        ("directory", 200, 1),
    ):
        wanted = f'syndicator_responses_total{{kind="{kind}",status="{status}"}} {count}.0'
        assert wanted in lines


async def test_only_copies_that_went_out_are_counted(desk: Desk) -> None:
    desk.publish()
    _, headers, _ = await desk.ask("/feeds/world.rss")
    assert (await desk.ask("/feeds/world.rss", If_None_Match=headers["ETag"]))[0] == 304
    assert (await desk.ask("/feeds/world.rss", "HEAD"))[0] == 200
    assert (await desk.ask("/feeds/none.rss"))[0] == 404
    assert (await desk.ask("/feeds/world/"))[0] == 200
    assert (await desk.ask("/"))[0] == 200
    assert (await desk.ask("/feeds/world.atom", User_Agent="syndicator-audit"))[0] == 200
    (counts,) = desk.tally.take().values()
    assert counts == {"world": 2}
