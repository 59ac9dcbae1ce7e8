"""Subscribers with the daemon running: what they read, and how soon they do no more."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream, wait_for

TOPICS = """\
topics:
  world: {title: World, window: {hours: 8000}}
  wire: {title: Wire, audience: subscribers, window: {hours: 8000}}
"""
LICENSES = """\
licenses:
  open: {text: full}
  south: {text: full, territories: {allow: [AU, NZ]}, exclusive: [wire]}
  north: {text: full, territories: {deny: [AU]}, exclusive: [wire]}
"""


def ask(url: str) -> tuple[int, str]:
    try:
        with urlopen(f"http://{url.removeprefix('http://')}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, ""


def add(desk: Desk, name: str, *more: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(desk.do("subscribers", "add", name, "--json", *more))
    return made


def stocked(desk: Desk, upstream: Upstream) -> None:
    """Three sources, each with one story named after its licence, filed in both topics."""
    desk.write("topics.yaml", TOPICS)
    desk.write("licenses.yaml", LICENSES)
    rows = []
    for name in ("open", "south", "north"):
        upstream.pages[f"/{name}.xml"] = (200, {}, a_feed(an_item(name.title(), name)))
        rows.append(
            f"  {name}: {{url: '{upstream.url}/{name}.xml', license: {name}, topics: [world, wire]}}\n"
        )
    desk.write("sources.yaml", "sources:\n" + "".join(rows))


def titles(url: str) -> set[str]:
    status, text = ask(url)
    assert status == 200, status
    return {one["title"] for one in json.loads(text)["items"]}


def test_each_reads_what_it_may_and_nobody_else_does(desk: Desk, upstream: Upstream) -> None:
    stocked(desk, upstream)
    process = desk.run()
    desk.until(process, "event=poll", 3)
    australia, austria = (
        add(desk, "coast", "--territory", "AU"),
        add(desk, "alps", "--territory", "at", "--forms", "headline"),
    )
    (feed,) = australia["feeds"]
    assert feed["json"] == f"http://{desk.address}/s/{australia['token']}/feeds/wire.json"
    wait_for("the first subscriber", lambda: ask(feed["json"])[0] == 200, 10)
    wait_for("all three", lambda: titles(feed["json"]) == {"Open", "South"}, 10)
    (other,) = austria["feeds"]
    wait_for("the second subscriber", lambda: ask(other["json"])[0] == 200, 10)
    assert titles(other["json"]) == {"Open", "North"}
    assert "Words." in ask(feed["rss"])[1]
    assert "Words." not in ask(other["rss"])[1]

    wait_for("the public topic", (desk.root / "feeds/world.json").exists, 10)
    public = json.loads(desk.get("/feeds/world.json"))
    assert [one["title"] for one in public["items"]] == ["Open"]  # not what is for the wire alone
    assert not [path for path in (desk.root / "feeds").rglob("*") if "wire" in path.as_posix()]
    for page in ("/", "/topics.opml"):
        assert "ire" not in desk.get(page).replace("require", "")
    assert ask(f"http://{desk.address}/feeds/wire.rss")[0] == 404
    # Four documents for all, one article's page, and four documents for each subscriber.
    assert "14 documents audited: no breaches" in desk.do("audit")
    assert ask(f"http://{desk.address}/s/feeds/wire.rss")[0] == 401

    rows = json.loads(desk.do("subscribers", "list", "--json"))
    assert [(one["subscriber"], one["state"], one["topics"]) for one in rows] == [
        ("coast", "active", ["wire"]),
        ("alps", "active", ["wire"]),
    ]
    said = json.loads(desk.do("subscribers", "test", australia["token"], "--json"))
    assert (said["subscriber"], said["state"], said["feeds"]) == ("coast", "active", [feed])
    (south,) = [one for one in desk.listing() if one["headline"] == "South"]
    asked = ("articles", "explain", south["id"], "--topic", "wire", "--json", "--subscriber")
    answers = {name: json.loads(desk.do(*asked, name)) for name in ("coast", "alps")}
    assert answers["coast"]["verdict"] == "cleared"
    assert "published in wire@coast as full" in answers["coast"]["published"][0]
    assert answers["alps"]["reasons"][-1]["rule"] == "territory"
    process.terminate()
    _, log = process.communicate(timeout=10)
    written = log + (desk.config / "subscribers.yaml").read_text()
    assert australia["token"] not in written
    assert austria["token"] not in written


def test_a_kill_and_a_revocation_are_seen_within_seconds(desk: Desk, upstream: Upstream) -> None:
    stocked(desk, upstream)
    desk.write("subscribers.yaml", "# ours\nsubscribers:\n")
    made = add(desk, "coast", "--territory", "AU")
    desk.run()
    (feed,) = made["feeds"]
    wait_for("the desk", lambda: _answers(feed["json"]), 20)
    wait_for("both", lambda: titles(feed["json"]) == {"Open", "South"}, 10)
    (south,) = [one for one in desk.listing() if one["headline"] == "South"]
    desk.do("articles", "kill", south["id"], "--reason", "It was wrong.")
    assert "South" not in titles(feed["json"])  # with the very next poll
    assert "deleted-entry" in ask(feed["atom"])[1]
    assert ask(feed["rss"])[0] == 200
    desk.do("subscribers", "revoke", "coast")
    wait_for("the refusal", lambda: ask(feed["rss"])[0] == 403, 5)
    assert (desk.config / "subscribers.yaml").read_text().startswith("# ours\nsubscribers:\n")
    assert "revoked" in desk.do("subscribers", "test", made["token"], code=1)


def _answers(url: str) -> bool:
    try:
        return ask(url)[0] == 200
    except OSError:  # it does not listen yet
        return False


def test_a_topic_that_was_public_leaves_the_public_folder(desk: Desk, upstream: Upstream) -> None:
    stocked(desk, upstream)
    desk.write("topics.yaml", TOPICS.replace(", audience: subscribers", ""))
    process = desk.run()
    desk.until(process, "event=poll", 3)
    files = [desk.root / f"feeds/wire{kind}" for kind in (".rss", ".atom.gz", "/index.html")]
    wait_for("the files", lambda: all(file.exists() for file in files), 10)
    desk.write("topics.yaml", TOPICS)
    wait_for("their end", lambda: not any(file.exists() for file in files), 10)
    wait_for("the directory without it", lambda: "Wire" not in desk.get("/"), 10)
    assert "Wire" not in desk.get("/topics.opml")
    assert ask(f"http://{desk.address}/feeds/wire.rss")[0] == 404


def test_faults_are_said_with_their_place(desk: Desk) -> None:
    desk.write("topics.yaml", TOPICS)
    desk.sources()
    desk.write("subscribers.yaml", "subscribers:\n  coast: {token: syn_plain, topic: wire}\n")
    said = desk.do("check", code=2)
    assert "subscribers.yaml:2:11: subscribers.coast.token: must be the hash" in said
    assert (
        "subscribers.yaml:2:29: subscribers.coast.topic: unknown key; did you mean topics?" in said
    )
    assert "syn_plain" not in said
    desk.write("subscribers.yaml", "subscribers:\n")
    assert "did you mean wire?" in desk.do("subscribers", "add", "a", "--topic", "wier", code=2)
    assert "must be at least 1" in desk.do("subscribers", "add", "a", "--rate", "0", code=2)
    assert (desk.config / "subscribers.yaml").read_text() == "subscribers:\n"
    assert "no subscribers" in desk.do("subscribers", "list")
    assert desk.do("subscribers", "list", "--json").strip() == "[]"
