"""Feed addresses in browsers and in readers: who gets the feed, and who is led to the page."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from prometheus_client import CollectorRegistry

from syndicator.adapters.clock import SystemClock
from syndicator.adapters.file_publisher import FilePublisher
from syndicator.model.desk import Desk, Settings
from syndicator.model.edition import Output, Site
from syndicator.model.ids import TopicId
from syndicator.model.topic import Audience, Topic
from syndicator.web import WebState, make_app

FEEDS = ["/feeds/world.rss", "/feeds/world.atom", "/feeds/world.json"]
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;"
    "q=0.8,application/signed-exchange;v=b3;q=0.7"
)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
BROWSERS: dict[str, dict[str, str]] = {
    "Chrome, Edge": {
        "Accept": CHROME,
        "Sec-Fetch-Dest": "document",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Site": "none",
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0.0.0",
    },
    "Firefox": {"Accept": FIREFOX, "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"},
    "Safari": {"Accept": FIREFOX, "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"},
    "Chrome over http": {"Accept": CHROME},
    "Firefox over http": {"Accept": FIREFOX},
    "Firefox 128 over http": {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
        "image/png,image/svg+xml,*/*;q=0.8"
    },
    "Lynx": {"Accept": "text/html, text/plain, text/sgml, application/xhtml+xml, */*;q=0.01"},
}
READERS: dict[str, dict[str, str]] = {
    "nothing": {},
    "curl, wget, newsboat, NetNewsWire, Feedly": {"Accept": "*/*"},
    "Miniflux": {
        "Accept": "application/xml,application/atom+xml,application/rss+xml,application/rdf+xml,"
        "application/feed+json,text/html,*/*;q=0.9",
        "User-Agent": "Mozilla/5.0 (compatible; Miniflux/2.2; +https://miniflux.app)",
    },
    "FreshRSS": {
        "Accept": "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, "
        "application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, unknown/unknown;q=0.1, "
        "application/unknown;q=0.1, */*;q=0.1"
    },
    "Liferea": {"Accept": "application/atom+xml,application/xml;q=0.9,text/xml;q=0.8,*/*;q=0.7"},
    "reader": {
        "Accept": "application/atom+xml,application/rdf+xml,application/rss+xml,"
        "application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1"
    },
    "HTML last": {"Accept": "application/xml, text/xml, text/html;q=0.7, */*;q=0.5"},
    "HTML and anything alike": {"Accept": "text/html,application/xhtml+xml,*/*"},
    "Java's own client": {"Accept": "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"},
    "a browser's quality of none": {"Accept": "text/html;q=0,application/xhtml+xml;q=0"},
    "nonsense": {"Accept": ";;q=high,,text/html;q=x"},
    "fetch() of a reader in a browser": {"Accept": "*/*", "Sec-Fetch-Dest": "empty"},
    "a script that says so": {"Accept": FIREFOX, "Sec-Fetch-Dest": "empty"},
    "a frame": {"Accept": CHROME, "Sec-Fetch-Dest": "iframe"},
}


class Bench:
    """A serving desk of two topics, and a client without habits."""

    def __init__(self, root: Path) -> None:
        self.feeds = root / "feeds"
        own = Topic(title="Own", audience=Audience.SUBSCRIBERS)
        self.settings = Settings(
            root=root,
            config=root / "config",
            desk=Desk(title="The Desk", public_url="https://desk.example"),
            sources={},
            licenses={},
            topics={TopicId("world"): Topic(title="World <1>"), TopicId("own"): own},
        )
        self.address = ""
        self.client: aiohttp.ClientSession

    def switch(self, *, pages: bool) -> None:
        desk = self.settings.desk.model_copy(update={"browser_pages": pages})
        self.settings = self.settings.model_copy(update={"desk": desk})

    def publish(self, path: str, body: bytes) -> None:
        FilePublisher(self.feeds).publish([Output(path=path, media_type="x/y", body=body)])

    def site(self) -> Site:
        return Site(title="The Desk", base_url="https://desk.example", generator="syndicator")

    async def ask(self, path: str, headers: dict[str, str], method: str = "GET") -> Any:
        asked = self.client.request(
            method, self.address + path, headers=headers, allow_redirects=False
        )
        async with asked as answer:
            return answer.status, answer.headers, await answer.read()


async def all_is_well() -> list[str]:
    return []


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    one = Bench(tmp_path)
    state = WebState(
        ready=all_is_well,
        registry=CollectorRegistry(),
        clock=SystemClock(),
        settings=lambda: one.settings,
        site=one.site,
    )
    runner = web.AppRunner(make_app(one.feeds, state), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    one.address = f"http://{host}:{port}"
    silent = ("Accept", "User-Agent", "Accept-Encoding")
    async with aiohttp.ClientSession(skip_auto_headers=silent) as one.client:
        yield one
    await runner.cleanup()


@pytest.fixture
def published(bench: Bench) -> Bench:
    for kind in ("rss", "atom", "json"):
        bench.publish(f"world.{kind}", b"the feed")
    bench.publish("world/index.html", b"the page")
    return bench


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("browser", BROWSERS)
async def test_a_browser_is_led_to_the_page(published: Bench, browser: str, path: str) -> None:
    for method in ("GET", "HEAD"):
        status, headers, body = await published.ask(path, BROWSERS[browser], method)
        assert (status, headers["Location"], body) == (303, "world/", b"")
        assert headers["Cache-Control"] == "no-store"
        assert headers["Vary"] == "Accept, Sec-Fetch-Dest"
    status, _, body = await published.ask("/feeds/world/", BROWSERS[browser])
    assert (status, body) == (200, b"the page")


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("reader", READERS)
async def test_a_reader_gets_the_feed(published: Bench, reader: str, path: str) -> None:
    status, headers, body = await published.ask(path, READERS[reader])
    assert (status, body) == (200, b"the feed")
    assert headers["Vary"] == "Accept, Sec-Fetch-Dest, Accept-Encoding"
    assert headers["Cache-Control"] == "public, max-age=60, s-maxage=2"


@pytest.mark.parametrize("browser", BROWSERS)
async def test_a_browser_that_wants_the_feed_itself_has_it(published: Bench, browser: str) -> None:
    status, headers, body = await published.ask("/feeds/world.rss?raw", BROWSERS[browser])
    assert (status, body) == (200, b"the feed")
    assert headers["Content-Type"] == "application/rss+xml; charset=utf-8"


async def test_a_browser_with_an_old_etag_is_led_all_the_same(published: Bench) -> None:
    _, headers, _ = await published.ask("/feeds/world.rss", {})
    asked = BROWSERS["Firefox"] | {"If-None-Match": headers["ETag"]}
    assert (await published.ask("/feeds/world.rss", asked))[0] == 303
    assert (await published.ask("/feeds/world.rss", {"If-None-Match": headers["ETag"]}))[0] == 304


async def test_no_page_is_promised_of_a_feed_that_is_not_there(published: Bench) -> None:
    status, headers, _ = await published.ask("/feeds/none.rss", BROWSERS["Firefox"])
    assert status == 404
    assert headers["Cache-Control"] == "no-store"


async def test_pages_can_be_switched_off(published: Bench) -> None:
    published.switch(pages=False)
    status, headers, body = await published.ask("/feeds/world.rss", BROWSERS["Firefox"])
    assert (status, body, headers["Vary"]) == (200, b"the feed", "Accept-Encoding")
