"""ninjs 1.x to 3.x → Feed (IPTC; https://iptc.org/std/ninjs/).

The versions spell the same properties apart: ``pubstatus`` and ``pubStatus``,
``embargoed`` and ``embargoedUntil``, ``body_html`` and ``bodies``, objects and
lists of renditions. Names are compared without case, so one reader serves all.
A document is one item, a list of items, or an object that holds one (Superdesk
answers with ``_items``). Damaged items cost only themselves.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from enum import IntEnum
from html import unescape
from typing import Any

from syndicator.errors import ReadError
from syndicator.ingest.story.nitf import nitf_story
from syndicator.ingest.story.text import moment, urgency, without_text
from syndicator.ingest.story.tree import parse_xml
from syndicator.model.entry import Category, Document, Entry, Feed, Image, Origin, Person, Rights
from syndicator.model.text import squeeze

_TYPES = frozenset({"text", "picture", "video", "audio", "graphic", "composite", "component"})
_SIGNS = frozenset(
    ("headline", "headlines", "body_html", "body_text", "bodies", "versioncreated", "slugline")
)
_LISTS = ("_items", "items")
_PICTURES = frozenset({"picture", "graphic"})
_NOT_AUTHORS = frozenset({"editor", "subeditor", "sub-editor", "producer", "photographer"})
_LESSER = ("sub", "short", "kicker", "deck", "mobile", "seo", "print", "social")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<[^<>]*>")
_TOP = re.compile(r"<h1\b[^<>]*>.*?</h1>", re.IGNORECASE | re.DOTALL)
_HEAD_END = re.compile(r"</head>", re.IGNORECASE)
_FIRST = 5000  # characters in which a body's heading stands, if it has one
_NITF = re.compile(r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!DOCTYPE[^>]*>)?\s*<nitf[\s>]", re.IGNORECASE)
Item = dict[str, Any]


def is_ninjs(data: object) -> bool:
    """Whether parsed JSON is ninjs: an item, or a list of items."""
    first = next(_found(data), None)
    return first is not None and _is_item(first)


def read_ninjs(document: Document, data: object) -> Feed:
    """Read the items of text.

    Raises:
        ReadError: none of them is one.
    """
    entries: list[Entry] = []
    left_out = 0
    for item in _found(data):
        if not _is_item(item):
            continue
        texts = [one for one in _texts(item) if _content(one) or _headline(one)]
        entries += [entry_of(document, one) for one in texts]
        left_out += not texts
    if not entries:
        raise ReadError("not-a-feed", f"{document.url}: ninjs without an item of text")
    return Feed(
        format="ninjs", origin=Origin(), entries=tuple(entries), warnings=without_text(left_out)
    )


def _found(data: object) -> Iterator[Item]:
    """Yield the objects that may be items, their names in lower case."""
    if isinstance(data, dict):
        own = lowered(data)
        inside = next((own[key] for key in _LISTS if isinstance(own.get(key), list)), None)
        if inside is None:
            yield own
            return
        data = inside
    if isinstance(data, list):
        yield from (lowered(one) for one in data if isinstance(one, dict))


def lowered(item: Item) -> Item:
    """Return an object with its names in lower case."""
    return {str(key).lower(): value for key, value in item.items()}


def _is_item(item: Item) -> bool:
    standard = item.get("standard")
    if isinstance(standard, dict) and str(standard.get("name")).lower() == "ninjs":
        return True
    named = any(isinstance(item.get(key), str) for key in ("uri", "guid"))
    signs = len(_SIGNS.intersection(item))
    # ninjs 3 need not say its type; a text and another of its own names tell as much.
    if item.get("type") is not None:
        return named and signs > 0 and _kind(item) in _TYPES
    return named and signs > 1 and _content(item) is not None


def _kind(item: Item) -> str:
    value = item.get("type")
    return value.strip().lower() if isinstance(value, str) else ""


def _texts(item: Item) -> list[Item]:
    """Return the item, or what a package of several texts holds."""
    if _kind(item) != "composite":
        return [item] if _kind(item) not in {*_PICTURES, "video", "audio"} else []
    inside = [one for one in _associated(item) if _kind(one) == "text"]
    return inside if inside and not _content(item) else [item]


def _associated(item: Item) -> list[Item]:
    """Return associations: an object by name in ninjs 1, a list from ninjs 2 on."""
    raw = item.get("associations")
    values = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    return [lowered(one) for one in values if isinstance(one, dict)]


def _text(value: object) -> str | None:
    return squeeze(value) or None if isinstance(value, str) else None


def _first(item: Item, *names: str) -> str | None:
    return next((said for name in names if (said := _text(item.get(name)))), None)


def _spoken(item: Item, plural: str) -> list[tuple[str, str, str]]:
    """Return (role, media type, value) of ``headlines``, ``bodies`` or ``descriptions``."""
    return [
        (str(one.get("role") or "").lower(), str(one.get("contenttype") or "").lower(), value)
        for one in rows(item, plural)
        if isinstance(value := one.get("value"), str) and value.strip()
    ]


def _headline(item: Item) -> str | None:
    spoken = sorted(
        _spoken(item, "headlines"), key=lambda one: any(word in one[0] for word in _LESSER)
    )
    return _first(item, "headline") or (squeeze(spoken[0][2]) if spoken else _first(item, "title"))


def _content(item: Item) -> tuple[str, bool] | None:
    """Return the body, and whether it is markup: the main one, HTML before NITF before words."""
    spoken = _spoken(item, "bodies")
    for key, value in item.items():
        is_body = key.startswith("body_") and key != "body_footer"
        if is_body and isinstance(value, str) and value.strip():
            spoken.append(("", key.removeprefix("body_").lower(), value))
    ranked = sorted(
        (
            (role not in {"", "main", "body"}, _form(kind, value), value)
            for role, kind, value in spoken
        ),
        key=lambda one: one[:2],
    )
    if not ranked:
        return None
    _, form, value = ranked[0]
    if form is _Form.NITF:
        return _of_nitf(value), True
    return value, form is not _Form.WORDS


class _Form(IntEnum):
    """How a body is written; the lower the better for us."""

    HTML = 0
    NITF = 1
    WORDS = 2
    XML = 3  # of a kind nobody described


def _form(kind: str, value: str) -> _Form:
    if "nitf" in kind or _NITF.match(value):
        return _Form.NITF
    if "html" in kind:
        return _Form.HTML
    return _Form.XML if "xml" in kind else _Form.WORDS


def _of_nitf(value: str) -> str:
    """Return the blocks of a NITF body; a declaration says nothing of text that is decoded."""
    try:
        root = parse_xml(Document(url="", body=_DECLARATION.sub("", value, count=1).encode()))
    except ReadError:
        return value
    return "".join(nitf_story(root)) or value


def _untitled(content: str, title: str) -> str:
    """Leave out the heading that says the headline once more at the top of a body."""
    found = _TOP.search(content, 0, _FIRST)
    if found is None or _words(found[0]) != title or "<img" in found[0]:
        return content
    above = content[: found.start()]
    heads = list(_HEAD_END.finditer(above))
    if _words(above[heads[-1].end() :] if heads else above):
        return content
    return above + content[found.end() :]


def _words(markup: str) -> str:
    return squeeze(unescape(_TAG.sub(" ", markup)))


def _summary(item: Item) -> str | None:
    spoken = [
        squeeze(value) for role, _, value in _spoken(item, "descriptions") if "capt" not in role
    ]
    return _first(item, "description_text", "description_usage") or next(iter(spoken), None)


def _caption(item: Item) -> str | None:
    said = (squeeze(value) for role, _, value in _spoken(item, "descriptions") if "capt" in role)
    return next(said, None)


def entry_of(document: Document, item: Item) -> Entry:
    """Read one item, its names in lower case."""
    content, marked = _content(item) or (None, False)
    title = _headline(item)
    if content and marked and title:
        content = _untitled(content, title)
    links = _links(item)
    return Entry(
        guid=_first(item, "guid", "uri"),
        link=links.get("canonical") or _first(item, "url"),
        title=title,
        summary=_summary(item),
        content=content,
        content_html=marked,
        base=document.url,
        authors=_people(item),
        published=_moment(
            item, "firstpublished", "contentcreated", "firstcreated", "versioncreated"
        ),
        updated=_moment(item, "versioncreated", "contentmodified"),
        categories=tuple(dict.fromkeys(_categories(item))),
        images=tuple(_images(item)),
        language=_first(item, "language"),
        rights=_rights(item),
        byline=_first(item, "byline", "by"),
        dateline=_first(item, "dateline", "located"),
        section=_section(item),
        provider=_first(item, "provider", "source") or next(iter(_sources(item)), None),
        credit=_first(item, "creditline"),
        sources=_sources(item),
        pubstatus=(_first(item, "pubstatus") or "").lower() or None,
        embargoed=_moment(item, "embargoeduntil", "embargoed"),
        advisories=tuple(one for one in (_first(item, "ednote"),) if one),
        urgency=urgency(item.get("urgency")),
    )


def _moment(item: Item, *names: str) -> datetime | None:
    return next((found for name in names if (found := moment(_first(item, name)))), None)


def _links(item: Item) -> dict[str, str]:
    return {
        str(one.get("rel")): href
        for one in rows(item, "links")
        if (href := _text(one.get("href"))) is not None
    }


def _people(item: Item) -> tuple[Person, ...]:
    """Read ``authors`` (Superdesk) and the people of ninjs whose role is to write."""
    found = []
    for one in rows(item, "authors"):
        name = _text(one.get("name"))
        if name and str(one.get("role") or "").lower() not in _NOT_AUTHORS:
            found.append(Person(name=name, url=_text(one.get("uri"))))
    for one in (*rows(item, "people"), *rows(item, "person")):
        name, role = _text(one.get("name")), str(one.get("rel") or one.get("role") or "").lower()
        if name and role in {"author", "writer", "creator"}:
            found.append(Person(name=name))
    return tuple(dict.fromkeys(found))


def rows(item: Item, name: str) -> list[Item]:
    """Return the objects of a list, their names in lower case."""
    raw = item.get(name)
    return [lowered(one) for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []


def _categories(item: Item) -> Iterator[Category]:
    for name in ("subject", "subjects"):
        for one in rows(item, name):
            code = _text(one.get("code")) or _text(one.get("uri"))
            label = _text(one.get("name"))
            if code or label:
                scheme = _text(one.get("scheme"))
                yield Category(term=code or label or "", scheme=scheme, label=label)
    keywords = item.get("keywords")
    for value in keywords if isinstance(keywords, list) else ():
        if (term := _text(value)) is not None:
            yield Category(term=term)


def _section(item: Item) -> str | None:
    services = [name for one in rows(item, "service") if (name := _text(one.get("name")))]
    return services[0] if len(services) == 1 else None


def _sources(item: Item) -> tuple[str, ...]:
    """Return the houses the content is taken from."""
    found = (
        _text(one.get("name")) or _text(one.get("literal"))
        for name in ("infosources", "infosource")
        for one in rows(item, name)
    )
    return tuple(dict.fromkeys(one for one in found if one))


def _rights(item: Item) -> Rights:
    """Read the notice, the holder, the terms in words, and links to a licence."""
    info = item.get("rightsinfo")
    linked = lowered(info).get("linkedrights") if isinstance(info, dict) else None
    licenses = [linked] if isinstance(linked, str) else linked if isinstance(linked, list) else []
    usage = item.get("usageterms")
    terms = [usage] if isinstance(usage, str) else usage if isinstance(usage, list) else []
    return Rights(
        notice=_first(item, "copyrightnotice"),
        holder=_first(item, "copyrightholder"),
        licenses=tuple(one for each in licenses if (one := _text(each))),
        usage=" ".join(one for each in terms if (one := _text(each))) or None,
    )


def _images(item: Item) -> Iterator[Image]:
    for one in _associated(item):
        if _kind(one) not in _PICTURES:
            continue
        rendition = max(
            _renditions(one), key=lambda each: size_of(each.get("width")) or 0, default={}
        )
        href = _text(rendition.get("href"))
        if href is None:
            continue
        rights = [_first(one, "copyrightnotice"), _first(one, "usageterms")]
        yield Image(
            url=href,
            type=_text(rendition.get("mimetype") or rendition.get("contenttype")),
            width=size_of(rendition.get("width")),
            height=size_of(rendition.get("height")),
            credit=_first(one, "creditline", "byline", "by") or _first(one, "copyrightholder"),
            caption=_caption(one) or _summary(one) or _first(one, "body_text"),
            rights=" ".join(each for each in rights if each) or None,
        )


def _renditions(item: Item) -> list[Item]:
    raw = item.get("renditions")
    values = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    return [lowered(one) for one in values if isinstance(one, dict)]


def size_of(value: object) -> int | None:
    """Return a width or height in pixels, ``None`` where none is said."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
