"""Full text from article pages, over a real server: politely, where allowed, where fuller."""

from collections.abc import AsyncIterator
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from syndicator.adapters.fetcher import SourceFetcher
from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.adapters.reader_pool import ReaderPool
from syndicator.deliveries import Deliveries, Delivery
from syndicator.model.article import Article
from syndicator.model.desk import FetchSettings, HostPace, Settings
from syndicator.model.ids import SourceId
from syndicator.model.license import License
from syndicator.model.push import Agreement
from syndicator.model.source import Source
from syndicator.pages import is_fuller
from syndicator.poll import LEASE, Poller, Result
from tests.builders import NOW, a_feed, an_item
from tests.contract.upstream import Upstream, answer, upstream
from tests.unit.parts import OPEN, WORLD, SetClock, settings

A = SourceId("a")
LEAD = "The night ferry sails again after eleven years in port, the harbour office said on Monday."
REST = (
    "Its captain, who had kept the ship painted all the while, said that nobody had believed him.",
    "The first passengers were a school class, two cyclists and a man with a parrot in a cage.",
    "The fare is nine crowns, one more than it was, and children under six travel without one.",
)


def a_page(*paragraphs: str, title: str = "Ferry sails again") -> bytes:
    inside = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><nav><a href='/'>Home</a>"
        f"</nav><article><h1>{title}</h1><p>By Ada Quill</p>{inside}</article></body></html>"
    ).encode()


class Desk:
    """A desk in one process that polls one real source."""

    def __init__(self, root: Path, server: Upstream) -> None:
        self.server = server
        self.clock = SetClock()
        self.library = MemoryLibrary()
        fetch = FetchSettings(
            allow_private=(ip_network("127.0.0.1/32"),),
            per_host=HostPace(connections=8, interval=timedelta(0)),
        )
        self.fetcher = SourceFetcher(fetch, contact=None, version="1")
        self.reader = ReaderPool(workers=1, timeout=timedelta(seconds=30), memory_mb=500, houses=())
        self.poller = Poller(
            fetcher=self.fetcher, reader=self.reader, library=self.library, clock=self.clock
        )
        self.plain = settings(root, "a")
        self.settings: Settings = self.plain
        self.source()

    def source(self, text: str = "full", **fields: Any) -> None:
        url = f"{self.server.url}/feed"
        fields = {"fulltext": True, "license": OPEN, "topics": (WORLD,), **fields}
        terms = License.model_validate({"text": text})
        source = Source.model_validate({"url": url, **fields})
        self.settings = self.plain.model_copy(
            update={"sources": {A: source}, "licenses": {OPEN: terms}}
        )

    def feed(self, *items: str) -> None:
        self.server.on("/feed", answer(a_feed(*items)))

    async def poll(self) -> Result:
        self.clock.forward(minutes=5)
        (claim,) = await self.library.claim([A], self.clock.now(), LEASE)
        return await self.poller.poll(claim, self.settings)

    async def only(self) -> Article:
        (one,) = await self.library.articles(await self.library.newest(limit=9))
        return one

    def asked(self) -> list[str]:
        return [one.path for one in self.server.seen]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with upstream() as server:
        server.on("/robots.txt", answer(status="404 No"))
        one = Desk(tmp_path, server)
        one.feed(an_item("Ferry sails again", "f1", link=f"{server.url}/1", body=f"<p>{LEAD}</p>"))
        server.on("/1", answer(a_page(LEAD, *REST), Content_Type="text/html"))
        yield one
        await one.fetcher.close()
        await one.reader.close()


async def test_the_page_gives_the_text_and_the_feed_the_identity(desk: Desk) -> None:
    result = await desk.poll()
    assert (result.new, result.warnings) == (1, ())
    article = await desk.only()
    assert all(one in article.body.text for one in (LEAD, *REST))
    assert "Home" not in article.body.text
    assert [one.name for one in article.authors] == ["Ada Quill"]
    assert (article.guid, article.page) == ("f1", f"{desk.server.url}/1")
    assert desk.asked() == ["/feed", "/robots.txt", "/1"]


async def test_what_is_known_is_not_fetched_again(desk: Desk) -> None:
    await desk.poll()
    desk.feed(
        an_item("Ferry sails again", "f1", link=f"{desk.server.url}/1", body=f"<p>{LEAD}</p>"),
        an_item("Port opens", "f2", link=f"{desk.server.url}/2", body="<p>Short.</p>"),
    )
    desk.server.on("/2", answer(a_page(*REST, title="Port opens"), Content_Type="text/html"))
    result = await desk.poll()
    assert (result.new, result.revised, result.unchanged) == (1, 0, 1)
    assert desk.asked() == ["/feed", "/robots.txt", "/1", "/feed", "/2"]


