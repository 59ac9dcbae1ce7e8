"""What goes with a recording: Apple's podcast elements, Podcasting 2.0's, Media RSS durations."""

from collections.abc import Iterator

import msgspec
from lxml import etree

from syndicator.ingest.episodes import PLAYED, first_recording, is_explicit, kind_of, seconds
from syndicator.ingest.native import media
from syndicator.ingest.native.links import number, resolved
from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.said import attribute, first_text
from syndicator.ingest.native.tree import Tree
from syndicator.model.entry import Companion, Enclosure, Episode

MOST_TRANSCRIPTS = 20
_TIMED = frozenset({"media:content", "media:group", "itunes:duration"})
_EPISODE = frozenset(
    {
        "itunes:explicit",
        "itunes:season",
        "itunes:episode",
        "itunes:episodetype",
        "podcast:season",
        "podcast:episode",
        "podcast:transcript",
        "podcast:chapters",
    }
)


def explicit(bag: Bag) -> bool | None:
    """Return whether what a feed or an entry holds is not for children, as it says."""
    return is_explicit(first_text(bag.get("itunes:explicit")))


def episode(bag: Bag, tree: Tree, *, of_feed: bool | None) -> Episode | None:
    """Return what an entry says of itself as an episode; ``of_feed`` is what its feed is."""
    said = None if _EPISODE.isdisjoint(bag) else _episode(bag, tree)
    if said == Episode():
        said = None  # words that say nothing
    if of_feed is None or (said is not None and said.explicit is not None):
        return said
    return msgspec.structs.replace(said or Episode(), explicit=of_feed)


def _episode(bag: Bag, tree: Tree) -> Episode:
    chapters = (_companion(node, tree) for node in bag.get("podcast:chapters", ()))
    transcripts = (_companion(node, tree) for node in bag.get("podcast:transcript", ()))
    return Episode(
        season=_ordinal(bag, "itunes:season", "podcast:season"),
        number=_ordinal(bag, "itunes:episode", "podcast:episode"),
        kind=kind_of(first_text(bag.get("itunes:episodetype"))),
        explicit=explicit(bag),
        chapters=next((one for one in chapters if one is not None), None),
        transcripts=tuple(_each_once(transcripts))[:MOST_TRANSCRIPTS],
    )


def _each_once(found: Iterator[Companion | None]) -> dict[Companion, None]:
    return dict.fromkeys(one for one in found if one is not None)


def _ordinal(bag: Bag, *names: str) -> int | None:
    said = (number(first_text(bag.get(name))) for name in names)
    return next((one for one in said if one), None)


def _companion(node: etree._Element, tree: Tree) -> Companion | None:
    url = attribute(node, "url", "href")
    if not url:
        return None
    return Companion(
        url=resolved(url, node, tree),
        type=attribute(node, "type"),
        language=attribute(node, "language"),
    )


def with_recordings(
    files: tuple[Enclosure, ...], bag: Bag, above: media.Said, tree: Tree
) -> tuple[Enclosure, ...]:
    """Return the files of an entry with their durations; those of Media RSS where it has no other.

    ``itunes:duration`` is that of the first recording, where none says its own.
    Of a ``media:group`` the default counts, else the first: its members are one
    recording in several forms (Media RSS 1.5.1). What is restricted to some
    countries, places or kinds of use is no file.
    """
    if _TIMED.isdisjoint(bag):
        return files
    shown = {one.url: one for one in _shown(bag, above, tree)}
    files = files or tuple(shown.values())
    made = [_told(file, shown.get(file.url)) for file in files]
    whole = seconds(first_text(bag.get("itunes:duration")))
    first = first_recording(made)
    if whole is not None and first is not None and not any(one.duration for one in made):
        made[first] = msgspec.structs.replace(made[first], duration=whole)
    return tuple(made)


def _shown(bag: Bag, above: media.Said, tree: Tree) -> Iterator[Enclosure]:
    """Yield the recordings of Media RSS with what the nearest level says of each."""
    here = media.said(bag, above)
    if "media:restriction" in bag:
        return
    for node in bag.get("media:content", ()):
        if _is_recording(node):
            yield from _file(node, here, tree)
    for group in bag.get("media:group", ()):
        inside = tree.names.children(group)
        of_group = media.said(inside, here)
        members = [one for one in inside.get("media:content", ()) if _is_recording(one)]
        default = [one for one in members if (one.get("isDefault") or "").lower() == "true"]
        if "media:restriction" not in inside:
            for node in (default or members)[:1]:
                yield from _file(node, of_group, tree)


def _file(node: etree._Element, here: media.Said, tree: Tree) -> Iterator[Enclosure]:
    url = attribute(node, "url")
    inside = tree.names.children(node) if len(node) else {}
    if url and "media:restriction" not in inside:
        own = media.said(inside, here) if inside else here
        yield Enclosure(
            url=resolved(url, node, tree),
            type=attribute(node, "type"),
            length=number(node.get("fileSize")),
            duration=seconds(node.get("duration")),
            credit=own.credit,
            rights=own.rights,
        )


def _told(file: Enclosure, shown: Enclosure | None) -> Enclosure:
    """Add to a file what Media RSS says of the same address."""
    if shown is None or shown is file:
        return file
    return msgspec.structs.replace(
        file, duration=shown.duration, credit=shown.credit, rights=shown.rights
    )


def _is_recording(node: etree._Element) -> bool:
    """Whether a ``media:content`` is a sound or a film."""
    kind, medium = (node.get("type") or "").lower(), (node.get("medium") or "").strip().lower()
    return kind.startswith(PLAYED) or (not kind and medium in {"audio", "video"})
