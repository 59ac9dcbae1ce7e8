"""Lines of a text with their places, and how facts found in them are put back into it."""

from typing import TypeVar

import msgspec

from syndicator.model.credit import Fact

_FactT = TypeVar("_FactT", bound=Fact)


class Line(msgspec.Struct):
    """One line without the white space around it; ``start`` and ``end`` lie in the whole text."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """Return the lines that say something, in order."""
    found = []
    place = 0
    for line in text.split("\n"):
        if line and (bare := line.strip()):
            start = place + (0 if len(bare) == len(line) else line.index(bare[0]))
            found.append(Line(start, start + len(bare), bare))
        place += len(line) + 1
    return found


def moved(fact: _FactT, line: Line) -> _FactT:
    """Give a fact read from a line its place in the whole text."""
    return msgspec.structs.replace(fact, start=fact.start + line.start, end=fact.end + line.start)
