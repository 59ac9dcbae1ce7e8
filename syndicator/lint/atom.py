"""Atom 1.0 (RFC 4287), with RFC 4946, 5005 and 6721 where they stand in it."""

from typing import Any

from syndicator.lint.constructs import (
    CATEGORY,
    CONTENT,
    ID,
    MOMENT,
    PERSON,
    PICTURE,
    TEXT,
)
from syndicator.lint.links import LINK, check_archive, check_links, relation
from syndicator.lint.modules import CHANNEL as CHANNEL_MODULES
from syndicator.lint.modules import FREE
from syndicator.lint.modules import ITEM as ITEM_MODULES
from syndicator.lint.names import ATOM
from syndicator.lint.values import date_3339, uri
from syndicator.lint.walk import Spec, Walk, attributes, met, missing, name_of, visit

_A = f"{{{ATOM}}}"
_STONE = "at:deleted-entry"


def _generator(walk: Walk, element: Any, path: str, text: str) -> None:
    if not text.strip():
        walk.note("NotBlank", path, element)
    walk.plain(element, path, text)
    address = element.get("uri")
    if address is not None and (
        broken := uri(address, full=False, iri=True, wrong="InvalidURIAttribute")
    ):
        walk.note(broken, f"{path}@uri", element, address)


def _stone(walk: Walk, element: Any, path: str, _: str) -> None:
    """Judge a tombstone (RFC 6721 §3): which entry, and when it went."""
    ref, when = element.get("ref"), element.get("when")
    if ref is None:
        walk.note("MissingAttribute", f"{path}@ref", element)
    elif broken := uri(ref, full=True, iri=True, wrong="InvalidFullLink"):
        walk.note(broken, f"{path}@ref", element, ref)
    if when is None:
        walk.note("MissingAttribute", f"{path}@when", element)
    elif broken := date_3339(when, walk.now):
        walk.note(broken, f"{path}@when", element, when)


_STONES: dict[str, Spec] = {
    _STONE: Spec(_stone, once=False, attributes=frozenset({"ref", "when"}), free=True)
}
FEED: dict[str, Spec] = {
    **CHANNEL_MODULES,
    **_STONES,
    "author": PERSON,
    "contributor": PERSON,
    "category": CATEGORY,
    "generator": Spec(_generator, attributes=frozenset({"uri", "version"}), free=True),
    "icon": PICTURE,
    "id": ID,
    "link": LINK,
    "logo": PICTURE,
    "rights": TEXT,
    "subtitle": TEXT,
    "title": TEXT,
    "updated": MOMENT,
    "app:collection": FREE,
}
_SOURCE = {name: spec for name, spec in FEED.items() if name != _STONE}
ENTRY: dict[str, Spec] = {
    **ITEM_MODULES,
    "author": PERSON,
    "category": CATEGORY,
    "content": CONTENT,
    "contributor": PERSON,
    "id": ID,
    "link": LINK,
    "published": MOMENT,
    "rights": TEXT,
    "source": Spec(inside=_SOURCE),
    "summary": TEXT,
    "title": TEXT,
    "updated": MOMENT,
    "app:edited": Spec(None),
    "app:control": FREE,
    "at:deleted-entry": _STONES[_STONE],
}
_LEADING = frozenset(
    "author category contributor generator icon id link logo rights subtitle title updated".split()
)


def lint_feed(walk: Walk, feed: Any, core: str) -> None:
    """Judge a whole document."""
    attributes(walk, feed, "feed", frozenset())
    seen: dict[str, int] = {}
    ids: set[str] = set()
    moments: set[str] = set()
    repeated = 0
    by_feed = feed.find(f"{_A}author") is not None
    for child in feed:
        if not isinstance(child.tag, str):
            continue
        name = name_of(child.tag, core)
        seen[name] = seen.get(name, 0) + 1
        if name != "entry":
            _of_feed(walk, child, name, seen, core)
            continue
        ident, updated = lint_entry(walk, child, core, by_feed=by_feed)
        if ident and ident in ids:
            repeated += 1
            walk.note("DuplicateEntries", "feed/entry/id", child, ident)
        if updated and updated in moments:
            walk.note("DuplicateUpdated", "feed/entry/updated", child, updated)
        ids.add(ident)
        moments.add(updated)
    if seen.get("entry", 0) > 9 and repeated == seen["entry"] - 1:  # noqa: PLR2004 - W3C's bound
        walk.note("DuplicateIds", "feed/entry/id", feed)
    _after_feed(walk, feed, seen)


