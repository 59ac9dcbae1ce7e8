"""``atom:link`` in feeds of every kind: relations, self, archives, licences (RFC 5005, 4946)."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from syndicator.lint.values import date_3339, is_media_type, language, number, uri
from syndicator.lint.walk import Spec, Walk, base_of

RELATIONS = frozenset(
    """alternate appendix author bookmark canonical chapter collection comments contents copyright
    current describedby disclosure duplicate edit edit-media edit-uri enclosure first glossary help
    hub icon index item last latest-version license logo memento monitor next next-archive payment
    pingback predecessor-version prefetch preload prev prev-archive preview previous privacy-policy
    profile related replies search section self service shortlink start status stylesheet subsection
    successor-version tag terms-of-service timegate timemap type up version-history via webmention
    working-copy working-copy-of""".split()
)
"""Relations registered with IANA that feeds have a use for."""
PAGING = frozenset("current first last next next-archive prev-archive previous".split())
_ARCHIVES = frozenset({"prev-archive", "next-archive", "current"})
_THREAD = "{http://purl.org/syndication/thread/1.0}"
_FEED_TYPES = frozenset("application/atom+xml application/rss+xml application/rdf+xml".split())
_IANA = "http://www.iana.org/assignments/relation/"


def relation(element: Any) -> str:
    """Return the relation of a link, by its short name."""
    return str(element.get("rel", "alternate")).removeprefix(_IANA)


def check_link(walk: Walk, element: Any, path: str, text: str) -> None:
    """Judge one link by itself."""
    rel, href, kind = relation(element), element.get("href"), element.get("type")
    of_feed = path.rpartition("/")[0].endswith(("/channel", "feed"))
    if not rel:
        walk.note("AttrNotBlank", f"{path}@rel", element)
    elif rel not in RELATIONS and uri(rel, full=True, iri=True, wrong="x"):
        walk.note("UnregisteredAtomLinkRel", f"{path}@rel", element, rel)
    if rel in PAGING and not of_feed:
        walk.note("FeedHistoryRelInEntry", path, element, rel)
    if kind is not None and not is_media_type(kind):
        walk.note("InvalidMIMEType", f"{path}@type", element, kind)
    elif kind and rel == "self" and kind.partition(";")[0].strip() not in _FEED_TYPES:
        walk.note("SelfNotAtom", f"{path}@type", element, kind)
    title = element.get("title")
    if title is not None:
        if not title:
            walk.note("AttrNotBlank", f"{path}@title", element)
        walk.plain(element, f"{path}@title", title)
    length = element.get("length")
    if length is not None and (number(length) is None or (number(length) or 0) < 0):
        walk.note("InvalidNonNegativeInteger", f"{path}@length", element, length)
    tongue = element.get("hreflang")
    if tongue is not None and (broken := language(tongue)):
        walk.note(broken, f"{path}@hreflang", element, tongue)
    _thread(walk, element, path, rel)
    if text.strip() or len(element):
        walk.note("AtomLinkNotEmpty", path, element, text)
    if href is None:
        walk.note("MissingHref", path, element, rel)
        return
    if broken := uri(href.strip(), full=False, iri=True, wrong="InvalidIRI"):
        walk.note(broken, f"{path}@href", element, href)
    if rel == "self" and of_feed:
        _self(walk, element, path, href)
    elif rel in _ARCHIVES and not urlsplit(_joined(base_of(element, None), href)).scheme:
        walk.note("RelativeArchive", f"{path}@href", element, href)
    elif rel == "license" and not urlsplit(_joined(base_of(element, None), href)).scheme:
        walk.note("RelativeLicense", f"{path}@href", element, href)


def _thread(walk: Walk, element: Any, path: str, rel: str) -> None:
    """Judge the attributes of RFC 4685."""
    count, updated = element.get(f"{_THREAD}count"), element.get(f"{_THREAD}updated")
    if element.get(f"{_THREAD}when") is not None:
        walk.note("NoThrWhen", path, element)
    if rel != "replies" and (count is not None or updated is not None):
        walk.note("UnexpectedAttribute", f"{path}@thr:{'count' if count else 'updated'}", element)
    if count is not None and (number(count) is None or (number(count) or 0) < 0):
        walk.note("InvalidNonNegativeInteger", f"{path}@thr:count", element, count)
    if updated is not None and (broken := date_3339(updated, walk.now)):
        walk.note(broken, f"{path}@thr:updated", element, updated)


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def _self(walk: Walk, element: Any, path: str, href: str) -> None:
    stated = _joined(base_of(element, None), href)
    if not _host(stated):
        walk.note("RelativeSelf", f"{path}@href", element, href)
    if walk.address and _plain(_joined(walk.address, stated)) != _plain(walk.address):
        walk.note("SelfDoesntMatchLocation", f"{path}@href", element, href, walk.address)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _plain(address: str) -> str:
    """Write an address as RFC 3986 §6 compares them."""
    try:
        parts = urlsplit(address)
        port = {80: "http", 443: "https"}.get(parts.port or 0) == parts.scheme
    except ValueError:
        return address
    host = parts.netloc.lower()
    host = host.rpartition(":")[0] if port else host
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))


def check_links(walk: Walk, element: Any, path: str, links: Sequence[Any], *, feed: bool) -> None:
    """Judge the links of a feed or an entry together: alternates, and the hub that is the page."""
    seen: set[tuple[str, str]] = set()
    rels: dict[str, set[str]] = {}
    for link in links:
        rel = relation(link)
        rels.setdefault(rel, set()).add((link.get("href") or "").strip())
        if rel != "alternate":
            continue
        key = (link.get("type") or "", link.get("hreflang") or "")
        if key in seen and walk.kind == "atom":
            walk.note("DuplicateAtomLink", f"{path}/link", link, " ".join(key).strip())
        seen.add(key)
    if feed and rels.get("hub", set()) & rels.get("alternate", set()) - {""}:
        walk.note("HubIsPage", f"{path}/link", element)


def check_archive(
    walk: Walk, element: Any, path: str, links: Sequence[Any], seen: dict[str, int]
) -> None:
    """Judge RFC 5005: complete feeds stand alone, archives lead to each other and to now."""
    rels: dict[str, str] = {}
    for link in links:
        rels.setdefault(relation(link), (link.get("href") or "").strip())
    complete, archive = "fh:complete" in seen, "fh:archive" in seen
    own = {rels.get("self", ""), walk.address or ""} - {""}
    if complete:
        for rel in PAGING & set(rels):
            if rel != "current":
                walk.note("FeedRelInCompleteFeed", f"{path}/link", element, rel)
            elif rels[rel] not in own:
                walk.note("CurrentNotSelfInCompleteFeed", f"{path}/link", element, rels[rel])
    for end, past in (("first", "previous"), ("last", "next")):
        if end in rels and rels[end] in own and past in rels:
            walk.note("LinkPastEnd", f"{path}/link", element, past)
    if archive and not complete:
        if not {"prev-archive", "next-archive"} & set(rels):
            walk.note("ArchiveIncomplete", path, element)
        if "current" not in rels:
            walk.note("MissingCurrentInArchive", path, element)


LINK = Spec(
    check=check_link,
    once=False,
    attributes=frozenset("type title rel href length hreflang".split()),
    free=True,
)
