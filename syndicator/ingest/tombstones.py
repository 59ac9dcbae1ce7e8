"""``at:deleted-entry`` in Atom (RFC 6721), which feedparser does not know."""

from datetime import UTC, datetime

from lxml import etree

from syndicator.hardened import hardened
from syndicator.model.entry import Deletion
from syndicator.model.text import legal, squeeze

SPACE = "{http://purl.org/atompub/tombstones/1.0}"
MARK = b"deleted-entry"
MOST = 2000


def read_tombstones(body: bytes) -> tuple[Deletion, ...]:
    """Return what a well-formed Atom feed says it has deleted; nothing of any other document."""
    if MARK not in body:
        return ()
    try:
        root = etree.fromstring(body.lstrip(), hardened())
    except (etree.XMLSyntaxError, ValueError):
        return ()
    return tombstones(root)


def tombstones(root: etree._Element) -> tuple[Deletion, ...]:
    """Return the entries an Atom feed says it has deleted, all of them in order."""
    if root.tag != "{http://www.w3.org/2005/Atom}feed":
        return ()
    return tuple(
        Deletion(
            ref=ref,
            when=_moment(stone.get("when", "")),
            comment=squeeze(legal(stone.findtext(f"{SPACE}comment", ""))) or None,
        )
        for stone in root.findall(f"{SPACE}deleted-entry")[:MOST]
        if (ref := legal(stone.get("ref", "")).strip())
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
