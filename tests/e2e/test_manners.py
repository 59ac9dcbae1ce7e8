"""How the command line speaks: whole lines, exit codes, one line an error, JSON everywhere."""

import fcntl
import json
import os
import pty
import re
import socket
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path

import pytest

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream

LONG = "A headline that goes on and on " * 8
COMMENTED = """\
# The desk's own list; ask Ines before touching it.
sources:
  # the harbour first
  harbour:
    url: "https://harbour.example/feed"   # quoted on purpose
    license: open

  zebra: {url: 'https://zebra.example/feed', license: open}  # in braces
"""
OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>mine</title></head><body>
<outline text="Sea"><outline type="rss" text="Gull News" xmlUrl="https://gull.example/rss"/></outline>
<outline type="rss" text="Tide" xmlUrl="https://tide.example/atom" htmlUrl="https://tide.example/"/>
</body></opml>"""


def fails(desk: Desk, *arguments: str, code: int = 2) -> str:
    """Run a command that must fail with one line; return it."""
    process = desk.start(*arguments)
    out, err = process.communicate(timeout=60)
    assert process.returncode == code, f"{arguments}: {process.returncode}\n{out}\n{err}"
    assert out == ""
    (line,) = err.splitlines()
    return line


def on_terminal(desk: Desk, *arguments: str, columns: int = 80) -> str:
    """Run a command on a terminal so wide; return what it shows, without colours."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    process = subprocess.Popen(
        [sys.executable, "-m", "syndicator", "--config", str(desk.config), *arguments],
        stdout=slave,
        stderr=slave,
        cwd=desk.root,
        env={**environment, "TERM": "xterm"},
    )
    os.close(slave)
    shown = b""
    with suppress(OSError):  # the end of a terminal
        while piece := os.read(master, 65_536):
            shown += piece
    os.close(master)
    process.wait(timeout=60)
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode()).replace("\r\n", "\n")


@pytest.fixture
def long(desk: Desk, upstream: Upstream) -> Desk:
    """A desk with one long headline and one long error."""
    upstream.pages["/a"] = (200, {}, a_feed(an_item(LONG, "1")))
    upstream.pages["/" + "b" * 150] = (500, {}, b"")
    desk.sources(good=f"{upstream.url}/a", bad=f"{upstream.url}/{'b' * 150}")
    desk.do("poll", code=1)
    return desk


def test_in_a_pipe_a_record_is_one_whole_line(long: Desk) -> None:
    _, article = long.do("articles", "list").splitlines()
    assert article.endswith("  " + LONG.strip())
    for listing in (("sources", "list"), ("status",)):
        lines = long.do(*listing).splitlines()
        (bad,) = [line for line in lines if line.startswith("bad ")]
        assert bad.endswith(f"{'b' * 150}: the server answered 500 Internal Server Error")
    assert len(long.do("sources", "list").splitlines()) == 3
    assert LONG.strip() in long.do("articles", "search", "headline")


def test_one_source_is_told_of_whole(desk: Desk, upstream: Upstream) -> None:
    feed = a_feed("<ttl>90</ttl>", an_item("One", "1"))
    upstream.pages["/a"] = (200, {"ETag": '"1"', "Cache-Control": "max-age=600"}, feed)
    upstream.pages["/busy"] = (429, {"Retry-After": "86400"}, b"")
    desk.sources("min: 1m", good=f"{upstream.url}/a", busy=f"{upstream.url}/busy")
    assert "not known yet" in desk.do("sources", "show", "good")
    desk.do("poll", code=1)
    desk.do("poll", "good")
    shown = desk.do("sources", "show", "good")
    for words in ("next poll  20", "because    the feed's ttl", "asks       ttl 90 min"):
        assert words in shown
    assert [line.split()[-1] for line in shown.splitlines()[-2:]] == ["not-modified", "changed"]
    found = json.loads(desk.do("sources", "show", "busy", "--json"))
    assert (found["why"], found["state"], found["failures"]) == ("Retry-After", "failed", 1)
    assert found["answers"][0]["status"] == 429
    assert "busy waits until" in desk.do("poll", "busy")
    assert upstream.count("/busy") == 1
    assert "did you mean busy?" in fails(desk, "sources", "show", "busi")


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_on_a_terminal_nothing_runs_over_the_edge(long: Desk, columns: int) -> None:
    for listing in (("sources", "list"), ("status",), ("articles", "list")):
        shown = on_terminal(long, *listing, columns=columns)
        lines = [line for line in shown.splitlines() if str(long.root) not in line]
        assert max(len(line) for line in lines) <= columns
        if listing != ("articles", "list"):
            flat = re.sub(r"\s+", "", shown)
            assert "theserveranswered500InternalServerError" in flat


