"""Foreign XML, hardened: no entities resolved, no network, no DTD, no huge trees."""

import re
from collections.abc import Iterator
from html.entities import html5

from lxml import etree

from syndicator.errors import ReadError
from syndicator.hardened import hardened
from syndicator.ingest.story.text import decode
from syndicator.model.entry import Document
from syndicator.model.text import legal, squeeze

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,1000}(?:\[[^\]]{0,10000}\]\s*)?>", re.IGNORECASE)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_ENCODING = re.compile(
    rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"'](?:iso-?8859-1|latin-?1|us-ascii)[\"']", re.IGNORECASE
)
_CONTROLS = re.compile(rb"[\x80-\x9f]")
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})


def parse_xml(document: Document) -> etree._Element:
    """Return the root element, mending a wrong encoding, HTML's entity names and stray marks.

    Raises:
        ReadError: no tree can be made of it.
    """
    body = document.body.lstrip(b"\x00\t\n\r ")
    said = _ENCODING.match(body)
    windows = said is not None and _CONTROLS.search(body) is not None
    try:
        if not windows:
            return etree.fromstring(body, hardened(bare=True))
    except (etree.XMLSyntaxError, ValueError, LookupError):
        pass
    text = decode(document, "iso-8859-1" if windows else None)
    text = _DOCTYPE.sub("", _DECLARATION.sub("", text.lstrip("\ufeff"), count=1), 1)
    text = legal(_ENTITY.sub(_named, text)).strip()
    try:
        root = etree.fromstring(text.encode(), hardened(recover=True, bare=True, encoding="utf-8"))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("unreadable", f"{document.url}: not readable as XML: {error}") from error
    if root is None:
        raise ReadError("unreadable", f"{document.url}: not readable as XML")
    return root


def _named(match: re.Match[str]) -> str:
    if match[1] in _OWN:
        return match[0]
    return html5.get(match[1] + ";", f"&amp;{match[1]};")


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace, in lower case; "" if it has none."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children with one of these names (lower case, any namespace)."""
    return (child for child in element if local(child) in names)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element down this path of names, or ``None``."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def descendants(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield all elements below with one of these names, in document order."""
    return (one for one in element.iter() if one is not element and local(one) in names)


def text_of(element: etree._Element | None) -> str | None:
    """Return all words of an element on one line, or ``None``."""
    if element is None:
        return None
    return squeeze("".join(_strings(element))) or None


def _strings(element: etree._Element) -> Iterator[str]:
    for one in element.iter():
        if isinstance(one.tag, str) and one.text:
            yield one.text
        if one is not element and one.tail:
            yield one.tail


def attribute(element: etree._Element | None, name: str) -> str | None:
    """Return an attribute's words whatever its case, or ``None`` where it says nothing."""
    if element is None:
        return None
    value: str | bytes | None = element.get(name)
    if value is None:
        folded = name.lower()
        value = next((one for key, one in element.items() if str(key).lower() == folded), None)
    return squeeze(str(value)) or None if value else None
