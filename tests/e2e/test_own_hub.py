"""A desk that is a hub, and those who listen to it: each in a process or a server of its own."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest

from syndicator.push import is_signed
from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream, wait_for

SECRET = "a secret between two"
FIRST, SECOND, THIRD = (
    an_item(f"{name} ferry sails", f"g-{name}") for name in ("Day", "Night", "Dawn")
)


class Reader:
    """A subscriber on loopback; ``answers`` are the statuses of its next answers, then 204.

    Deliveries are answered while ``free`` is set.
    """

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.got: list[tuple[float, dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.meant = True
        self.free = threading.Event()
        self.free.set()
        reader = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                query = parse_qs(urlsplit(self.path).query)
                reader.asked.append({name: values[0] for name, values in query.items()})
                body = query.get("hub.challenge", [""])[0].encode()
                self.send_response(200 if reader.meant else 404)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                reader.got.append((monotonic(), dict(self.headers), body))
                reader.free.wait()
                self.send_response(reader.answers.pop(0) if reader.answers else 204)
                self.send_header("Content-Length", "0")
                self.end_headers()

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/cb"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def reader() -> Iterator[Reader]:
    one = Reader()
    yield one
    one.close()


def metrics(desk: Desk) -> str:
    try:
        return desk.get("/metrics")
    except OSError:  # it is not up yet
        return ""


class Home:
    """A running desk that is a hub, with one source to change."""

    def __init__(self, desk: Desk, upstream: Upstream) -> None:
        self.desk, self.upstream = desk, upstream
        self.serve(FIRST)
        desk.settings(more=f"public_url: http://{desk.address}\n")
        desk.sources("min: 1s, max: 1s", harbour=f"{upstream.url}/feed")
        self.process = desk.run()
        wait_for("first article", lambda: "Day ferry" in self.feed())

    def serve(self, *items: str) -> None:
        self.upstream.pages["/feed"] = (200, {}, a_feed(*items))

    def feed(self) -> str:
        try:
            return self.desk.get("/feeds/world.atom")
        except (HTTPError, OSError):
            return ""

    def ask(self, reader: Reader, **form: str) -> int:
        said = {
            "mode": "subscribe",
            "topic": f"http://{self.desk.address}/feeds/world.atom",
            "callback": reader.url,
            "secret": SECRET,
            **form,
        }
        body = urlencode({f"hub.{name}": one for name, one in said.items()}).encode()
        try:
            with urlopen(f"http://{self.desk.address}/hub", body, timeout=10) as answer:
                status: int = answer.status
                return status
        except HTTPError as error:
            return error.code

    def listen(self, reader: Reader) -> None:
        assert self.ask(reader) == 202
        wait_for("a question", lambda: reader.asked)
        assert reader.asked[0]["hub.mode"] == "subscribe"
        wait_for("word that it was verified", lambda: self.counted("requests", "verified"))

    def counted(self, what: str, outcome: str) -> bool:
        lines = self.desk.get("/metrics").splitlines()
        return any(
            f"syndicator_hub_{what}_total" in line and f'outcome="{outcome}"' in line
            for line in lines
        )


@pytest.fixture
def home(desk: Desk, upstream: Upstream) -> Home:
    return Home(desk, upstream)


def test_a_release_reaches_who_listens_within_a_second(home: Home, reader: Reader) -> None:
    with urlopen(f"http://{home.desk.address}/feeds/world.atom", timeout=10) as answer:
        hub, topic = f"http://{home.desk.address}/hub", answer.url
        assert answer.headers["Link"] == f'<{hub}>; rel="hub", <{topic}>; rel="self"'
        assert f'<link rel="hub" href="{hub}"/>'.encode() in answer.read()
    home.listen(reader)
    file = home.desk.root / "feeds" / "world.atom"
    before = file.stat().st_mtime_ns
    home.serve(SECOND, FIRST)
    published = wait_for("a release", lambda: file.stat().st_mtime_ns != before and monotonic())
    at, headers, body = wait_for("a delivery", lambda: reader.got)[0]
    assert at - published < 1
    assert b"Night ferry sails" in body
    assert body == file.read_bytes()
    assert headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert headers["Link"] == f'<{hub}>; rel="hub", <{topic}>; rel="self"'
    assert is_signed(SECRET, headers["X-Hub-Signature"], body)
    # The reader has it before the desk has heard that it does.
    wait_for("its count", lambda: home.counted("deliveries", "ok"))
    home.desk.until(home.process, "event=told")

    (row,) = json.loads(home.desk.do("listeners", "list", "--json"))
    assert (row["topic"], row["format"]) == ("world", "atom")
    assert (row["signed"], row["failures"], row["error"]) == (True, 0, None)
    assert SECRET not in home.desk.do("listeners", "list", "--json")
    assert "1 listeners and 0 other hubs are told of 1 topics" in home.desk.do("status")
    assert "removed 1 listener\n" in home.desk.do("listeners", "remove", row["listener"])
    assert "nobody listens" in home.desk.do("listeners", "list")
    said = home.desk.do("listeners", "remove", row["listener"], code=2)
    assert "there is no listener or host" in said


def test_a_failed_delivery_is_tried_again_and_410_ends_it(home: Home, reader: Reader) -> None:
    home.listen(reader)
    reader.answers = [500]
    home.serve(SECOND, FIRST)
    wait_for("a failure", lambda: home.counted("deliveries", "failed"))
    assert home.desk.ready() == (200, "")
    assert "it answered 500" in home.desk.do("listeners", "list")
    assert home.ask(reader) == 202  # a renewal: it is alive, so the wait is over
    wait_for("the retry", lambda: home.counted("deliveries", "ok"))
    assert b"Night ferry sails" in reader.got[-1][2]
    reader.answers = [410]
    home.serve(THIRD, SECOND, FIRST)
    wait_for("its end", lambda: home.counted("deliveries", "gone"))
    assert json.loads(home.desk.do("listeners", "list", "--json")) == []


def test_forgeries_change_nothing_and_closed_topics_are_denied(home: Home, reader: Reader) -> None:
    home.listen(reader)
    reader.meant = False
    assert home.ask(reader, mode="unsubscribe") == 202
    wait_for("a refusal", lambda: home.counted("requests", "refused"))
    assert len(json.loads(home.desk.do("listeners", "list", "--json"))) == 1
    assert home.ask(reader, callback=f"http://{home.desk.address}/cb") == 400
    assert home.ask(reader, callback="http://10.1.2.3/cb") == 400
    home.desk.write(
        "topics.yaml",
        "topics:\n  world: {title: World, audience: subscribers}\n  sea: {title: Sea}\n",
    )
    denied = wait_for(
        "a denial", lambda: next((o for o in reader.asked if o["hub.mode"] == "denied"), None)
    )
    assert denied["hub.reason"] == "this feed is not public any more"
    wait_for("its end", lambda: json.loads(home.desk.do("listeners", "list", "--json")) == [])
    assert home.ask(reader) == 202
    wait_for(
        "another denial",
        lambda: any("no public feed" in one.get("hub.reason", "") for one in reader.asked),
    )
    assert reader.got == []


def test_a_delivery_cut_off_by_a_crash_is_made_by_the_next_desk(home: Home, reader: Reader) -> None:
    home.listen(reader)
    reader.free.clear()
    home.serve(SECOND, FIRST)
    wait_for("a delivery", lambda: reader.got)
    home.process.kill()
    home.process.communicate(timeout=10)
    reader.free.set()
    home.desk.run()
    wait_for("another", lambda: len(reader.got) > 1)
    assert reader.got[0][2] == reader.got[1][2]


def test_news_goes_from_desk_to_desk_by_push(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "second"
    folder.mkdir()
    second = Desk(folder)
    try:
        second.settings(more=f"public_url: http://{second.address}\n")
        feed = f"http://{home.desk.address}/feeds/world.atom"
        second.sources("min: 1h, max: 2h", first=feed)
        second.run()
        wait_for("an agreement", lambda: home.counted("requests", "verified"))
        home.serve(SECOND, FIRST)
        wait_for(
            "the article at the second desk",
            lambda: "Night ferry sails" in second.get("/feeds/world.rss"),
        )
        assert "news first by push 1 times, missed 0" in second.do("sources", "show", "first")
    finally:
        second.close()


def test_other_hubs_are_told_by_a_desk_that_names_them(
    desk: Desk, upstream: Upstream, reader: Reader
) -> None:
    upstream.pages["/feed"] = (200, {}, a_feed(FIRST))
    desk.settings(more=f"public_url: http://{desk.address}\nhub: [{reader.url}]\n")
    desk.sources("min: 1s, max: 1s", harbour=f"{upstream.url}/feed")
    desk.run()
    wait_for("hubs", lambda: "syndicator_hub_listeners 3.0" in metrics(desk))
    assert "1 other hubs are told of 1 topics" in desk.do("status")
    upstream.pages["/feed"] = (200, {}, a_feed(SECOND, FIRST))
    topic = f"http://{desk.address}/feeds/world.rss"
    wait_for(
        "a word", lambda: any(urlencode({"u": topic})[2:].encode() in b for _, _, b in reader.got)
    )
    with pytest.raises(HTTPError):
        urlopen(Request(f"http://{desk.address}/hub", b"", method="POST"), timeout=10)
