"""What every form of credit shares: the context of a line, and how a fact is made."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from syndicator.credit.houses import Houses
from syndicator.model.patterns import pattern_of

MAX_LINE = 1500
"""No form looks at more of a line: a longer one is read by its first part."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What is known beside the text.

    ``near`` holds words about the source (publisher, address, language), which
    settle names that several houses share. ``year`` is that of publication.
    """

    headline: str = ""
    near: str = ""
    language: str | None = None
    year: int | None = None
    houses: Houses = field(default_factory=Houses)


def place(line: str, rule: str, confidence: float = 0.9, **more: Any) -> dict[str, Any]:
    """Return the fields of a fact that covers the whole of ``line``."""
    return {
        "start": 0,
        "end": len(line),
        "raw": line,
        "rule": rule,
        "confidence": confidence,
        **more,
    }


_OPEN = "([<{【（〔［〈<"
_CLOSE = ")]>}】）〕］〉>"


LONGEST_HOUSE = 8
_GAP = pattern_of(r"(\s{3})\s+")
_RUN = pattern_of(r"([^\w\s])\1{5,}")


@lru_cache(maxsize=256)  # each form asks it of the same line
def squeeze(text: str) -> str:
    """Shorten runs of white space and of one sign: they say nothing, and make patterns try too much."""
    text = _GAP.sub(r"\1", text) if "   " in text or "\n" in text or "\t" in text else text
    return _RUN.sub(lambda run: run[0][:5], text)


def unwrap(line: str) -> str:
    """Take off brackets, wire marks and dashes that stand around a whole line; at most ``MAX_LINE`` of it."""
    return _unwrapped(line.strip()[: 2 * MAX_LINE])


@lru_cache(maxsize=256)
def _unwrapped(line: str) -> str:
    text = squeeze(line)[:MAX_LINE].strip()
    text = (
        re.sub(r"^[\^_*~]+\s*|\s*[<=*_~]+$", "", text)
        if text[:1] in "^_*~" or text[-1:] in "<=*_~"
        else text
    )
    for _ in range(3):
        if len(text) > 2 and text[0] in _OPEN and text[-1] in _CLOSE and _balanced(text[1:-1]):  # noqa: PLR2004
            text = text[1:-1].strip()
        elif len(text) > 2 and text[0] in _OPEN and text[-1] == "." and text[-2] in _CLOSE:  # noqa: PLR2004
            text = text[1:-2].strip()
        else:
            break
    return text


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def undash(line: str) -> str:
    """Take off the dash or star that opens a sign-off."""
    return line.lstrip(" \t\r\n\f\v\xa0\u2003\u3000—–-*•·")


ABBREVIATED = pattern_of(
    r"(?:\b[A-Z]|\b(?:Inc|Co|Corp|Ltd|Bros|plc|Cos|LLC|St|Jr|Sr|Dr|Mr|Ms|Mrs|vs|No|Va|Ga|Pa|Fla|Calif|Tex|Mass|Wash|Ill|Mich|"
    r"Minn|Wis|Ala|Ariz|Ark|Colo|Conn|Del|Ind|Kan|Ky|La|Md|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Tenn|Vt|Wyo|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec))\.$"
)


def first_sentence(text: str) -> str:
    """Return ``text`` up to its first full stop that is none of an abbreviation."""
    for found in re.finditer(r"[.。!?](?=\s|$|[”\"’])", text):
        if found[0] != "." or not ABBREVIATED.search(text[max(0, found.end() - 10) : found.end()]):
            return text[: found.start()]
    return text


_SMALL = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "de",
        "del",
        "la",
        "le",
        "du",
        "des",
        "der",
        "die",
        "das",
        "und",
        "et",
        "y",
        "e",
        "do",
        "da",
        "di",
        "on",
        "in",
        "at",
        "staff",
        "newsroom",
    ]
)


class Gated:
    """A pattern of many words, asked only where one of their stems stands.

    Looking for a stem costs a fiftieth of what the pattern does. Every match
    of the pattern must hold one of the stems, in lower case.
    """

    __slots__ = ("_pattern", "_stems")

    def __init__(self, pattern: re.Pattern[str], stems: str) -> None:
        """Guard ``pattern`` with ``stems``, parted by strokes."""
        self._pattern = pattern
        self._stems = tuple(stems.split("|"))

    def search(self, text: str) -> re.Match[str] | None:
        """Search as the pattern does."""
        lower = text.lower()
        for stem in self._stems:
            if stem in lower:
                return self._pattern.search(text)
        return None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Match as the pattern does."""
        return self._pattern.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match the whole as the pattern does."""
        lower = text.lower()
        for stem in self._stems:
            if stem in lower:
                return self._pattern.fullmatch(text)
        return None

    def sub(self, new: str, text: str) -> str:
        """Replace as the pattern does."""
        lower = text.lower()
        for stem in self._stems:
            if stem in lower:
                return self._pattern.sub(new, text)
        return text


class Parted:
    """Alternatives of which most open the line: those are tried once, at its start.

    A search would try each of them at every place of the text. The others are
    gated by ``stems``, as :class:`Gated` is.
    """

    __slots__ = ("_anywhere", "_opening")

    def __init__(self, pattern: str, flags: re.RegexFlag, stems: str = "") -> None:
        """Sort the alternatives of ``pattern`` by whether they open with ``^``."""
        opening: list[str] = []
        anywhere: list[str] = []
        for one in alternatives(pattern):
            (opening if one.startswith(("^", "(?-i:^")) else anywhere).append(one)
        self._opening = pattern_of("|".join(opening), flags) if opening else None
        self._anywhere = Gated(pattern_of("|".join(anywhere), flags), stems) if anywhere else None

    def found(self, text: str) -> bool:
        """Say whether a search of the whole pattern would find anything."""
        if self._opening is not None and self._opening.match(text):
            return True
        return self._anywhere is not None and self._anywhere.search(text) is not None


_PARTING = pattern_of(r"\\.|[\[\]()|]", re.DOTALL)


def alternatives(pattern: str) -> list[str]:
    """Part a pattern at the strokes that stand in no group and no class."""
    found, start, depth, in_class = [], 0, 0, False
    for mark in _PARTING.finditer(pattern):
        if in_class:
            in_class = mark[0] != "]"
        elif mark[0] == "[":
            in_class = True
        elif mark[0] in "()":
            depth += 1 if mark[0] == "(" else -1
        elif mark[0] == "|" and depth == 0:
            found.append(pattern[start : mark.start()])
            start = mark.end()
    return [*found, pattern[start:]]


def house_like(name: str, houses: Houses) -> bool:
    """Say whether ``name`` can be that of a house: known, or a few words written as names are."""
    if houses.find(name):
        return True
    words = name.split()
    if not 0 < len(words) <= LONGEST_HOUSE or words[0].casefold() in {
        "this",
        "that",
        "these",
        "in",
        "on",
        "at",
    }:
        return False
    return all(
        word[0].isupper()
        or word[0].isdigit()
        or word in _SMALL
        or not word[0].isalpha()
        or not word[0].islower()
        for word in words
    )
