"""Published documents, read back for those who are told of them."""

from collections import OrderedDict
from hashlib import blake2b
from pathlib import Path

HELD = 16
"""Documents kept in memory, for one that changed goes to many."""
_Stamp = tuple[int, int, int]


class PublishedDocuments:
    """Implements ``ports.herald.Documents``."""

    def __init__(self, feeds: Path) -> None:
        """Read what stands under ``feeds``."""
        self._feeds = feeds
        self._held: OrderedDict[str, tuple[_Stamp, str, bytes]] = OrderedDict()

    def stamp(self, document: str) -> _Stamp | None:
        """See ``ports.herald.Documents``."""
        try:
            stat = (self._feeds / document).stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def read(self, document: str) -> tuple[str, bytes] | None:
        """See ``ports.herald.Documents``."""
        stamp = self.stamp(document)  # before it is read: if it is replaced, it is read again
        held = self._held.get(document)
        if stamp is None or held is None or held[0] != stamp:
            self._held.pop(document, None)
            try:
                body = (self._feeds / document).read_bytes()
            except OSError:
                return None
            digest = blake2b(body, digest_size=16).hexdigest()
            if stamp is None:
                return digest, body
            held = self._held[document] = stamp, digest, body
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        self._held.move_to_end(document)
        return held[1], held[2]
