"""The walk through a tree: what may stand where, how often, and what may stand in it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

import msgspec
from lxml import etree

from syndicator.lint.findings import Findings, Place, shown
from syndicator.lint.markup import KNOWN as HTML
from syndicator.lint.markup import SAFE, breaches, judged, looks_marked_up, markup_in
from syndicator.lint.names import CLOSED, PREFIXES, XHTML, XML, nearly
from syndicator.lint.values import language, uri

_MISREAD = re.compile("[\x80-\x9f\ufffd]")
_USUAL = frozenset(PREFIXES.values())
_BASE, _LANG = f"{{{XML}}}base", f"{{{XML}}}lang"


class Walk:
    """What is known during a walk, and where findings go."""

    def __init__(
        self,
        found: Findings,
        *,
        kind: str,
        version: str = "2.0",
        now: datetime | None = None,
        address: str | None = None,
        escaped: frozenset[int] = frozenset(),
        own: bool = False,
    ) -> None:
        """Begin a walk through a document of a ``kind``: ``rss``, ``rdf`` or ``atom``."""
        self.found = found
        self.kind = kind
        self.version = version
        self.now = now
        self.address = address
        self.escaped = escaped
        self.own = own
        self.entry: str | None = None

    def note(
        self, rule: str, path: str, element: Any = None, value: str | None = None, detail: str = ""
    ) -> None:
        """Note a breach at an element."""
        line = element.sourceline if element is not None else None
        place = Place(line=line, entry=shown(self.entry), value=shown(value))
        self.found.add(rule, path, place, detail)

    def plain(self, element: Any, path: str, text: str, rule: str = "ContainsHTML") -> None:
        """Judge a text that is to be plain: markup in it is shown or swallowed."""
        if "<" not in text and "&" not in text:
            return
        first = element.sourceline or 0
        excused = not self.escaped.isdisjoint(range(first, first + text.count("\n") + 1))
        found = markup_in(text)
        if found and (found.startswith("</") or not excused):
            self.note(rule, path, element, found)
        elif (
            not found
            and rule == "ContainsHTML"
            and self.kind == "rss"
            and self.version.startswith("2.")
            and not excused
            and looks_marked_up(text)
        ):
            self.note("CharacterData", path, element, text)

    def html(self, element: Any, path: str, text: str, *, references: bool) -> None:
        """Judge HTML; relative ``references`` matter where no base is known."""
        for one in breaches(text):
            if references or one.rule != "ContainsRelRef":
                line = (element.sourceline or 0) + one.line if element is not None else None
                place = Place(line=line, entry=shown(self.entry), value=shown(one.value))
                self.found.add(one.rule, path, place)

    def bad_characters(self, element: Any, path: str, text: str) -> None:
        """Look for what wrong encodings leave behind: C1 controls and replacement characters."""
        if not text.isascii() and (found := _MISREAD.search(text)):
            self.note("BadCharacters", path, element, repr(found[0]))


Check = Callable[[Walk, Any, str, str], None]
Test = Callable[[Walk, str], str | None]


class Spec(msgspec.Struct, frozen=True):
    """What an element may be: how often, with which attributes, holding what.

    ``inside`` are its children by name; ``None`` for an element of text only;
    ``free`` lets anything stand in it.
    """

    check: Check | None = None
    once: bool = True
    attributes: frozenset[str] | None = frozenset()
    inside: Mapping[str, "Spec"] | None = None
    free: bool = False


def text_of(element: Any) -> str:
    """Return the words of an element, however comments and references part them."""
    if len(element) == 0:
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        if child.tag is etree.Entity:
            parts.append(child.text or "")
        elif isinstance(child.tag, str):
            parts.extend(child.itertext())
        parts.append(child.tail or "")
    return "".join(parts)


def tested(*tests: Test) -> Check:
    """Make a check of tests on the trimmed words of an element."""

    def check(walk: Walk, element: Any, path: str, text: str) -> None:
        for test in tests:
            broken = test(walk, text.strip())
            if broken:
                walk.note(broken, path, element, text.strip())

    return check


@lru_cache(maxsize=2048)
def name_of(tag: str, core: str | None) -> str:
    """Return the name of a tag as the tables have it: ``title`` for the core, else ``dc:title``."""
    if tag[0] != "{":
        return tag
    space, _, local = tag[1:].partition("}")
    if space == core:
        return local
    prefix = PREFIXES.get(space) or nearly(space)
    return f"{prefix}:{local}" if prefix else tag


def visit(
    walk: Walk,
    parent: Any,
    path: str,
    inside: Mapping[str, Spec],
    core: str | None,
    *,
    dotted: bool = True,
) -> dict[str, int]:
    """Judge the children of an element by a table; return how often each name stands there.

    ``dotted``: ``dc:date.created`` is judged as ``dc:date`` is, where it is not in the table.
    """
    seen: dict[str, int] = {}
    for child in parent:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        name = name_of(tag, core)
        seen[name] = seen.get(name, 0) + 1
        spec = inside.get(name) or (inside.get(name.partition(".")[0]) if dotted else None)
        met(walk, child, path, name, spec, seen[name], core)
    return seen


def met(
    walk: Walk, child: Any, path: str, name: str, spec: Spec | None, times: int, core: str | None
) -> None:
    """Judge a child met for so many times by what it may be, ``None``: no table knows it."""
    if spec is None:
        unknown(walk, child, path, name)
        return
    if spec.once and times == 2:  # noqa: PLR2004 - the second is one too many
        walk.note("DuplicateElement", f"{path}/{name}", child)
    one(walk, child, f"{path}/{name}", spec, core)


def one(walk: Walk, element: Any, path: str, spec: Spec, core: str | None) -> None:
    """Judge one element by what it may be."""
    if element.attrib:
        attributes(walk, element, path, spec.attributes)
    if spec.inside is not None:
        visit(walk, element, path, spec.inside, core)
    elif not spec.free and len(element):
        strangers(walk, element, path, core)
    text = text_of(element) if spec.inside is None else ""
    if not text.isascii():
        walk.bad_characters(element, path, text)
    if spec.check is not None:
        spec.check(walk, element, path, text)


def strangers(walk: Walk, element: Any, path: str, core: str | None) -> None:
    """Note elements in a place for text."""
    for child in element:
        if isinstance(child.tag, str):
            walk.note("UndefinedElement", f"{path}/{_safe(name_of(child.tag, core))}", child)


def unknown(walk: Walk, element: Any, path: str, name: str) -> None:
    """Judge an element no table knows: readers pass over what is in a namespace of its own."""
    prefix, colon, _ = name.partition(":")
    if name[0] == "{":
        return
    if not colon:
        walk.note("UndefinedElement", f"{path}/{_safe(name)}", element)
    elif prefix == "xhtml":
        walk.note("MisplacedXHTMLContent", f"{path}/{_safe(name)}", element)
    elif prefix in CLOSED:
        walk.note("UndefinedElement", f"{path}/{_safe(name)}", element)
    elif prefix not in PREFIXES.values():
        walk.note("MissingNamespace", f"{path}/{_safe(name)}", element)


def _safe(name: str) -> str:
    return shown(name[:60]) or ""


def attributes(walk: Walk, element: Any, path: str, allowed: frozenset[str] | None) -> None:
    """Judge attributes: those of the element's own vocabulary, and those of XML."""
    for name, value in element.attrib.items():
        if not value.isascii():
            walk.bad_characters(element, path, value)
        if name == _LANG:
            if value and (broken := language(value)):
                walk.note(broken, f"{path}@xml:lang", element, value)
        elif name == _BASE:
            if broken := uri(value, full=False, iri=True, wrong="InvalidIRI"):
                walk.note(broken, f"{path}@xml:base", element, value)
        elif name[0] != "{" and allowed is not None and name not in allowed:
            walk.note("UnexpectedAttribute", f"{path}@{_safe(name)}", element, value)


