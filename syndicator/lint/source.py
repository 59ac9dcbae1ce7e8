"""Bytes → what encoding they are in, and a tree, or why there is none. Hostile bytes are normal."""

import codecs
import re
from typing import Any

import msgspec
from lxml import etree

from syndicator.hardened import hardened
from syndicator.lint.findings import Findings, Place, shown

MOST = 16_000_000
"""Bytes that are read at all; Miniflux refuses documents above 15 MB."""
_DECLARED = re.compile(
    rb"<\?xml\s+version\s*=\s*(?:\"[^\"]{0,20}\"|'[^']{0,20}')\s+"
    rb"encoding\s*=\s*(?:\"([-A-Za-z0-9._]{1,40})\"|'([-A-Za-z0-9._]{1,40})')"
)
_VERSION = re.compile(rb"<\?xml\s+version\s*=\s*[\"']([^\"']{0,20})")
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAME = {
    "utf-8-sig": {"utf-8", "utf8"},
    "utf-16-le": {"utf-16", "utf-16le", "iso-10646-ucs-2", "ucs-2"},
    "utf-16-be": {"utf-16", "utf-16be", "iso-10646-ucs-2", "ucs-2"},
    "utf-32-le": {"utf-32", "utf-32le", "iso-10646-ucs-4", "ucs-4"},
    "utf-32-be": {"utf-32", "utf-32be", "iso-10646-ucs-4", "ucs-4"},
}
"""What a document may declare behind a byte order mark."""
_COMMON = frozenset(
    codecs.lookup(one).name
    for one in """ascii iso-8859-1 iso-8859-2 iso-8859-7 iso-8859-15 euc-jp koi8-r shift_jis cp1250
    cp1251 cp1252 cp1254 cp1255 cp1256 gb18030 utf-16-le utf-16-be""".split()
)
_UNDECLARED = 201  # XML_NS_ERR_UNDEFINED_NAMESPACE of libxml2
_NETSCAPE = "http://my.netscape.com/publish/formats/rss-0.91.dtd"
_WORDPRESS = re.compile(rb"<generator[^>]{0,80}>[^<]{0,80}wordpress", re.IGNORECASE)


class Parsed(msgspec.Struct, frozen=True):
    """A document as it can be judged: its root, and the lines that hold numeric escapes."""

    root: Any
    escaped: frozenset[int]
    encoding: str


def encoding_of(body: bytes) -> tuple[str, str | None]:
    """Return the encoding a document is in, and the one it declares, if it does."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            start = (
                body[len(mark) : len(mark) + 400].decode(name, "ignore").encode("ascii", "ignore")
            )
            found = _DECLARED.match(start)
            return name, (found[1] or found[2]).decode() if found else None
    if body.startswith((b"\x00<\x00?", b"<\x00?\x00")):
        return ("utf-16-be" if body[:1] == b"\x00" else "utf-16-le"), None
    found = _DECLARED.match(body)
    declared = (found[1] or found[2]).decode() if found else None
    return declared or "utf-8", declared


def _check_encoding(body: bytes, charset: str | None, found: Findings) -> str | None:
    """Judge the encoding; return its name, or ``None`` where it cannot be read."""
    here = Place(line=1, column=1)
    name, declared = encoding_of(body)
    if charset and declared and charset.lower() != declared.lower():
        found.add(
            "EncodingMismatch", "", msgspec.structs.replace(here, value=f"{charset}, {declared}")
        )
    if declared is None and charset is None and not body.startswith(tuple(m for m, _ in _MARKS)):
        found.add("MissingEncoding", "", here)
    wanted = charset or name
    codec = _codec(wanted)
    if codec is None:
        found.add("UnknownEncoding", "", msgspec.structs.replace(here, value=shown(wanted)))
        return None
    if declared and codec not in {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"}:
        rule = "NonstdEncoding" if codec in _COMMON else "ObscureEncoding"
        found.add(rule, "", msgspec.structs.replace(here, value=declared))
    if declared and declared.lower() not in _SAME.get(codec, {declared.lower()}):
        value = f"a byte order mark of {codec} and a declaration of {declared}"
        found.add("UnicodeError", "", Place(line=1, value=shown(value)))
        return None
    try:
        body.decode(codec)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        found.add("UnicodeError", "", Place(line=line, value=shown(str(error))))
        return None
    except (ValueError, OverflowError):  # codecs of other kinds
        return None
    return codec


def _codec(name: str) -> str | None:
    """Return the codec of an encoding; ``None`` for those of other kinds, and of none."""
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return known.name if known._is_text_encoding else None  # noqa: SLF001 - the one way to ask


def parsed(body: bytes, charset: str | None, found: Findings) -> Parsed | None:
    """Parse XML; what makes it unreadable is noted in ``found``."""
    if len(body) > MOST:
        found.add("ValidatorLimit", "", Place(value=f"{len(body)} bytes"))
        return None
    start = body.lstrip(b" \t\r\n")
    if start is not body and start.startswith(b"<?xml"):
        rule = "WPBlankLine" if _WORDPRESS.search(body[:20_000]) else "SAXError"
        line = body.count(b"\n", 0, len(body) - len(start)) + 1
        found.add(rule, "", Place(line=line, value="white space before the XML declaration"))
        body = start
    codec = _check_encoding(body, charset, found)
    version = _VERSION.match(body)
    if version and version[1] != b"1.0":
        found.add("BadXmlVersion", "", Place(line=1, value=shown(version[1].decode("latin-1"))))
    if codec is None:
        return None
    parser = hardened(encoding=codec if charset else None)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        at, column = getattr(error, "position", (None, None))
        value = shown(str(getattr(error, "msg", error))) or ""
        rule = "SAXError"
        if "Entity" in value and "not defined" in value:
            rule = "UndefinedNamedEntity"
        elif getattr(error, "code", None) == _UNDECLARED:
            rule = "MissingNamespace"
        found.add(rule, "", Place(line=at or None, column=column or None, value=value))
        return None
    about: Any = root.getroottree().docinfo
    if about.system_url == _NETSCAPE:
        found.add("DeprecatedDTD", "", Place(line=1, value=_NETSCAPE))
    escaped = frozenset(n for n, row in enumerate(body.split(b"\n"), 1) if b"&#x" in row)
    return Parsed(root, escaped, codec)
