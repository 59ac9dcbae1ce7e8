"""Items that tell of corrections, in RSS and Atom."""

from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from lxml import etree

from syndicator.model.edition import CorrectionNotice
from syndicator.render.carrier import Carrier
from syndicator.render.common import address_of, clean, correction_title, rfc3339
from syndicator.render.notices import ATOM
from syndicator.render.terms import UNSPECIFIED

DC = "http://purl.org/dc/elements/1.1/"
LABEL = "Correction"


class CorrectionExtension(Carrier[CorrectionNotice]):
    """Leads to the article that was corrected, and names who said what was wrong."""

    def extend_rss(self, entry: Any) -> Any:
        """Complete an RSS item."""
        one = self.one
        if link := address_of(one.link):
            etree.SubElement(entry, "link").text = link
        etree.SubElement(entry, f"{{{DC}}}creator").text = clean(one.source_title)
        etree.SubElement(entry, f"{{{DC}}}rights").text = clean(one.rights)
        if terms := address_of(one.license):
            etree.SubElement(entry, f"{{{ATOM}}}link", rel="license", href=terms)
        return entry

    def extend_atom(self, entry: Any) -> Any:
        """Complete an Atom entry; in feedgen's tree Atom's elements have no namespace."""
        one = self.one
        entry.find("title").set("type", "text")
        author = etree.SubElement(entry, "author")
        etree.SubElement(author, "name").text = clean(one.source_title) or "Unnamed"
        if link := address_of(one.link):
            etree.SubElement(entry, "link", {"rel": "alternate", "href": link})
        href = address_of(one.license) or UNSPECIFIED
        etree.SubElement(entry, "link", {"rel": "license", "href": href})
        etree.SubElement(entry, "rights").text = clean(one.rights)
        source = etree.SubElement(entry, "source")
        etree.SubElement(source, "id").text = f"urn:x-syndicator:{one.source}"
        etree.SubElement(source, "title").text = clean(one.source_title)
        etree.SubElement(source, "updated").text = rfc3339(one.at)
        return entry


def correction_entry(one: CorrectionNotice, *, atom: bool) -> Any:
    """Make feedgen's entry of a notice, for one of the two formats."""
    entry = FeedEntry()
    entry.register_extension("correction", CorrectionExtension)
    entry.correction.set(one)
    entry.title(correction_title(one))
    entry.published(one.at.replace(microsecond=0))
    entry.updated(one.at.replace(microsecond=0))
    entry.category(term=LABEL)
    if atom:
        entry.id(one.guid)
        entry.content(clean(one.text), type="text")
    else:
        entry.guid(one.guid, permalink=False)
        entry.description(escape(clean(one.text), quote=False))  # readers take it for HTML
    return entry
