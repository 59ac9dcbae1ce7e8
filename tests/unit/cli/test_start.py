"""A command begins at once: what only some commands need is loaded by those."""

import subprocess
import sys

HEAVY = (
    "syndicator.credit",
    "syndicator.ingest",
    "syndicator.lint",
    "syndicator.render",
    "aiohttp",
)


def test_asking_for_help_loads_neither_readers_nor_renderers() -> None:
    code = "import sys, syndicator.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "syndicator.cli.articles" in loaded
    assert [one for one in loaded if one.startswith(HEAVY)] == []
