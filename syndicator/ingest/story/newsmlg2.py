"""NewsML-G2 → Feed: one entry a ``newsItem`` that holds a text.

``newsMessage`` and single items are read; packages, concepts and pictures
hold no text and are left out. The identity of an item is its ``guid``; its
``version`` is not part of it.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from lxml import etree

from syndicator.errors import ReadError
from syndicator.ingest.story.blocks import (
    Writer,
    blocks_of,
    blocks_of_text,
    without_marks,
    without_title,
    without_trash,
)
from syndicator.ingest.story.nitf import nitf_head, nitf_story
from syndicator.ingest.story.text import moment, urgency, without_text
from syndicator.ingest.story.tree import attribute, child, children, descendants, local, text_of
from syndicator.ingest.story.vocabulary import is_own, read_own
from syndicator.model.entry import Category, Document, Entry, Feed, Image, Origin, Person, Rights

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ACCOUNT = re.compile(r"[a-z]+(?:[._][a-z]+)?|\S+@\S+")  # how one logs in is no name
_DATA = frozenset({"sports-content", "events", "planning"})  # figures and dates, and no story
_SMALL = frozenset({"thumb", "thumbnail", "preview", "lowres", "web"})
_TEXTUAL = ("text", "composite", "")


def read_newsmlg2(document: Document, root: etree._Element) -> Feed:
    """Read the text items of a NewsML-G2 document.

    Raises:
        ReadError: no item holds a headline or a text.
    """
    items = [root] if local(root) == "newsitem" else list(descendants(root, "newsitem"))
    entries = []
    left_out = 0
    for item in items:
        entry = _entry(document, item)
        if entry.content or (entry.title and _item_class(item) in _TEXTUAL):
            entries.append(entry)
        else:
            left_out += 1
    if not entries:
        raise ReadError("not-a-feed", f"{document.url}: NewsML-G2 without an item of text")
    return Feed(
        format="newsml-g2",
        origin=Origin(title=text_of(child(root, "header", "sender"))),
        entries=tuple(entries),
        warnings=without_text(left_out),
    )


def _named(element: etree._Element | None) -> str | None:
    """Return what a concept is called: its name, its literal, else the code without its scheme."""
    if element is None:
        return None
    code = attribute(element, "qcode")
    return (
        text_of(child(element, "name"))
        or attribute(element, "literal")
        or (code.partition(":")[2] or code if code else None)
        or attribute(element, "uri")
        or text_of(element)
    )


def _item_class(item: etree._Element) -> str:
    code = attribute(child(item, "itemmeta", "itemclass"), "qcode") or ""
    return code.rpartition(":")[2].lower()


def _entry(document: Document, item: etree._Element) -> Entry:
    meta = child(item, "itemmeta")
    content = child(item, "contentmeta")
    story, printed, pictures = _story(item, _headline(content))
    story, trash = without_trash(story)
    status = attribute(child(meta, "pubstatus"), "qcode")
    title = _headline(content) or printed.get("title") or _lesser_headline(content)
    title = title or text_of(child(meta, "title"))
    return Entry(
        guid=attribute(item, "guid"),
        title=title,
        summary=_summary(content) or printed.get("abstract") or _subheadline(content),
        content="".join(without_title(story, title)) or None,
        content_html=True,
        base=document.url,
        authors=_people(content),
        published=_first(content, meta, ("contentcreated", "firstcreated", "versioncreated")),
        updated=_first(content, meta, ("contentmodified", "versioncreated")),
        categories=tuple(dict.fromkeys(_categories(content))),
        images=(*_images(item), *pictures),
        language=attribute(child(content, "language"), "tag") or attribute(item, _LANG),
        rights=_rights(item),
        byline=_lines(content, "by") or printed.get("byline"),
        dateline=_place(text_of(child(content, "dateline"))) or _place(printed.get("dateline")),
        provider=_named(child(meta, "provider")),
        credit=_lines(content, "creditline"),
        sources=_sources(content),
        pubstatus=status.rpartition(":")[2].lower() if status else None,
        embargoed=moment(text_of(child(meta, "embargoed"))),
        advisories=(*_notes(meta), *trash),
        private=_private(meta),
        urgency=urgency(text_of(child(content, "urgency"))),
    )


def _headline(content: etree._Element | None) -> str | None:
    """Return the headline without a role, or with a main one."""
    lines = children(content, "headline") if content is not None else ()
    return next((found for one in lines if not _is_lesser(one) and (found := text_of(one))), None)


def _lesser_headline(content: etree._Element | None) -> str | None:
    lines = children(content, "headline") if content is not None else ()
    return next((found for one in lines if _is_lesser(one) and (found := text_of(one))), None)


def _is_lesser(headline: etree._Element) -> bool:
    role = (headline.get("role") or "").lower()
    return any(word in role for word in _LESSER)


_LESSER = ("sub", "short", "kicker", "deck", "over", "mobile", "seo", "web")


def _subheadline(content: etree._Element | None) -> str | None:
    lines = children(content, "headline") if content is not None else ()
    return next((text_of(one) for one in lines if "sub" in (one.get("role") or "").lower()), None)


def _summary(content: etree._Element | None) -> str | None:
    for one in children(content, "description") if content is not None else ():
        role = (one.get("role") or "").lower()
        if "caption" not in role and "note" not in role:
            return text_of(one)
    return None


def _first(
    content: etree._Element | None, meta: etree._Element | None, names: tuple[str, ...]
) -> datetime | None:
    for name in names:
        for part in (content, meta):
            if (found := moment(text_of(child(part, name)))) is not None:
                return found
    return None


def _place(dateline: str | None) -> str | None:
    """Some give the moment of writing as dateline; that is no place."""
    return dateline if moment(dateline) is None else None


def _lines(content: etree._Element | None, name: str) -> str | None:
    found = [text_of(one) for one in children(content, name)] if content is not None else []
    return "\n".join(dict.fromkeys(one for one in found if one)) or None


def _people(content: etree._Element | None) -> tuple[Person, ...]:
    """Creators; one that is typed as an organization, or also named as source, is none."""
    if content is None:
        return ()
    houses = {_named(one) for one in children(content, "infosource", "creditline")}
    found = []
    for one in children(content, "creator"):
        kind = (attribute(one, "type") or "").lower()
        name = _named(one)
        if (
            name
            and not _ACCOUNT.fullmatch(name)
            and name not in houses
            and not kind.endswith(("organisation", "organization"))
        ):
            found.append(Person(name=name))
    return tuple(dict.fromkeys(found))


def _sources(content: etree._Element | None) -> tuple[str, ...]:
    """Return whose copy it is: a source that supplied it first. Others gave information."""
    found = (
        _named(one)
        for one in (children(content, "infosource") if content is not None else ())
        if "prov" in (attribute(one, "role") or "").lower()
    )
    return tuple(dict.fromkeys(one for one in found if one))


def _categories(content: etree._Element | None) -> Iterator[Category]:
    for one in children(content, "subject", "keyword", "genre") if content is not None else ():
        if local(one) == "keyword":
            if (term := text_of(one)) is not None:
                yield Category(term=term)
            continue
        code, uri = attribute(one, "qcode"), attribute(one, "uri")
        name = text_of(child(one, "name"))
        if local(one) == "genre" and name is None:
            continue
        if code or uri or name or attribute(one, "literal"):
            said = code or uri or ""
            mark = "/" if code is None and "/" in said else ":"
            scheme, _, term = said.rpartition(mark)
            scheme += "/" if mark == "/" else ""  # of such a URI the scheme is its beginning
            yield Category(
                term=term or name or attribute(one, "literal") or "",
                scheme=scheme or None,
                label=name,
            )


def _rights(item: etree._Element) -> Rights:
    info = child(item, "rightsinfo")
    terms = [text_of(one) for one in children(info, "usageterms")] if info is not None else []
    link = attribute(child(info, "copyrightnotice"), "href")
    licenses = [
        one.get("href")
        for one in (children(info, "link") if info is not None else ())
        if "licen" in (one.get("rel") or "").lower()
    ]
    return Rights(
        notice=text_of(child(info, "copyrightnotice")) or link,
        holder=_named(child(info, "copyrightholder")),
        licenses=tuple(one for one in licenses if one),
        usage=" ".join(one for one in terms if one) or None,
    )


def _notes(meta: etree._Element | None) -> tuple[str, ...]:
    """Return the notes to editors, each line of a note on a line of its own."""
    notes = children(meta, "ednote") if meta is not None else ()
    found = (_lines_of(one, _is_private) for one in notes if not _is_private(one))
    return tuple(dict.fromkeys(one for one in found if one))


def _private(meta: etree._Element | None) -> tuple[str, ...]:
    """Return what is marked as not public: whole notes, and parts of notes in XHTML."""
    notes = children(meta, "ednote") if meta is not None else ()
    found = (
        _lines_of(one)
        for note in notes
        for one in note.iter()
        if isinstance(one.tag, str) and _is_private(one)
    )
    return tuple(dict.fromkeys(one for one in found if one))


def _is_private(node: etree._Element) -> bool:
    said = " ".join(node.get(name) or "" for name in ("pubconstraint", "role", "class")).lower()
    return "nonpublic" in said or ":private" in said


def _lines_of(note: etree._Element, skip: Callable[[etree._Element], bool] | None = None) -> str:
    writer = Writer(skip=skip)
    writer.write(note)
    return "\n".join(writer.words)


def _story(
    item: etree._Element, headline: str | None
) -> tuple[list[str], dict[str, str | None], tuple[Image, ...]]:
    """Return the blocks of the first rendition that holds words, and what it prints apart."""
    contents = child(item, "contentset")
    for one in descendants(contents, "inlinexml", "inlinedata") if contents is not None else ():
        if any(local(inside) in _DATA for inside in one):
            continue
        nitf = next(descendants(one, "nitf"), None)
        if nitf is not None:
            return nitf_story(nitf), nitf_head(nitf), ()
        own = read_own(one, headline) if is_own(one) else None
        if own is not None and own.blocks:
            printed = {"title": own.title, "byline": own.byline, "dateline": own.dateline}
            return without_marks(own.blocks), printed, own.images
        body = next(descendants(one, "body"), None)
        if body is not None or len(one):
            blocks = without_marks(_blocks(body if body is not None else one))
        else:
            blocks = without_marks(blocks_of_text((one.text or "").strip()))
        if blocks:
            return blocks, {}, ()
    return [], {}, ()


def _blocks(body: etree._Element) -> list[str]:
    """Return the blocks of a body without the header that XHTML may have above the story."""
    return blocks_of(body, lambda node: local(node) == "header") or blocks_of(body)


def _images(item: etree._Element) -> Iterator[Image]:
    """Yield the pictures an item holds, none of them in a lesser size beside its larger one."""
    files = [
        one
        for one in descendants(item, "remotecontent")
        if attribute(one, "href") and (attribute(one, "contenttype") or "").startswith("image/")
    ]
    large = [one for one in files if not _is_small(one)]
    smallest = [one for one in files if one.get("rendition") == files[0].get("rendition")]
    for one in large or smallest:
        yield Image(url=attribute(one, "href") or "", type=attribute(one, "contenttype"))


def _is_small(content: etree._Element) -> bool:
    rendition = (attribute(content, "rendition") or "").rpartition(":")[2].lower()
    return rendition in _SMALL
