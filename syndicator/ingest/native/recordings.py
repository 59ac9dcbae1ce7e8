"""What goes with a recording: Apple's podcast elements, Podcasting 2.0's, Media RSS durations."""

import re
from collections.abc import Iterator, Sequence

import msgspec
from lxml import etree

from syndicator.ingest.native import media
from syndicator.ingest.native.links import number, resolved
from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.said import attribute, first_text
from syndicator.ingest.native.tree import Tree
from syndicator.model.entry import Companion, Enclosure, Episode

_CLOCK = re.compile(r"(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,6}):(?P<s>\d{1,2})(?:[.,]\d+)?", re.ASCII)
_SECONDS = re.compile(r"(\d{1,7})(?:\.\d+)?", re.ASCII)
LONGEST = 24 * 3600
"""Seconds beyond which a duration is a mistake: some write milliseconds."""
SAID = {"yes": True, "true": True, "explicit": True, "no": False, "false": False, "clean": False}
PLAYED = ("audio/", "video/")
MOST_TRANSCRIPTS = 20
EPISODE_KINDS = frozenset({"full", "trailer", "bonus"})
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


def seconds(text: str | None) -> int | None:
    """Read a duration: ``H:MM:SS``, ``M:SS`` or seconds; ``None`` for none, and for nonsense."""
    said = (text or "").strip()
    if found := _CLOCK.fullmatch(said):
        total = int(found["h"] or 0) * 3600 + int(found["m"]) * 60 + int(found["s"])
    elif found := _SECONDS.fullmatch(said):
        total = int(found[1])
    else:
        return None
    return total if 0 < total <= LONGEST else None


def explicit(bag: Bag) -> bool | None:
    """Return whether what a feed or an entry holds is not for children, as it says."""
    return SAID.get((first_text(bag.get("itunes:explicit")) or "").lower())


def episode(bag: Bag, tree: Tree, *, of_feed: bool | None) -> Episode | None:
    """Return what an entry says of itself as an episode; ``of_feed`` is what its feed is."""
    said = None if _EPISODE.isdisjoint(bag) else _episode(bag, tree)
    if said == Episode():
        said = None  # words that say nothing
    if of_feed is None or (said is not None and said.explicit is not None):
        return said
    return msgspec.structs.replace(said or Episode(), explicit=of_feed)


def _episode(bag: Bag, tree: Tree) -> Episode:
    kind = (first_text(bag.get("itunes:episodetype")) or "").lower()
    chapters = (_companion(node, tree) for node in bag.get("podcast:chapters", ()))
    transcripts = (_companion(node, tree) for node in bag.get("podcast:transcript", ()))
    return Episode(
        season=_ordinal(bag, "itunes:season", "podcast:season"),
        number=_ordinal(bag, "itunes:episode", "podcast:episode"),
        kind=kind if kind in EPISODE_KINDS else None,
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
        if is_recording(node):
            yield from _file(node, here, tree)
    for group in bag.get("media:group", ()):
        inside = tree.names.children(group)
        of_group = media.said(inside, here)
        members = [one for one in inside.get("media:content", ()) if is_recording(one)]
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


def first_recording(files: Sequence[Enclosure]) -> int | None:
    """Return which file is the first that can be played, else the first of no known type."""
    kinds = [(file.type or "").lower() for file in files]
    played = (place for place, kind in enumerate(kinds) if kind.startswith(PLAYED))
    unsaid = (place for place, kind in enumerate(kinds) if not kind)
    return next(played, next(unsaid, None))


def is_recording(node: etree._Element) -> bool:
    """Whether a ``media:content`` is a sound or a film."""
    kind, medium = (node.get("type") or "").lower(), (node.get("medium") or "").strip().lower()
    return kind.startswith(PLAYED) or (not kind and medium in {"audio", "video"})
