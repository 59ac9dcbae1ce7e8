"""NewsML 1.x → Feed: one entry a ``NewsItem`` that holds a text.

The text may be NITF, XHTML, or HTML or plain words in CDATA. Pictures in the
same item become the entry's images, with their captions and credits; an item
that is nothing but pictures, or a mere list of others, is left out.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from syndicator.errors import ReadError
from syndicator.ingest.story.blocks import (
    blocks_of,
    blocks_of_text,
    without_marks,
    without_title,
    without_trash,
)
from syndicator.ingest.story.newsml1pictures import Asides, images_of, is_visual
from syndicator.ingest.story.nitf import nitf_head, nitf_story
from syndicator.ingest.story.text import moment, urgency, without_text
from syndicator.ingest.story.tree import attribute, child, children, descendants, local, text_of
from syndicator.model.entry import Category, Document, Entry, Feed, Origin, Rights

_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_LINES = (
    "headline",
    "subheadline",
    "byline",
    "bylinetitle",
    "dateline",
    "creditline",
    "copyrightline",
    "rightsline",
)


def read_newsml1(document: Document, root: etree._Element) -> Feed:
    """Read the text items of a NewsML 1 document.

    Raises:
        ReadError: no item holds a headline or a text.
    """
    items = [root] if local(root) == "newsitem" else list(descendants(root, "newsitem"))
    entries = []
    pictures = 0
    for item in items:
        entry = _entry(document, item)
        if entry.content:
            entries.append(entry)
        elif entry.images or not entry.title:
            pictures += 1
        else:
            entries.append(entry)
    if not entries:
        raise ReadError("not-a-feed", f"{document.url}: NewsML without an item of text")
    return Feed(
        format="newsml1", origin=Origin(), entries=tuple(entries), warnings=without_text(pictures)
    )


def _entry(document: Document, item: etree._Element) -> Entry:
    identity = child(item, "identification", "newsidentifier")
    management = child(item, "newsmanagement")
    asides = Asides(item)
    lines = _newslines(item, asides)
    story, printed = _story(item, asides)
    story, trash = without_trash(story)
    status = attribute(child(management, "status"), "formalname")
    # A label alone names a list of items, not a story.
    title = lines["headline"] or printed.get("title") or (_label(item) if story else None)
    return Entry(
        guid=_guid(identity),
        title=title,
        summary=lines["subheadline"] or printed.get("abstract"),
        content="".join(without_title(story, title)) or None,
        content_html=True,
        base=document.url,
        published=moment(text_of(child(management, "firstcreated"))),
        updated=moment(text_of(child(management, "thisrevisioncreated"))),
        categories=tuple(dict.fromkeys(_categories(item))),
        images=images_of(item, asides),
        language=_language(item),
        rights=_rights(item, lines, asides),
        byline=_joined(lines["byline"] or printed.get("byline"), lines["bylinetitle"]),
        dateline=_place(lines["dateline"]) or printed.get("dateline"),
        provider=_provider(item, identity, asides),
        credit=lines["creditline"],
        pubstatus=status.lower() if status else None,
        embargoed=_embargo(management, status),
        advisories=(*_advisories(management, item), *trash),
        urgency=urgency(attribute(child(management, "urgency"), "formalname")),
    )


def _joined(byline: str | None, title: str | None) -> str | None:
    return f"{byline}\n{title}" if byline and title else byline


def _place(dateline: str | None) -> str | None:
    """Some print nothing but a date as dateline; that is no place."""
    return dateline if dateline and any(one.isalpha() for one in dateline) else None


def _guid(identity: etree._Element | None) -> str | None:
    """Return the URN of the item without its revision, so that revisions are one article."""
    provider, date, number = (
        text_of(child(identity, name)) for name in ("providerid", "dateid", "newsitemid")
    )
    if provider and number:
        return ":".join(("urn:newsml", provider, date or "", number))
    return text_of(child(identity, "publicidentifier"))


def _label(item: etree._Element) -> str | None:
    return text_of(child(item, "identification", "namelabel"))


def _newslines(item: etree._Element, asides: Asides) -> dict[str, str | None]:
    """Take each line from the first place that says it; lines of pictures do not count."""
    found: dict[str, str | None] = dict.fromkeys(_LINES)
    for lines in descendants(item, "newslines"):
        if asides.hold(lines):
            continue
        for line in lines:
            name = local(line)
            if name in found and found[name] is None:
                found[name] = text_of(line)
    return found


def _story(item: etree._Element, asides: Asides) -> tuple[list[str], dict[str, str | None]]:
    """Return the blocks of the text, those of the main component if one is marked so."""
    texts = []
    for content in descendants(item, "contentitem"):
        component = content.getparent()
        data = child(content, "datacontent")
        if data is None or component is None or asides.hold(content):
            continue
        if is_visual(content):
            continue
        blocks, printed = _data(data)
        if blocks:
            role = (attribute(child(component, "role"), "formalname") or "").lower()
            texts.append((role.startswith("main"), blocks, printed))
    chosen = [one for one in texts if one[0]] or texts
    blocks = [block for _, part, _ in chosen for block in part]
    seen: set[str] = set()  # alternatives of one text repeat its blocks
    unique = [one for one in blocks if not (one in seen or seen.add(one))]  # type: ignore[func-returns-value]
    return (unique if len(chosen) > 1 else blocks), (chosen[0][2] if chosen else {})


def _data(data: etree._Element) -> tuple[list[str], dict[str, str | None]]:
    nitf = next(descendants(data, "nitf"), None)
    if nitf is not None:
        return nitf_story(nitf), nitf_head(nitf)
    body = next(descendants(data, "body"), None)
    if body is not None or len(data):
        return without_marks(blocks_of(body if body is not None else data)), {}
    return without_marks(blocks_of_text((data.text or "").strip())), {}


def _categories(item: etree._Element) -> Iterator[Category]:
    names = {}
    for topic in descendants(item, "topic"):
        code = text_of(child(topic, "formalname"))
        named = [
            one for one in children(topic, "description") if attribute(one, "Variant") == "Name"
        ] or list(children(topic, "description"))
        english = [one for one in named if (one.get(_LANG) or "").startswith("en")]
        if code and named:
            names[code] = text_of((english or named)[0])
    for one in descendants(item, "subject", "subjectmatter", "subjectdetail", "subjectqualifier"):
        if (code := attribute(one, "FormalName")) is not None:
            yield Category(term=code, scheme="iptc-subject", label=names.get(code))
    for one in descendants(item, "property"):
        if (attribute(one, "FormalName") or "").lower() == "keyword":
            for term in (attribute(one, "Value") or "").split(";"):
                if term.strip():
                    yield Category(term=term.strip())


_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _language(item: etree._Element) -> str | None:
    for one in descendants(item, "language"):
        if (found := attribute(one, "FormalName")) is not None:
            return found.lower()
    return attribute(item, _LANG)


def _provider(item: etree._Element, identity: etree._Element | None, asides: Asides) -> str | None:
    """Return who provides the item: by name where it is said, else by address (``afp.com``)."""
    parties = [
        party
        for name in ("provider", "source")
        for one in _of_text(item, asides, name)
        if (party := attribute(child(one, "party"), "FormalName")) is not None
    ]
    named = (one for one in parties if not _ADDRESS.fullmatch(one))
    return next(named, None) or next(iter(parties), None) or text_of(child(identity, "providerid"))


def _of_text(item: etree._Element, asides: Asides, *names: str) -> Iterator[etree._Element]:
    """Yield the elements below with these names that are not said of a picture."""
    return (one for one in descendants(item, *names) if not asides.hold(one))


def _rights(item: etree._Element, lines: dict[str, str | None], asides: Asides) -> Rights:
    holder = text_of(next(_of_text(item, asides, "copyrightholder"), None)) or None
    usage = [text_of(one) for one in _of_text(item, asides, "usagetype", "limitations")]
    if lines["rightsline"]:
        usage.insert(0, lines["rightsline"])
    return Rights(
        notice=lines["copyrightline"],
        holder=holder,
        usage=" ".join(dict.fromkeys(one for one in usage if one)) or None,
    )


def _embargo(management: etree._Element | None, status: str | None) -> datetime | None:
    if (status or "").lower() != "embargoed":
        return None
    return moment(text_of(child(management, "statuswillchange", "dateandtime")))


def _advisories(management: etree._Element | None, item: etree._Element) -> tuple[str, ...]:
    found = (
        [text_of(one) for one in children(management, "instruction", "editorialnote")]
        if (management is not None)
        else []
    )
    found += [text_of(one) for one in descendants(item, "editorialnote", "instructions")]
    return tuple(dict.fromkeys(one for one in found if one))