def _of_feed(walk: Walk, child: Any, name: str, seen: dict[str, int], core: str) -> None:
    spec = FEED.get(name)
    if spec is not None and "entry" in seen and name in _LEADING:
        walk.note("MisplacedMetadata", f"feed/{name}", child)
    met(walk, child, "feed", name, spec, seen[name], core)


def _after_feed(walk: Walk, feed: Any, seen: dict[str, int]) -> None:
    missing(walk, feed, "feed", ("title", "id", "updated"), seen)
    links = feed.findall(f"{_A}link")
    if not any(relation(link) == "self" for link in links):
        walk.note("MissingSelf", "feed", feed)
    check_links(walk, feed, "feed", links, feed=True)
    check_archive(walk, feed, "feed", links, seen)


def lint_entry(walk: Walk, entry: Any, core: str, *, by_feed: bool) -> tuple[str, str]:
    """Judge one entry; return its id and its moment. ``by_feed``: the feed names an author."""
    path = "feed/entry"
    ident = (entry.findtext(f"{_A}id") or "").strip()
    walk.entry = ident or None
    if entry.attrib:
        attributes(walk, entry, path, frozenset())
    seen = visit(walk, entry, path, ENTRY, core, dotted=False)
    _after_entry(walk, entry, path, seen, by_feed=by_feed)
    updated = (entry.findtext(f"{_A}updated") or "").strip()
    walk.entry = None
    return ident, updated


def _after_entry(walk: Walk, entry: Any, path: str, seen: dict[str, int], *, by_feed: bool) -> None:
    missing(walk, entry, path, ("title", "id", "updated"), seen)
    source = entry.find(f"{_A}source")
    if source is not None:
        for name in ("title", "id", "updated"):
            if source.find(f"{_A}{name}") is None:
                walk.note("MissingSourceElement", f"{path}/source/{name}", source)
        by_feed = by_feed or source.find(f"{_A}author") is not None
        check_links(walk, source, f"{path}/source", source.findall(f"{_A}link"), feed=False)
    if "author" not in seen and not by_feed:
        walk.note("MissingElement", f"{path}/author", entry)
    links = entry.findall(f"{_A}link")
    _check_content(walk, entry, path, seen, links)
    check_links(walk, entry, path, links, feed=False)
    if "published" not in seen:
        walk.note("MissingPublished", path, entry)
    if "dcterms:valid" in seen:
        return  # a notice of what is valid no more: there is nothing to credit
    licensed = "creativeCommons:license" in seen or any(relation(one) == "license" for one in links)
    if not licensed and (walk.own or not {"rights", "dc:rights"} & set(seen)):
        walk.note("MissingLicense", path, entry)
    if source is None and (walk.own or not {"rights", "dc:rights"} & set(seen)):
        walk.note("MissingCredit", path, entry)


def _check_content(
    walk: Walk, entry: Any, path: str, seen: dict[str, int], links: list[Any]
) -> None:
    content = entry.find(f"{_A}content")
    if content is None:
        if "summary" not in seen:
            walk.note("MissingTextualContent", path, entry)
        if not any(relation(link) == "alternate" for link in links):
            walk.note("MissingContentOrAlternate", path, entry)
        return
    kind = content.get("type") or ""
    binary = "/" in kind and not kind.endswith(("+xml", "/xml")) and not kind.startswith("text/")
    if "summary" not in seen and (content.get("src") is not None or binary):
        walk.note("MissingSummary", path, entry)
