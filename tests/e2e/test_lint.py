"""``syndicator lint`` through the real command: files, standard input, addresses, topics."""

import json
import subprocess
import sys
from itertools import count

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream
from tests.unit.lint.feeds import atom, jsonfeed, rss


def test_a_sound_file_has_no_findings(desk: Desk) -> None:
    (desk.root / "good.json").write_bytes(jsonfeed())
    (desk.root / "good.rss").write_bytes(rss())
    said = desk.do("lint", "good.rss", "good.json")
    assert said == "good.rss: no findings\ngood.json: no findings\n"


def test_a_file_with_an_error_fails_and_says_where(desk: Desk) -> None:
    (desk.root / "bad.atom").write_bytes(atom(updated="<updated>\nyesterday</updated>"))
    said = desk.do("lint", "bad.atom", code=1)
    assert "bad.atom: 2 errors" in said
    assert "error InvalidRFC3339Date: a date is not as Atom and JSON Feed write it" in said
    assert "line 1 · feed/updated: yesterday" in said
    assert "→ write 2026-11-24T12:00:00Z" in said


def test_warnings_fail_where_that_is_asked(desk: Desk) -> None:
    (desk.root / "feed.rss").write_bytes(rss(self=""))
    assert "1 warning" in desk.do("lint", "feed.rss")
    desk.do("lint", "--strict", "feed.rss", code=1)


def test_standard_input_is_read(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "syndicator", "lint", "--json", "-"],
        input=rss(title=""),
        capture_output=True,
        check=False,
        cwd=desk.root,
    )
    assert done.returncode == 1
    ((document),) = json.loads(done.stdout)
    assert document["document"] == "standard input"
    (found,) = document["findings"]
    assert (found["rule"], found["level"]) == ("MissingTitle", "error")
    assert found["places"][0]["line"] == 1


def test_an_address_is_judged_with_its_header_and_where_it_was_found(
    desk: Desk, upstream: Upstream
) -> None:
    desk.sources()
    upstream.pages["/feed"] = (200, {"Content-Type": "text/html"}, rss())
    said = desk.do("lint", f"{upstream.url}/feed")
    assert "warning UnexpectedContentType" in said
    assert "warning SelfDoesntMatchLocation" in said


def test_the_guard_holds_for_lint_too(desk: Desk, upstream: Upstream) -> None:
    desk.sources()
    desk.write("syndicator.yaml", f"listen: {desk.address}\n")
    said = desk.do("lint", f"{upstream.url}/feed", code=1)
    assert upstream.asked == []
    assert len(said.strip().splitlines()) == 1


def test_two_fetches_of_one_feed_are_compared(desk: Desk, upstream: Upstream) -> None:
    desk.sources()
    number = count()
    upstream.pages["/moves"] = lambda: (
        200,
        {"Content-Type": "application/rss+xml"},
        rss(in_title=f"<title>Build {next(number)}</title>"),
    )
    upstream.pages["/stays"] = (200, {"Content-Type": "application/rss+xml"}, rss())
    assert "NotReproducible" in desk.do("lint", "--again", f"{upstream.url}/moves")
    assert "NotReproducible" not in desk.do("lint", "--again", f"{upstream.url}/stays")


def test_what_a_topic_publishes_is_clean(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/a.xml"] = (
        200,
        {},
        a_feed(
            an_item("Ferry &amp; pier", "g1", link="https://harbour.example/a?b[]=1"),
            an_item("Second", "https://harbour.example/2"),
        ),
    )
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.write("topics.yaml", "topics:\n  world: {title: World, language: en}\n")
    desk.do("poll")
    said = desk.do("lint", "--strict", "--again", "world")
    assert said == "world.atom: no findings\nworld.json: no findings\nworld.rss: no findings\n"


def test_a_held_document_is_named_by_release_and_the_old_one_stands(
    desk: Desk, upstream: Upstream
) -> None:
    upstream.pages["/a.xml"] = (200, {}, a_feed(an_item("Ferry", "g1")))
    desk.sources(a=f"{upstream.url}/a.xml")
    desk.do("poll")
    good = (desk.root / "feeds" / "world.atom").read_bytes()
    desk.settings(more="public_url: 'https://desk.example/our|feeds'\n")
    said = desk.do("release", "world")
    assert "note: world.atom held back: InvalidUriChar" in said
    assert (desk.root / "feeds" / "world.atom").read_bytes() == good


def test_names_that_are_nothing_are_usage_errors(desk: Desk) -> None:
    desk.sources()
    assert "there is no topic wrld; did you mean world?" in desk.do("lint", "wrld", code=2)
    assert "there is no file no.xml" in desk.do("lint", "no.xml", code=2)
    assert "nothing is published of world" in desk.do("lint", "world", code=2)
    (desk.root / "feed.rss").write_bytes(rss())
    assert "--again needs a URL or a TOPIC" in desk.do("lint", "--again", "feed.rss", code=2)
