"""Text of an article → credit facts with their places.

Only the edges are read, the first lines and the last, and what is glued to
the last sentence: sentences of the story use the same words. Between them only
marks for editors are looked for, which stand on lines of their own. Words that
are no fact are the story, and the story is never touched. Pure, and linear in
the length of the text.
"""

import msgspec

from syndicator.credit.bottom import read_bottom
from syndicator.credit.form import Context
from syndicator.credit.lines import lines_of
from syndicator.credit.middle import read_middle
from syndicator.credit.release import is_release, release_end
from syndicator.credit.top import read_top
from syndicator.model.credit import Byline, CreditLine, Dateline, Fact, Furniture, Scope
from syndicator.model.house import HouseKind


def read(text: str, context: Context) -> tuple[Fact, ...]:
    """Return the facts in the order they stand; spans lie in ``text`` and never overlap."""
    every = lines_of(text)
    facts, taken = read_top(every, context)
    rest = every[taken:]
    bottom = read_bottom(rest, text, context)
    if rest and is_release(facts, context):
        read_to = min((fact.start for fact in bottom), default=len(text) + 1)
        bottom = release_end([one for one in rest if one.start < read_to], context) + bottom
    after = facts[-1].end if facts else 0
    below = min((fact.start for fact in bottom), default=len(text) + 1)
    bottom += read_middle([one for one in rest if after <= one.start < below], text, context)
    facts.extend(sorted((one for one in bottom if one.start >= after), key=lambda one: one.start))
    if all(isinstance(fact, Furniture) for fact in facts) and not _left(text, facts):
        return ()  # words that are all an entry has are its story, whatever they are
    return tuple(_carried(facts, context))


def _left(text: str, facts: list[Fact]) -> bool:
    """Say whether anything of the text is no fact."""
    place = 0
    for fact in facts:
        if text[place : fact.start].strip():
            return True
        place = fact.end
    return bool(text[place:].strip())


def _carried(facts: list[Fact], context: Context) -> list[Fact]:
    """A notice by another house than the agency that wrote is the carrier's, of its whole site."""
    agencies = {name for fact in facts for name in _agencies(fact, context)}
    if not agencies:
        return facts
    return [
        msgspec.structs.replace(fact, scope=Scope.SITE)
        if isinstance(fact, CreditLine) and _is_other(fact, agencies, context)
        else fact
        for fact in facts
    ]


def _agencies(fact: Fact, context: Context) -> list[str]:
    """Name the agencies that a byline or a dateline says wrote this."""
    names: tuple[str | None, ...] = ()
    if isinstance(fact, Byline):
        names = fact.organizations
    elif isinstance(fact, Dateline):
        names = (fact.agency,)
    houses = [context.houses.find(name) for name in names if name]
    return [one.name for one in houses if one is not None and one.kind is HouseKind.AGENCY]


def _is_other(line: CreditLine, agencies: set[str], context: Context) -> bool:
    if line.holder is None or line.distributor or line.site or line.scope is not Scope.ITEM:
        return False
    house = context.houses.find(line.holder)
    return house is None or house.name not in agencies
