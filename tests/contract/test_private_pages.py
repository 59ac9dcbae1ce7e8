"""A subscriber's feed in a browser: led to its own page, where every link keeps the token."""

from io import BytesIO
from urllib.parse import urljoin

import pytest
from lxml import html

from tests.contract.test_private_feeds import COAST, INLAND, TOKENS, Desk, basic, desk, path

__all__ = ["desk"]

BROWSER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Sec_Fetch_Dest": "document",
}


@pytest.mark.parametrize(
    ("address", "headers", "page"),
    [
        (path(), {}, f"/s/{TOKENS[COAST]}/feeds/world/"),
        (path(kind="json"), {}, f"/s/{TOKENS[COAST]}/feeds/world/"),
        (f"/s/feeds/world.rss?token={TOKENS[COAST]}", {}, f"/s/{TOKENS[COAST]}/feeds/world/"),
        (f"/feeds/world.rss?token={TOKENS[COAST]}", {}, f"/s/{TOKENS[COAST]}/feeds/world/"),
        ("/s/feeds/world.rss", {"Authorization": basic("", TOKENS[COAST])}, "/s/feeds/world/"),
        ("/feeds/world.rss", {"Authorization": basic("", TOKENS[COAST])}, "/feeds/world/"),
    ],
)
async def test_a_browser_is_led_to_its_page_and_every_link_there_opens(
    desk: Desk, address: str, headers: dict[str, str], page: str
) -> None:
    status, said, body = await desk.ask(address, **BROWSER, **headers)
    assert (status, body) == (303, b"")
    assert urljoin(address, said["Location"]) == page
    assert said["Cache-Control"] == "private, no-store"
    assert said["Vary"] == "Authorization, Accept, Sec-Fetch-Dest, Accept-Encoding"
    status, said, body = await desk.ask(page, **BROWSER, **headers)
    assert status == 200
    assert said["Cache-Control"] == "private, no-cache"
    assert said["Referrer-Policy"] == "no-referrer"
    assert TOKENS[COAST].encode() not in body
    root = html.parse(BytesIO(body)).getroot()
    feeds = root.xpath("//dt/a/@href | //head/link[@rel='alternate']/@href")
    assert len(feeds) == 6
    for feed in feeds:
        status, said, _ = await desk.ask(urljoin(page, feed), **headers)
        assert (status, said["Content-Type"].split("+")[0].split(";")[0][:12]) == (
            200,
            "application/",
        )
    for feed in root.xpath("//dt/a/@href"):
        assert (await desk.ask(urljoin(page, feed), **BROWSER, **headers))[0] == 200


async def test_a_reader_gets_the_feed(desk: Desk) -> None:
    for accept in ("*/*", "application/atom+xml,text/html,*/*;q=0.9"):
        status, said, _ = await desk.ask(path(), Accept=accept)
        assert (status, said["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")


async def test_nobody_is_led_anywhere_by_a_browser_alone(desk: Desk) -> None:
    assert (await desk.ask("/s/feeds/world.rss", **BROWSER))[0] == 401
    assert (await desk.ask("/s/nonsense/feeds/world.rss", **BROWSER))[0] == 403
    assert (await desk.ask("/feeds/world.rss", **BROWSER))[0] == 404
    assert (await desk.ask(path(INLAND, "nope"), **BROWSER))[0] == 404


async def test_pages_can_be_switched_off(desk: Desk) -> None:
    switched = desk.settings.desk.model_copy(update={"browser_pages": False})
    desk.change(desk=switched)
    assert (await desk.ask(path(), **BROWSER))[0] == 200