async def test_a_revised_entry_has_its_page_fetched_again(desk: Desk) -> None:
    await desk.poll()
    desk.server.on("/1", answer(a_page(LEAD, *REST, "It sails daily."), Content_Type="text/html"))
    desk.feed(
        an_item("Ferry sails daily", "f1", link=f"{desk.server.url}/1", body=f"<p>{LEAD}</p>")
    )
    assert (await desk.poll()).revised == 1
    assert "It sails daily." in (await desk.only()).body.text


async def test_a_site_that_lets_no_robot_in_is_not_asked(desk: Desk) -> None:
    desk.server.on("/robots.txt", answer(b"User-agent: *\nDisallow: /1\n"))
    result = await desk.poll()
    assert (await desk.only()).body.text == LEAD
    assert "lets no robot" in result.warnings[0]
    assert "/1" not in desk.asked()


async def test_a_site_whose_rules_cannot_be_had_is_left_alone(desk: Desk) -> None:
    desk.server.on("/robots.txt", answer(status="500 Trouble"))
    await desk.poll()
    assert (await desk.only()).body.text == LEAD
    assert "/1" not in desk.asked()


@pytest.mark.parametrize(
    "page",
    [
        answer(status="404 Gone"),
        answer(a_page("Accept our cookies.", title="Cookies"), Content_Type="text/html"),
        answer(a_page(*REST * 3, title="Another story"), Content_Type="text/html"),
        answer(b"\x00\x01\x02"),
    ],
    ids=["missing", "cookies", "another story", "no page"],
)
async def test_a_page_that_is_no_use_costs_nothing(desk: Desk, page: Any) -> None:
    desk.server.on("/1", page)
    assert (await desk.poll()).new == 1
    article = await desk.only()
    assert (article.body.text, article.page) == (LEAD, None)


async def test_no_page_is_fetched_where_the_full_text_may_not_leave(desk: Desk) -> None:
    desk.source(text="excerpt")
    await desk.poll()
    assert desk.asked() == ["/feed"]


async def test_credentials_of_the_source_go_to_no_other_site(desk: Desk) -> None:
    async with upstream() as other:
        other.on("/robots.txt", answer(status="404 No"))
        other.on("/1", answer(a_page(LEAD, *REST), Content_Type="text/html"))
        desk.source(access={"bearer": "hush"})
        item = an_item("Ferry sails again", "f1", link=f"{other.url}/1", body=f"<p>{LEAD}</p>")
        desk.feed(item)
        await desk.poll()
        assert (await desk.only()).page == f"{other.url}/1"
        assert all("hush" not in str(dict(one.headers)) for one in other.seen)


@pytest.mark.parametrize(
    ("own", "whole", "fuller"),
    [
        (LEAD, f"{LEAD} {' '.join(REST)}", True),
        (LEAD, " ".join(REST) * 3, False),
        (LEAD, LEAD, False),
        ("", " ".join(REST), True),
        ("", "Ferry sails again", False),
    ],
)
def test_fuller_is_longer_and_the_same_story(own: str, whole: str, fuller: bool) -> None:
    assert is_fuller(own, whole, "Ferry sails again", "Ferry sails again") is fuller
    assert not is_fuller("", whole, "Ferry sails again", "Weather for tomorrow")


async def test_what_is_pushed_gets_its_full_text_as_what_is_polled(desk: Desk) -> None:
    desk.feed(an_item("Old ferry sails", "g0", body=LEAD))
    await desk.poll()
    link = desk.server.on("/a", answer(a_page(LEAD, *REST), Content_Type="text/html"))
    agreement = Agreement(
        token="t", source=A, hub="h", topic=link, secret="s", callback="c", since=NOW
    )
    deliveries = Deliveries(
        fetcher=desk.fetcher, library=desk.library, reader=desk.reader, clock=desk.clock
    )
    body = a_feed(an_item("Ferry sails again", "g1", link=link, body=f"<p>{LEAD}</p>"))
    result = await deliveries.take(Delivery(agreement=agreement, body=body), desk.settings)
    assert result.new == 1
    texts = [
        one.body.text for one in await desk.library.articles(await desk.library.newest(limit=9))
    ]
    assert sum(REST[-1] in text for text in texts) == 1
