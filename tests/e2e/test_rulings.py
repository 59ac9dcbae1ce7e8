"""Kills, holds and approvals, by the real command and the running desk."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Answer, Desk, Upstream, wait_for

STORY = "<p>The night ferry sails again after eleven years, and the whole harbour came to sing.</p>"
FEED: Answer = (200, {}, a_feed(an_item("One", "1", body=STORY * 3), an_item("Two", "2")))


def shown(desk: Desk, *titles: str) -> Callable[[], bool]:
    """Whether every format shows exactly these headlines, of One, Two and Three."""

    def look() -> bool:
        pages = [desk.get(f"/feeds/world{end}") for end in (".rss", ".atom", ".json", "/")]
        return all(
            (f">{title}<" in page or f'"{title}"' in page) == (title in titles)
            for page in pages
            for title in ("One", "Two", "Three")
        )

    return look


def ids(desk: Desk) -> dict[str, str]:
    return {one["headline"]: one["id"] for one in desk.listing()}


def test_a_kill_is_seen_within_seconds_and_is_final(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = FEED
    desk.sources("min: 1s, max: 1s", a=f"{upstream.url}/a.xml")
    process = desk.run()
    desk.until(process, "entries=2")
    wait_for("both articles", shown(desk, "One", "Two"))
    dead = ids(desk)["One"]
    assert ">One<" in desk.get(f"/articles/{dead}")
    said = desk.do("articles", "kill", dead[:8], "--reason", "It never sailed.", "--public")
    assert "killed: One; rebuilt: world" in said
    wait_for("the kill", shown(desk, "Two"), seconds=5)
    atom = desk.get("/feeds/world.atom")
    assert "deleted-entry" in atom
    assert "It never sailed." in atom
    with pytest.raises(HTTPError, match="410"):
        desk.get(f"/articles/{dead}")
    # Told anew, and the same words under another guid and address, from another feed too.
    copy = an_item("Three", "9", link="https://elsewhere.example/9", body=STORY * 3)
    upstream.pages["/b.xml"] = (200, {}, a_feed(copy))
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Three", "1"), copy, an_item("Two", "2")))
    asked = upstream.count("/a.xml")
    desk.sources("min: 1s, max: 1s", a=f"{upstream.url}/a.xml", b=f"{upstream.url}/b.xml")
    desk.until(process, "source=b")
    wait_for("more polls", lambda: upstream.count("/a.xml") > asked + 2)
    assert shown(desk, "Two")()
    assert "kill ruled by" in desk.do("articles", "explain", dead)
    assert "published in world as full" in desk.do("articles", "explain", dead)
    assert "It never sailed." in desk.do("articles", "list", "--held")
    desk.do("articles", "restore", dead, "--reason", "It did sail after all.")
    wait_for("it again", shown(desk, "Two", "Three"), seconds=5)
    assert "deleted-entry" not in desk.get("/feeds/world.atom")


def test_without_a_desk_the_command_itself_rebuilds(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = FEED
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.do("poll")
    feed = desk.root / "feeds/world.rss"
    one = ids(desk)["One"]
    desk.do("articles", "hold", one, "--reason", "asking the author")
    assert ">One<" not in feed.read_text()
    assert "Withdrawn" not in feed.read_text()
    (held,) = json.loads(desk.do("articles", "list", "--held", "--json"))
    assert (held["headline"], held["ruling"]["kind"]) == ("One", "hold")
    desk.do("articles", "restore", one, "--reason", "asked")
    desk.do("articles", "correct", one, "--reason", "It is the day ferry.", "--public")
    assert ">One<" in feed.read_text()
    assert "It is the day ferry." in feed.read_text()
    desk.do("articles", "hold", one, "--reason", "once more", "--until", "2099-01-01")
    assert "hold: ruled by" in desk.do("articles", "explain", one)
    assert "correct" in desk.do("articles", "show", one)


def test_what_waits_for_approval_leaves_when_approved(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = FEED
    desk.write("licenses.yaml", "licenses:\n  open: {text: full, automatic: false}\n")
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.do("poll")
    waiting = json.loads(desk.do("articles", "list", "--waiting", "--json"))
    assert {one["headline"] for one in waiting} == {"One", "Two"}
    desk.do("articles", "approve", ids(desk)["One"])
    text = (desk.root / "feeds/world.rss").read_text()
    assert ">One<" in text
    assert ">Two<" not in text
    (left,) = json.loads(desk.do("articles", "list", "--waiting", "--json"))
    assert left["headline"] == "Two"


def test_what_cannot_be_ruled_is_one_readable_line(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = FEED
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.do("poll")
    one = ids(desk)["One"]
    for code, line in (
        (1, ("restore", one, "--reason", "x")),
        (1, ("kill", "ffff", "--reason", "x")),
        (2, ("kill", "../x", "--reason", "x")),
        (2, ("kill", one)),
        (2, ("kill", one, "--reason", " ")),
        (2, ("hold", one, "--reason", "x", "--until", "2001-01-01")),
        (2, ("hold", one, "--reason", "x", "--until", "soon")),
    ):
        said = desk.do("articles", *line, code=code)
        assert len(said.strip().splitlines()) == 1, said
        assert said.startswith("syndicator: ")
    assert desk.do("articles", "list", "--held").strip() == "no ruling keeps an article in"


def test_newsboat_shows_the_notice_in_place_of_the_article(
    desk: Desk, upstream: Upstream, tmp_path: Path
) -> None:
    newsboat = shutil.which("newsboat")
    assert newsboat, "newsboat is not installed (Debian package newsboat)"
    upstream.pages["/a.xml"] = FEED
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.until(desk.run(), "entries=2")
    (tmp_path / "urls").write_text(f"http://{desk.address}/feeds/world.rss\n")
    (tmp_path / "conf").write_text("")
    cache = tmp_path / "cache.db"
    names = ("-u", "urls", "-c", "cache.db", "-C", "conf", "-x", "reload")
    environment = {"HOME": str(tmp_path), "TERM": "xterm"}

    def held() -> set[tuple[str, str]]:
        subprocess.run([newsboat, *names], cwd=tmp_path, env=environment, check=True, timeout=60)
        with sqlite3.connect(cache) as base:
            return set(base.execute("select title, content from rss_item where guid = '1'"))

    ((title, content),) = held()
    assert title == "One"
    assert "ferry" in content
    desk.do("articles", "kill", ids(desk)["One"], "--reason", "Wrong.", "--public")
    ((title, content),) = wait_for("the notice", lambda: {r for r in held() if r[0] != "One"}, 5)
    assert title.startswith("Withdrawn: ")
    assert "Wrong." in content
    assert "ferry" not in content


def test_what_was_published_is_audited_and_reported(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = FEED
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.until(desk.run(), "entries=2")
    assert "7 documents audited: no breaches" in desk.do(
        "audit"
    )  # four feeds, two articles, headlines
    desk.do("articles", "kill", ids(desk)["One"], "--reason", "x")
    assert json.loads(desk.do("audit", "--json")) == []
    rows = json.loads(desk.do("report", "usage", "--license", "open", "--json"))
    assert {(one["headline"], one["last"] is None) for one in rows} == {
        ("One", False),
        ("Two", True),
    }
    table = desk.do("report", "usage", "--license", "open", "--from", "2020-01-01", "--csv")
    assert table.startswith("article,headline,link,source,credit,form,")
    assert {one["fetches"] for one in rows} == {0}
    (killed,) = [one for one in rows if one["killed"]]
    assert (killed["headline"], killed["in_time"]) == ("One", True)
    assert 0 <= killed["out_after"] <= 5
    assert "Two" in desk.get("/feeds/world.rss")

    def fetched() -> bool:
        said = json.loads(desk.do("report", "usage", "--license", "open", "--json"))
        return [one["fetches"] for one in said if one["headline"] == "Two"] == [1]

    wait_for("the fetch in the report", fetched)
    assert table.count("From Harbour News.") == 2
    assert "nothing was published" in desk.do(
        "report", "usage", "--license", "open", "--to", "2020-01-01"
    )
    assert "did you mean open?" in desk.do("report", "usage", "--license", "opne", code=2)
    feed = desk.root / "feeds/world.rss"
    feed.write_text(feed.read_text().replace("From Harbour News.", ""))
    said = desk.do("audit", code=1)
    assert "world.rss: '2' credit: open: the credit lacks" in said
    assert "world.rss.gz: packed" in said
