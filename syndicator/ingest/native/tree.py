"""Bytes → a tree, or the reason why this document is not for the native reader."""

import codecs
import re
from email.message import Message
from functools import lru_cache
from typing import Any

from lxml import etree

from syndicator.errors import ReadError
from syndicator.hardened import hardened
from syndicator.ingest.native.names import Names
from syndicator.model.entry import Document

XML = "{http://www.w3.org/XML/1998/namespace}"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_LOOK = 65_536
# C1 controls: someone's Windows characters under another name. The tolerant reader repairs them.
_NUMBERED = re.compile(rb"&#(?:0*1(?:2[89]|[345]\d)|x0*[89][0-9a-f]);", re.IGNORECASE)
_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
_BARE_CONTROLS = re.compile(rb"[\x80-\x9f]")
_TOO_MUCH = re.compile(
    r"XML_PARSE_HUGE|Excessive depth|Buffer size limit|too long|too big", re.IGNORECASE
)


class Tree:
    """A parsed document with what its readers keep asking: names, bases, languages."""

    def __init__(self, document: Document, root: etree._Element) -> None:
        self.url = document.url
        self.root = root
        self.atom = False
        self.names = Names()
        wide = b"\x00" in document.body[:100]  # UTF-16, where nothing is found so simply
        says_any = wide or b"xml:" in document.body
        self._has_bases = wide or (says_any and b"xml:base" in document.body)
        self._has_languages = wide or (says_any and b"xml:lang" in document.body)

    def rebase(self, url: str) -> None:
        """Take an address for the stated base of the document: CDF has an attribute for it."""
        self.root.base = url
        self._has_bases = True

    def base(self, node: etree._Element) -> str:
        """Return the address that references in an element resolve against (XML Base §3).

        One that is no web address counts as not stated.
        """
        if not self._has_bases:
            return self.url
        at: etree._Element | None = node
        while at is not None:
            base = at.base
            if base and base.startswith(("https://", "http://")) and ":///" not in base:
                return base
            at = at.getparent()
        return self.url

    def has_base(self, node: etree._Element) -> bool:
        """Whether the document itself states that address."""
        return self._has_bases and self.base(node) != self.url

    def language(self, node: etree._Element) -> str | None:
        """Return the ``xml:lang`` in force for an element."""
        if not self._has_languages:
            return None
        at: etree._Element | None = node
        while at is not None:
            said = at.get(f"{XML}lang")
            if said is not None:
                return said.strip().replace("_", "-") or None
            at = at.getparent()
        return None


def grow(document: Document) -> Tree | None:
    """Parse a document strictly; ``None`` where the tolerant reader must have it.

    Entities are not resolved, nothing is loaded, and the parser's own bounds
    on depth (256), on one text (10 MB) and on names stand.

    Raises:
        ReadError: it passes those bounds, as no honest feed does.
    """
    body = document.body
    if not body.startswith(_BOMS):
        body = body.lstrip(b" \t\r\n")
    if _SUBSET.search(body, 0, _LOOK):
        return None
    try:
        root = etree.fromstring(body, hardened(bare=True), base_url=document.url)
    except etree.XMLSyntaxError as error:
        if _TOO_MUCH.search(str(error)):
            why = " ".join(str(error).split())[:200]
            text = f"{document.url}: deeper or longer than any feed: {why}"
            raise ReadError("too-much", text) from error
        return None
    except ValueError:
        return None
    if _surprising(document, root):
        return None
    return Tree(document, root)


def _surprising(document: Document, root: etree._Element) -> bool:
    """Whether the characters may not be what the document says they are."""
    facts: Any = root.getroottree().docinfo  # its stubs know half of it
    if facts.doctype and _names_characters(facts.internalDTD, root):
        return True
    said = _codec(facts.encoding or "utf-8")
    stated = _charset(document.content_type)
    if stated and _codec(stated) != said:
        return True
    body = document.body
    if b"&#" in body and _NUMBERED.search(body):
        return True
    if said == "utf-8":
        return b"\xc2" in body and _CONTROLS.search(body) is not None
    return said.startswith("iso8859") and _BARE_CONTROLS.search(body) is not None


def _names_characters(declared: Any, root: etree._Element) -> bool:
    """Whether entities are declared, or used from a DTD that is never loaded."""
    if declared is not None and any(True for _ in declared.iterentities()):
        return True
    return next(root.iter(etree.Entity), None) is not None


@lru_cache(maxsize=256)
def _charset(content_type: str | None) -> str | None:
    if not content_type or "charset" not in content_type.lower():
        return None
    header = Message()
    header["content-type"] = content_type
    return header.get_content_charset()


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name.lower()
