"""Packed copies of published documents: what did not change in one is not packed again."""

from collections import OrderedDict
from threading import Lock

from syndicator.model.edition import Output, Part
from syndicator.render.packing import packed
from syndicator.render.parts import gzip_of, packed_part, sum_of

MOST = 16_000_000
"""Bytes of packed parts remembered: those of some thirty topics of whole articles."""


_Key = tuple[bytes, int]


class Packer:
    """Remembers packed parts by their names; of too many those used longest ago are forgotten.

    A name is not taken on trust: a check sum of what is packed goes with it. Several threads may
    use it.
    """

    def __init__(self, most: int = MOST) -> None:
        """Remember up to so many bytes."""
        self._most = most
        self._held: OrderedDict[_Key, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def gzip(self, output: Output) -> bytes:
        """Return the packed copy of a document; it depends on its body and parts alone."""
        body, begins = output.body, 0
        if len(output.parts) <= 1:
            return packed("gzip", body)
        found = []
        for part in output.parts:
            found.append(self._packed(body, begins, part))
            begins = part.end
        return gzip_of(body, found)

    def _packed(self, body: bytes, begins: int, part: Part) -> bytes:
        if part.name is None:
            return packed_part(body, begins, part.end)
        key = part.name, sum_of(body, begins, part.end)
        return self._find(key) or self._keep(key, packed_part(body, begins, part.end))

    def _find(self, key: _Key) -> bytes | None:
        with self._lock:
            known = self._held.get(key)
            if known is not None:
                self._held.move_to_end(key)
            return known

    def _keep(self, key: _Key, data: bytes) -> bytes:
        with self._lock:
            if key not in self._held:
                self._held[key] = data
                self._size += len(data)
            while self._size > self._most:
                _, old = self._held.popitem(last=False)
                self._size -= len(old)
        return data
