"""Paid press releases: whose they are, and the contact lines after their last sentence."""

import re

from syndicator.credit.form import Context, house_like, place
from syndicator.credit.lines import Line, moved
from syndicator.model.credit import CreditLine, Dateline, Fact, Furniture
from syndicator.model.house import HouseKind
from syndicator.model.patterns import pattern_of

_SOURCE = pattern_of(r"(?:SOURCE|Source|Quelle|Fuente)\s*:?\s+(?P<who>\S.{1,100})")
_SENTENCE = pattern_of(r"[.!?]['\"”’)]*$")
_ADDRESS = pattern_of(r"@|https?://|www\.|\+?\d[\d ()/.-]{7,}")
SENTENCE_WORDS = 10


def release_source(text: str, context: Context) -> CreditLine | None:
    """Read ``SOURCE Merrow Ferries, Inc.``: who paid for a release."""
    found = _SOURCE.fullmatch(text)
    if found is None:
        return None
    who = re.split(r"\s+(?:CONTACT|Contact)\b|;", found["who"])[0].strip()
    if not house_like(who, context.houses) or (
        _SENTENCE.search(who) and not re.search(r"(?:Inc|Ltd|Co|Corp|plc|S\.A|L\.P)\.$", who)
    ):
        return None
    return CreditLine(agencies=(who,), **place(text, "release-source", 0.8))


def is_release(facts: list[Fact], context: Context) -> bool:
    """Say whether the dateline is that of a house that carries paid releases."""
    for fact in facts:
        if isinstance(fact, Dateline) and fact.agency:
            house = context.houses.find(fact.agency)
            return house is not None and house.kind is HouseKind.RELEASE
    return False


def release_end(every: list[Line], context: Context) -> list[Fact]:
    """Read what stands after the last sentence of a release: contacts, logos, the source."""
    facts: list[Fact] = []
    for line in reversed(every):
        source = release_source(line.text, context)
        if source is not None:
            facts.append(moved(source, line))
        elif _is_sentence(line.text):
            break
        else:
            facts.append(moved(Furniture(**place(line.text, "release-contacts", 0.7)), line))
    return facts if len(facts) < len(every) else []


def _is_sentence(text: str) -> bool:
    words = _ADDRESS.sub(" ", text).split()
    return len(words) >= SENTENCE_WORDS or (
        len(words) > SENTENCE_WORDS // 2 and _SENTENCE.search(text) is not None
    )
