"""What people read the desk with: a feed reader and a browser."""

import json
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream


class Kept(NamedTuple):
    """An entry as newsboat keeps it."""

    guid: str
    title: str
    url: str
    author: str
    published: int
    content: str
    enclosure: str
    enclosure_type: str


class Newsboat:
    """A newsboat with one feed, and what it keeps of it."""

    def __init__(self, home: Path, url: str) -> None:
        program = shutil.which("newsboat")
        assert program, "newsboat is not installed (Debian package newsboat)"
        home.mkdir()
        (home / "urls").write_text(f"{url}\n")
        (home / "conf").write_text("")
        self._cache = home / "cache.db"
        places = {"-u": home / "urls", "-c": self._cache, "-C": home / "conf"}
        self._command = [program, *(str(part) for one in places.items() for part in one)]
        self._home = home

    def read(self) -> list[Kept]:
        """Ask the feed, and return what is known of its entries now, by id."""
        subprocess.run(
            [*self._command, "-x", "reload"],
            check=True,
            timeout=60,
            env={"HOME": str(self._home), "TERM": "xterm"},
        )
        with sqlite3.connect(self._cache) as base:
            rows = base.execute(
                "select guid, title, url, author, pubDate, content, enclosure_url, enclosure_type"
                " from rss_item order by guid"
            )
            return [Kept(*row) for row in rows]


def a_rich_item(number: int) -> str:
    """Write an item with what readers are known to stumble over."""
    return (
        f'<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>Tom &amp;amp; Jerry {number}: '
        f"2 &amp;lt; 3, “ü” 日本</title><guid isPermaLink='false'>urn:x-harbour:{number}</guid>"
        f"<link>https://harbour.example/{number}?a=1&amp;b=2</link>"
        f"<pubDate>Tue, 24 Nov 2026 12:{number:02}:00 +0200</pubDate>"
        "<dc:creator>Åsa Öberg</dc:creator>"
        f'<enclosure url="https://harbour.example/{number}.mp3" length="12" type="audio/mpeg"/>'
        f"<description><![CDATA[<p>AT&amp;T said <b>“no”</b> &lt;twice&gt; ]]]]><![CDATA[>.</p>"
        '<p><a href="https://harbour.example/x?c=1&amp;d=2">More</a></p>]]></description></item>'
    )


def test_newsboat_gives_back_what_was_published(
    desk: Desk, upstream: Upstream, tmp_path: Path
) -> None:
    upstream.pages["/a.xml"] = (200, {}, a_feed(*map(a_rich_item, range(10))))
    desk.write(
        "licenses.yaml", 'licenses:\n  open: {text: full, images: all, credit: "From {source}."}\n'
    )
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.until(desk.run(), "entries=10")
    published = json.loads(desk.get("/feeds/world.json"))["items"]
    wanted = [
        Kept(
            one["id"],
            one["title"],
            one["url"],
            one["authors"][0]["name"],
            int(datetime.fromisoformat(one["date_published"]).timestamp()),
            one["content_html"].replace("]]>", "]]&gt;"),
            one["attachments"][0]["url"],
            one["attachments"][0]["mime_type"],
        )
        for one in sorted(published, key=lambda one: one["id"])
    ]
    assert len(wanted) == 10
    for kind in ("rss", "atom"):
        reader = Newsboat(tmp_path / kind, f"http://{desk.address}/feeds/world.{kind}")
        found = reader.read()
        assert [
            one._replace(content=one.content.replace("]]>", "]]&gt;")) for one in found
        ] == wanted


def test_newsboat_shows_authors_and_credit(desk: Desk, upstream: Upstream, tmp_path: Path) -> None:
    item = (
        '<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>Ferry</title><guid>1</guid>'
        "<dc:creator>Ines Calloway</dc:creator><description>It sails.</description></item>"
    )
    upstream.pages["/a.xml"] = (200, {}, a_feed(item))
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.until(desk.run(), "entries=1")
    for kind in ("rss", "atom"):
        reader = Newsboat(tmp_path / kind, f"http://{desk.address}/feeds/world.{kind}")
        (one,) = reader.read()
        assert (one.title, one.author) == ("Ferry", "Ines Calloway")
        assert "From Harbour News." in one.content


def test_newsboat_keeps_no_word_of_a_killed_article(
    desk: Desk, upstream: Upstream, tmp_path: Path
) -> None:
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Ferry sinks", "1"), an_item("B", "2")))
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.until(desk.run(), "entries=2")
    readers = [
        Newsboat(tmp_path / kind, f"http://{desk.address}/feeds/world.{kind}")
        for kind in ("rss", "atom")
    ]
    for reader in readers:
        assert {one.title for one in reader.read()} == {"Ferry sinks", "B"}
    (wrong,) = [one["id"] for one in desk.listing() if one["headline"] == "Ferry sinks"]
    desk.do("articles", "kill", wrong, "--reason", "It floats.", "--public")
    for reader in readers:
        other, notice = sorted(reader.read(), key=lambda one: one.title)
        assert other.title == "B"
        assert notice.title.startswith("Withdrawn: ")
        assert "It floats." in notice.content
        assert "Words." not in notice.content


def test_chromium_sees_topics_and_articles(
    desk: Desk, upstream: Upstream, browser: Browser
) -> None:
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Ferry sails", "1")))
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.until(desk.run(), "entries=1")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"http://{desk.address}/")
    page.get_by_role("link", name="World", exact=True).click()
    assert page.get_by_role("heading", name="Ferry sails").is_visible()
    assert page.get_by_text("From Harbour News.").is_visible()
    assert page.locator('link[rel="alternate"]').count() == 3
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
