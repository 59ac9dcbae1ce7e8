"""What goes with a recording: Apple's podcast elements, Podcasting 2.0's, Media RSS durations."""

import re

import msgspec
from lxml import etree

from syndicator.ingest.native.links import number, resolved
from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.said import attribute, first_text
from syndicator.ingest.native.tree import Tree
from syndicator.model.entry import Companion, Enclosure, Episode

_CLOCK = re.compile(r"(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,6}):(?P<s>\d{1,2})(?:[.,]\d+)?", re.ASCII)
_SECONDS = re.compile(r"(\d{1,7})(?:\.\d+)?", re.ASCII)
LONGEST = 24 * 3600
"""Seconds beyond which a duration is a mistake: some write milliseconds."""
_SAID = {"yes": True, "true": True, "explicit": True, "no": False, "false": False, "clean": False}
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
    return _SAID.get((first_text(bag.get("itunes:explicit")) or "").lower())


def episode(bag: Bag, tree: Tree, *, of_feed: bool | None) -> Episode | None:
    """Return what an entry says of itself as an episode; ``of_feed`` is what its feed is."""
    said = None if _EPISODE.isdisjoint(bag) else _episode(bag, tree)
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
        transcripts=tuple(dict.fromkeys(one for one in transcripts if one is not None)),
    )


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


def with_recordings(files: tuple[Enclosure, ...], bag: Bag, tree: Tree) -> tuple[Enclosure, ...]:
    """Return the files of an entry with their durations; those of Media RSS where it has no other.

    ``itunes:duration`` is that of the first recording. Of a ``media:group`` the
    default counts, else the first: its members are one recording in several forms
    (Media RSS 1.5.1).
    """
    if _TIMED.isdisjoint(bag):
        return files
    contents = bag.get("media:content", []) + [
        one for group in bag.get("media:group", ()) for one in _of_group(group, tree)
    ]
    lengths: dict[str, int] = {}
    shown = []
    for node in contents:
        url, lasts = attribute(node, "url"), seconds(node.get("duration"))
        if url and _is_recording(node):
            shown.append(_file(resolved(url, node, tree), node))
            if lasts:
                lengths[shown[-1].url] = lasts
    files = files or tuple(dict.fromkeys(shown))
    whole = seconds(first_text(bag.get("itunes:duration")))
    made = []
    for file in files:
        lasts = lengths.get(file.url)
        if lasts is None and whole is not None and not (file.type or "").startswith("image/"):
            lasts, whole = whole, None
        made.append(msgspec.structs.replace(file, duration=lasts) if lasts else file)
    return tuple(made)


def _of_group(group: etree._Element, tree: Tree) -> list[etree._Element]:
    contents = list(tree.names.children(group).get("media:content", ()))
    recordings = [one for one in contents if _is_recording(one)]
    default = [one for one in recordings if (one.get("isDefault") or "").lower() == "true"]
    return (default or recordings)[:1]


def _is_recording(node: etree._Element) -> bool:
    kind = (node.get("type") or "").lower()
    return kind.startswith(("audio/", "video/"))


def _file(url: str, node: etree._Element) -> Enclosure:
    return Enclosure(url=url, type=attribute(node, "type"), length=number(node.get("fileSize")))
