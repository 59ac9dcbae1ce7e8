"""Blocks of the size of a document are not fetched from the system each time."""

import platform
import subprocess
import sys

import pytest

# Five blocks of a megabyte at a time, all freed together, as a release frees its documents.
CODE = """
import resource, sys
from syndicator.adapters.heap import keep_freed_memory
if sys.argv[1] == "keep":
    assert keep_freed_memory()
def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
def go(times):
    for _ in range(times):
        blocks = [b"x" * 1_000_000 for _ in range(5)]
        del blocks
go(5)
before = faults()
go(50)
print(faults() - before)
"""


def faults(how: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", CODE, how], capture_output=True, text=True, check=True, timeout=60
    )
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have other ways")
def test_freed_blocks_are_used_again() -> None:
    assert faults("keep") * 10 < faults("leave")
