"""What the C library does with memory that was freed.

glibc gives a block of the size of a document back to the system as soon as it is freed, and gets
the next one page by page. A release makes and drops a dozen of them, and on virtual machines, where
a new page costs most, that took more time than all the rendering of a topic.
"""

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # mallopt(3)
LARGE = 32 * 1024 * 1024
"""Bytes of a block that is given back when it is freed: the most that glibc takes."""
KEPT = 64 * 1024 * 1024
"""Bytes that may lie free at the end of a heap."""
ARENAS = 2
"""Heaps that threads share: glibc would make eight for each core."""


def keep_freed_memory() -> bool:
    """Let this process keep what it frees for what comes next; ``False`` where nobody can be told.

    That is any C library but glibc, whose ways are other ones.
    """
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    if tell is None:
        return False
    wanted = ((_ARENA_MAX, ARENAS), (_MMAP_THRESHOLD, LARGE), (_TRIM_THRESHOLD, KEPT))
    return all(tell(which, value) for which, value in wanted)
