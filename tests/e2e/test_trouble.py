"""A full disk and a dead store under a running desk: it serves on, says so, and resumes."""

import json
import os
import resource
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import redis

from syndicator.adapters.embedded_store import find_server, socket_path
from tests.builders import a_feed, an_item
from tests.e2e.conftest import Answer, Desk, Upstream, free_port, wait_for

SOON = "min: 1s, max: 1s"


@contextmanager
def no_room(process: int, size: int) -> Iterator[None]:
    """Let a process write no file beyond ``size`` bytes: writing fails, as on a full disk.

    A file system of a few kilobytes would be the same to the program, but only
    a privileged user may mount one.
    """
    soft, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (soft, hard))


def grow(upstream: Upstream, count: int) -> None:
    """Offer so many articles at ``/a``."""
    items = [an_item(f"Story {n}", f"g{n}") for n in range(count)]
    upstream.pages["/a"] = (200, {}, a_feed(*items))


def started(desk: Desk, upstream: Upstream) -> subprocess.Popen[str]:
    """Run a desk until it serves one article."""
    grow(upstream, 1)
    desk.sources(SOON, a=f"{upstream.url}/a")
    process = desk.run()
    desk.until(process, "entries=1")
    assert desk.ready() == (200, "")
    return process


def troubled(desk: Desk, words: str) -> None:
    """Wait until the desk says so; the last good feeds are served meanwhile."""
    wait_for(f"trouble about {words}", lambda: words in desk.ready()[1])
    status, _ = desk.ready()
    assert status == 503
    assert "Story 0" in desk.get("/feeds/world.rss")
    assert "Story 0" in desk.get("/feeds/world/")
    assert desk.get("/healthz") == "ok\n"


def resumed(desk: Desk, count: int) -> None:
    """Wait until all is well and everything offered is published, each once."""
    last = f"Story {count - 1}"
    wait_for(last, lambda: last in desk.get("/feeds/world.rss"))
    wait_for("readiness", lambda: desk.ready() == (200, ""))
    assert len(json.loads(desk.get("/feeds/world.json"))["items"]) == count
    guids = [one["guid"] for one in desk.listing()]
    assert sorted(guids) == sorted(f"g{n}" for n in range(count))


def test_no_room_for_feeds(desk: Desk, upstream: Upstream) -> None:
    process = started(desk, upstream)
    good = (desk.root / "feeds/world.rss").read_bytes()
    with no_room(process.pid, 16):
        grow(upstream, 2)
        troubled(desk, "cannot be written")
        assert (desk.root / "feeds/world.rss").read_bytes() == good
        assert not list((desk.root / "feeds").glob(".part-*"))
    resumed(desk, 2)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 0
    assert err.count("event=trouble") == 1
    assert "Traceback" not in err


def test_no_room_for_the_store(desk: Desk, upstream: Upstream) -> None:
    process = started(desk, upstream)
    with redis.Redis(unix_socket_path=str(socket_path(desk.root / "data"))) as store:
        server = int(store.info("server")["process_id"])
    log = next((desk.root / "data/appendonlydir").glob("*.incr.aof"))
    with no_room(server, log.stat().st_size):
        grow(upstream, 2)
        troubled(desk, "make room")
    resumed(desk, 2)
    os.kill(server, 0)  # it lived through it
    assert process.poll() is None


def test_a_one_off_command_says_what_has_no_room(desk: Desk, upstream: Upstream) -> None:
    grow(upstream, 1)
    desk.sources(a=f"{upstream.url}/a")
    (desk.root / "feeds").write_text("not a folder")
    said = desk.do("poll", code=1)
    (line,) = [one for one in said.splitlines() if one.startswith("syndicator:")]
    assert "feeds/world.rss: cannot be written: " in line
    (desk.root / "feeds").unlink()
    assert "1 entries" in desk.do("release")


