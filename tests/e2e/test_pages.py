"""The desk in a browser: what people see, with the keyboard, in light and dark, on phone and desk."""

import json
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from syndicator.adapters.clock import SystemClock
from tests.builders import a_feed
from tests.e2e.conftest import Desk, Upstream

SIZES = {"phone": (390, 844), "desk": (1280, 900), "zoomed": (320, 512)}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL = """[...document.querySelectorAll('.links a, .top a, input, button, summary, dt a')]
    .filter(one => { const box = one.getBoundingClientRect(); return box.width < 24 || box.height < 24 })
    .map(one => one.outerHTML)"""


def an_entry(number: int, title: str, text: str, more: str = "") -> str:
    day = format_datetime(SystemClock().now() - timedelta(hours=number * 5))
    return (
        f"<item xmlns:dc='http://purl.org/dc/elements/1.1/'><title>{title}</title>"
        f"<guid isPermaLink='false'>g{number}</guid><link>https://harbour.example/{number}</link>"
        f"<pubDate>{day}</pubDate><dc:creator>Ines Calloway</dc:creator>{more}"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"
    )


ENTRIES = [
    an_entry(
        number,
        f"Ferry {number} sails at last from a pier that was closed for years",
        f"The crossing takes {number} hours. " + "Islanders had asked for it. " * 12,
    )
    for number in range(12)
]
ARABIC = an_entry(
    13, "العبّارة تبحر من جديد", "قال المجلس إن الرحلة الأولى غدا.", "<dc:language>ar</dc:language>"
)


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Run a desk with a topic of a dozen articles, one revised and one withdrawn, and an empty one."""
    desk, upstream = Desk(tmp_path_factory.mktemp("desk")), Upstream()
    stock(desk, upstream)
    desk.until(desk.run(), "serving")
    yield desk
    desk.close()
    upstream.close()


def stock(desk: Desk, upstream: Upstream) -> None:
    desk.write(
        "topics.yaml",
        "topics:\n  world: {title: World, description: News of the world, language: en}\n"
        "  soon: {title: Soon}\n",
    )
    desk.write(
        "licenses.yaml",
        'licenses:\n  open: {name: By contract, text: full, credit: "From {source}.",\n'
        '    riders: [Link to the original], url: "https://harbour.example/terms"}\n',
    )
    upstream.pages["/a.xml"] = (200, {}, a_feed(*ENTRIES, ARABIC))
    desk.sources(a=f"{upstream.url}/a.xml", poll="min: 1h")
    desk.do("poll", "a")
    newer = ENTRIES[1].replace("The crossing takes 1 hours.", "The crossing takes two hours.")
    upstream.pages["/a.xml"] = (200, {}, a_feed(ENTRIES[0], newer, *ENTRIES[2:], ARABIC))
    desk.do("poll", "a")
    desk.do("articles", "kill", number(desk, "g3"), "--reason", "It was wrong.")


def number(desk: Desk, guid: str) -> str:
    return next(str(one["id"]) for one in desk.listing() if one["guid"] == guid)


def opened(browser: Browser, desk: Desk, path: str, size: str = "desk", **more: Any) -> Page:
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, **more)
    page.goto(f"http://{desk.address}{path}")
    return page


def test_pages_have_no_barrier_at_any_width_in_light_and_dark(
    stocked: Desk, browser: Browser
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    paths = {
        "directory": "/",
        "topic": "/feeds/world/",
        "empty topic": "/feeds/soon/",
        "article": f"/articles/{number(stocked, 'g1')}",
        "found": "/search?q=ferry",
        "nothing found": "/search?q=tram",
        "withdrawn": f"/articles/{number(stocked, 'g3')}",
        "missing": "/nope",
    }
    found = []
    for scheme in ("light", "dark"):
        for size, (width, height) in SIZES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
            )
            for name, path in paths.items():
                page.goto(f"http://{stocked.address}{path}")
                for details in page.locator("details").all():
                    details.evaluate("one => one.open = true")
                said = Axe().run(page, options={"runOnly": RULES}).response
                assert said["passes"], "axe looked at nothing"
                where = f"{name}, {size}, {scheme}"
                found += [
                    f"{where}: {one['id']}: {one['nodes'][0]['html']}" for one in said["violations"]
                ]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append(f"{where}: wider than the screen")
                found += [f"{where}: too small: {one}" for one in page.evaluate(SMALL)]
            page.close()
    assert found == []


def test_a_feed_opened_in_a_browser_leads_to_its_page(stocked: Desk, browser: Browser) -> None:
    page = opened(browser, stocked, "/feeds/world.atom", bypass_csp=True)
    assert page.url == f"http://{stocked.address}/feeds/world/"
    assert page.get_by_role("heading", name="World", exact=True).is_visible()
    said = page.evaluate("fetch('/feeds/world.json').then(answer => answer.json())")
    assert said["version"].startswith(
        "https://jsonfeed.org"
    )  # a reader in the browser has the feed
    with page.expect_response("**/feeds/world.json?raw") as answer:
        page.get_by_role("link", name="JSON Feed").click()
    assert answer.value.headers["content-type"] == "application/feed+json"
    page.close()


def test_a_page_shows_what_its_feed_holds_in_days_and_runs_nothing(
    stocked: Desk, browser: Browser
) -> None:
    page = opened(browser, stocked, "/feeds/world/", java_script_enabled=False)
    feed = json.loads((stocked.root / "feeds/world.json").read_text())
    shown = [one["title"] for one in feed["items"] if not one["_syndicator"].get("deleted")]
    assert page.locator("article[dir] h3").all_inner_texts() == shown
    assert page.get_by_role("heading", name="Withdrawn", exact=True).is_visible()
    assert page.get_by_text("It was wrong.").count() == 0  # the reason is for the desk
    assert page.locator("article[lang=ar]").get_attribute("dir") == "rtl"
    assert page.locator("article", has_text="version 2").count() == 1
    lead, next_one = (page.locator("h3").nth(place).bounding_box() for place in (0, 1))
    assert lead
    assert next_one
    assert lead["height"] > next_one["height"]
    page.get_by_role("link", name="version 2").click()
    assert page.get_by_role("heading", name="Versions").is_visible()
    page.close()


def test_an_address_is_selected_by_one_click(stocked: Desk, browser: Browser) -> None:
    page = opened(browser, stocked, "/feeds/world/")
    page.locator("code").first.click()
    chosen = page.evaluate("getSelection().toString()")
    assert chosen == f"http://{stocked.address}/feeds/world.atom"
    page.close()


def test_searching_by_keyboard_alone(stocked: Desk, browser: Browser) -> None:
    page = opened(browser, stocked, "/", "phone")
    page.keyboard.press("Tab")
    assert page.get_by_role("link", name="Skip to content").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("crossing tw")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=crossing+tw")
    assert page.get_by_role("status").inner_text() == "1 article with crossing tw."
    assert page.get_by_role("heading", name="Ferry 1 sails").is_visible()
    assert page.get_by_text("From Harbour News.").is_visible()
    page.get_by_role("link", name="World", exact=True).click()
    assert page.url == f"http://{stocked.address}/feeds/world/"
    page.close()


def test_pages_print_without_what_is_for_screens(stocked: Desk, browser: Browser) -> None:
    page = opened(browser, stocked, "/feeds/world/")
    page.emulate_media(media="print")
    assert not page.get_by_role("search").is_visible()
    assert not page.get_by_role("link", name="Open in your reader").is_visible()
    assert page.get_by_role("heading", name="Ferry 0 sails").is_visible()
    page.close()
