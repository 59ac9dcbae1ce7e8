"""Entries as finished pieces of each format, remembered by what they say.

Most entries of a release were in the one before. A piece holds the bytes that an
entry has in a whole document, so that a document of pieces is the document.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from html import escape
from operator import attrgetter
from typing import Any

import msgspec
from feedgen.entry import FeedEntry
from lxml import etree

from syndicator.lint import entry_faults
from syndicator.model.article import Body
from syndicator.model.edition import Item
from syndicator.model.license import License
from syndicator.model.recent import Recent
from syndicator.render.common import address_of, atom_id, clean
from syndicator.render.extension import CONTENT, NAMESPACES, DeskEntryExtension
from syndicator.render.jsonfeed import item_json
from syndicator.render.notices import ATOM
from syndicator.render.page import page_entry
from syndicator.render.recall import Last, Recall

MOST = 32_000_000
"""Bytes of pieces remembered: some thousands of whole articles."""
MOST_ITEMS = 1_000
"""Items known again without a look at what they say: those that are the same object."""
NO_BODY = Body()
EARLIEST = datetime(1000, 1, 1, tzinfo=UTC)
"""The first year of four digits: feedgen writes no other as RSS does."""


class Pieces(msgspec.Struct, frozen=True):
    """One entry as it stands in each format.

    It is empty in a format it cannot stand in, and ``trouble`` says why. ``key`` stands for
    all that it says; one in trouble has none, nor one that holds half a surrogate pair.
    """

    rss: bytes
    atom: bytes
    json: bytes
    page: str
    trouble: str | None = None
    key: bytes | None = None

    @property
    def size(self) -> int:
        """How much memory it takes, roughly, in bytes."""
        return len(self.rss) + len(self.atom) + len(self.json) + len(self.page)


class Memory:
    """Pieces by what they say; of too many those used longest ago are forgotten."""

    def __init__(self, most: int = MOST) -> None:
        """Remember up to so many bytes."""
        self._held: Recent[bytes, Pieces] = Recent(most, attrgetter("size"))
        self._keys: Recent[int, tuple[Item, bytes]] = Recent(MOST_ITEMS)
        self._recall = Recall()

    def pieces(self, item: Item) -> Pieces:
        """Return the pieces of an item."""
        key = self.key(item)
        return (self._held.get(key) if key else None) or self._keep(key, _made(item, key))

    def of(self, place: str, items: Sequence[Item], last: Last) -> list[Pieces]:
        """Return the pieces of all items of documents: as remembered, as they stand, or made."""
        keys = [self.key(item) for item in items]
        found = [self._held.get(key) if key else None for key in keys]
        wanted = {key for key, known in zip(keys, found, strict=True) if key and known is None}
        stand = self._recall.entries(place, wanted, last) if wanted else {}
        return [
            known or self._keep(key, _standing(item, key, stand.get(key)) if key else _made(item))
            for item, key, known in zip(items, keys, found, strict=True)
        ]

    def published(
        self,
        place: str,
        documents: Mapping[str, bytes],
        made: Sequence[Pieces],
    ) -> None:
        """Remember where the pieces ``made`` stand in documents, by format."""
        entries = [(one.key, (one.rss, one.atom, one.json)) for one in made]
        self._recall.keep(place, documents, entries)

    def _keep(self, key: bytes | None, made: Pieces) -> Pieces:
        if key is not None:
            self._held.keep(key, made)
        return made

    def key(self, item: Item) -> bytes | None:
        """Return what stands for all that an item says; of the same object it is asked once.

        ``None``: it holds half a surrogate pair, and nothing stands for that.
        """
        known = self._keys.get(id(item))
        if known is not None and known[0] is item:
            return known[1]
        try:
            key = _said(item)
        except UnicodeEncodeError:
            return None
        self._keys.keep(id(item), (item, key))
        return key


_ENCODER = msgspec.msgpack.Encoder()


def _said(item: Item) -> bytes:
    """Return what stands for all that an entry is made of. Of the body it is ``item.html``."""
    bare = msgspec.structs.replace(item.article, body=NO_BODY)
    parts = (
        bare,
        item.cleared,
        item.source_title,
        item.html,
        item.summary,
        item.corrections,
        item.entry,
        item.also,
        _terms(item.license),
    )
    return blake2b(_ENCODER.encode(parts), digest_size=16).digest()


@lru_cache(maxsize=512)
def _terms(license: License) -> str:  # noqa: A002 - the trade's word
    return license.model_dump_json()


def _standing(item: Item, key: bytes, stands: tuple[bytes, ...] | None) -> Pieces:
    """Make pieces of what stands in documents, which was judged when it was made."""
    if stands is None:
        return _made(item, key)
    rss, atom, json = stands
    return Pieces(rss, atom, json, page_entry(item), key=key)


def _made(item: Item, key: bytes | None = None) -> Pieces:
    """Render an entry and judge it: what readers would refuse costs the entry, never the feed."""
    rss, atom = b"", b""
    faults: list[str] = []
    try:
        rss_whole, atom_whole = (
            rss_alone(entry_of(item, rss_entry)),
            _atom(entry_of(item, atom_entry)),
        )
    except (ValueError, TypeError) as error:
        faults.append(str(error))
    else:
        rss = _judged(
            "rss", rss_whole, _inner(rss_whole, b"<channel>", b"</channel></rss>"), faults
        )
        atom = _judged("atom", atom_whole, _inner(atom_whole, b">", b"</feed>"), faults)
    made = item_json(item)
    json = _judged("json", made, made, faults)
    trouble = " / ".join(faults) or None
    return Pieces(rss, atom, json, page_entry(item), trouble, None if trouble else key)


def _judged(kind: str, whole: bytes, piece: bytes, faults: list[str]) -> bytes:
    """Return a piece that may leave; else nothing, and the reason joins ``faults``."""
    fault = entry_faults(kind, whole)
    if fault is None:
        return piece
    faults.append(f"{kind}: {fault}")
    return b""


def _inner(whole: bytes, start: bytes, end: bytes) -> bytes:
    return whole[whole.index(start) + len(start) : -len(end)]


def rss_alone(entry: Any) -> bytes:
    """Return an item as a document of its own."""
    root = etree.Element("rss", nsmap={**NAMESPACES, "atom": ATOM, "content": CONTENT})
    etree.SubElement(root, "channel").append(entry.rss_entry())
    whole: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return whole


def notice_piece(entry: Any, *, atom: bool = False) -> bytes:
    """Return the item of a notice as it stands in RSS, or in Atom."""
    if atom:
        return _inner(_atom(entry), b">", b"</feed>")
    return _inner(rss_alone(entry), b"<channel>", b"</channel></rss>")


def _atom(entry: Any) -> bytes:
    # In feedgen's tree the elements of Atom have no namespace; the document says it.
    root = etree.Element("feed", nsmap=NAMESPACES)
    root.append(entry.atom_entry())
    whole: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return whole.replace(b"<feed ", b'<feed xmlns="%s" ' % ATOM.encode(), 1)


def entry_of(item: Item, fill: Callable[[Any, Item], None]) -> Any:
    """Make feedgen's entry of an item, for the format that ``fill`` completes."""
    entry = FeedEntry()
    entry.register_extension("desk", DeskEntryExtension)
    entry.desk.set(item)
    article = item.article
    entry.title(clean(article.headline) or "Untitled")
    entry.published(max(article.published, EARLIEST).replace(microsecond=0))
    entry.updated(max(article.updated, EARLIEST).replace(microsecond=0))
    fill(entry, item)
    return entry


def rss_entry(entry: Any, item: Item) -> None:
    """Complete an entry for RSS."""
    article = item.article
    guid = clean(article.guid)
    entry.guid(guid, permalink=guid == address_of(article.link))
    said = clean(item.summary or item.cleared.credit or item.source_title)
    entry.description(escape(said, quote=False))  # plain words, and readers take them for HTML


def atom_entry(entry: Any, item: Item) -> None:
    """Complete an entry for Atom."""
    entry.id(atom_id(item))
    # feedgen insists on a link or content of its own, and looks at a content least; the
    # extension takes it out again and writes the real ones.
    entry.content("-", type="text")