def test_progress_does_not_run_into_the_log(long: Desk) -> None:
    shown = on_terminal(long, "poll", columns=200)
    assert "1 of 2 sources polled" in shown
    for line in shown.splitlines():
        assert not ("polling" in line.split("\r")[-1] and "status=" in line.split("\r")[-1])


def test_every_listing_has_json(long: Desk) -> None:
    for listing in (
        ("sources", "list"),
        ("articles", "list"),
        ("articles", "search", "headline"),
        ("status",),
        ("release",),
        ("poll", "good"),
    ):
        assert json.loads(long.do(*listing, "--json"))
    (found,) = json.loads(long.do("articles", "list", "--json"))
    for question in ("show", "explain"):
        assert json.loads(long.do("articles", question, found["id"][:8], "--json"))
    assert json.loads(long.do("sources", "list", "--json"))[0]["failures"] == 0


def test_wrong_usage_is_one_line_and_two(desk: Desk) -> None:
    desk.sources(harbour="https://harbour.example/")
    assert "did you mean harbour?" in fails(desk, "poll", "harbor")
    assert "there are: world" in fails(desk, "release", "moon")
    assert "no topic moon" in fails(desk, "articles", "list", "--topic", "moon")
    assert "no such source" in fails(desk, "sources", "pause", "nobody")
    assert "no such source" in fails(desk, "sources", "remove", "nobody")
    assert "No such command" in fails(desk, "pol")
    assert "--help" in fails(desk, "articles", "list", "--limit", "many")
    assert "does not exist" in fails(desk, "sources", "import", "nothing.opml")
    assert "is no article id" in fails(desk, "articles", "show", "../x")
    assert fails(desk, "--config", str(desk.root / "nowhere"), "check").endswith("is not a folder")
    (desk.root / "words.opml").write_text("not one")
    assert "not an OPML document" in fails(desk, "sources", "import", str(desk.root / "words.opml"))
    assert "Usage:" in desk.do("sources", code=2)
    assert "Usage:" in desk.do("--help")


def test_work_that_fails_is_one_line_and_one(desk: Desk) -> None:
    desk.sources(harbour="https://harbour.example/")
    assert "No such file" in fails(desk, "preview", "missing.xml", code=1)
    assert "no document there" in fails(desk, "preview", str(desk.config), code=1)
    assert "only http:, https: and file:" in fails(desk, "preview", "ftp://x.example/", code=1)
    assert "only http:, https: and file:" in fails(desk, "sources", "add", "gopher://x/", code=1)
    assert "no article starts with" in fails(desk, "articles", "show", "beef", code=1)
    (desk.root / "no.xml").write_text("<nothing/>")
    assert "not a feed" in fails(desk, "preview", str(desk.root / "no.xml"), code=1)
    assert "no feed there" in fails(desk, "sources", "add", str(desk.root / "no.xml"), code=1)


def test_settings_errors_name_their_place(desk: Desk) -> None:
    desk.write("sources.yaml", "sources:\n  a:\n    url: https://x.example/\n    licence: open\n")
    line = fails(desk, "check")
    assert "sources.yaml:4:5" in line
    assert "license" in line
    (desk.config / "sources.yaml").unlink()
    (desk.config / "sources.yaml").mkdir()
    assert "sources.yaml" in fails(desk, "poll")


def test_the_environment_of_a_container_is_checked_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.sources()
    monkeypatch.setenv("SYNDICATOR_LISTEN", "8080")
    assert "SYNDICATOR_LISTEN: '8080' is not host:port" in fails(desk, "check")
    monkeypatch.setenv("SYNDICATOR_LISTEN", "127.0.0.1:99999")
    monkeypatch.setenv("SYNDICATOR_REDIS_URL", "mysql://x")
    said = desk.do("check", code=2)
    assert len(said.splitlines()) == 2
    assert "redis://" in said


