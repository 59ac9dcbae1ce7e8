"""RSS 2.0 and 0.9x: https://www.rssboard.org/rss-specification and its profile."""

from collections import Counter
from typing import Any

from syndicator.lint.checks import (
    address,
    between,
    contact,
    having,
    html,
    like,
    many,
    media_type,
    moment_822,
    plain,
    positive,
    some,
    tongue,
    web,
)
from syndicator.lint.checks import leaf as is_
from syndicator.lint.constructs import CATEGORY, CONTENT, MOMENT, PERSON, PICTURE, TEXT
from syndicator.lint.links import LINK, check_archive, check_links, relation
from syndicator.lint.modules import CHANNEL as CHANNEL_MODULES
from syndicator.lint.modules import FREE
from syndicator.lint.modules import ITEM as ITEM_MODULES
from syndicator.lint.names import ATOM, XML
from syndicator.lint.values import number, uri
from syndicator.lint.walk import Spec, Walk, met, missing, name_of, text_of, unknown, visit

_VERSIONS = frozenset({"0.91", "0.92", "2.0"})
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_LANG = f"{{{XML}}}lang"
_LINK = f"{{{ATOM}}}link"


def _guid(walk: Walk, element: Any, path: str, text: str) -> None:
    value, stated = text.strip(), element.get("isPermaLink")
    if not value:
        walk.note("NotBlank", path, element)
    if stated not in {None, "true", "false"}:
        walk.note("InvalidBooleanAttribute", f"{path}@isPermaLink", element, stated)
    if stated in {None, "true"}:
        broken = uri(value, full=True, iri=False, wrong="InvalidHttpGUID")
        if broken:
            walk.note(broken, path, element, value)
        elif value.lower().startswith(("tag:", "urn:uuid:")):
            walk.note("InvalidPermalink", path, element, value)
    elif len(value) < 9 and value.isdigit():  # noqa: PLR2004 - a row number
        walk.note("NotSufficientlyUnique", path, element, value)


def _enclosure(walk: Walk, element: Any, path: str, text: str) -> None:
    if text.strip():
        walk.note("UnexpectedText", path, element, text)
    having({"url": web, "type": media_type})(walk, element, path, "")
    length = element.get("length")
    if length is None:
        walk.note("MissingAttribute", f"{path}@length", element)
    elif (known := number(length.strip())) is None:
        walk.note("InvalidIntegerAttribute", f"{path}@length", element, length)
    elif known < 0:
        rule = "UseZeroForUnknown" if known == -1 else "InvalidNonNegativeInteger"
        walk.note(rule, f"{path}@length", element, length)


def _hours(walk: Walk, element: Any, path: str, _: str) -> None:
    _list(walk, element, path, "hour", 24, "NotEnoughHoursInTheDay")


def _days(walk: Walk, element: Any, path: str, _: str) -> None:
    _list(walk, element, path, "day", 7, "EightDaysAWeek")


def _list(walk: Walk, element: Any, path: str, name: str, most: int, rule: str) -> None:
    said = Counter(text_of(child).strip() for child in element if child.tag == name)
    if not said:
        walk.note("MissingElement", f"{path}/{name}", element)
    if said.total() > most:
        walk.note(rule, path, element)
    for value, count in said.items():
        if count > 1:
            walk.note("DuplicateValue", f"{path}/{name}", element, value)


def _hour(_: Walk, value: str) -> str | None:
    return "UseZeroForMidnight" if value == "24" else between(0, 23, "InvalidHour")(_, value)


def _day(_: Walk, value: str) -> str | None:
    return None if value in _DAYS else "InvalidDay"


def _picture(walk: Walk, element: Any, path: str, _: str) -> None:
    names = {one.tag: 1 for one in element if isinstance(one.tag, str)}
    missing(walk, element, path, ("title", "url", "link"), names)
    channel = element.getparent()
    for name, rule in (("title", "ImageTitleDoesntMatch"), ("link", "ImageLinkDoesntMatch")):
        ours, theirs = element.findtext(name), channel.findtext(name) if channel is not None else ""
        if ours and theirs and ours.strip() != theirs.strip():
            walk.note(rule, f"{path}/{name}", element, ours)
    if (element.text or "").strip():
        walk.note("UnexpectedText", path, element, element.text)


def _input(walk: Walk, element: Any, path: str, _: str) -> None:
    walk.note("AvoidTextInput", path, element)
    names = {one.tag: 1 for one in element if isinstance(one.tag, str)}
    missing(walk, element, path, ("title", "link", "description", "name"), names)