def base_of(element: Any, address: str | None) -> str:
    """Return the base address at an element, by its ``xml:base`` and those around it."""
    bases = []
    while element is not None:
        stated = element.get(_BASE)
        if stated:
            bases.append(stated)
        element = element.getparent()
    base = address or ""
    for stated in reversed(bases):
        try:
            base = urljoin(base, stated)
        except ValueError:
            continue
    return base


def xhtml(walk: Walk, element: Any, path: str) -> None:
    """Judge elements of XHTML as HTML is judged."""
    for one_ in element.iter():
        tag = one_.tag
        if not isinstance(tag, str) or one_ is element:
            continue
        if tag[0] != "{" and walk.kind == "atom":
            walk.note("MissingNamespace", f"{path}/{_safe(tag)}", one_)
        name = tag.partition("}")[2]
        if not tag.startswith(f"{{{XHTML}}}"):
            _foreign(walk, one_, path, name)
            continue
        if name not in SAFE:
            rule = "SecurityRisk" if name in HTML else "NotHtml"
            walk.note(rule, path, one_, name)
        for rule, value in judged(name, iter(one_.attrib.items())):
            if rule != "ContainsRelRef" and not value.startswith("{"):
                walk.note(rule, path, one_, value)


def _foreign(walk: Walk, element: Any, path: str, name: str) -> None:
    """Judge what stands between elements of XHTML, as drawings and formulas do."""
    if name in {"script", "handler", "foreignObject"}:
        walk.note("SecurityRisk", path, element, name)
    for key in element.attrib:
        if key.startswith("on"):
            walk.note("SecurityRiskAttr", path, element, key)


def namespaces(walk: Walk, root: Any) -> None:
    """Judge the namespaces a document declares at its root: wrong ones lose what stands in them."""
    for prefix, space in sorted(root.nsmap.items(), key=lambda pair: (pair[0] or "", pair[1])):
        if space in PREFIXES:
            if prefix and PREFIXES[space] != prefix:
                walk.note("NonstdPrefix", "", root, f"{prefix}={space}")
        elif space == "http://search.yahoo.com/mrss":
            walk.note("MediaRssNamespace", "", root, space)
        elif prefix in _USUAL:
            walk.note("ReservedPrefix", "", root, f"{prefix}={space}")
        else:
            walk.note("UnknownNamespace", "", root, space)


def missing(
    walk: Walk, element: Any, path: str, names: Iterable[str], seen: Mapping[str, int]
) -> None:
    """Note each required child that is not there."""
    for name in names:
        if name not in seen:
            special = {
                "title": "MissingTitle",
                "link": "MissingLink",
                "description": "MissingDescription",
            }
            rule = special.get(name, "MissingElement") if walk.kind != "atom" else "MissingElement"
            walk.note(rule, f"{path}/{name}", element)
