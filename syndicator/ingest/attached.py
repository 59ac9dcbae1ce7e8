"""What stands beside an entry's words, tidied: subjects, files, pictures, where it is discussed."""

import msgspec

from syndicator.ingest.markup import plain
from syndicator.model.address import absolute
from syndicator.model.entry import (
    Category,
    Companion,
    Discussion,
    Enclosure,
    Entry,
    Episode,
    Image,
)
from syndicator.model.text import legal, squeeze


def discussion(entry: Entry) -> Discussion | None:
    """Return where readers discuss an entry."""
    said = entry.discussion
    if said is None:
        return None
    url = absolute(said.url, entry.base)
    return Discussion(url=url, count=said.count) if url or said.count is not None else None


def episode(entry: Entry) -> Episode | None:
    """Return what is said of a recording, where there is one."""
    said = entry.episode
    if said is None or not entry.enclosures:
        return None
    transcripts = (_whole(one, entry) for one in said.transcripts)
    return msgspec.structs.replace(
        said,
        chapters=_whole(said.chapters, entry) if said.chapters else None,
        transcripts=tuple(one for one in transcripts if one is not None),
    )


def _whole(one: Companion, entry: Entry) -> Companion | None:
    url = absolute(one.url, entry.base)
    if url is None:
        return None
    return Companion(url=url, type=_clean(one.type), language=_clean(one.language))


def _clean(said: str | None) -> str | None:
    return squeeze(legal(said)) or None if said else None


def categories(entry: Entry, section: str | None) -> tuple[Category, ...]:
    """Return the subjects of an entry, each once, with its ``section`` as the last."""
    found = [
        Category(
            term=squeeze(plain(category.term)),
            scheme=category.scheme,
            label=plain(category.label) if category.label else None,
        )
        for category in entry.categories
    ]
    if section:
        found.append(Category(term=section))
    return tuple(dict.fromkeys(one for one in found if one.term))


def enclosures(entry: Entry) -> tuple[Enclosure, ...]:
    """Return the files of an entry that have an address."""
    found = []
    for one in entry.enclosures:
        url = absolute(one.url, entry.base)
        if url:
            found.append(
                msgspec.structs.replace(
                    one,
                    url=url,
                    type=_clean(one.type),
                    title=plain(one.title) if one.title else None,
                    credit=plain(one.credit) if one.credit else None,
                    rights=plain(one.rights) if one.rights else None,
                )
            )
    return tuple(found)


def images(entry: Entry) -> tuple[Image, ...]:
    """Return the pictures of an entry that have an address, each once."""
    found = {}
    for one in entry.images:
        url = absolute(one.url, entry.base)
        if url and url not in found:
            found[url] = Image(
                url=url,
                type=one.type,
                width=one.width,
                height=one.height,
                credit=plain(one.credit) if one.credit else None,
                caption=plain(one.caption) if one.caption else None,
                rights=plain(one.rights) if one.rights else None,
                license=one.license,
            )
    return tuple(found.values())
