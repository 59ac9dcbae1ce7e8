"""Kills on the wire and deletions in feeds, with the desk running."""

from urllib.error import HTTPError

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream, wait_for

STORY = "<p>The night ferry sails again after eleven years, the harbour master said on Monday.</p>"
FIRST = "Night ferry sails again"
OTHER = "Council approves its budget"
KILL = f"<p>KILL KILL KILL</p><p>Please kill the story headlined {FIRST}.</p><p>It is wrong.</p>"
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"
xmlns:at="http://purl.org/atompub/tombstones/1.0"><id>tag:a.example,2020:f</id><title>A</title>
<updated>2026-11-01T10:00:00Z</updated>{}</feed>"""
ENTRY = (
    "<entry><id>tag:a.example,2020:{0}</id><title>{1}</title>"
    "<updated>2026-11-01T10:00:00Z</updated><summary>Words of it.</summary></entry>"
)


def feed(desk: Desk, kind: str = "rss") -> str:
    try:
        return desk.get(f"/feeds/world.{kind}")
    except HTTPError:
        return ""


def test_a_wire_kill_takes_its_story_out(desk: Desk, upstream: Upstream) -> None:
    story = an_item(FIRST, "story-1", body=STORY)
    upstream.pages["/a.xml"] = (200, {}, a_feed(story, an_item(OTHER, "story-2")))
    desk.sources("min: 1s, max: 1s", a=f"{upstream.url}/a.xml")
    process = desk.run()
    desk.until(process, "entries=2")
    message = an_item("Kill", "message-1", body=KILL)
    upstream.pages["/a.xml"] = (200, {}, a_feed(message, story, an_item(OTHER, "story-2")))
    desk.until(process, "killed=1")
    wait_for("the kill", lambda: f"<title>{FIRST}<" not in feed(desk), seconds=5)
    assert f"<title>{OTHER}<" in feed(desk)
    assert "Withdrawn: " in feed(desk)
    assert "deleted-entry" in feed(desk, "atom")
    assert "Please kill" not in feed(desk)
    assert "ruled by wire" in desk.do("articles", "list", "--held")


def test_an_ambiguous_kill_holds_all_and_asks(desk: Desk, upstream: Upstream) -> None:
    twins = [an_item(FIRST, f"story-{n}", body=f"<p>{n}</p>{STORY}") for n in (1, 2)]
    upstream.pages["/a.xml"] = (200, {}, a_feed(*twins, an_item(OTHER, "story-3")))
    desk.sources("min: 1s, max: 1s", a=f"{upstream.url}/a.xml")
    process = desk.run()
    desk.until(process, "entries=3")
    message = an_item("Kill", "message-1", body=KILL)
    upstream.pages["/a.xml"] = (200, {}, a_feed(message, *twins, an_item(OTHER, "story-3")))
    assert "ambiguous kill" in desk.until(process, "event=kill")[-1]
    wait_for("both to be out", lambda: FIRST not in feed(desk), seconds=5)
    assert "ambiguous kill" in desk.ready()[1]
    for one in [row["id"] for row in desk.listing() if row["headline"] == FIRST]:
        desk.do("articles", "restore", one, "--reason", "neither was meant")
    wait_for("readiness", lambda: desk.ready() == (200, ""))
    wait_for("both again", lambda: feed(desk).count(f"<title>{FIRST}<") == 2, seconds=5)


def test_what_a_feed_deletes_is_gone_for_good(desk: Desk, upstream: Upstream) -> None:
    one, two = ENTRY.format(1, "One"), ENTRY.format(2, "Two")
    upstream.pages["/a.xml"] = (200, {}, ATOM.format(one + two).encode())
    desk.sources("min: 1s, max: 1s", a=f"{upstream.url}/a.xml")
    process = desk.run()
    desk.until(process, "entries=2")
    stone = '<at:deleted-entry ref="tag:a.example,2020:1" when="2026-11-02T10:00:00Z"/>'
    upstream.pages["/a.xml"] = (200, {}, ATOM.format(two + stone).encode())
    desk.until(process, "killed=1")
    wait_for("the deletion", lambda: ">One<" not in feed(desk), seconds=5)
    assert 'ref="tag:a.example,2020:1"' in feed(desk, "atom")
    upstream.pages["/a.xml"] = (200, {}, ATOM.format(two + one).encode())
    asked = upstream.count("/a.xml")
    wait_for("more polls", lambda: upstream.count("/a.xml") > asked + 1)
    assert ">One<" not in feed(desk)
    assert ">Two<" in feed(desk)
