"""Packed copies of published documents: what did not change in one is not packed again."""

from syndicator.model.edition import Output, Part
from syndicator.model.recent import Recent
from syndicator.render.packing import packed
from syndicator.render.parts import gzip_of, packed_part, sum_of

MOST = 16_000_000
"""Bytes of packed parts remembered: those of some thirty topics of whole articles."""


class Packer:
    """Remembers packed parts by their names; of too many those used longest ago are forgotten.

    A name is not taken on trust: a check sum of what is packed goes with it. Several threads may
    use it.
    """

    def __init__(self, most: int = MOST) -> None:
        """Remember up to so many bytes."""
        self._held: Recent[tuple[bytes, int], bytes] = Recent(most, len)

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
        known = self._held.get(key)
        if known is None:
            known = packed_part(body, begins, part.end)
            self._held.keep(key, known)
        return known
