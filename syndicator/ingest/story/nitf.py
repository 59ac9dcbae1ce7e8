"""NITF 3.x → Feed (IPTC News Industry Text Format).

The headline is ``hedline/hl1``, never ``head/title``, which wires use for a
slug; the abstract is a summary, for it often repeats the first paragraph.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from syndicator.errors import ReadError
from syndicator.ingest.story.blocks import blocks_of, without_marks, without_title, without_trash
from syndicator.ingest.story.text import moment, urgency
from syndicator.ingest.story.tree import attribute, child, descendants, local, text_of
from syndicator.model.entry import Category, Document, Entry, Feed, Image, Origin, Person, Rights

_ADDRESS = re.compile(r"[/.:]")  # a bare number or name is no place to get a picture from
_BY = re.compile(r"by\s+", re.IGNORECASE)


def read_nitf(document: Document, root: etree._Element) -> Feed:
    """Read one NITF document.

    Raises:
        ReadError: it has neither a headline nor a text.
    """
    entry = _entry(document, root)
    if not (entry.title or entry.content):
        raise ReadError("not-a-feed", f"{document.url}: NITF without a headline and a text")
    return Feed(format="nitf", origin=Origin(language=entry.language), entries=(entry,))


def nitf_story(root: etree._Element) -> list[str]:
    """Return the blocks of a NITF body: its content, then the tagline that closes it."""
    content = child(root, "body", "body.content")
    if content is None:
        content = next(descendants(root, "body.content"), None)
    blocks = without_marks(blocks_of(content)) if content is not None else []
    end = child(root, "body", "body.end")
    tagline = child(end, "tagline")
    return [*blocks, *(blocks_of(tagline) if tagline is not None else [])]


def nitf_head(root: etree._Element) -> dict[str, str | None]:
    """Return what the head of a NITF body prints: title, deck, byline, dateline."""
    head = child(root, "body", "body.head")
    hedline = child(head, "hedline")
    decks = [text_of(one) for one in descendants(hedline, "hl2")] if hedline is not None else []
    return {
        "title": text_of(child(hedline, "hl1")) or text_of(hedline),
        "deck": " ".join(one for one in decks if one) or None,
        "byline": _byline(head),
        "dateline": text_of(child(head, "dateline")),
        "abstract": text_of(child(head, "abstract")),
        "provider": text_of(child(head, "distributor")),
    }


def _byline(head: etree._Element | None) -> str | None:
    """Return the bylines as printed; the title under a name stands on a line of its own."""
    lines = []
    for one in head if head is not None else ():
        if local(one) != "byline":
            continue
        below = child(one, "byttl")
        titled = text_of(below)
        whole = text_of(one)
        if titled and whole and whole.endswith(titled) and whole != titled:
            lines += [whole[: -len(titled)].rstrip(" ,"), titled]
        elif whole:
            lines.append(whole)
    return "\n".join(lines) or None


def _entry(document: Document, root: etree._Element) -> Entry:
    head = nitf_head(root)
    docdata = child(root, "head", "docdata")
    story, trash = without_trash(nitf_story(root))
    holder, notice = _rights(root, docdata)
    status = attribute(docdata, "management-status")
    release = moment(attribute(child(docdata, "date.release"), "norm"))
    issued = moment(attribute(child(docdata, "date.issue"), "norm"))
    title = head["title"] or text_of(child(root, "head", "title"))
    return Entry(
        guid=attribute(child(docdata, "doc-id"), "id-string")
        or attribute(child(docdata, "du-key"), "key"),
        title=title,
        summary=head["abstract"] or (head["deck"] if head["deck"] != title else None),
        content="".join(without_title(story, title)) or None,
        content_html=True,
        base=document.url,
        authors=_people(root),
        published=issued or release,
        updated=_updated(root),
        categories=_categories(root, docdata),
        images=_images(root),
        language=_language(root),
        rights=Rights(notice=notice, holder=holder, usage=_usage(docdata)),
        byline=head["byline"],
        dateline=head["dateline"],
        section=_section(root),
        provider=head["provider"] or holder or _source(docdata),
        pubstatus=status.lower() if status else None,
        embargoed=release if status and status.lower() == "embargoed" else None,
        advisories=(*_notes(root), *trash),
        urgency=urgency(attribute(child(docdata, "urgency"), "ed-urg")),
    )


def _updated(root: etree._Element) -> datetime | None:
    found = None
    for one in descendants(root, "revision-history"):
        found = moment(attribute(one, "norm")) or found
    return found


def _language(root: etree._Element) -> str | None:
    for name in ("{http://www.w3.org/XML/1998/namespace}lang", "lang", "baselang"):
        for one in (root, child(root, "body")):
            if (found := attribute(one, name)) is not None:
                return found
    return None


def _people(root: etree._Element) -> tuple[Person, ...]:
    """Take authors from ``byline/person`` alone: prose names everybody else."""
    head = child(root, "body", "body.head")
    found = (
        text_of(person)
        for byline in (descendants(head, "byline") if head is not None else ())
        for person in descendants(byline, "person")
    )
    return tuple(dict.fromkeys(Person(name=_BY.sub("", one, count=1)) for one in found if one))


def _rights(root: etree._Element, docdata: etree._Element | None) -> tuple[str | None, str | None]:
    """Return the holder, and the notice only where one is printed."""
    holder = attribute(child(docdata, "doc.copyright"), "holder")
    printed = child(root, "body", "body.head", "rights")
    if printed is not None and holder is None:
        holder = text_of(next(descendants(printed, "rights.owner"), None))
    return holder, text_of(printed)


def _usage(docdata: etree._Element | None) -> str | None:
    """Return the terms of ``doc.rights`` in words: when, where, what kind and what limits."""
    terms = child(docdata, "doc.rights")
    said = [
        f"{name} {value}" if name in {"from", "until"} else value
        for name, key in (
            ("from", "startdate"),
            ("until", "enddate"),
            ("", "geography"),
            ("", "type"),
            ("", "limitations"),
        )
        if (value := attribute(terms, key))
    ]
    return "; ".join(said) or None


def _source(docdata: etree._Element | None) -> str | None:
    return attribute(child(docdata, "del-list", "from-src"), "src-name")


def _section(root: etree._Element) -> str | None:
    for one in descendants(root, "pubdata"):
        if (section := attribute(one, "position.section")) is not None:
            return section
    return None


def _categories(root: etree._Element, docdata: etree._Element | None) -> tuple[Category, ...]:
    return tuple(dict.fromkeys(_subjects(root, docdata)))


def _subjects(root: etree._Element, docdata: etree._Element | None) -> Iterator[Category]:
    for one in descendants(root, "tobject.subject"):
        code = attribute(one, "tobject.subject.refnum")
        name = next(
            (
                found
                for part in ("detail", "matter", "type")
                if (found := attribute(one, f"tobject.subject.{part}"))
            ),
            None,
        )
        if code or name:
            yield Category(
                term=code or name or "", scheme="iptc-subject" if code else None, label=name
            )
    if docdata is not None:
        for one in descendants(docdata, "keyword"):
            if (term := attribute(one, "key")) is not None:
                yield Category(term=term)
        for one in descendants(docdata, "doc-scope"):
            if (term := attribute(one, "scope")) is not None:
                yield Category(term=term)


def _images(root: etree._Element) -> tuple[Image, ...]:
    found = []
    for media in descendants(root, "media"):
        reference = next(
            (one for one in descendants(media, "media-reference") if one.get("source")), None
        )
        source = attribute(reference, "source")
        if (
            source
            and _ADDRESS.search(source)
            and (attribute(media, "media-type") or "image").lower() in {"image", "photo"}
        ):
            found.append(
                Image(
                    url=source,
                    type=attribute(reference, "mime-type"),
                    caption=text_of(next(descendants(media, "media-caption"), None)),
                    credit=text_of(next(descendants(media, "media-producer"), None)),
                )
            )
    return tuple(found)


def _notes(root: etree._Element) -> tuple[str, ...]:
    found = [attribute(one, "info") for one in descendants(root, "ed-msg")]
    found += [text_of(one) for one in descendants(root, "note")]
    return tuple(dict.fromkeys(one for one in found if one))