def _cloud(walk: Walk, element: Any, path: str, _: str) -> None:
    tests = dict.fromkeys(("domain", "path", "registerProcedure", "protocol"), lambda *_: None)
    having({**tests, "port": between(1, 65_535, "InvalidIntegerAttribute")})(
        walk, element, path, ""
    )


def _words(walk: Walk, element: Any, path: str, text: str) -> None:
    (html if walk.version != "0.91" else plain())(walk, element, path, text)


_ATOM: dict[str, Spec] = {
    "atom:link": LINK,
    "atom:author": PERSON,
    "atom:contributor": PERSON,
    "atom:category": CATEGORY,
    "atom:id": is_(address),
    "atom:title": TEXT,
    "atom:rights": TEXT,
    "atom:updated": MOMENT,
    "atom:published": MOMENT,
}
CHANNEL: dict[str, Spec] = {
    **CHANNEL_MODULES,
    **_ATOM,
    "atom:subtitle": TEXT,
    "atom:generator": FREE,
    "atom:icon": PICTURE,
    "atom:logo": PICTURE,
    "title": Spec(plain(some)),
    "link": is_(address),
    "description": Spec(plain()),
    "language": is_(tongue),
    "copyright": Spec(plain()),
    "managingEditor": is_(contact),
    "webMaster": is_(contact),
    "pubDate": is_(moment_822),
    "lastBuildDate": is_(moment_822),
    "category": many(plain(), attributes=frozenset({"domain"})),
    "generator": is_(),
    "docs": is_(address),
    "cloud": Spec(
        _cloud, attributes=frozenset("domain port path registerProcedure protocol".split())
    ),
    "ttl": is_(positive),
    "rating": is_(once=False),
    "image": Spec(
        _picture,
        inside={
            **CHANNEL_MODULES,
            "title": Spec(plain(some)),
            "url": is_(address),
            "link": is_(address),
            "description": Spec(plain()),
            "width": is_(between(1, 144, "InvalidWidth")),
            "height": is_(between(1, 400, "InvalidHeight")),
        },
    ),
    "textInput": Spec(
        _input,
        inside={
            **CHANNEL_MODULES,
            "title": Spec(plain()),
            "description": is_(),
            "name": is_(like("InvalidFormComponentName", r"[A-Za-z][A-Za-z0-9:._]*.*")),
            "link": is_(address),
        },
    ),
    "skipHours": Spec(_hours, inside={"hour": is_(_hour, once=False)}),
    "skipDays": Spec(_days, inside={"day": is_(_day, once=False)}),
    "item": many(),
}
ITEM: dict[str, Spec] = {
    **ITEM_MODULES,
    **_ATOM,
    "atom:summary": TEXT,
    "atom:content": CONTENT,
    "title": Spec(plain(some)),
    "link": is_(address),
    "description": Spec(_words),
    "author": is_(contact),
    "category": many(plain(some), attributes=frozenset({"domain"})),
    "comments": is_(address),
    "enclosure": Spec(_enclosure, once=False, attributes=frozenset("url length type".split())),
    "guid": Spec(_guid, attributes=frozenset({"isPermaLink"})),
    "pubDate": is_(moment_822),
    "source": Spec(having({"url": address}), attributes=frozenset({"url"})),
}
_TWICE = (
    ("pubDate", "dc:date"),
    ("category", "dc:subject"),
    ("author", "dc:creator"),
    ("source", "dc:source"),
    ("guid", "atom:id"),
    ("pubDate", "atom:published"),
)
_TWICE_CHANNEL = (
    ("pubDate", "dc:date"),
    ("category", "dc:subject"),
    ("managingEditor", "dc:creator"),
    ("webMaster", "dc:publisher"),
    ("language", "dc:language"),
    ("copyright", "dc:rights"),
    ("lastBuildDate", "dcterms:modified"),
    ("generator", "admin:generatorAgent"),
)


def lint_rss(walk: Walk, root: Any, core: str | None) -> None:
    """Judge a whole document."""
    stated = root.get("version")
    walk.version = stated or "2.0"
    if stated is None:
        walk.note("MissingAttribute", "rss@version", root)
    elif stated not in _VERSIONS:
        walk.note("InvalidRSSVersion", "rss@version", root, stated)
    for name in root.attrib:
        if name[0] != "{" and name != "version":
            walk.note("UnexpectedAttribute", f"rss@{name[:60]}", root)
    channels = 0
    for child in root:
        if not isinstance(child.tag, str):
            continue
        name = name_of(child.tag, core)
        if name != "channel":
            unknown(walk, child, "rss", name)
            continue
        channels += 1
        if channels > 1:
            walk.note("DuplicateElement", "rss/channel", child)
        _channel(walk, child, core)
    if not channels:
        walk.note("MissingElement", "rss/channel", root)


