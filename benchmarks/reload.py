"""How long a saved edit keeps the desk's event loop waiting: one line of JSON.

::

    python benchmarks/reload.py CONFIG_FOLDER

A source is added to the settings, as an operator would, and the desk takes
them while a timer ticks beside it every millisecond. ``lag_ms`` is the
longest a tick came late, ``idle_ms`` the same before the edit, the noise of
the machine; ``seconds`` runs from the saved file to the library following it.
"""

import asyncio
import gc
import json
import os
import sys
import time
from pathlib import Path

import uvloop

from syndicator import work
from syndicator.daemon import Daemon
from syndicator.logs import set_up
from syndicator.settings import load
from syndicator.wiring import open_parts

TICK = 0.001
ADDED = "  added: {url: 'https://added.example/', paused: true}\n"


async def tick(late: list[float]) -> None:
    """Note how late each tick is, until cancelled."""
    while True:
        due = time.perf_counter() + TICK
        await asyncio.sleep(TICK)
        late.append(max(0.0, time.perf_counter() - due))


async def reload(config: Path) -> dict[str, float]:
    """Take one edit; the settings before it are taken already, and nothing is due."""
    # Paused, so that what is measured is the edit and not polls.
    text = (config / "sources.yaml").read_text().replace("    language: en\n", "    paused: true\n")
    (config / "sources.yaml").write_text(text)
    settings = load(config, os.environ)
    gc.collect()
    gc.freeze()  # as run_desk does
    async with open_parts(settings, desk=True) as parts:
        desk = Daemon(parts, settings, lambda: load(config, os.environ), lambda _: None)
        await work.apply_settings(parts, settings)
        late: list[float] = []
        ticking = asyncio.create_task(tick(late))
        await asyncio.sleep(0.3)
        idle = max(late)
        late.clear()
        (config / "sources.yaml").write_text(text + ADDED)
        began = time.perf_counter()
        await desk.reload()
        seconds = time.perf_counter() - began
        await asyncio.sleep(2 * TICK)
        ticking.cancel()
    return {
        "sources": len(settings.sources),
        "seconds": round(seconds, 3),
        "lag_ms": round(max(late) * 1000, 1),
        "idle_ms": round(idle * 1000, 1),
    }


if __name__ == "__main__":
    set_up("plain")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(reload(Path(sys.argv[1])))))
