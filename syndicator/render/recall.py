"""Where entries stand in the documents last published: so they need not be rendered again.

A desk of a thousand topics has more entries than it may keep in memory. For each of them
forty bytes are kept: what it says, and where it stands. A document that is not, byte by byte,
what was rendered then (held back, edited, of another process) says nothing.
"""

import struct
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from isal import isal_zlib

Last = Callable[[str], bytes | None]
"""Returns the document that stands under a path, if there is one."""
FORMATS = ("rss", "atom", "json")
_ROW = struct.Struct("<16s6I")
_Sums = tuple[tuple[int, int], ...]


class Recall:
    """Remembers where entries stand, by the place of their documents."""

    def __init__(self) -> None:
        """Know nothing."""
        self._known: dict[str, tuple[_Sums, bytes]] = {}

    def keep(
        self,
        place: str,
        documents: Mapping[str, bytes],
        entries: Sequence[tuple[bytes, tuple[bytes, ...]]],
    ) -> None:
        """Remember documents by format, and the entries in them: key, and bytes in each format.

        The entries stand in the order in which they are given.
        """
        bodies = [documents.get(kind, b"") for kind in FORMATS]
        if not all(bodies):
            self._known.pop(place, None)
            return
        rows, at = [], [0, 0, 0]
        for key, pieces in entries:
            found = [
                _place(body, piece, start)
                for body, piece, start in zip(bodies, pieces, at, strict=True)
            ]
            if all(pieces) and min(found) >= 0:
                spans = [(one, len(piece)) for one, piece in zip(found, pieces, strict=True)]
                rows.append(_ROW.pack(key, *(number for span in spans for number in span)))
                at = [start + length for start, length in spans]
        self._known[place] = (tuple(map(_sum, bodies)), b"".join(rows))

    def entries(
        self, place: str, wanted: Collection[bytes], last: Last
    ) -> dict[bytes, tuple[bytes, ...]]:
        """Return by their keys those of the ``wanted`` entries that stand in a place's documents.

        The documents are read only if there is one.
        """
        sums, rows = self._known.get(place, ((), b""))
        found = [row for row in _ROW.iter_unpack(rows) if row[0] in wanted]
        if not found:
            return {}
        bodies = list(_read(place, last))
        if tuple(map(_sum, bodies)) != sums:
            return {}
        return {
            row[0]: tuple(
                body[row[1 + 2 * n] : row[1 + 2 * n] + row[2 + 2 * n]]
                for n, body in enumerate(bodies)
            )
            for row in found
        }


def _place(body: bytes, piece: bytes, start: int) -> int:
    """Return where a piece stands: as a rule just there, or behind a comma."""
    for at in (start, start + 1):
        if body.startswith(piece, at):
            return at
    return body.find(piece, start)


def _read(place: str, last: Last) -> Iterator[bytes]:
    for kind in FORMATS:
        yield last(f"{place}.{kind}") or b""


def _sum(body: bytes) -> tuple[int, int]:
    return len(body), isal_zlib.crc32(body)
