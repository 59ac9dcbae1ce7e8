"""What an element says: its text, or the markup inside it."""

import re
from base64 import b64decode
from html import escape
from typing import NamedTuple

from lxml import etree

from syndicator.ingest.native.tree import XML, Tree
from syndicator.model.address import joined

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 - one line
_ADDRESSES = frozenset({"href", "src", "cite", "poster", "longdesc"})
_MARKED = re.compile(r"</\w|&#?\w{2,8};|<(?:br|hr|img)\b[^>]*>", re.IGNORECASE)
_TYPES = {
    "text": "text/plain",
    "plain": "text/plain",
    "html": "text/html",
    "xhtml": "application/xhtml+xml",
}
_MEDIA = ("image/", "audio/", "video/")
XHTML = "application/xhtml+xml"


class Said(NamedTuple):
    """The words of an element: markup if ``html``, else plain text."""

    text: str
    html: bool
    node: etree._Element


def text_of(node: etree._Element | None) -> str | None:
    """Return the text of an element, trimmed; ``None`` if it has none."""
    if node is None:
        return None
    text = "".join(map(str, node.itertext())) if len(node) else node.text
    return repaired(text.strip()) or None if text else None


def first_text(nodes: list[etree._Element] | None) -> str | None:
    """Return the text of the first of these elements that has any."""
    for node in nodes or ():
        text = text_of(node)
        if text:
            return text
    return None


def repaired(text: str) -> str:
    """Undo what happens to UTF-8 that was taken for Latin-1 and encoded once more."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def attribute(node: etree._Element, *names: str) -> str | None:
    """Return the first of these attributes that is there and not blank, whatever its case."""
    attributes = node.attrib
    if not attributes:
        return None
    for name in names:
        value = attributes.get(name)
        if value is None:
            low = name.lower()
            value = next((said for key, said in items(node) if key.lower() == low), None)
        if value and (value := value.strip()):
            return value
    return None


def looks_marked(text: str) -> bool:
    """Whether text that is plain by its place is markup by its looks."""
    return ("<" in text or "&" in text) and _MARKED.search(text) is not None


def said(node: etree._Element, tree: Tree, default: str, *, guess: bool) -> Said | None:
    """Read a text construct (RFC 4287 §3.1, Atom 0.3's ``mode`` too, and RSS's loose ones).

    Elements inside are markup whatever the type says. ``guess`` lets text
    that is plain by its type be markup by its looks. ``None`` where there are
    no words, or of a kind that is no text.
    """
    inside = len(node)
    if not inside and not node.text:
        return None
    type_ = node.get("type")
    type_ = type_.strip().lower() if type_ else default
    type_ = _TYPES.get(type_, type_)
    if inside == 1 and type_ == "text/html" and _local(node[0]) == "div" and not len(node[0]):
        text = str(
            node[0].text or ""
        ).strip()  # escaped markup in a div of its own, as TypePad had it
    elif inside:
        text = inner(node, tree, whole=not tree.atom).strip()
        return Said(repaired(text), html=True, node=node) if text else None
    else:
        text = str(node.text or "").strip()
    if text and (node.get("mode") == "base64" or not _is_text(type_)):
        text, type_ = _decoded(text, type_)
    if not text:
        return None
    if type_ == XHTML:
        text = escape(text, quote=False)
    html = type_ != "text/plain" or (guess and looks_marked(text))
    return Said(repaired(text), html, node)


def _is_text(type_: str) -> bool:
    return type_.startswith("text/") or type_.endswith(("+xml", "/xml"))


def _decoded(text: str, type_: str) -> tuple[str, str]:
    """Decode Base64 (RFC 4287 §4.1.3.3); what is no text then, a picture say, is nothing.

    What cannot be Base64 are words whose type was mistaken.
    """
    try:
        data = b64decode("".join(text.split()), validate=True)
    except ValueError:
        if type_.startswith(_MEDIA):
            return "", type_
        return text, "text/html" if looks_marked(text) else "text/plain"
    try:
        return data.decode().strip(), "text/html"
    except UnicodeDecodeError:
        return "", type_


def inner(node: etree._Element, tree: Tree, *, whole: bool) -> str:
    """Write what stands inside an element as HTML.

    The one ``div`` that Atom puts around it is no part of it (RFC 4287
    §3.1.1.3), unless ``whole``. Addresses under an ``xml:base`` that is not
    the element's own become absolute, because HTML cannot say it.
    """
    if not whole and len(node) == 1 and not (node.text or "").strip():
        (only,) = node
        if _local(only) == "div" and not (only.tail or "").strip():
            node = only
    out: list[str] = []
    _write_inside(node, tree, tree.base(node), out)
    return "".join(out)


def _write_inside(node: etree._Element, tree: Tree, base: str, out: list[str]) -> None:
    if node.text:
        out.append(escape(str(node.text), quote=False))
    for child in node:
        name = _local(child)
        out.append(f"<{name}{_attributes(child, tree, base)}>")
        if name not in _VOID:
            _write_inside(child, tree, base, out)
            out.append(f"</{name}>")
        if child.tail:
            out.append(escape(str(child.tail), quote=False))


def _attributes(node: etree._Element, tree: Tree, base: str) -> str:
    if not node.attrib:
        return ""
    here = tree.base(node)
    parts = []
    for name, value in items(node):
        if name[0] == "{":
            if name == f"{XML}lang":
                parts.append(f' lang="{escape(value)}"')
            continue
        kept = joined(here, value) if here != base and name in _ADDRESSES else value
        parts.append(f' {name}="{escape(kept)}"')
    return "".join(parts)


def items(node: etree._Element) -> list[tuple[str, str]]:
    """Return the attributes of an element; lxml's types allow bytes, which it never gives."""
    return node.attrib.items()  # type: ignore[return-value]


def _local(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2]
