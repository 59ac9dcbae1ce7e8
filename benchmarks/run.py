"""``make bench``: the desk beside a plain loop, on one farm, in one run; then release and growth.

::

    python benchmarks/run.py [--feeds 300] [--entries 20] [--growth 1000 10000]

First poll, all-304 poll, and a poll with 5 % of entries new. Read the ratios:
absolute figures are the machine's.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlopen

import uvloop

from syndicator.adapters.embedded_store import EmbeddedStore

REPEATS = 5
HERE = Path(__file__).parent


@contextmanager
def farm(feeds: int, entries: int, *more: str) -> Iterator[str]:
    """Run a farm and give its address."""
    command = [
        sys.executable,
        str(HERE / "farm.py"),
        "--feeds",
        str(feeds),
        "--entries",
        str(entries),
        "--stdin",
        *more,
    ]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["url"]
        process.terminate()


def settings(folder: Path, url: str, feeds: int) -> Path:
    """Write a desk's settings for a farm, as full as an operator's, so that their size counts."""
    config = folder / "config"
    config.mkdir(parents=True)
    (config / "syndicator.yaml").write_text(
        "fetch:\n  allow_private: [127.0.0.0/8]\n  concurrency: 64\n"
        "  per_host: {connections: 64, interval: 0s}\n"
    )
    (config / "licenses.yaml").write_text(
        'licenses:\n  open: {text: full, credit: "From {source}."}\n'
    )
    topics = "".join(f"  t{n}: {{title: Topic {n}}}\n" for n in range(4))
    (config / "topics.yaml").write_text(f"topics:\n{topics}")
    rows = "".join(
        f"  s{n}:\n    url: {url}/feed/{n}\n    title: Farm feed number {n}\n"
        f"    publisher: house-{n // 3}\n    license: open\n    topics: [t{n % 4}]\n"
        f"    language: en\n    poll: {{min: {n % 3 + 5}m, max: 12h}}\n"
        for n in range(feeds)
    )
    (config / "sources.yaml").write_text(f"sources:\n{rows}")
    return config


def measure(name: str, *command: str) -> dict[str, Any]:
    """Run one poll in a process of its own and return its figures."""
    done = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parent,
        env={"PYTHONPATH": str(HERE.parent), "PATH": "/usr/bin:/bin"},
    )
    if done.returncode:
        sys.exit(f"{name}: {done.stderr[-2000:]}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def show(round_: str, who: str, figures: dict[str, Any]) -> None:
    """Print one row."""
    print(
        f"{round_:<12} {who:<10} {figures['feeds_per_s']:>9} {figures['entries_per_s']:>11} "
        f"{figures['cpu']:>8} {figures['seconds']:>8} {figures['peak_rss_mb']:>8} {figures['new']:>7}",
        flush=True,
    )


async def compare(feeds: int, entries: int, folder: Path) -> None:
    """Run the three rounds for both, in turn; the quiet one several times, for it is short."""
    store = EmbeddedStore(folder / "plain-data", server=None, exclusive=True)
    await store.open()
    with farm(feeds, entries) as url:
        config = settings(folder / "desk", url, feeds)
        print(
            f"{feeds} feeds of {entries} entries\n{'round':<12} {'who':<10} {'feeds/s':>9} {'entries/s':>11} {'CPU s':>8} {'s':>8} {'RSS MB':>8} {'new':>7}"
        )
        quiet = [("all 304", 0)] * REPEATS
        ratios: dict[str, list[float]] = {}
        for round_, generation in (("first poll", 0), *quiet, ("5 % changed", 1)):
            urlopen(f"{url}/generation/{generation}").read()  # noqa: S310 - loopback
            desk = await asyncio.to_thread(measure, "desk", str(HERE / "desk_poll.py"), str(config))
            loop = await asyncio.to_thread(
                measure,
                "loop",
                str(HERE / "plain_loop.py"),
                url,
                str(feeds),
                store.url.removeprefix("unix://"),
                "--out",
                str(folder / "plain-feeds"),
            )
            show(round_, "desk", desk)
            show(round_, "plain loop", loop)
            ratios.setdefault(round_, []).append(desk["feeds_per_s"] / loop["feeds_per_s"])
        for round_, found in ratios.items():
            print(f"{round_:<12} ratio      {median(found):>8.2f}x", flush=True)
    await store.close()


def release(folder: Path) -> None:
    """Time releases of a topic of 100 entries in all formats, the store's answer included."""
    from benchmarks.release import time_edit, time_news, time_release

    for licenses, words in ((1, ""), (20, " under twenty licences")):
        times = sorted(uvloop.run(time_release(folder, licenses)))
        middle = times[len(times) // 2] * 1000
        print(f"release of 100 entries{words}, all formats: median {middle:.1f} ms")
    for topics, entries in ((200, 10), (50, 100)):
        seconds = uvloop.run(time_news(folder, topics, entries))
        print(f"one new entry in each topic of {entries}: {seconds / topics * 1000:.1f} ms a topic")
    print(f"an edited licence, 10,000 articles republished: {uvloop.run(time_edit(folder)):.1f} s")


def growth(sizes: list[int], folder: Path) -> None:
    """Peak memory of the desk's process as feeds grow, and what an edit of its settings costs.

    Its readers and its store are processes of their own and not counted: the
    first do not grow with feeds, the second grows with what it is told to keep.
    """
    peaks: list[float] = []
    for size in sizes:
        with farm(size, 3, "--size", "1000") as url:
            config = settings(folder / f"grow-{size}", url, size)
            figures = measure("growth", str(HERE / "desk_poll.py"), str(config))
            show(f"{size} feeds", "desk", figures)
            peaks.append(figures["peak_rss_mb"])
        edit = measure("reload", str(HERE / "reload.py"), str(config))
        print(
            f"{size} sources read in {figures['load_s']} s; an edit is taken in {edit['seconds']} s "
            f"and keeps the loop waiting {edit['lag_ms']} ms at most"
        )
    if len(peaks) > 1:
        print(
            f"memory of the most feeds beside the fewest: {peaks[-1] / peaks[0]:.2f}x", flush=True
        )


def rooms() -> None:
    """Time the pure rooms that see every article, on one core."""
    from benchmarks import credit, reading, rights

    reading.measure("reading the farm's feeds", reading.farm(50, 30))
    for kind, rate in credit.rates().items():
        print(f"credit of 5 KB articles, {kind}: {rate:,.0f} a second")
    print(f"clearances in full: {rights.rate():,.0f} a second")


def main() -> None:
    """Run everything."""
    from benchmarks import hub

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=10)
    parser.add_argument("--growth", type=int, nargs="*", default=[1000, 10000])
    options = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(compare(options.feeds, options.entries, folder))
        release(folder)
        hub.time_hub(folder / "hub", 1000)
        growth(options.growth, folder)
    rooms()
    print(f"took {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    main()
