"""Notices of withdrawn articles: an entry under the same id, and in Atom a tombstone (RFC 6721).

Most readers know no tombstones, and would keep showing what they hold; the entry
takes its place. It is no newer than its tombstone, which therefore counts (§3).
"""

from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from lxml import etree

from syndicator.model.edition import Withdrawal
from syndicator.render.carrier import Carrier
from syndicator.render.common import atom_ref, clean, notice_text, notice_title, rfc3339

TOMBSTONE = "http://purl.org/atompub/tombstones/1.0"
ATOM = "http://www.w3.org/2005/Atom"
TERMS = "http://purl.org/dc/terms/"


class NoticeExtension(Carrier[Withdrawal]):
    """Says by ``dcterms:valid`` that an item is valid no more (DCMI Period)."""

    def extend_rss(self, entry: Any) -> Any:
        """Complete an RSS item."""
        ended = f"end={rfc3339(self.one.at)}; scheme=W3C-DTF"
        etree.SubElement(entry, f"{{{TERMS}}}valid").text = ended
        return entry

    def extend_atom(self, entry: Any) -> Any:
        """Complete an Atom entry; in feedgen's tree Atom's elements have no namespace."""
        entry.find("title").set("type", "text")
        author = etree.SubElement(entry, "author")
        etree.SubElement(author, "name").text = clean(self.one.by) or "Unnamed"
        return self.extend_rss(entry)


def notice_entry(one: Withdrawal, *, atom: bool) -> Any:
    """Make the entry that takes the place of a withdrawn one, for one of the two formats."""
    entry = FeedEntry()
    entry.register_extension("notice", NoticeExtension)
    entry.notice.set(one)
    entry.title(notice_title(one))
    entry.published(one.at.replace(microsecond=0))
    entry.updated(one.at.replace(microsecond=0))
    if atom:
        entry.id(atom_ref(one.guid, one.article))
        entry.content(notice_text(one), type="text")
    else:
        entry.guid(clean(one.guid), permalink=False)
        entry.description(escape(notice_text(one), quote=False))  # readers take it for HTML
    return entry


def add_tombstones(feed: Any, withdrawn: tuple[Withdrawal, ...]) -> None:
    """Append a ``deleted-entry`` for each to an Atom feed (RFC 6721 §3)."""
    for one in withdrawn:
        stone = etree.SubElement(
            feed,
            f"{{{TOMBSTONE}}}deleted-entry",
            {"ref": atom_ref(one.guid, one.article), "when": rfc3339(one.at)},
            nsmap={"at": TOMBSTONE},
        )
        by = etree.SubElement(stone, f"{{{TOMBSTONE}}}by")
        # In feedgen's tree the elements of Atom have no namespace of their own.
        etree.SubElement(by, "name").text = clean(one.by)
        etree.SubElement(stone, f"{{{TOMBSTONE}}}comment").text = notice_text(one)
