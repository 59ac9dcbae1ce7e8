"""The real command, end to end."""

import json
import shutil
import signal
import sqlite3
import subprocess
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream

ROOT = Path(__file__).parents[2]


def test_a_first_poll_stores_and_a_second_stores_nothing(desk: Desk, upstream: Upstream) -> None:
    body = a_feed(an_item("One", "1"), an_item("Two", "2"))
    upstream.pages["/a.xml"] = (200, {"ETag": '"v1"'}, body)
    desk.sources(a=f"{upstream.url}/a.xml")
    assert "2 new" in desk.do("poll")
    first = (desk.root / "feeds/world.atom").read_bytes()
    assert "0 new" in desk.do("poll")
    assert upstream.asked[1][1]["If-None-Match"] == '"v1"'
    assert (desk.root / "feeds/world.atom").read_bytes() == first
    assert "unchanged" in desk.do("release")


def test_a_headline_fix_under_a_new_guid_is_one_article(desk: Desk, upstream: Upstream) -> None:
    desk.sources(a=f"{upstream.url}/a.xml")
    link = "https://harbour.example/one"
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Ferry", "g1", link=link)))
    desk.do("poll")
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Ferry late", "g2", link=link)))
    assert "1 revised" in desk.do("poll")
    (article,) = desk.listing()
    assert (article["headline"], article["guid"], article["version"]) == ("Ferry late", "g1", 2)


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ((200, {}, b"<html><body>404</body></html>"), "not-a-feed"),
        ((200, {}, b""), "empty"),
        ((200, {"Content-Length": "999", "Connection": "close"}, b"<rss"), "truncated"),
        ((500, {}, b"oops"), "server-error"),
        ((302, {"Location": "/bad.xml"}, b""), "redirect-loop"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "bad-redirect"),
        ((302, {"Location": "http://192.168.0.1/"}, b""), "private-address"),
        ((200, {"Content-Encoding": "gzip"}, b"not gzip"), "bad-encoding"),
    ],
)
def test_a_bad_source_is_one_line_and_costs_no_other(
    desk: Desk, upstream: Upstream, page: tuple[int, dict[str, str], bytes], kind: str
) -> None:
    upstream.pages["/bad.xml"] = page
    upstream.pages["/good.xml"] = (200, {}, a_feed(an_item("Good", "1")))
    desk.sources(bad=f"{upstream.url}/bad.xml", good=f"{upstream.url}/good.xml")
    results = json.loads(desk.do("poll", "--json", code=1))
    assert {one["source"]: one["kind"] for one in results} == {"bad": kind, "good": None}
    assert len([one["error"] for one in results if one["error"]][0].splitlines()) == 1
    assert [one["headline"] for one in desk.listing()] == ["Good"]


def test_settings_errors_name_their_place(desk: Desk) -> None:
    desk.write("sources.yaml", "sources:\n  a:\n    url: https://x.example/\n    licence: open\n")
    said = desk.do("check", code=2)
    assert "sources.yaml:4:5" in said
    assert "license" in said


def test_sources_add_keeps_comments(desk: Desk, upstream: Upstream) -> None:
    page = (
        b'<html><head><link rel="alternate" type="application/rss+xml" href="/f.xml"></head></html>'
    )
    upstream.pages["/"] = (200, {"Content-Type": "text/html"}, page)
    upstream.pages["/f.xml"] = (200, {}, a_feed(an_item("One", "1")))
    desk.write("sources.yaml", "# mine\nsources:\n  a: {url: 'https://x.example/'}  # keep\n")
    assert "added as harbour-news" in desk.do(
        "sources", "add", f"{upstream.url}/", "--license", "open"
    )
    text = (desk.config / "sources.yaml").read_text()
    assert text.startswith("# mine\nsources:\n  a: {url: 'https://x.example/'}  # keep\n")
    desk.do("sources", "pause", "harbour-news")
    assert '"paused"' in desk.do("sources", "list", "--json")
    desk.do("sources", "remove", "harbour-news")
    assert "harbour-news" not in (desk.config / "sources.yaml").read_text()


def test_the_daemon_serves_reloads_and_drains(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("One", "1")))
    desk.sources(a=f"{upstream.url}/a.xml")
    process = desk.run()
    desk.until(process, "entries=1")
    assert "One" in desk.get("/feeds/world.rss")
    assert json.loads(desk.get("/readyz"))["ready"] is True
    desk.write("topics.yaml", "topics:\n  world: {titel: World}\n")
    refused = desk.until(process, "did you mean")[-1]
    assert "topics.yaml:2:11" in refused
    with pytest.raises(HTTPError, match="503"):
        desk.get("/readyz")
    desk.write("topics.yaml", "topics:\n  world: {title: The World}\n")
    desk.until(process, "event=release")
    assert "The World" in desk.get("/feeds/world/")
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "event=stopped" in err


def test_killed_at_any_moment_nothing_is_lost_or_doubled(desk: Desk, upstream: Upstream) -> None:
    count = 200
    for n in range(count):
        items = [an_item(f"Story {n} {i}", f"{n}-{i}") for i in range(3)]
        upstream.pages[f"/{n}.xml"] = (200, {"ETag": f'"{n}"'}, a_feed(*items))
    desk.sources(**{f"s{n}": f"{upstream.url}/{n}.xml" for n in range(count)})
    for kill in range(10):
        process = desk.run()
        desk.until(process, "serving" if kill == 0 else "event=poll", 1 + kill)
        process.kill()
        process.communicate()
    desk.do("poll")
    found = desk.listing()
    assert len(found) == count * 3
    assert len({one["guid"] for one in found}) == count * 3


def test_the_default_desk_publishes_its_sample_without_a_network(desk: Desk) -> None:
    shutil.rmtree(desk.config)
    shutil.copytree(ROOT / "config", desk.config)
    desk.do("poll", "sample")
    atom = (desk.root / "feeds/world.atom").read_text()
    assert atom.count("<entry") >= 1
    assert "Distributed by Lighthouse Content Agency, LLC" in atom
    listed = [one["headline"] for one in desk.listing()]
    assert len(listed) == len(set(listed))


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
