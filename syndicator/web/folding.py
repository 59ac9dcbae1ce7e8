"""Words as they are compared in a search: without case, accents and punctuation, in any script."""

import re
import unicodedata

from syndicator.model.text import SPACELESS

MOST = 8
"""Words of a search; more are not heard."""
# Marks that readers leave out when they type: of Latin, Greek and Cyrillic, of Hebrew and Arabic.
# Those of other scripts are letters by rights and stay.
_MARKS = (
    (0x0300, 0x036F),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x0640, 0x0640),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE20, 0xFE2F),
)
_UNSPACED = re.compile(f"[{SPACELESS}]")
"""There every letter counts as a word."""
_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
_KEPT = frozenset("LNM")
_ROOM = 20_000
"""Letters remembered: more than desks print, and fewer than somebody can make up."""


class _Table(dict[int, str]):
    """What becomes of each letter, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if any(first <= code <= last for first, last in _MARKS):
            said = ""
        elif unicodedata.category(letter)[0] not in _KEPT:
            said = " "
        elif _UNSPACED.match(letter):
            said = letter if unicodedata.combining(letter) else f" {letter}"
        else:
            said = _LETTERS.get(letter, letter)
        if len(self) < _ROOM:
            self[code] = said
        return said


_TABLE = _Table()


def folded(text: str) -> str:
    """Return the words of a text, each between two single spaces; ``""`` if it has none.

    The beginning of a word is then found by looking for it after a space.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_TABLE)
    words = " ".join(plain.split())
    return f" {words} " if words else ""


def terms(query: str) -> tuple[str, ...]:
    """Return what to look for in folded text: each word a reader typed, once, as a beginning.

    What stood together there, as in ``covid-19``, is looked for together.
    """
    found = (folded(word).rstrip() for word in query.split())
    return tuple(dict.fromkeys(one for one in found if one))[:MOST]
