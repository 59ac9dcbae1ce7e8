"""Checks made of the tests of values: what stands in an element, or in an attribute of it."""

import re
from typing import Any
from urllib.parse import unquote

from syndicator.lint.values import (
    date_822,
    date_3339,
    date_iso,
    date_w3c,
    http_url,
    is_email,
    is_media_type,
    language,
    number,
    uri,
)
from syndicator.lint.walk import Check, Spec, Test, Walk, tested

_ADDRESS = re.compile(r"<([^<>]*)>\s*$|^([^()<>]*?)\s*\([^)]*\)\s*$")


def address(walk: Walk, value: str) -> str | None:
    """An absolute address: a URI in RSS, an IRI in Atom."""
    iri = walk.kind == "atom"
    return uri(value, full=True, iri=iri, wrong="InvalidFullLink")


def web(_: Walk, value: str) -> str | None:
    """An address on the web."""
    return http_url(value)


def reference(walk: Walk, value: str) -> str | None:
    """An address, relative or not."""
    return uri(value, full=False, iri=walk.kind == "atom", wrong="InvalidLink")


def iri(_: Walk, value: str) -> str | None:
    """An IRI reference."""
    return uri(value, full=False, iri=True, wrong="InvalidIRI")


def moment_822(walk: Walk, value: str) -> str | None:
    """A date of RFC 822."""
    return date_822(value, walk.now)


def moment_3339(walk: Walk, value: str) -> str | None:
    """A date of RFC 3339."""
    return date_3339(value, walk.now)


def moment_w3c(walk: Walk, value: str) -> str | None:
    """A date as Dublin Core writes it."""
    return date_w3c(value, walk.now)


def moment_iso(walk: Walk, value: str) -> str | None:
    """A date of ISO 8601."""
    return date_iso(value, walk.now)


def tongue(_: Walk, value: str) -> str | None:
    """A language tag."""
    return language(value)


def some(_: Walk, value: str) -> str | None:
    """Anything but nothing."""
    return None if value else "NotBlank"


def natural(_: Walk, value: str) -> str | None:
    """A whole number, zero or above."""
    known = number(value)
    return None if known is not None and known >= 0 else "InvalidNonNegativeInteger"


def positive(_: Walk, value: str) -> str | None:
    """A whole number above zero."""
    known = number(value)
    return None if known is not None and known > 0 else "InvalidPositiveInteger"


def whole(_: Walk, value: str) -> str | None:
    """A whole number."""
    return None if not value or number(value) is not None else "InvalidInteger"


def media_type(_: Walk, value: str) -> str | None:
    """A media type, in an attribute."""
    return None if is_media_type(value) else "InvalidMIMEAttribute"


def contact(_: Walk, value: str) -> str | None:
    """A person as RSS names one: an e-mail address, with the name in brackets."""
    if value.startswith("mailto:"):
        value = unquote(value[7:].partition("?")[0])
    named = _ADDRESS.search(value) if len(value) < 500 else None  # noqa: PLR2004 - no person is so long
    bare = (named[1] or named[2]) if named else value
    if is_email(bare.strip()):
        return None if named and named[2] else "MissingRealName" if not named else "EmailFormat"
    if value.find("@") > 0 and not value.endswith(")"):
        return "EmailFormat"
    return "InvalidContact"


def mail(_: Walk, value: str) -> str | None:
    """An e-mail address alone."""
    return None if is_email(value) else "InvalidAddrSpec"


def between(low: int, high: int, rule: str) -> Test:
    """Make a test of a whole number within bounds."""

    def test(_: Walk, value: str) -> str | None:
        known = number(value)
        return None if known is not None and low <= known <= high else rule

    return test


def one_of(rule: str, *values: str) -> Test:
    """Make a test of a value from a list."""
    allowed = frozenset(values)
    return lambda _, value: None if value in allowed else rule


def like(rule: str, pattern: str) -> Test:
    """Make a test by a pattern of the whole value."""
    compiled = re.compile(pattern, re.ASCII)
    return lambda _, value: None if compiled.fullmatch(value[:2000]) else rule


def at_most(length: int) -> Test:
    """Make a test of a text's length."""
    return lambda _, value: None if len(value) <= length else "TooLong"


def plain(*tests: Test) -> Check:
    """Make a check of a text without markup, and of tests on it."""
    inner = tested(*tests)

    def check(walk: Walk, element: Any, path: str, text: str) -> None:
        walk.plain(element, path, text)
        inner(walk, element, path, text)

    return check


def html(walk: Walk, element: Any, path: str, text: str) -> None:
    """Judge an element of escaped HTML."""
    walk.html(element, path, text, references=True)


def titled(walk: Walk, element: Any, path: str, text: str) -> None:
    """Judge a text of Media RSS, plain or HTML by its ``type``."""
    kind = element.get("type")
    if kind not in {None, "plain", "html"}:
        walk.note("InvalidMediaTextType", path, element, kind)
    if kind == "html":
        walk.html(element, path, text, references=False)
    else:
        walk.plain(element, path, text, "ContainsUndeclaredHTML")


def having(required: dict[str, Test], optional: dict[str, Test] | None = None) -> Check:
    """Make a check of attributes, required ones and others."""

    def check(walk: Walk, element: Any, path: str, _: str) -> None:
        for name, test in required.items():
            value = element.get(name)
            if value is None:
                walk.note("MissingAttribute", f"{path}@{name}", element)
            elif broken := test(walk, value.strip()):
                walk.note(broken, f"{path}@{name}", element, value)
        for name, test in (optional or {}).items():
            value = element.get(name)
            if value and (broken := test(walk, value.strip())):
                walk.note(broken, f"{path}@{name}", element, value)

    return check


def every(*checks: Check) -> Check:
    """Make one check of several."""

    def check(walk: Walk, element: Any, path: str, text: str) -> None:
        for one in checks:
            one(walk, element, path, text)

    return check


def many(check: Check | None = None, **more: Any) -> Spec:
    """Say what an element may be that may stand several times."""
    return Spec(check=check, once=False, **more)


def leaf(*tests: Test, attributes: str = "", once: bool = True) -> Spec:
    """Say what a leaf with tested words may be."""
    check = tested(*tests) if tests else None
    return Spec(check=check, once=once, attributes=frozenset(attributes.split()))
