"""Packed copies of published documents: what did not change in one is not packed again."""

from collections import OrderedDict
from threading import Lock

from syndicator.model.edition import Output, Part
from syndicator.render.packing import packed
from syndicator.render.parts import gzip_of, packed_part

MOST = 16_000_000
"""Bytes of packed parts remembered: those of some thirty topics of whole articles."""


class Packer:
    """Remembers packed parts by their names; of too many those used longest ago are forgotten.

    Several threads may use it.
    """

    def __init__(self, most: int = MOST) -> None:
        """Remember up to so many bytes."""
        self._most = most
        self._held: OrderedDict[bytes, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def gzip(self, output: Output) -> bytes:
        """Return the packed copy of a document; it depends on its body and parts alone."""
        body, begins = output.body, 0
        if len(output.parts) <= 1:
            return packed("gzip", body)
        found = []
        for part in output.parts:
            known = self._find(part)
            found.append(known or self._keep(part, packed_part(body, begins, part.end)))
            begins = part.end
        return gzip_of(body, found)

    def _find(self, part: Part) -> bytes | None:
        if part.name is None:
            return None
        with self._lock:
            known = self._held.get(part.name)
            if known is not None:
                self._held.move_to_end(part.name)
            return known

    def _keep(self, part: Part, data: bytes) -> bytes:
        if part.name is None:
            return data
        with self._lock:
            if part.name not in self._held:
                self._held[part.name] = data
                self._size += len(data)
            while self._size > self._most:
                _, old = self._held.popitem(last=False)
                self._size -= len(old)
        return data