class Server:
    """A store over TCP, with a password, that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://:secret@127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                *(find_server(None), "--port", str(self.port), "--bind", "127.0.0.1"),
                *("--requirepass", "secret", "--dir", str(self.folder), "--save", ""),
                *("--appendonly", "yes", "--appendfsync", "always"),
            ],
            stdout=subprocess.DEVNULL,
        )
        with redis.Redis.from_url(self.url) as client:
            wait_for("store", lambda: _answers(client))

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def _answers(client: "redis.Redis") -> bool:
    with suppress(redis.RedisError):
        return bool(client.ping())
    return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "store"
    folder.mkdir()
    one = Server(folder)
    one.start()
    yield one
    one.kill()


class Gate:
    """Pages whose answers wait until the gate is opened."""

    def __init__(self, upstream: Upstream, count: int) -> None:
        self.open = threading.Event()
        self.waiting = threading.Semaphore(0)
        self.count = count
        for n in range(count):
            upstream.pages[f"/{n}"] = lambda n=n: self._answer(n)  # type: ignore[misc]

    def _answer(self, n: int) -> Answer:
        self.waiting.release()
        self.open.wait(30)
        return 200, {}, a_feed(an_item(f"Story {n}", f"g{n}"))

    def all_wait(self) -> None:
        """Return when every page has been asked for."""
        for _ in range(self.count):
            assert self.waiting.acquire(timeout=30)


def test_a_dead_server_costs_time_only(desk: Desk, upstream: Upstream, server: Server) -> None:
    desk.settings(timeout="30s", more=f"redis: {{url: '{server.url}'}}\n")
    process = started(desk, upstream)
    gate = Gate(upstream, 20)
    rows = {"a": f"{upstream.url}/a", **{f"s{n}": f"{upstream.url}/{n}" for n in range(1, 20)}}
    desk.sources(SOON, **rows)
    gate.waiting.release()  # the page nobody asks for
    gate.all_wait()
    server.kill()
    gate.open.set()
    troubled(desk, f"127.0.0.1:{server.port}")
    assert "store" in desk.ready()[1]
    assert "secret" not in desk.ready()[1]
    server.start()
    wait_for("all", lambda: all(f"Story {n}<" in desk.get("/feeds/world.rss") for n in range(20)))
    resumed(desk, 20)
    assert process.poll() is None


def test_a_killed_embedded_store_starts_again(desk: Desk, upstream: Upstream) -> None:
    process = started(desk, upstream)
    with redis.Redis(unix_socket_path=str(socket_path(desk.root / "data"))) as store:
        server = int(store.info("server")["process_id"])
        os.kill(server, signal.SIGKILL)
        desk.until(process, "the store runs again")
        assert int(store.info("server")["process_id"]) != server
    grow(upstream, 3)
    resumed(desk, 3)


def test_polls_under_way_when_the_store_dies_are_done_again(desk: Desk, upstream: Upstream) -> None:
    desk.settings(timeout="30s")
    gate = Gate(upstream, 20)
    desk.sources(SOON, **{f"s{n}": f"{upstream.url}/{n}" for n in range(20)})
    process = desk.run()
    gate.all_wait()
    with redis.Redis(unix_socket_path=str(socket_path(desk.root / "data"))) as store:
        os.kill(int(store.info("server")["process_id"]), signal.SIGKILL)
    gate.open.set()
    desk.until(process, "entries=20")
    resumed(desk, 20)


def test_a_store_that_refuses_is_one_line(desk: Desk, server: Server) -> None:
    desk.sources()
    desk.settings(more=f"redis: {{url: 'redis://:wrong@127.0.0.1:{server.port}/0'}}\n")
    said = desk.do("status", code=1)
    assert said.startswith("syndicator: the store refuses the name or password in redis.url")
    assert len(said.splitlines()) == 1
    server.kill()
    for command in ("status", "run", "poll"):
        said = desk.do(command, code=1)
        assert said.startswith("syndicator: the store does not answer")
        assert f"127.0.0.1:{server.port}" in said
        assert len(said.splitlines()) == 1


def test_a_server_that_cannot_start_is_one_line_at_once(desk: Desk) -> None:
    desk.sources()
    desk.do("status")
    log = next((desk.root / "data/appendonlydir").glob("*.incr.aof"))
    log.write_bytes(b"this is no log of a store" + log.read_bytes())
    said = desk.do("run", code=1)
    assert said.startswith("syndicator: the store did not start: ")
    assert len(said.splitlines()) == 1