def _channel(walk: Walk, channel: Any, core: str | None) -> None:
    path = "rss/channel"
    seen: dict[str, int] = {}
    guids: set[str] = set()
    for child in channel:
        if not isinstance(child.tag, str):
            continue
        name = name_of(child.tag, core)
        seen[name] = seen.get(name, 0) + 1
        if name == "item":
            guid = lint_item(walk, child, core, late="lastBuildDate" in seen)
            if guid and guid in guids:
                walk.note("DuplicateValue", f"{path}/item/guid", child, guid)
            guids.add(guid)
            continue
        spec = CHANNEL.get(name) or CHANNEL.get(name.partition(".")[0])
        met(walk, child, path, name, spec, seen[name], core)
    _after_channel(walk, channel, path, seen)


def _after_channel(walk: Walk, channel: Any, path: str, seen: dict[str, int]) -> None:
    missing(walk, channel, path, ("title", "link", "description"), seen)
    around = (channel, channel.getparent())
    tagged = any(each is not None and each.get(_LANG) for each in around)
    if not tagged and "language" not in seen and "dc:language" not in seen:
        walk.note("MissingDCLanguage", path, channel)
    for first, second in _TWICE_CHANNEL:
        if first in seen and second in seen:
            walk.note("DuplicateSemantics", path, channel, f"{first}, {second}")
    links = channel.findall(_LINK)
    if walk.version == "2.0" and not any(relation(link) == "self" for link in links):
        walk.note("MissingAtomSelfLink", path, channel)
    check_links(walk, channel, path, links, feed=True)
    check_archive(walk, channel, path, links, seen)
    hubs = {(link.get("href") or "").strip() for link in links if relation(link) == "hub"}
    page = (channel.findtext("link") or "").strip()
    if page and page in hubs:
        walk.note("HubIsPage", f"{path}/link", channel, page)
    if "ttl" in seen and (number((channel.findtext("ttl") or "").strip()) or 0) > 24 * 60:
        walk.note("LongTtl", f"{path}/ttl", channel, channel.findtext("ttl"))


def lint_item(walk: Walk, item: Any, core: str | None, *, late: bool = True) -> str:
    """Judge one item; return its guid."""
    path = "rss/channel/item"
    raw = item.find("guid" if core is None else f"{{{core}}}guid")
    guid = text_of(raw).strip() if raw is not None else ""
    walk.entry = guid or (item.findtext("link") or "").strip() or None
    seen = visit(walk, item, path, ITEM, core)
    _order(walk, item, path, seen, core)
    _after_item(walk, item, path, seen, late=late)
    walk.entry = None
    return guid


def _order(walk: Walk, item: Any, path: str, seen: dict[str, int], core: str | None) -> None:
    """Judge what readers take by its place: one enclosure, and a description before the text."""
    if not {"enclosure", "content:encoded"} & seen.keys():
        return
    named = [(name_of(one.tag, core), one) for one in item if isinstance(one.tag, str)]
    names = [name for name, _ in named]
    if seen.get("enclosure", 0) > 1:
        second = [one for name, one in named if name == "enclosure"][1]
        walk.note("DuplicateEnclosure", f"{path}/enclosure", second)
    if "content:encoded" in seen and "description" not in names[: names.index("content:encoded")]:
        walk.note("NeedDescriptionBeforeContent", path, item)


def _after_item(walk: Walk, item: Any, path: str, seen: dict[str, int], *, late: bool) -> None:
    if "title" not in seen and "description" not in seen:
        walk.note("ItemMustContainTitleOrDescription", path, item)
    if "guid" not in seen and walk.version.startswith("2."):
        walk.note("MissingGuid", path, item)
    if "pubDate" not in seen and "dc:date" not in seen and "atom:published" not in seen:
        walk.note("MissingDate", path, item)
    if "slash:comments" in seen and not late:
        walk.note("SlashDate", path, item)
    for first, second in _TWICE:
        if first in seen and second in seen:
            walk.note("DuplicateItemSemantics", path, item, f"{first}, {second}")
    links = item.findall(_LINK)
    check_links(walk, item, path, links, feed=False)
    licensed = "creativeCommons:license" in seen or any(relation(one) == "license" for one in links)
    if walk.own or {"dc:rights", "atom:rights", "dcterms:valid"} & set(seen):
        return  # the desk says in RSS what it knows; of a notice there is nothing to say
    if not licensed:
        walk.note("MissingLicense", path, item)
    if "source" not in seen:
        walk.note("MissingCredit", path, item)
