"""Marks for editors between the paragraphs of a story: where it may be cut. Pure."""

import re
from collections.abc import Iterable

from syndicator.credit.advisory import read_advisory
from syndicator.credit.form import Context
from syndicator.credit.lines import Line, moved
from syndicator.model.credit import Advisory
from syndicator.model.patterns import pattern_of

TRIM = "trim_mark"
LONGEST = 100
_SIGNS = ("can end", "may end", "optional", "end trim")
_SHOUTED = pattern_of(r"\W*[^a-zß-ÿ]{8,}$")
_BRACKETED = pattern_of(r"[(\[][^()\[\]]+[)\]]\W*$")
_OPENS = pattern_of(r"\W*(?:begin|start)\b", re.IGNORECASE)


def read_middle(lines: Iterable[Line], text: str, context: Context) -> list[Advisory]:
    """Return the trim marks that stand on lines of their own, in brackets or capitals.

    They are for editors: a reader must not see them, wherever they stand.
    """
    short = [line for line in lines if len(line.text) <= LONGEST]
    if not short or not _signed(text.lower()):
        return []
    found = []
    for line in short:
        if not (_BRACKETED.match(line.text) or _SHOUTED.match(line.text)):
            continue
        note = read_advisory(line.text, context)
        if isinstance(note, Advisory) and note.action == TRIM:
            found.append(moved(note, line))
    return found


def _signed(text: str) -> bool:
    return any(sign in text for sign in _SIGNS)


def is_end(mark: Advisory) -> bool:
    """Whether a story may end at a mark; one that only opens a part to be left out is no end."""
    return mark.action == TRIM and not _OPENS.match(mark.raw)
