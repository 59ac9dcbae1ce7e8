"""What people read the desk with: a feed reader and a browser."""

import shutil
import sqlite3
import subprocess
from pathlib import Path

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream


def test_newsboat_shows_authors_and_credit(desk: Desk, upstream: Upstream, tmp_path: Path) -> None:
    newsboat = shutil.which("newsboat")
    assert newsboat, "newsboat is not installed (Debian package newsboat)"
    item = (
        '<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>Ferry</title><guid>1</guid>'
        "<dc:creator>Ines Calloway</dc:creator><description>It sails.</description></item>"
    )
    upstream.pages["/a.xml"] = (200, {}, a_feed(item))
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.until(desk.run(), "entries=1")
    for kind in ("rss", "atom"):
        cache = tmp_path / f"{kind}.db"
        (tmp_path / "urls").write_text(f"http://{desk.address}/feeds/world.{kind}\n")
        (tmp_path / "conf").write_text("")
        subprocess.run(
            [
                newsboat,
                "-u",
                str(tmp_path / "urls"),
                "-c",
                str(cache),
                "-C",
                str(tmp_path / "conf"),
                "-x",
                "reload",
            ],
            check=True,
            timeout=60,
            env={"HOME": str(tmp_path), "TERM": "xterm"},
        )
        with sqlite3.connect(cache) as base:
            ((title, author, content),) = base.execute(
                "select title, author, content from rss_item"
            )
        assert (title, author) == ("Ferry", "Ines Calloway")
        assert "From Harbour News." in content


def test_chromium_sees_topics_and_articles(desk: Desk, upstream: Upstream) -> None:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    assert chromium, "chromium is not installed (Debian package chromium)"
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Ferry sails", "1")))
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.until(desk.run(), "entries=1")
    with sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-sync",
            ],
        )
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"http://{desk.address}/")
        page.get_by_role("link", name="World", exact=True).click()
        assert page.get_by_role("heading", name="Ferry sails").is_visible()
        assert page.get_by_text("From Harbour News.").is_visible()
        assert page.locator('link[rel="alternate"]').count() == 3
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        browser.close()
