"""Serving a feed of 60 KB: the desk beside nginx, one process each, by the same client in turn.

::

    PYTHONPATH=. python benchmarks/serving.py [--seconds 4] [--rounds 3] [--connections 10000]

Needs ``wrk`` and ``nginx`` (Debian's packages). Answers are asked for whole (200) and by
their own ETag (304); the medians of the rounds count, and what counts is the ratio. Then so
many connections are opened and used, and the memory of the desk's process is read before
and after.
"""

import argparse
import asyncio
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent))

from syndicator.adapters.file_publisher import FilePublisher
from syndicator.model.edition import Output

SIZE = 60_000
PATH = "/feeds/world.rss"
NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log /dev/null;
events {{ worker_connections 20000; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  types {{ application/rss+xml rss; }}
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  open_file_cache max=100; gzip_static on;
  server {{ listen 127.0.0.1:{port}; location /feeds/ {{ alias {feeds}/; }} }}
}}
"""


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def a_feed() -> bytes:
    """Return 60 KB that pack about as well as news do."""
    draw = random.Random(1)
    words = ["".join(draw.choices("abcdefghijklmnop", k=draw.randint(3, 9))) for _ in range(900)]
    text = " ".join(draw.choices(words, k=SIZE // 5))[:SIZE]
    return f'<?xml version="1.0"?><rss><channel><title>{text}</title></channel></rss>'.encode()


def serve(folder: str, port: int) -> None:
    """Serve published files as the desk does, until killed."""
    import uvloop
    from prometheus_client import CollectorRegistry

    from syndicator.adapters.clock import SystemClock
    from syndicator.web import Front, Tally, WebState, make_app

    async def ready() -> list[str]:
        return []

    async def main() -> None:
        clock = SystemClock()
        state = WebState(ready=ready, registry=CollectorRegistry(), clock=clock, tally=Tally(clock))
        await Front(make_app(Path(folder), state), 1.0).listen("127.0.0.1", port)
        await asyncio.Event().wait()

    uvloop.run(main())


def wrk(port: int, seconds: int, connections: int, *headers: str) -> float:
    """Return requests a second; an answer that is neither 200 nor 304 ends the run."""
    asked = [part for one in headers for part in ("-H", one)]
    said = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", *asked,
         f"http://127.0.0.1:{port}{PATH}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in said:
        raise SystemExit(said)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None:
        raise SystemExit(said)
    return float(found[1])


def etag_of(port: int, accept: str) -> str:
    """Wait until a server answers; return the ETag of the feed."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{PATH}", headers={"Accept-Encoding": accept}
    )
    for _ in range(200):
        try:
            with urllib.request.urlopen(asked) as answer:  # noqa: S310 - loopback
                return str(answer.headers["ETag"])
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nothing answers at port {port}")


def resident(pid: int) -> float:
    """Return the memory of a process in MB."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


def compare(ports: dict[str, int], rounds: int, seconds: int) -> None:
    """Print a row for each kind of answer, and the ratio of the desk to nginx."""
    for accept in ("identity", "gzip"):
        for status in (200, 304):
            found: dict[str, list[float]] = {name: [] for name in ports}
            for _ in range(rounds):
                for name, port in ports.items():
                    headers = [f"Accept-Encoding: {accept}"]
                    if status != 200:
                        headers.append(f"If-None-Match: {etag_of(port, accept)}")
                    found[name].append(wrk(port, seconds, 50, *headers))
            rates = {name: median(some) for name, some in found.items()}
            told = "  ".join(f"{name} {rate:>9,.0f}/s" for name, rate in rates.items())
            print(
                f"{accept:>9} {status}: {told}   {rates['desk'] / rates['nginx']:.2f}x", flush=True
            )


def main() -> None:
    """Start both, compare, and open many connections."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--serve", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve[0], int(given.serve[1]))
        return
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        feeds = Path(folder) / "feeds"
        FilePublisher(feeds).publish([Output(path="world.rss", media_type="x", body=a_feed())])
        ports = {"desk": free_port(), "nginx": free_port()}
        settings = Path(folder) / "nginx.conf"
        settings.write_text(NGINX.format(folder=folder, feeds=feeds, port=ports["nginx"]))
        own = [sys.executable, __file__, "--serve", str(feeds), str(ports["desk"])]
        desk = subprocess.Popen(own, stdout=subprocess.DEVNULL)
        other = subprocess.Popen([nginx, "-c", str(settings)], stdout=subprocess.DEVNULL)
        try:
            for port in ports.values():
                etag_of(port, "gzip")
            compare(ports, given.rounds, given.seconds)
            before = resident(desk.pid)
            rate = wrk(ports["desk"], given.seconds, given.connections, "Accept-Encoding: gzip")
            during = resident(desk.pid)
            wrk(ports["desk"], given.seconds, given.connections, "Accept-Encoding: gzip")
            print(
                f"{given.connections:,} connections: {rate:,.0f}/s; "
                f"memory {before:.0f} MB, then {during:.0f} and {resident(desk.pid):.0f} MB"
            )
        finally:
            for process in (desk, other):
                process.terminate()  # nginx takes its worker along
                process.wait()


if __name__ == "__main__":
    main()
