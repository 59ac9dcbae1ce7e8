"""A desk in a folder of its own, driven through the real command; an upstream on loopback."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from select import select
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

T = TypeVar("T")
Answer = tuple[int, dict[str, str], bytes]
Page = Answer | Callable[[], Answer]
Raw = Callable[[BaseHTTPRequestHandler], None]


def wait_for(
    what: str, condition: Callable[[], T | Literal[False] | None], seconds: float = 30
) -> T:
    """Look until ``condition`` gives something; return that."""
    end = monotonic() + seconds
    pause = threading.Event()
    while True:
        found = condition()
        if found:
            return found
        assert monotonic() < end, f"within {seconds} s there was no {what}"
        pause.wait(0.05)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256  # a whole desk asks at once

    def handle_error(self, *_: Any) -> None:
        """Clients that hang up early are what some tests are about."""


class Upstream:
    """Serves what ``pages`` holds by path, and counts what was asked.

    What ``raw`` holds by path writes to the connection itself, lies and all.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.raw: dict[str, Raw] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                upstream.asked.append((self.path, dict(self.headers)))
                if self.path in upstream.raw:
                    self.close_connection = True
                    upstream.raw[self.path](self)
                    return
                page = upstream.pages.get(self.path, (404, {}, b"nothing"))
                status, headers, body = page() if callable(page) else page
                tag = headers.get("ETag")
                if tag and self.headers.get("If-None-Match") == tag:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        self._server = _Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def count(self, path: str) -> int:
        """How often ``path`` was asked for."""
        return sum(asked == path for asked, _ in self.asked)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    one = Upstream()
    yield one
    one.close()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Desk:
    """One desk's folder, and the command to drive it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.config = root / "config"
        self.config.mkdir()
        self.address = f"127.0.0.1:{free_port()}"
        self.settings()
        self.write("licenses.yaml", 'licenses:\n  open: {text: full, credit: "From {source}."}\n')
        self.write(
            "topics.yaml",
            "topics:\n  world: {title: World, window: {entries: 1000, hours: 8000}}\n",
        )
        self._running: subprocess.Popen[str] | None = None
        self._unread = b""

    def settings(self, *, timeout: str = "5s", more: str = "") -> None:
        """Write ``syndicator.yaml``; ``more`` are lines of it."""
        self.write(
            "syndicator.yaml",
            f"listen: {self.address}\n"
            f"fetch:\n  allow_private: [127.0.0.0/8]\n  timeout: {timeout}\n"
            f"  per_host: {{connections: 32, interval: 0s}}\n{more}",
        )

    def write(self, name: str, text: str) -> None:
        (self.config / name).write_text(text, encoding="utf-8")

    def sources(self, poll: str = "min: 1s", **urls: str) -> None:
        rows = "".join(
            f"  {key}: {{url: '{url}', license: open, topics: [world], poll: {{{poll}}}}}\n"
            for key, url in urls.items()
        )
        self.write("sources.yaml", f"sources:\n{rows}")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "HOME": str(self.root), "PYTHONUNBUFFERED": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", "syndicator", "--config", str(self.config), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=self.root,
        )

    def do(self, *arguments: str, code: int = 0) -> str:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        assert process.returncode == code, f"{arguments}: {process.returncode}\n{out}\n{err}"
        assert "Traceback" not in err, err
        return out + ("" if "--json" in arguments else err)

    def listing(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(
            self.do("articles", "list", "--limit", "100000", "--json")
        )
        return found

    def run(self) -> subprocess.Popen[str]:
        self._running, self._unread = self.start("run"), b""
        return self._running

    def until(
        self, process: subprocess.Popen[str], words: str, times: int = 1, seconds: float = 40
    ) -> list[str]:
        """Read the log until a line with ``words`` has come so often; fail after ``seconds``."""
        assert process.stderr is not None
        handle, end = process.stderr.fileno(), monotonic() + seconds
        lines: list[str] = []
        while True:
            while b"\n" in self._unread:
                line, _, self._unread = self._unread.partition(b"\n")
                lines.append(line.decode())
                times -= words in lines[-1]
                if not times:
                    return lines
            said = "\n".join(lines)
            assert select([handle], [], [], max(0, end - monotonic()))[0], f"no {words!r}:\n{said}"
            piece = os.read(handle, 65_536)
            assert piece, f"it ended without {words!r}:\n{said}"
            self._unread += piece

    def ready(self) -> tuple[int, str]:
        """What ``/readyz`` answers: its status, and its problems as one text."""
        try:
            with urlopen(f"http://{self.address}/readyz", timeout=10) as answer:
                status, body = answer.status, answer.read()
        except HTTPError as error:
            status, body = error.code, error.read()
        return status, "\n".join(json.loads(body)["problems"])

    def get(self, path: str) -> str:
        with urlopen(f"http://{self.address}{path}", timeout=10) as answer:
            text: str = answer.read().decode()
            return text

    def close(self) -> None:
        """End a running desk, within the ten seconds it promises."""
        if self._running is not None and self._running.poll() is None:
            self._running.terminate()
            self._running.communicate(timeout=10)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path)
    yield one
    one.close()


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, for the tests of one file."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    assert chromium, "chromium is not installed (Debian package chromium)"
    with sync_playwright() as tool:
        one = tool.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-sync",
            ],
        )
        yield one
        one.close()
