"""One poll of a whole farm by the desk, timed like ``plain_loop``: one line of JSON.

::

    python benchmarks/desk_poll.py CONFIG_FOLDER

``seconds`` runs from the first claim to the last feed published, reader
processes started on the way included; ``cpu`` is the desk's and its readers'.
``load_s`` is the reading of the settings. ``peak_rss_mb`` is the desk's own
process; it holds the result of every poll here, which a running desk does not.
"""

import asyncio
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import uvloop

from syndicator import work
from syndicator.logs import set_up
from syndicator.settings import load
from syndicator.wiring import open_parts


async def poll(config: Path) -> dict[str, Any]:
    """Poll every source once and release what changed."""
    began = time.perf_counter()
    settings = load(config, os.environ)
    load_s = time.perf_counter() - began
    async with open_parts(settings) as parts:
        await work.apply_settings(parts, settings)
        await work.release_due(parts, settings)
        wall, cpu = time.perf_counter(), time.process_time()
        results = await work.poll_named(parts, list(settings.sources), settings)
        await work.release_due(parts, settings)
        seconds, cpu = time.perf_counter() - wall, time.process_time() - cpu
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    entries = sum(one.new + one.revised + one.unchanged + one.duplicates for one in results)
    return {
        "feeds": len(results),
        "failed": sum(one.status == "failed" for one in results),
        "not_modified": sum(one.status == "not-modified" for one in results),
        "entries": entries,
        "new": sum(one.new for one in results),
        "seconds": round(seconds, 3),
        "cpu": round(cpu + children.ru_utime + children.ru_stime, 3),
        "feeds_per_s": round(len(results) / seconds, 1),
        "entries_per_s": round(entries / seconds, 1),
        "load_s": round(load_s, 3),
        "peak_rss_mb": round(peak * 1024 / 1e6, 1),
    }


if __name__ == "__main__":
    set_up("plain")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(poll(Path(sys.argv[1])))))
