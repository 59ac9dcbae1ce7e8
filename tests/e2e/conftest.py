"""A desk in a folder of its own, driven through the real command; an upstream on loopback."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

Answer = tuple[int, dict[str, str], bytes]


class Upstream:
    """Serves what ``pages`` holds by path, and counts what was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[], Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                upstream.asked.append((self.path, dict(self.headers)))
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

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    one = Upstream()
    yield one
    one.close()


class Desk:
    """One desk's folder, and the command to drive it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.config = root / "config"
        self.config.mkdir()
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{one.getsockname()[1]}"
        self.write(
            "syndicator.yaml",
            f"listen: {self.address}\n"
            "fetch:\n  allow_private: [127.0.0.0/8]\n  timeout: 5s\n"
            "  per_host: {connections: 16, interval: 0s}\n",
        )
        self.write("licenses.yaml", 'licenses:\n  open: {text: full, credit: "From {source}."}\n')
        self.write(
            "topics.yaml",
            "topics:\n  world: {title: World, window: {entries: 1000, hours: 8000}}\n",
        )
        self._running: subprocess.Popen[str] | None = None

    def write(self, name: str, text: str) -> None:
        (self.config / name).write_text(text, encoding="utf-8")

    def sources(self, **urls: str) -> None:
        rows = "".join(
            f"  {key}: {{url: '{url}', license: open, topics: [world], poll: {{min: 1s}}}}\n"
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
        self._running = self.start("run")
        return self._running

    def until(self, process: subprocess.Popen[str], words: str, times: int = 1) -> list[str]:
        """Read the log until a line with ``words`` has come so often."""
        lines: list[str] = []
        assert process.stderr is not None
        for line in process.stderr:
            lines.append(line)
            if words in line:
                times -= 1
                if not times:
                    return lines
        raise AssertionError(f"{words!r} never came:\n{''.join(lines)}")

    def get(self, path: str) -> str:
        with urlopen(f"http://{self.address}{path}", timeout=10) as answer:
            text: str = answer.read().decode()
            return text

    def close(self) -> None:
        if self._running is not None and self._running.poll() is None:
            self._running.terminate()
            self._running.communicate(timeout=20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path)
    yield one
    one.close()
