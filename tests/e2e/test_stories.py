"""One story, once: wire copies across publishers, by the real command and the running desk."""

import json
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

from syndicator.adapters.clock import SystemClock
from tests.builders import a_feed
from tests.e2e.conftest import Answer, Desk, Upstream, wait_for
from tests.texts import a_story

WIRE = a_story("the ferry", 260)
NOW = SystemClock().now()


def an_entry(title: str, guid: str, text: str, minutes: int = 0) -> str:
    day = format_datetime(NOW - timedelta(hours=2) + timedelta(minutes=minutes))
    return (
        f"<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid>"
        f"<link>https://{guid}.example/{guid}</link><pubDate>{day}</pubDate>"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"
    )


def served(*entries: str) -> Answer:
    return 200, {}, a_feed(*entries)


def a_desk(desk: Desk, upstream: Upstream) -> None:
    desk.write(
        "licenses.yaml",
        'licenses:\n  open: {text: full, credit: "From {source}."}\n'
        '  brief: {text: excerpt, credit: "From {source}."}\n',
    )
    rows = "".join(
        f"  {name}: {{url: '{upstream.url}/{name}.xml', title: {title}, license: {terms}, "
        f"language: en, topics: [world], poll: {{min: 1s, max: 1s}}}}\n"
        for name, title, terms in (
            ("harbour", "Harbour News", "brief"),
            ("coast", "Coast Daily", "open"),
            ("inland", "Inland Post", "open"),
        )
    )
    desk.write("sources.yaml", f"sources:\n{rows}")
    for name in ("harbour", "coast", "inland"):
        upstream.pages[f"/{name}.xml"] = served(
            an_entry(f"Own words of {name}", f"own-{name}", "Short.")
        )


def entries(desk: Desk) -> dict[str, Any]:
    feed = json.loads((desk.root / "feeds" / "world.json").read_text())
    return {one["id"]: one for one in feed["items"]}


def published(desk: Desk) -> str:
    return "".join((desk.root / "feeds" / f"world.{end}").read_text() for end in ("rss", "atom"))


def test_copies_of_a_wire_story_are_one_entry_led_by_the_freest_licence(
    desk: Desk, upstream: Upstream
) -> None:
    a_desk(desk, upstream)
    upstream.pages["/harbour.xml"] = served(an_entry("Ferry sails", "harbour-1", WIRE))
    desk.do("poll", "harbour")
    assert "harbour-1" in entries(desk)
    first = entries(desk)["harbour-1"]
    assert "From Harbour News." in first["content_html"]

    upstream.pages["/coast.xml"] = served(
        an_entry("At last, the ferry sails", "coast-1", f"COAST (Reuters) - {WIRE}", 20)
    )
    desk.do("poll", "coast")
    found = entries(desk)
    assert set(found) == {"harbour-1"}  # the id that readers know stays
    lead = found["harbour-1"]
    assert lead["title"] == "At last, the ferry sails"  # coast's licence allows the whole text
    assert lead["date_published"] == first["date_published"]
    assert lead["date_modified"] > first["date_modified"]
    assert lead["_syndicator"]["also_from"] == [
        {"title": "Harbour News", "url": "https://harbour-1.example/harbour-1"}
    ]
    assert (
        'Also from <a href="https://harbour-1.example/harbour-1">Harbour News</a>'
        in lead["content_html"]
    )
    assert published(desk).count('title="Also from Harbour News"') == 2
    assert desk.do("audit")

    upstream.pages["/inland.xml"] = served(
        an_entry("Ferry", "inland-1", WIRE[: len(WIRE) // 2], 40)
    )
    desk.do("poll", "inland")
    assert set(entries(desk)) == {"harbour-1"}
    also = entries(desk)["harbour-1"]["_syndicator"]["also_from"]
    assert [one["title"] for one in also] == ["Inland Post", "Harbour News"]

    coast = next(one["id"] for one in desk.listing() if one["guid"] == "coast-1")
    desk.do("articles", "kill", coast, "--reason", "Coast asked for it.")
    heir = entries(desk)
    assert set(heir) == {"harbour-1"}
    assert heir["harbour-1"]["title"] == "Ferry"  # inland's, the next that allows most
    assert heir["harbour-1"]["date_modified"] > lead["date_modified"]
    assert "deleted-entry" not in published(desk)
    assert "Coast" not in json.dumps(heir)
    assert desk.do("audit")


def test_a_person_parts_and_joins_and_the_desk_remembers(desk: Desk, upstream: Upstream) -> None:
    a_desk(desk, upstream)
    upstream.pages["/coast.xml"] = served(an_entry("Ferry sails", "coast-1", WIRE))
    upstream.pages["/inland.xml"] = served(an_entry("Ferry at sea", "inland-1", WIRE, 5))
    desk.do("poll", "coast")
    desk.do("poll", "inland")
    ids = {one["guid"]: one["id"] for one in desk.listing()}
    (listed,) = json.loads(desk.do("stories", "list", "--json"))
    assert [one["source"] for one in listed["copies"]] == ["coast", "inland"]
    shown = desk.do("stories", "show", ids["inland-1"][:8])
    assert "100% of the shorter text is shared" in shown
    said = desk.do("articles", "explain", ids["inland-1"], "--topic", "world")
    assert f"the same story as {ids['coast-1']}" in said

    assert "rebuilt: world" in desk.do("stories", "part", ids["inland-1"])
    assert set(entries(desk)) >= {"coast-1", "inland-1"}
    assert "stands alone already" in desk.do("stories", "part", ids["inland-1"], code=1)
    upstream.pages["/inland.xml"] = served(
        an_entry("Ferry at sea again", "inland-1", WIRE + " More.", 5)
    )
    desk.do("poll", "inland")
    assert set(entries(desk)) >= {"coast-1", "inland-1"}  # no likeness joins them again

    desk.do("stories", "join", ids["inland-1"], ids["coast-1"])
    assert "inland-1" not in entries(desk)
    assert "joined by hand" in desk.do("stories", "show", ids["coast-1"])
    assert desk.do("audit")


def test_the_running_desk_shows_a_story_on_its_page(desk: Desk, upstream: Upstream) -> None:
    a_desk(desk, upstream)
    upstream.pages["/coast.xml"] = served(an_entry("Ferry sails", "coast-1", WIRE))
    process = desk.run()
    desk.until(process, "event=release")
    wait_for("the first", lambda: "Ferry sails" in desk.get("/feeds/world/"))
    upstream.pages["/inland.xml"] = served(an_entry("Ferry at sea", "inland-1", WIRE, 5))
    wait_for("the second named", lambda: "Also from" in desk.get("/feeds/world/"))
    assert "Ferry at sea" not in desk.get("/feeds/world/")
    for one in desk.listing():
        if one["guid"] in {"coast-1", "inland-1"}:
            page = desk.get(f"/articles/{one['id']}")
            assert "Ferry sails" in page
            assert "Inland Post" in page
