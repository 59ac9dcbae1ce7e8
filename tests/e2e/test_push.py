"""A desk and a hub on loopback: an article is published because it was pushed, not polled."""

import hmac
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode
from urllib.request import Request, urlopen

import pytest

from tests.builders import a_feed, an_item
from tests.e2e.conftest import Desk, Upstream, wait_for

OLD, NEW = an_item("Old ferry sails", "g1"), an_item("Night ferry sails again", "g2")


class Hub:
    """Takes requests; verifies and delivers when told to."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                pass

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hub.asked.append(dict(parse_qsl(body.decode())))
                self.send_response(202)
                self.end_headers()

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def last(self, mode: str) -> dict[str, str]:
        """Wait for a request of a mode and return it."""
        return wait_for(
            f"request to {mode}",
            lambda: next((one for one in self.asked if one["hub.mode"] == mode), None),
        )

    def verify(self, form: dict[str, str]) -> str:
        """Verify a request, which must be meant."""
        said = {
            "hub.mode": form["hub.mode"],
            "hub.topic": form["hub.topic"],
            "hub.challenge": "c-17",
            "hub.lease_seconds": "86400",
        }
        with urlopen(f"{form['hub.callback']}?{urlencode(said)}", timeout=10) as answer:  # noqa: S310 - the desk's own callback
            text: str = answer.read().decode()
            return text

    def deliver(self, form: dict[str, str], body: bytes, secret: str | None = None) -> int:
        """Deliver ``body``, signed with the secret of the request or another."""
        key = (secret or form["hub.secret"]).encode()
        headers = {
            "Content-Type": "application/rss+xml",
            "X-Hub-Signature": f"sha256={hmac.new(key, body, 'sha256').hexdigest()}",
        }
        request = Request(form["hub.callback"], body, headers)  # noqa: S310 - the desk's own callback
        try:
            with urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
                status: int = answer.status
                return status
        except HTTPError as error:
            return error.code

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def hub() -> Iterator[Hub]:
    one = Hub()
    yield one
    one.close()


def counted(desk: Desk, outcome: str) -> bool:
    return f'syndicator_push_deliveries_total{{outcome="{outcome}"}} 1.0' in desk.get("/metrics")


def test_a_pushed_article_is_published_without_a_poll(
    desk: Desk, upstream: Upstream, hub: Hub
) -> None:
    feed = f"{upstream.url}/feed"
    links = f'<{hub.url}>; rel="hub", <{feed}>; rel="self"'
    upstream.pages["/feed"] = (200, {"Link": links}, a_feed(OLD))
    desk.settings(more=f"public_url: http://{desk.address}\n")
    desk.sources("min: 1h, max: 2h", harbour=feed)
    process = desk.run()
    desk.until(process, "event=release")
    form = hub.last("subscribe")
    assert form["hub.callback"].startswith(f"http://{desk.address}/websub/")
    assert hub.verify(form) == "c-17"
    assert hub.deliver(form, a_feed(NEW, OLD), secret="guess") == 202
    wait_for("word of the forgery", lambda: counted(desk, "unsigned"))
    assert "Night ferry" not in desk.get("/feeds/world.rss")
    assert hub.deliver(form, a_feed(NEW, OLD)) == 202
    wait_for("article", lambda: "Night ferry sails again" in desk.get("/feeds/world.rss"))
    assert upstream.count("/feed") == 1
    assert counted(desk, "ok")
    shown = desk.do("sources", "show", "harbour")
    assert f"by {hub.url} until" in shown
    assert "news first by push 1 times, missed 0" in shown
    desk.until(process, "event=push")

    desk.do("sources", "pause", "harbour")
    end = hub.last("unsubscribe")
    assert hub.verify(end) == "c-17"
    wait_for("end of it", lambda: hub.deliver(form, a_feed(NEW, OLD)) == 410)


def test_without_a_public_url_no_hub_is_asked(desk: Desk, upstream: Upstream, hub: Hub) -> None:
    feed = f"{upstream.url}/feed"
    upstream.pages["/feed"] = (200, {"Link": f"<{hub.url}>; rel=hub"}, a_feed(OLD))
    desk.sources("min: 1h, max: 2h", harbour=feed)
    desk.until(desk.run(), "event=poll")
    assert "offered by" in desk.do("sources", "show", "harbour")
    assert hub.asked == []
