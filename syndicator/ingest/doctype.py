"""Entity tricks in a document type declaration, refused before any parser sees them.

An honest feed declares at most the names of characters (XML 1.0 §4.2). One
that declares entities made of entities grows without end when they are
resolved; one that declares an outside entity asks for files or addresses.
"""

import re

from syndicator.errors import ReadError
from syndicator.model.entry import Document

_DECLARED = re.compile(r"<!ENTITY\s+(?P<name>[^\s%\"'<>]{1,100})\s+(?P<value>SYSTEM|PUBLIC|[\"'])")
_NESTED = re.compile(r"&[A-Za-z_:][\w:.-]{0,100};")
LOOK = 65_536


def refuse_tricks(document: Document, head: str) -> None:
    """Refuse a document whose declarations would resolve to more than themselves.

    ``head`` is its beginning as text.

    Raises:
        ReadError: it declares outside entities, or entities made of entities.
    """
    if "<!ENTITY" not in head:
        return
    for found in _DECLARED.finditer(head[:LOOK]):
        if found["value"] in {"SYSTEM", "PUBLIC"}:
            said = f"declares an outside entity ({found['name']})"
        else:
            end = head.find(found["value"], found.end())
            if end < 0 or not _NESTED.search(head, found.end(), end):
                continue
            said = f"declares an entity made of entities ({found['name']})"
        raise ReadError(
            "entities", f"{document.url}: {said}; no honest feed does, so it is not read"
        )
