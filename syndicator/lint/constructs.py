"""Parts of Atom that stand in feeds of every kind: texts, people, categories, ids."""

import base64
import binascii
from typing import Any
from urllib.parse import urlsplit

from syndicator.lint.checks import address, having, iri, leaf, mail, moment_3339, reference, some
from syndicator.lint.names import XHTML
from syndicator.lint.values import is_media_type, uri
from syndicator.lint.walk import Spec, Walk, name_of, tested, text_of, xhtml

_DIV = f"{{{XHTML}}}div"
_FLAT = frozenset({"text", "html", "xhtml"})


def _is_xml(kind: str) -> bool:
    return kind.endswith(("+xml", "/xml"))


def construct(walk: Walk, element: Any, path: str, text: str) -> None:
    """Judge a text construct (RFC 4287 §3.1)."""
    kind = element.get("type", "text")
    if not kind:
        walk.note("AttrNotBlank", f"{path}@type", element)
    elif kind not in _FLAT:
        rule = "InvalidTextType" if "/" in kind else "InvalidMIMEType"
        walk.note(rule, f"{path}@type", element, kind)
    _words(walk, element, path, text, kind)


def content(walk: Walk, element: Any, path: str, text: str) -> None:
    """Judge the content of an entry (RFC 4287 §4.1.3)."""
    kind, source = element.get("type"), element.get("src")
    if source is not None:
        if broken := uri(source, full=False, iri=True, wrong="InvalidURIAttribute"):
            walk.note(broken, f"{path}@src", element, source)
        if kind is None:
            walk.note("MissingTypeAttr", path, element)
        if text.strip() or len(element):
            walk.note("UnexpectedText", path, element)
    if kind == "":
        walk.note("AttrNotBlank", f"{path}@type", element)
    if kind and (kind not in _FLAT or source is not None):
        composite = kind.partition("/")[0] in {"multipart", "message"}
        if not is_media_type(kind) or composite:
            walk.note("InvalidMIMEType", f"{path}@type", element, kind)
    if source is None:
        _words(walk, element, path, text, kind or "text")


def _words(walk: Walk, element: Any, path: str, text: str, kind: str) -> None:
    inner = [one for one in element if isinstance(one.tag, str)]
    if not text.strip() and not inner:
        walk.note("NotBlank", path, element)
        return
    if inner and kind != "xhtml" and not _is_xml(kind):
        walk.note("UndefinedElement", f"{path}/{name_of(inner[0].tag, None)[:60]}", inner[0])
    if element.get("mode") == "escaped" and inner:
        walk.note("NotEscaped", path, element)
    if kind == "xhtml":
        _xhtml(walk, element, path, inner)
    elif kind == "html" or kind.endswith("/html"):
        walk.html(element, path, text, references=False)
        if kind.endswith("/html") and "<html" not in text.lower():
            walk.note("HtmlFragment", path, element, kind)
    elif "/" in kind and not _is_xml(kind) and not kind.startswith("text/"):
        try:
            base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            walk.note("NotBase64", path, element, text)
    elif not _is_xml(kind):
        walk.plain(element, path, text, "ContainsUndeclaredHTML")


def _xhtml(walk: Walk, element: Any, path: str, inner: list[Any]) -> None:
    if len(inner) != 1 or inner[0].tag != _DIV or (element.text or "").strip():
        walk.note("MissingXhtmlDiv", path, element)
    xhtml(walk, element, path)
    if len(inner) == 1 and inner[0].tag == _DIV and len(inner[0]) == 0:
        walk.plain(element, path, text_of(inner[0]), "NotInline")


def identifier(walk: Walk, element: Any, path: str, text: str) -> None:
    """Judge an ``atom:id``: an absolute IRI, compared letter by letter (RFC 4287 §4.2.6)."""
    if text != text.strip():
        walk.note("UnexpectedWhitespace", path, element)
    value = text.strip()
    broken = uri(value, full=True, iri=True, wrong="InvalidFullLink")
    if broken:
        walk.note(broken, path, element, value)
    if broken in {None, "SchemeNotIANARegistered"} and not _canonical(value):
        walk.note("NonCanonicalURI", path, element, value)


def _canonical(value: str) -> bool:
    scheme = value.partition(":")[0]
    if scheme != scheme.lower():
        return False
    if scheme not in {"http", "https", "ftp"}:
        return True
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return True
    default = {"http": 80, "https": 443, "ftp": 21}[scheme]
    dotted = "/./" in parts.path or "/../" in parts.path or parts.path.endswith(("/.", "/.."))
    return bool(
        parts.path
        and parts.netloc == parts.netloc.lower()
        and port != default
        and not parts.netloc.endswith(":")
        and not dotted
    )


def _person(walk: Walk, element: Any, path: str, _: str) -> None:
    names = {
        name_of(one.tag, "http://www.w3.org/2005/Atom")
        for one in element
        if isinstance(one.tag, str)
    }
    if not names & {"name", "atom:name"}:
        walk.note("MissingElement", f"{path}/name", element)


def _name(walk: Walk, element: Any, path: str, text: str) -> None:
    if not text.strip():
        walk.note("NotBlank", path, element)
    walk.plain(element, path, text)
    if "@" in text and text.strip().endswith(">"):
        walk.note("ContainsEmail", path, element, text)


def trimmed(walk: Walk, element: Any, path: str, text: str) -> None:
    """Note white space around a value that is compared or parsed as it stands."""
    if text != text.strip():
        walk.note("UnexpectedWhitespace", path, element)


def _date(walk: Walk, element: Any, path: str, text: str) -> None:
    trimmed(walk, element, path, text)
    tested(moment_3339)(walk, element, path, text)


def _label(walk: Walk, element: Any, path: str, _: str) -> None:
    having({"term": some})(walk, element, path, "")
    scheme = element.get("scheme")
    if scheme and (broken := address(walk, scheme)):
        walk.note(broken, f"{path}@scheme", element, scheme)
    if label := element.get("label"):
        walk.plain(element, f"{path}@label", label)


def _address(walk: Walk, element: Any, path: str, text: str) -> None:
    trimmed(walk, element, path, text)
    tested(some, reference)(walk, element, path, text)


def _home(walk: Walk, element: Any, path: str, text: str) -> None:
    trimmed(walk, element, path, text)
    tested(some, iri)(walk, element, path, text)


_PERSON: dict[str, Spec] = {
    "name": Spec(_name),
    "email": leaf(mail),
    "uri": Spec(_home),
}
PERSON = Spec(
    _person,
    once=False,
    inside=_PERSON | {f"atom:{name}": spec for name, spec in _PERSON.items()},
)
TEXT = Spec(construct, attributes=frozenset({"type"}), free=True)
CONTENT = Spec(content, attributes=frozenset({"type", "src"}), free=True)
MOMENT = Spec(_date)
ID = Spec(identifier)
CATEGORY = Spec(_label, once=False, attributes=frozenset({"term", "scheme", "label"}), free=True)
PICTURE = Spec(_address)
