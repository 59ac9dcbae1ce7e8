"""Where entries stand in the documents last published: so they need not be rendered again.

A desk of a thousand topics has more entries than it may keep in memory. For each of them
some thirty bytes are kept: what it says, and where it stands. A document that is not, byte by byte,
what was rendered then (held back, edited, of another process) says nothing.
"""

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import accumulate

import msgspec
from isal import isal_zlib

Last = Callable[[str], bytes | None]
"""Returns the document that stands under a path, if there is one."""
FORMATS = ("rss", "atom", "json")
KEY = 16
"""Bytes of the key of an entry."""
_NO_KEY = bytes(KEY)
_Sums = tuple[tuple[int, int], ...]


class _Rows(msgspec.Struct, frozen=True):
    """The entries of the documents of a place: their keys, one after the other.

    And of each format where the first begins, and how long each is.
    """

    sums: _Sums
    keys: bytes
    starts: tuple[int, ...]
    lengths: tuple["array[int]", ...]

    def spans(self, number: int) -> list[tuple[int, int]]:
        """Return where each entry begins and ends in the document of a format, by its number."""
        # In JSON a comma stands between them.
        comma = FORMATS[number] == "json"
        steps = (length + (1 if comma and length else 0) for length in self.lengths[number])
        starts = accumulate(steps, initial=self.starts[number])
        return [(at, at + length) for at, length in zip(starts, self.lengths[number], strict=False)]


class Recall:
    """Remembers where entries stand, by the place of their documents."""

    def __init__(self) -> None:
        """Know nothing."""
        self._known: dict[str, _Rows] = {}

    def keep(
        self,
        place: str,
        documents: Mapping[str, bytes],
        entries: Sequence[tuple[bytes | None, tuple[bytes, ...]]],
    ) -> None:
        """Remember documents by format, and the entries in them: key, and bytes in each format.

        They stand in the order in which they are given, and all that stand there are given;
        one that is to be made anew the next time has no key.
        """
        bodies = [documents.get(kind, b"") for kind in FORMATS]
        columns = list(zip(*(pieces for _, pieces in entries), strict=True))
        firsts = [next((piece for piece in column if piece), b"") for column in columns]
        if not all(bodies) or not firsts or not all(firsts):
            self._known.pop(place, None)
            return
        self._known[place] = _Rows(
            sums=tuple(map(_sum, bodies)),
            keys=b"".join(key or _NO_KEY for key, _ in entries),
            starts=tuple(map(bytes.index, bodies, firsts)),
            lengths=tuple(array("I", map(len, column)) for column in columns),
        )

    def entries(
        self, place: str, wanted: Collection[bytes], last: Last
    ) -> dict[bytes, tuple[bytes, ...]]:
        """Return by their keys those of the ``wanted`` entries that stand in a place's documents.

        The documents are read only if there is one.
        """
        rows = self._known.get(place)
        if rows is None:
            return {}
        keys = [rows.keys[at : at + KEY] for at in range(0, len(rows.keys), KEY)]
        found = [number for number, key in enumerate(keys) if key in wanted]
        if not found:
            return {}
        bodies = list(_read(place, last))
        if tuple(map(_sum, bodies)) != rows.sums:
            return {}
        spans = [rows.spans(number) for number in range(len(FORMATS))]
        return {
            keys[number]: tuple(
                body[slice(*span[number])] for body, span in zip(bodies, spans, strict=True)
            )
            for number in found
        }


def _read(place: str, last: Last) -> Iterator[bytes]:
    for kind in FORMATS:
        yield last(f"{place}.{kind}") or b""


def _sum(body: bytes) -> tuple[int, int]:
    return len(body), isal_zlib.crc32(body)
