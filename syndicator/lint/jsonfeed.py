"""JSON Feed 1.0 and 1.1: https://www.jsonfeed.org/version/1.1/."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from syndicator.lint.findings import Findings, Place, shown
from syndicator.lint.markup import breaches, markup_in
from syndicator.lint.source import MOST
from syndicator.lint.values import date_3339, is_media_type, language, uri

_VERSIONS = frozenset(
    f"{scheme}://{host}/version/{number}"
    for scheme in ("https", "http")
    for host in ("jsonfeed.org", "www.jsonfeed.org")
    for number in ("1", "1.1")
)
_KINDS: Mapping[str, type] = {
    **dict.fromkeys(
        """version title home_page_url feed_url description user_comment next_url icon favicon
        language""".split(),
        str,
    ),
    "expired": bool,
    "author": dict,
    "authors": list,
    "hubs": list,
    "items": list,
}
_ITEM_KINDS: Mapping[str, type] = {
    **dict.fromkeys(
        """url external_url title content_html content_text summary image banner_image
        date_published date_modified language""".split(),
        str,
    ),
    "author": dict,
    "authors": list,
    "tags": list,
    "attachments": list,
}
_ADDRESSES = frozenset(
    """home_page_url feed_url next_url icon favicon url external_url image banner_image
    avatar""".split()
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MOST_ITEMS = 100_000
_PLACE = re.compile(r"byte (\d+)")
Say = Callable[[str, str, str | None], None]


class JsonWalk:
    """What is known during a walk through a JSON Feed, and where findings go."""

    def __init__(self, found: Findings, now: datetime | None, *, own: bool = False) -> None:
        """Begin with nothing found."""
        self.found = found
        self.now = now
        self.own = own
        self.entry: str | None = None

    def note(self, rule: str, path: str, value: Any = None, detail: str = "") -> None:
        """Note a breach at a member."""
        held = None if value is None else shown(str(value)[:400])
        self.found.add(rule, path, Place(entry=shown(self.entry), value=held), detail)


def lint_json(
    body: bytes, address: str | None, now: datetime | None, found: Findings, *, own: bool = False
) -> None:
    """Judge a whole document."""
    if len(body) > MOST:
        found.add("ValidatorLimit", "", Place(value=f"{len(body)} bytes"))
        return
    if body.startswith(b"\xef\xbb\xbf"):
        found.add("ByteOrderMark", "", Place(line=1))
        body = body[3:]
    try:
        feed = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        where = _PLACE.search(str(error))
        line = body.count(b"\n", 0, int(where[1])) + 1 if where else None
        found.add("InvalidJSON", "", Place(line=line, value=shown(str(error))))
        return
    walk = JsonWalk(found, now, own=own)
    if not isinstance(feed, dict):
        walk.note("NotAFeed", "", type(feed).__name__)
        return
    lint_top(walk, feed, address)
    items = feed.get("items")
    ids: set[str] = set()
    for item in items[:_MOST_ITEMS] if isinstance(items, list) else ():
        ident = lint_json_item(walk, item)
        if ident and ident in ids:
            walk.note("DuplicateIds", "items/id", ident)
        ids.add(ident)


def lint_top(walk: JsonWalk, feed: dict[str, Any], address: str | None) -> None:
    """Judge all of a feed but its items."""
    version = feed.get("version")
    if not isinstance(version, str):
        walk.note("MissingElement", "version")
    elif version not in _VERSIONS:
        walk.note("InvalidJSONFeedVersion", "version", version)
    if not isinstance(feed.get("title"), str) or not feed["title"].strip():
        walk.note("MissingElement", "title")
    if "items" not in feed:
        walk.note("MissingElement", "items")
    _kinds(walk, feed, "", _KINDS)
    _people(walk, feed, "")
    own = feed.get("feed_url")
    if not own:
        walk.note("MissingSelf", "feed_url")
    elif address and own != address:
        walk.note("SelfDoesntMatchLocation", "feed_url", own, address)
    following = feed.get("next_url")
    if following and following in (own, address):
        walk.note("NextIsSelf", "next_url", own)
    for hub in feed.get("hubs") or () if isinstance(feed.get("hubs"), list) else ():
        if not isinstance(hub, dict) or not hub.get("type") or not hub.get("url"):
            walk.note("MissingElement", "hubs/url")
        elif hub["url"] == feed.get("home_page_url"):
            walk.note("HubIsPage", "hubs/url", hub["url"])
    if "language" not in feed:
        walk.note("MissingDCLanguage", "language")


def lint_json_item(walk: JsonWalk, item: Any) -> str:
    """Judge one item; return its id."""
    if not isinstance(item, dict):
        walk.note("InvalidJSONType", "items", type(item).__name__, "an item is an object")
        return ""
    ident = item.get("id")
    walk.entry = ident if isinstance(ident, str) else None
    if ident is None or ident == "":
        walk.note("MissingId", "items/id")
    elif not isinstance(ident, str):
        walk.note("IdNotString", "items/id", ident)
    _kinds(walk, item, "items/", _ITEM_KINDS)
    _people(walk, item, "items/")
    _words(walk, item)
    if not item.get("date_published"):
        walk.note("MissingDate", "items/date_published")
    for name in ("date_published", "date_modified"):
        value = item.get(name)
        if isinstance(value, str) and (broken := date_3339(value, walk.now)):
            walk.note(broken, f"items/{name}", value)
    for tag in item["tags"] if isinstance(item.get("tags"), list) else ():
        if not isinstance(tag, str):
            walk.note("InvalidJSONType", "items/tags", tag, "a tag is a string")
    for file in item["attachments"] if isinstance(item.get("attachments"), list) else ():
        _attachment(walk, file)
    if not walk.own and not _says_rights(item):
        walk.note("MissingLicense", "items")
    walk.entry = None
    return ident if isinstance(ident, str) else ""


def _says_rights(item: dict[str, Any]) -> bool:
    for value in (item, *(v for k, v in item.items() if k.startswith("_") and isinstance(v, dict))):
        if any(value.get(name) for name in ("license", "rights", "copyright", "deleted")):
            return True
    return False


def _words(walk: JsonWalk, item: dict[str, Any]) -> None:
    html, text = item.get("content_html"), item.get("content_text")
    if not isinstance(html, str) and not isinstance(text, str):
        walk.note("MissingTextualContent", "items")
    if isinstance(html, str):
        for one in breaches(html):
            walk.note(one.rule, "items/content_html", one.value)
    title = item.get("title")
    if isinstance(title, str):
        if title and (mark := markup_in(title)):
            walk.note("ContainsHTML", "items/title", mark)
        if not title.strip():
            walk.note("NotBlank", "items/title")


def _kinds(walk: JsonWalk, value: dict[str, Any], path: str, kinds: Mapping[str, type]) -> None:
    for name, known in value.items():
        wanted = kinds.get(name)
        if wanted is None:
            continue
        if not isinstance(known, wanted) or (wanted is not bool and isinstance(known, bool)):
            walk.note("InvalidJSONType", f"{path}{name}", type(known).__name__)
        elif isinstance(known, str) and name in _ADDRESSES:
            _address(walk, f"{path}{name}", known)
        elif isinstance(known, str) and name == "language" and (broken := language(known)):
            walk.note(broken, f"{path}{name}", known)
        if isinstance(known, str) and _CONTROL.search(known):
            walk.note("ControlCharacters", f"{path}{name}", known)


def _address(walk: JsonWalk, path: str, value: str) -> None:
    if broken := uri(value, full=True, iri=True, wrong="InvalidFullLink"):
        walk.note(broken, path, value)


def _people(walk: JsonWalk, value: dict[str, Any], path: str) -> None:
    named = value.get("authors")
    people = list(named) if isinstance(named, list) else []
    if isinstance(value.get("author"), dict):
        people.append(value["author"])
    for person in people:
        if not isinstance(person, dict):
            walk.note("InvalidJSONType", f"{path}authors", person, "an author is an object")
        elif not any(person.get(name) for name in ("name", "url", "avatar")):
            walk.note("NotBlank", f"{path}authors")
        else:
            for name in ("url", "avatar"):
                if isinstance(person.get(name), str):
                    _address(walk, f"{path}authors/{name}", person[name])


def _attachment(walk: JsonWalk, file: Any) -> None:
    path = "items/attachments"
    if not isinstance(file, dict):
        walk.note("InvalidJSONType", path, file, "an attachment is an object")
        return
    for name in ("url", "mime_type"):
        if not isinstance(file.get(name), str) or not file[name]:
            walk.note("MissingAttribute", f"{path}/{name}")
    if isinstance(file.get("url"), str):
        _address(walk, f"{path}/url", file["url"])
    kind = file.get("mime_type")
    if isinstance(kind, str) and kind and not is_media_type(kind):
        walk.note("InvalidMIMEType", f"{path}/mime_type", kind)
    for name in ("size_in_bytes", "duration_in_seconds"):
        size = file.get(name)
        if size is not None and (
            isinstance(size, bool) or not isinstance(size, int | float) or size < 0
        ):
            walk.note("InvalidNonNegativeInteger", f"{path}/{name}", size)
