"""Two builds of one data: the same bytes, or where they part."""

from syndicator.lint.findings import Finding, Findings, Place, shown
from syndicator.lint.rules import RULES

_AROUND = 60


def compare(first: bytes, second: bytes) -> tuple[Finding, ...]:
    """Compare two builds; a finding where they differ, with what stands there in each.

    Readers fetch a feed anew, and MSN refuses it, where only the time of the build changed.
    """
    if first == second:
        return ()
    at = _parting(first, second)
    line = first.count(b"\n", 0, at) + 1
    column = at - (first.rfind(b"\n", 0, at) + 1) + 1
    found = Findings()
    here, there = (shown(_near(one, at)) for one in (first, second))
    found.add("NotReproducible", "", Place(line=line, column=column, value=here))
    found.add("NotReproducible", "", Place(line=line, column=column, value=there))
    return found.sealed(RULES)


def _parting(first: bytes, second: bytes) -> int:
    """Return where two texts first differ, by halves: comparing slices is quick, steps are not."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _near(body: bytes, at: int) -> str:
    return body[max(0, at - _AROUND) : at + _AROUND].decode("utf-8", "replace")
