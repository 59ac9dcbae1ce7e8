"""Published documents, read back for those who are told of them."""

from collections import OrderedDict
from hashlib import blake2b
from pathlib import Path

from syndicator.ports.herald import Mark

HELD = 16
"""Documents kept in memory, for one that changed goes to many."""


class PublishedDocuments:
    """Implements ``ports.herald.Documents``."""

    def __init__(self, feeds: Path) -> None:
        """Read what stands under ``feeds``."""
        self._feeds = feeds
        self._marks: dict[str, Mark] = {}
        self._held: OrderedDict[str, tuple[Mark, bytes]] = OrderedDict()

    def mark(self, document: str) -> Mark | None:
        """See ``ports.herald.Documents``."""
        stamp = self._stamp(document)
        if stamp is None:
            return None
        known = self._marks.get(document)
        if known is None or known.stamp != stamp:
            found = self._load(document, stamp)
            return found[0] if found else None
        return known

    def read(self, document: str) -> tuple[str, bytes] | None:
        """See ``ports.herald.Documents``."""
        stamp = self._stamp(document)
        if stamp is None:
            return None
        held = self._held.get(document)
        if held is None or held[0].stamp != stamp:
            held = self._load(document, stamp)
            if held is None:
                return None
            self._held[document] = held
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        self._held.move_to_end(document)
        return held[0].digest, held[1]

    def _stamp(self, document: str) -> tuple[int, int, int] | None:
        try:
            stat = (self._feeds / document).stat()
        except OSError:
            self._marks.pop(document, None)
            self._held.pop(document, None)
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def _load(self, document: str, stamp: tuple[int, int, int]) -> tuple[Mark, bytes] | None:
        try:
            body = (self._feeds / document).read_bytes()
        except OSError:
            return None
        found = self._marks[document] = Mark(blake2b(body, digest_size=16).hexdigest(), stamp)
        return found, body
