"""Fields of metadata that name houses: a credit line, a holder, a provider set apart from the story.

A line in the story must show that it is a credit; a field is one, whatever its words. What is
read here names the houses behind the copy. It is no line to print: that is the copy's own.
"""

import re
from collections.abc import Iterator, Sequence

from syndicator.credit.copyright import read_copyright
from syndicator.credit.form import Context, place
from syndicator.credit.houses import fold
from syndicator.credit.sources import read_source_line
from syndicator.model.credit import Byline, CreditLine, Fact, Scope
from syndicator.model.entry import Rights
from syndicator.model.patterns import pattern_of
from syndicator.model.text import squeeze

_EDGE = " \t\n.,;:–—-|/•·*()[]"
_PARTED = pattern_of(r"\s*[/;|•·–—]\s*|\s+-+\s+|\\")
_LISTED = pattern_of(r"\s*,\s*|\s+(?:and|und|et|y|e|og|och|&|with|mit|avec|con)\s+", re.IGNORECASE)
_BY = pattern_of(r"(?:by|von|par|por|di|av|af|source|quelle)\s*:?\s+", re.IGNORECASE)
_ADDRESS = pattern_of(r"(?:https?:)?//(?:www\.)?([^/?#\s]+)\S*", re.IGNORECASE)
_MARKS = pattern_of(r"\(c\)|\bcopyright\b|\bby\b", re.IGNORECASE)
_ACRONYM = pattern_of(r"[A-Z]{4,6}")  # fewer are the initials of one who wrote
_BARE = frozenset({"initials", "agencies-in-brackets", "agency-sign"})  # names alone, no words
_INITIALS = 4  # letters of the sign of a desk or of one who wrote
_LONGEST = 200


def read_credit_field(said: str, context: Context, people: Sequence[str] = ()) -> CreditLine | None:
    """Read a field that holds a credit line; ``people`` are the authors, who are no houses."""
    line = read_copyright(said, context) or read_source_line(said, context)
    named = line is not None and line.scope is Scope.ITEM and (line.holder or line.agencies)
    if named and line is not None and line.rule not in _BARE:
        return line
    return _line(said, _named(said, context, people), "credit-element")


def read_fields(
    rights: Rights,
    sources: Sequence[str],
    providers: Sequence[str],
    context: Context,
    people: Sequence[str] = (),
    told: Sequence[str] = (),
) -> list[CreditLine]:
    """Name the houses that own or supplied the copy by its metadata, each once.

    A holder and a source of content are houses whatever their names, unless they are its
    authors; authors, providers and terms of use say other things too, so there a house must be
    known. The notice of an item names an owner of the publisher as often as the publisher; there
    an agency counts, and it is heard where there is no holder. Those that were ``told`` before
    are left out.
    """
    found: list[CreditLine] = []
    known = {_meant(one, context) for one in told}
    for rule, said, houses in _fields(rights, sources, providers, context, people):
        new = [one for one in houses if _meant(one, context) not in known]
        known.update(_meant(one, context) for one in new)
        line = _line(said, new, rule)
        if line is not None:
            found.append(line)
    return found


def _meant(name: str, context: Context) -> str:
    house = context.houses.find(name, near=context.near) or context.houses.at(name)
    return house.name if house is not None else fold(name)


def _fields(
    rights: Rights,
    sources: Sequence[str],
    providers: Sequence[str],
    context: Context,
    people: Sequence[str],
) -> Iterator[tuple[str, str, list[str]]]:
    for said in people:
        agencies = [one for one in _parts(said, context) if _is_agency(one, context)]
        yield "author-element", said, agencies
    if rights.holder:
        notice = read_copyright(rights.holder, context)
        owner = notice.holder if notice is not None and notice.holder else rights.holder
        yield "holder-element", rights.holder, _named(owner, context, people)
    for said in sources:
        yield "source-element", said, _named(said, context, people)
    for rule, said in (
        *(("provider-element", one) for one in providers),
        ("usage-element", rights.usage or ""),
    ):
        if said and (house := _known(said, context)):
            yield rule, said, [house]
    if rights.notice and not rights.holder:
        agency = _owner(rights.notice, context)
        if agency and _is_agency(agency, context):
            yield "notice-element", rights.notice, [agency]


def read_byline_field(said: str, context: Context) -> CreditLine | None:
    """Name the houses of a byline that names nobody: known ones, or letters alone ("SANA")."""
    parts = _parts(said, context)
    houses = [one for one in parts if _known(one, context)]
    if len(parts) == 1 and _ACRONYM.fullmatch(parts[0]):
        houses = parts
    return _line(said, houses, "byline-element")


def authors_of(facts: Sequence[Fact]) -> list[str]:
    """Name the people of the bylines among ``facts``."""
    return [name for fact in facts if isinstance(fact, Byline) for name in fact.authors]


def _line(said: str, houses: Sequence[str], rule: str) -> CreditLine | None:
    return CreditLine(agencies=tuple(houses), **place(said, rule, 0.9)) if houses else None


def _named(said: str, context: Context, people: Sequence[str]) -> list[str]:
    """Return the houses in a field: all it names but its authors and initials."""
    known = {squeeze(one).casefold() for one in people}
    parts = [
        one for one in _parts(said, context) if one.casefold() not in known or _known(one, context)
    ]
    houses = [one for one in parts if _known(one, context) or not _is_initials(one)]
    return list(dict.fromkeys(houses))


def _parts(said: str, context: Context) -> list[str]:
    """Part a field into names; a comma parts only where a part is a house ("Variety Media, LLC")."""
    text = squeeze(said)[:_LONGEST]
    address = _ADDRESS.fullmatch(text)
    if address is not None:
        return [address[1]]
    text = _BY.sub("", text.strip(_EDGE), count=1)
    if _known(text, context):
        return [text]
    found: list[str] = []
    for part in _PARTED.split(text):
        listed = _LISTED.split(part)
        found += listed if any(_known(one, context) for one in listed) else [part]
    return [name for one in found if (name := one.strip(_EDGE))]


def _known(name: str, context: Context) -> str | None:
    """Return ``name`` if it is all that a house is called; initials may be those of a person."""
    bare = squeeze(name).strip(_EDGE)
    house = context.houses.find(bare, near=context.near)
    if house is not None and (not _is_initials(bare) or house.name == bare):
        return bare
    return bare if house is None and "." in bare and context.houses.at(bare) else None


def _owner(notice: str, context: Context) -> str | None:
    """Return who a notice says owns an item, if it says nothing else: of a picture, of data."""
    line = read_copyright(notice, context)
    if line is None or line.holder is None or line.scope is not Scope.ITEM:
        return None
    rest = notice.replace(line.holder, " ", 1)
    rest = rest.replace(line.statement, " ") if line.statement else rest
    return None if any(map(str.isalpha, _MARKS.sub(" ", rest))) else line.holder


def _is_agency(name: str, context: Context) -> bool:
    return context.houses.is_agency(name) and _known(name, context) is not None


def _is_initials(name: str) -> bool:
    return name.islower() and len(name) <= _INITIALS
