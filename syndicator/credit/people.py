"""Everyone a sign-off names, and a list of names with places sorted into houses and people."""

import re
from dataclasses import dataclass, field
from typing import Any

from syndicator.credit.byline_parts import ROLE_NOUNS
from syndicator.credit.form import Context, house_like, place
from syndicator.credit.names import display_case, is_organization, is_person, split_names
from syndicator.credit.places import display_place, is_place, is_region
from syndicator.model.credit import Assistance
from syndicator.model.patterns import pattern_of

_GENERIC = pattern_of(
    r"(?:news |wire |other )?(?:agenc(?:y|ies)|wires|wire services|wire reports)", re.IGNORECASE
)
POSSESSIVE = pattern_of(r"(?P<house>.{2,40}?)(?:['’]s|['’])\s+(?=[A-ZÀ-Þ])")
_WRITERS = pattern_of(
    rf"(?P<house>(?:[A-Z][\w.&-]*\s+){{0,4}}?)(?P<role>(?:[A-Za-z-]+\s+){{0,3}}?(?i:{ROLE_NOUNS})(?:\s+in\s+\w+)?)\s+(?P<name>[A-ZÀ-Þ].*)"
)
_WHERE = pattern_of(
    r"^(?P<name>.+?)\s+(?:(?:in|from|at|aus|en|à|em|a)\s+|(?=near\s))(?P<place>(?:near\s+)?(?:The\s+|the\s+)?[A-ZÀ-Þ].*)$"
)
_PHONE = pattern_of(
    r",?\s*(?:\+\d[\d ()/-]{6,}|<[^<>\s@]{1,64}@[^<>\s@]{1,64}>|[^\s@]{1,64}@[^\s@.]{1,64}(?:\.[\w-]{1,24}){1,4})"
)
MAX_PLACE_WORDS = 6


@dataclass
class People:
    """Everyone a sign-off names, as they are found."""

    contributors: list[str] = field(default_factory=list)
    reporters: list[str] = field(default_factory=list)
    writers: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    organizations: list[str] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)

    def found(self) -> bool:
        """Say whether anyone was named."""
        return bool(
            self.contributors
            or self.reporters
            or self.writers
            or self.editors
            or self.organizations
        )

    def fact(self, line: str, rule: str, confidence: float, start: int = 0) -> Assistance:
        """Return the fact."""
        fields: dict[str, Any] = {
            name: tuple(dict.fromkeys(getattr(self, name))) for name in self.__dataclass_fields__
        }
        covers = place(line, rule, confidence) | {"start": start, "raw": line[start:]}
        return Assistance(**fields, **covers)


def gather(text: str, target: list[str], people: People, context: Context) -> bool:
    """Sort a list of names with places into ``target``; ``False`` where it is prose."""
    text = _PHONE.sub("", " ".join(text.split())).strip(" ;,.:()-–—")
    placed = False
    for raw in split_names(text):
        item = raw.strip(" .;")
        if not item:
            continue
        known = is_place(item) and context.houses.find(item) is None
        if (placed and (is_region(item) or known)) or (known and target and " " not in item):
            if is_region(item) and people.locations:
                people.locations[-1] += f", {item}"
            else:
                people.locations.append(display_place(item))
            continue
        name, where = _locate(item)
        if where:
            people.locations.append(where)
            placed = True
        if not _name(name, target, people, context):
            return False
    return True


def _locate(item: str) -> tuple[str, str | None]:
    found = _WHERE.match(item)
    if found and len(found["place"].split()) < MAX_PLACE_WORDS:
        return found["name"], found["place"].strip(" .,")
    return item, None


def _name(name: str, target: list[str], people: People, context: Context) -> bool:
    """File one item as a house or a person; strip the house and role that stand before a name."""
    own = POSSESSIVE.match(name)
    if own and (
        context.houses.find(own["house"]) or is_organization(own["house"]) or own["house"].isupper()
    ):
        people.organizations.append(own["house"])
        name = name[own.end() :]
    name = re.sub(r"^the ", "", name)
    titled = _WRITERS.match(name)
    if titled and is_person(display_case(titled["name"]), mononym=True):
        house = (titled["house"] or "").strip() or _house_in(titled["role"], context)
        people.organizations.extend([house] if house else [])
        name = titled["name"]
    elif (
        context.houses.find(name)
        or is_organization(name)
        or _GENERIC.fullmatch(name)
        or re.fullmatch(r"[\w ]+ (?:newsroom|bureau|staff|desk)", name, re.IGNORECASE)
    ):
        people.organizations.append(name)
        return house_like(name, context.houses) or _GENERIC.fullmatch(name) is not None
    if is_person(display_case(name), mononym=bool(target) or len(name.split()) > 1):
        target.append(display_case(name))
        return True
    return False


def _house_in(role: str, context: Context) -> str | None:
    words = role.split()
    return next(
        (
            " ".join(words[:n])
            for n in range(len(words) - 1, 0, -1)
            if context.houses.find(" ".join(words[:n]))
        ),
        None,
    )