def test_a_port_in_use_is_one_line(desk: Desk) -> None:
    desk.sources()
    host, _, port = desk.address.rpartition(":")
    with socket.create_server((host, int(port))):
        line = fails(desk, "run", code=1)
    assert f"cannot listen on {desk.address}: Address already in use; stop what uses it" in line


def test_two_desks_on_one_data_folder_is_one_line(desk: Desk) -> None:
    desk.sources()
    first = desk.run()
    desk.until(first, "event=serving")
    line = fails(desk, "run", code=1)
    assert f"another desk runs on this data (process {first.pid})" in line


def test_a_reader_that_has_seen_enough_is_no_error(long: Desk) -> None:
    process = long.start("articles", "list", "--json")
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


def test_adding_a_source_keeps_comments_and_order(desk: Desk, upstream: Upstream) -> None:
    page = (
        b'<html><head><link rel="alternate" type="application/rss+xml" href="/f.xml"></head></html>'
    )
    upstream.pages["/"] = (200, {"Content-Type": "text/html"}, page)
    upstream.pages["/f.xml"] = (200, {}, a_feed(an_item("One", "1")))
    desk.write("sources.yaml", COMMENTED)
    said = desk.do("sources", "add", f"{upstream.url}/", "--license", "open", "--topic", "world")
    for words in ("Harbour News", "rss20", "entries  1", "none stated", "added as harbour-news"):
        assert words in said
    path = desk.config / "sources.yaml"
    added = (
        f"  harbour-news:\n    url: {upstream.url}/f.xml\n    license: open\n    topics: [world]\n"
    )
    added = "\n" + added  # sources of this file stand apart
    assert path.read_text() == COMMENTED + added
    assert "is a source already" in fails(desk, "sources", "add", f"{upstream.url}/f.xml")
    desk.do("sources", "pause", "harbour")
    paused = COMMENTED.replace("    license: open\n\n", "    license: open\n    paused: true\n\n")
    assert path.read_text() == paused + added
    assert '"paused"' in desk.do("sources", "list", "--json")
    desk.do("sources", "resume", "harbour")
    assert path.read_text() == COMMENTED + added
    desk.do("sources", "remove", "harbour-news")
    assert path.read_text() == COMMENTED + "\n"


def test_an_unsound_addition_leaves_the_file_as_it_was(desk: Desk, upstream: Upstream) -> None:
    upstream.pages["/f.xml"] = (200, {}, a_feed(an_item("One", "1")))
    desk.write("sources.yaml", COMMENTED)
    add = ("sources", "add", f"{upstream.url}/f.xml")
    said = fails(desk, *add, "--license", "moon")
    assert "no licence moon; there are: " in said
    assert "open" in said
    assert "no topic sea; there are: world" in fails(desk, *add, "--topic", "sea")
    assert "an id is 1 to 64" in fails(desk, *add, "--id", "No Id")
    opml = desk.root / "odd.opml"
    opml.write_text(OPML.replace("https://tide.example/atom", "https://"))
    assert "sources.tide.url" in fails(desk, "sources", "import", str(opml))
    assert (desk.config / "sources.yaml").read_text() == COMMENTED


def test_sources_go_out_and_come_in_as_opml(desk: Desk, tmp_path: Path) -> None:
    desk.write("sources.yaml", COMMENTED)
    (tmp_path / "mine.opml").write_text(OPML)
    assert "added 2 sources" in desk.do("sources", "import", str(tmp_path / "mine.opml"))
    text = (desk.config / "sources.yaml").read_text()
    assert text.startswith(COMMENTED)
    assert "added 0 sources" in desk.do("sources", "import", str(tmp_path / "mine.opml"))
    assert (desk.config / "sources.yaml").read_text() == text
    out, _ = desk.start("sources", "export").communicate(timeout=60)
    (tmp_path / "all.opml").write_text(out)
    desk.sources()
    assert "added 4 sources" in desk.do("sources", "import", str(tmp_path / "all.opml"))
    again, _ = desk.start("sources", "export").communicate(timeout=60)
    urls = re.compile(r'xmlUrl="([^"]+)"')
    assert sorted(urls.findall(again)) == sorted(urls.findall(out))
    assert len(urls.findall(out)) == 4
