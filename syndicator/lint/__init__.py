"""Would readers and validators accept this feed? Bytes → findings, pure, with bounds on every side.

The names of rules are those of the W3C feed validator where it has one.
"""

from datetime import datetime
from typing import Any

from syndicator.lint.atom import lint_entry, lint_feed
from syndicator.lint.findings import Finding, Findings, Level, Place, Rule, shown
from syndicator.lint.gate import Frame, entry_faults, frame_fault
from syndicator.lint.jsonfeed import lint_json
from syndicator.lint.media import check_type
from syndicator.lint.names import ATOM, OLD_ATOM, RDF, XHTML
from syndicator.lint.rdf import lint_rdf
from syndicator.lint.rss import lint_rss
from syndicator.lint.rules import PROMISED, RULES
from syndicator.lint.source import parsed
from syndicator.lint.twice import compare
from syndicator.lint.values import is_address, is_language, is_media_type, is_web
from syndicator.lint.walk import Walk, namespaces

LARGE = 10_000_000
"""Bytes above which Feedbin reads no feed."""

__all__ = [
    "RULES",
    "Finding",
    "Frame",
    "Level",
    "Place",
    "Rule",
    "compare",
    "entry_faults",
    "frame_fault",
    "is_address",
    "is_language",
    "is_media_type",
    "is_web",
    "lint",
]


def lint(
    body: bytes,
    *,
    address: str | None = None,
    content_type: str | None = None,
    now: datetime | None = None,
    own: bool = False,
) -> tuple[Finding, ...]:
    """Judge a document: RSS, Atom or JSON Feed.

    ``address`` is where it was fetched, ``content_type`` the header it came
    with; without ``now`` no date lies in the future. ``own`` holds a document
    to what the desk promises of its own. Never raises, whatever the bytes.
    """
    found = Findings()
    charset = check_type(content_type, found)
    if len(body) > LARGE:
        found.add("LargeFeed", "", Place(value=f"{len(body)} bytes"))
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in {b"{", b"["}:
        lint_json(body, address, now, found, own=own)
        kind: str | None = "json"
    else:
        kind = _lint_xml(body, charset, found, address=address, now=now, own=own)
    check_type(content_type, found, kind)
    return found.sealed(RULES, PROMISED if own else frozenset())


def _lint_xml(
    body: bytes,
    charset: str | None,
    found: Findings,
    *,
    address: str | None,
    now: datetime | None,
    own: bool,
) -> str | None:
    document = parsed(body, charset, found)
    if document is None:
        return None
    root = document.root
    space, _, name = root.tag.rpartition("}")
    space = space[1:]
    kind = {"rss": "rss", "feed": "atom", "entry": "atom", "RDF": "rdf"}.get(name, "")
    walk = Walk(found, kind=kind, now=now, address=address, escaped=document.escaped, own=own)
    namespaces(walk, root)
    _dispatch(walk, root, name, space)
    return kind or None


def _dispatch(walk: Walk, root: Any, name: str, space: str) -> None:
    """Judge a root, and what stands in it where it is the root of a feed."""
    if name == "rss":
        if space:
            walk.note("InvalidNamespace", "rss", root, space)
        lint_rss(walk, root, space or None)
    elif name == "RDF" and space == RDF:
        lint_rdf(walk, root)
    elif name in {"feed", "entry"} and space == OLD_ATOM:
        walk.note("ObsoleteNamespace", name, root, space)
    elif name in {"feed", "entry"} and not space:
        walk.note("MissingNamespace", name, root)
    elif name in {"feed", "entry"} and space != ATOM:
        walk.note("InvalidNamespace", name, root, space)
    elif name == "feed":
        lint_feed(walk, root, ATOM)
    elif name == "entry":
        lint_entry(walk, root, ATOM, by_feed=False)
    else:
        prefix = "xhtml:" if space == XHTML else ""
        walk.note("UndefinedElement", f"{prefix}{shown(name[:60])}", root, space)
