"""Bad upstreams beside a good one: each costs one readable line, and no other source anything."""

import gzip
import json
import socket
import struct
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Any

import pytest

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Answer, Desk, Raw, Upstream, wait_for

FEED = a_feed(an_item("Good one", "g1"), an_item("Good two", "g2"))
MEGABYTES_10 = 10_000_000
HTML = b"<!doctype html><html><head><title>Sorry</title></head><body>We are moving.</body></html>"
LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{inner};" * 50}">'
    for inner, name in zip("abcdef", "bcdefg", strict=True)
)


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Close the connection with a reset instead of an answer."""
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Answer at once, and then a byte at a time, without end, until nobody listens."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    handler.connection.settimeout(0.1)
    for _ in count():
        try:
            handler.wfile.write(b"<")
            if not handler.connection.recv(1):
                return
        except TimeoutError:
            continue
        except OSError:
            return


def overrun(handler: BaseHTTPRequestHandler) -> None:
    """Send more than the length announced, all at once."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n" + FEED)


def entities(declared: str, used: str) -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [{declared}]><rss version="2.0"><channel>'
        f"<title>{used}</title><item><guid>e1</guid><title>T {used}</title>"
        f"<description>{used}</description></item></channel></rss>"
    ).encode()


# What is answered, the kind of the error, and words that must be in its line.
REFUSED: dict[str, tuple[Answer | Raw, str, str]] = {
    "words": ((200, {}, b"just some words"), "not-a-feed", "not a feed"),
    "page": ((200, {"Content-Type": "text/html"}, HTML), "not-a-feed", "web page"),
    "nothing": ((200, {}, b""), "empty", "empty"),
    "half": (
        (200, {"Content-Length": str(len(FEED)), "Connection": "close"}, FEED[: len(FEED) // 2]),
        "truncated",
        "broke off",
    ),
    "liar": ((200, {"Content-Length": "9" * 12}, FEED), "too-large", "fetch.max_bytes"),
    "large": ((200, {}, b"<!--" + b" " * MEGABYTES_10 + b"-->"), "too-large", "10,000,000 bytes"),
    "bomb": (
        (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(5 * MEGABYTES_10))),
        "too-large",
        "10,000,000 bytes",
    ),
    "coding": ((200, {"Content-Encoding": "gzip"}, b"not gzip"), "bad-encoding", "damaged"),
    "loop": ((302, {"Location": "/loop"}, b""), "redirect-loop", "lead back"),
    "file": ((302, {"Location": "file:///etc/passwd"}, b""), "bad-redirect", "no web address"),
    "inside": ((302, {"Location": "http://192.168.0.1/"}, b""), "private-address", "allow_private"),
    "broken": ((500, {}, b"oops"), "server-error", "answered 500"),
    "missing": ((404, {}, b"no"), "not-found", "answered 404"),
    "json": ((200, {}, b'{"version": "https://jsonfeed.org/version/1.1", "ite'), "", "JSON"),
    "reset": (reset, "reset", "closed the connection"),
    "overrun": (overrun, "bad-answer", "longer than announced"),
    "drip": (drip, "timeout", "within 2 s"),
}
# What a person would want read: the words are there, whatever is wrong around them.
READ: dict[str, Answer] = {
    "illformed": (
        200,
        {},
        FEED.replace(
            b"</channel>", b"<item><title>Salt & sand</title><guid>g3</guid></item></chan>"
        ),
    ),
    "encoding": (200, {}, FEED.replace(b'"1.0"?>', b'"1.0" encoding="x-klingon"?>', 1)),
}
HEADLINES = {
    "illformed": {"Good one", "Good two", "Salt & sand"},
    "encoding": {"Good one", "Good two"},
}


def offer(upstream: Upstream, name: str, page: Answer | Raw) -> str:
    if isinstance(page, tuple):
        upstream.pages[f"/{name}"] = page
    else:
        upstream.raw[f"/{name}"] = page
    return f"{upstream.url}/{name}"


@pytest.fixture
def bad(desk: Desk, upstream: Upstream) -> dict[str, str]:
    """Every refused source, and a good one, in a desk's settings."""
    urls = {name: offer(upstream, name, page) for name, (page, _, _) in REFUSED.items()}
    urls["good"] = offer(upstream, "good", (200, {}, FEED))
    desk.settings(timeout="2s")
    desk.sources("min: 15m", **urls)
    return urls


def test_each_bad_source_is_one_readable_line_with_its_back_off(
    desk: Desk, upstream: Upstream, bad: dict[str, str]
) -> None:
    said = desk.do("poll", code=1)
    for name, (_, kind, words) in REFUSED.items():
        (line,) = [one for one in said.splitlines() if f" source={name} " in one]
        assert f"kind={kind}" in line
        assert words in line, line
    assert f"1 of {len(bad)} sources polled: 2 new" in said
    assert {one["headline"] for one in desk.listing()} == {"Good one", "Good two"}
    assert "Good two" in (desk.root / "feeds/world.atom").read_text()

    rows = json.loads(desk.do("sources", "list", "--json"))
    assert json.loads(desk.do("status", "--json"))["sources"] == rows
    for row in rows:
        check_row(row)

    desk.write("licenses.yaml", "licenses:\n  open: {text: full, credit: 'Again.'}\n")
    asked = {name: upstream.count(f"/{name}") for name in bad}
    desk.until(desk.run(), "event=release")
    assert {name: upstream.count(f"/{name}") for name in bad} == asked


def check_row(row: dict[str, Any]) -> None:
    """A failed source says what is wrong and is left alone for its shortest interval."""
    if row["source"] == "good":
        assert (row["state"], row["failures"], row["error"]) == ("ok", 0, None)
        return
    _, kind, words = REFUSED[row["source"]]
    assert (row["state"], row["failures"]) == ("failed", 1)
    assert row["kind"].startswith(kind)
    assert words in row["error"]
    assert "\n" not in row["error"]
    wait = datetime.fromisoformat(row["next_poll"]) - datetime.fromisoformat(row["last_polled"])
    assert timedelta(minutes=14) < wait <= timedelta(minutes=15, seconds=5)


@pytest.mark.parametrize("name", sorted(READ))
def test_what_can_still_be_read_is_read(desk: Desk, upstream: Upstream, name: str) -> None:
    desk.sources(a=offer(upstream, name, READ[name]))
    (result,) = json.loads(desk.do("poll", "--json"))
    assert (result["status"], result["error"]) == ("ok", None)
    assert len(result["warnings"]) == 1
    assert "ill-formed" in result["warnings"][0]
    assert {one["headline"] for one in desk.listing()} == HEADLINES[name]


def test_entities_are_never_followed_or_multiplied(desk: Desk, upstream: Upstream) -> None:
    """Such a document is one readable error; it costs little and gives nothing away."""
    secret = desk.root / "secret.txt"
    secret.write_text("the password of the archive")
    laughs = entities(f'<!ENTITY a "ha">{LAUGHS}', "&g;")
    outside = entities(f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;")
    by_web = entities(f'<!ENTITY x SYSTEM "{upstream.url}/asked">', "&x;")
    desk.sources(
        laughs=offer(upstream, "laughs", (200, {}, laughs)),
        outside=offer(upstream, "outside", (200, {}, outside)),
        web=offer(upstream, "web", (200, {}, by_web)),
        good=offer(upstream, "good", (200, {}, FEED)),
    )
    process = desk.start("poll", "--json")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in err
    results = {one["source"]: one for one in json.loads(out)}
    assert {name: one["kind"] for name, one in results.items()} == {
        "laughs": "entities", "outside": "entities", "web": "entities", "good": None,
    }  # fmt: skip
    assert upstream.count("/asked") == 0
    everything = json.dumps(desk.listing()) + (desk.root / "feeds/world.atom").read_text()
    assert "password" not in everything
    assert "haha" not in everything
    assert "Good one" in everything


def test_an_entry_is_kept_if_anything_identifies_it(desk: Desk, upstream: Upstream) -> None:
    items = [
        "<item><guid isPermaLink='false'>id-only</guid></item>",
        "<item><link>https://harbour.example/link-only</link></item>",
        "<item><title>Title only</title></item>",
        "<item><description>Words only, and quite enough of them to tell.</description></item>",
        "<item><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>",
        "<item><author>nobody@harbour.example</author></item>",
        "<item></item>",
    ]
    for new, more in ((4, ""), (0, "<!-- the same again -->")):
        body = a_feed(*items, more)
        desk.sources(a=offer(upstream, "a", (200, {}, body)))
        (result,) = json.loads(desk.do("poll", "--json"))
        assert (result["status"], result["new"], result["dropped"]) == ("ok", new, 3)
        assert [one.split()[1] for one in result["warnings"]] == ["5", "6", "7"]
    kept = desk.listing()
    assert {one["guid"] for one in kept} >= {"id-only", "https://harbour.example/link-only"}
    assert {one["headline"] for one in kept} >= {"Title only"}
    assert all(one["published"] for one in kept)
    (row,) = json.loads(desk.do("sources", "list", "--json"))
    assert len(row["warnings"]) == 3

    path = desk.root / "a.xml"
    path.write_bytes(body)
    process = desk.start("preview", str(path), "--json")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert len([json.loads(line) for line in out.splitlines()]) == 4
    assert err.count("has no id, link, title or text") == 3
    assert "note: entry 5 has no id" in desk.do("preview", str(path))


def test_a_source_that_mends_itself_is_asked_again_by_the_desk(
    desk: Desk, upstream: Upstream
) -> None:
    desk.sources("min: 1s, max: 1s", a=offer(upstream, "a", (500, {}, b"")))
    process = desk.run()
    desk.until(process, "kind=server-error")
    upstream.pages["/a"] = (200, {}, FEED)
    desk.until(process, "entries=2")
    wait_for("article", lambda: "Good two" in desk.get("/feeds/world.rss"))
