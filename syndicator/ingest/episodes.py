"""What the words of podcasts mean, whichever reader met them (Apple, Podcasting 2.0). Pure."""

import re
from collections.abc import Sequence

from syndicator.model.entry import Enclosure

_CLOCK = re.compile(r"(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,6}):(?P<s>\d{1,2})(?:[.,]\d+)?", re.ASCII)
_SECONDS = re.compile(r"(\d{1,7})(?:\.\d+)?", re.ASCII)
LONGEST = 24 * 3600
"""Seconds beyond which a duration is a mistake: some write milliseconds."""
PLAYED = ("audio/", "video/")
_EXPLICIT = frozenset({"yes", "true", "explicit"})
_CLEAN = frozenset({"no", "false", "clean"})
_KINDS = frozenset({"full", "trailer", "bonus"})


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


def is_explicit(word: str | None) -> bool | None:
    """Read ``itunes:explicit``: whether something is not for children; ``None``: not said."""
    said = (word or "").strip().lower()
    return True if said in _EXPLICIT else False if said in _CLEAN else None


def kind_of(word: str | None) -> str | None:
    """Read ``itunes:episodeType``: ``full``, ``trailer`` or ``bonus``; ``None``: not said."""
    said = (word or "").strip().lower()
    return said if said in _KINDS else None


def first_recording(files: Sequence[Enclosure]) -> int | None:
    """Return which file is the first that can be played, else the first of no known type."""
    kinds = [(file.type or "").lower() for file in files]
    played = (place for place, kind in enumerate(kinds) if kind.startswith(PLAYED))
    unsaid = (place for place, kind in enumerate(kinds) if not kind)
    return next(played, next(unsaid, None))
