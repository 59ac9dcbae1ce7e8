"""The parts of a byline between commas, strokes and line ends: who is a person, a house, a role, a place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from syndicator.credit.form import Context, Gated, house_like
from syndicator.credit.names import display_case, is_organization, is_person, split_names
from syndicator.credit.places import display_place, is_place
from syndicator.model.patterns import pattern_of

ROLE_NOUNS = (
    r"writers?|reporters?|correspondents?|editors?|columnists?|contributors?|journalists?|photographers?|producers?|critics?|analysts?|staff|"
    r"fellows?|interns?|anchors?|blogger|freelancer|researchers?|librarian|professor|lecturer|director|author|intern|chief|marketing|specialist|"
    r"redakteur(?:in)?|korrespondent(?:in)?|reporterin|volontär(?:in)?|rechtsanwalt|rechtsanwältin|chefredakteur(?:in)?|"
    r"correspondante?|envoyée? spéciale?|journaliste|rédacteur|rédactrice|corresponsal|enviad[oa] especial|periodista|redactora?|repórter|jornalista|"
    r"corrispondente|giornalista|inviat[oa]|verslaggever|redacteur|correspondente|journalist|toimittaja|reporter|korrespondent"
)
ROLE = Gated(
    pattern_of(rf"\b(?:{ROLE_NOUNS})\b", re.IGNORECASE),
    "writer|reporter|correspond|editor|columnist|contributor|journalist|photographer|producer|critic|analyst|staff|fellow|intern|anchor|"
    "blogger|freelancer|researcher|librarian|professor|lecturer|director|author|chief|marketing|specialist|redakteur|korrespondent|volont|"
    "rechtsanw|envoyé|rédact|corresponsal|enviad|periodista|redactor|repórter|jornalista|corrispondente|giornalista|inviat|verslaggever|"
    "redacteur|toimittaja",
)
_ROLE_AT = pattern_of(
    rf"(?P<role>.*?\b(?:{ROLE_NOUNS})\b.*?)\s+(?:with|at|for|of|für|bei|de|du|da|der|in|à|en|from)\s+(?:the\s+)?(?P<where>[A-ZÀ-Þ].*)",
    re.IGNORECASE,
)
_TITLE = pattern_of(
    rf"(?P<role>(?:{ROLE_NOUNS}|dr\.|prof\.|dr|sir|rabbi|rev\.))\s+(?P<name>[A-ZÀ-Þ].*)",
    re.IGNORECASE,
)
_STROKE = pattern_of(r"(?P<name>[^/|]{4,50}?)\s*[/|]\s*(?P<org>[^/|]{2,40})")
_FOR = pattern_of(
    r"(?P<names>.{3,160}?)\s+(?:[Ff]or|FOR|für|pour|para|per)\s+(?P<org>(?:[Tt]he\s+)?[A-Z0-9].{1,60})"
)
COUPLE = pattern_of(
    r"([A-ZÀ-Þ][a-zà-ÿ]+) (?:and|und|et|y) ([A-ZÀ-Þ][a-zà-ÿ]+) ([A-ZÀ-Þ][a-zà-ÿ'’-]+)"
)
_HOUSE_AFTER = pattern_of(
    r"(?P<names>[A-ZÀ-Þ].{3,120}?)(?:\s+avec\s+(?P<with>\S.{1,30})|\s+\((?P<paren>[^()]{2,30})\)|\s+(?:of|von der|von|de la|del|du)\s+(?P<of>(?:[Tt]he\s+)?[A-ZÀ-Þ].{1,50}))"
)
_SPECIAL = pattern_of(
    r"(?:special to|special for|for|exclusive to)\s+(?:the\s+)?(?P<org>[A-ZÀ-Þ].{1,60})",
    re.IGNORECASE,
)
OUR = pattern_of(
    r"(?:unsere[mnr]?|unser|onze|notre|nos|nostr[oai]|our|vår|vores|nuestr[oa])\s+(?:own\s+)?(?P<role>[\w-]{4,30})(?:\s+(?P<name>[A-ZÀ-Þ].{3,60}))?",
    re.IGNORECASE,
)
_HOUSE_IN = pattern_of(r"(?P<org>.{2,40}?) (?:in|à|en) (?P<place>[A-ZÀ-Þ].{1,30})")
_BESIDE = pattern_of(
    rf"(?P<name>[A-ZÀ-Þ][^\s,]{{0,30}}(?:\s[^\s,]{{1,30}}){{1,3}}?)\s(?P<role>(?i:(?:(?:senior|staff|chief|deputy|associate|assistant|special|political|politics|science|health|sports?|business|economics?|education|environment|legal|crime|social|home|foreign|diplomatic|defence|defense|security|technology|tech|media|arts?|culture|royal|religious|religion|national|world|city|news|features?|contributing|managing|executive|general|consumer|personal|finance|financial|court|courts|transport|travel|religious affairs|affairs|affaires|correspondent|editor|freelance|data|investigative|local|county|government|community|columnist)\s){{0,4}}(?:{ROLE_NOUNS}))(?:\s(?:in|at|à|en)\s[A-ZÀ-Þ].{{1,30}})?)"
)
_NAME_IN = pattern_of(
    r"(?P<name>[A-ZÀ-Þ][^,;:.!?]{3,50}?) (?:in|aus|à|en|em|uit|from) (?P<place>[A-ZÀ-Þ][^,;:!?]{1,30})"
)
_REPORTS_FROM = pattern_of(
    r"[Aa]us (?P<place>[A-ZÀ-Þ][\w ]{1,30}?) berichte(?:t|n) (?P<name>[A-ZÀ-Þ].{3,80})"
)
_PROSE = pattern_of(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|met|said|says|told|the (?:two|same)|their|his|her|its|about|by the|this|that|not|who|whose|which|pick|voted|retracted)\b|[:;!?…]|\w\.$",
)


_PARTS = pattern_of(r"[|\n=,/–—-]")
_PARTING = pattern_of(r"\s{0,3}[|\n=]\s{0,3}|\s{1,3}[-–—/]{1,5}\s{1,3}|\s{0,3},\s{0,3}")
_DESKS = pattern_of(r"(?:[A-Z]\w+\s+){1,3}[Ss]taff|Agencies|Agences|Agencias|\w+ [Nn]ews [Aa]gency")
_DESK_ENDS = ("taff", "Agencies", "Agences", "Agencias", "gency")
_SUFFIXES = pattern_of(r"[a-zäöü]{2,4}|(?:Jr|Sr|II|III|MD|PhD|M\.D|Ph\.D|Esq|RN|MPH|JD|MBA)\.?")
_JOINED = pattern_of(r"(?:and|und|et|y|e|och|og|en|&)\s+(?=[A-ZÀ-Þ])")
MAX_HOUSE, MAX_HOUSE_WORDS = 60, 6
Parts = tuple[tuple[str, ...], tuple[str, ...], str | None, str | None]
"""Authors, houses, role and place."""


def read_parts(words: str, context: Context, *, led: bool) -> Parts | None:
    """Sort what stands between commas, dashes, strokes and line ends into names and the rest."""
    far = _REPORTS_FROM.fullmatch(words)
    if far and (names := _all_people(far["name"])):
        return names, (), None, far["place"]
    inside = _NAME_IN.fullmatch(words)
    if inside and is_place(inside["place"]) and _author(inside["name"], context):
        return (display_case(inside["name"]),), (), None, display_place(inside["place"])
    couple = COUPLE.fullmatch(words)
    if couple and not is_organization(words):
        return (f"{couple[1]} {couple[3]}", f"{couple[2]} {couple[3]}"), (), None, None
    for_house = _FOR.fullmatch(words)
    if for_house and (names := _all_people(for_house["names"])):
        return names, (for_house["org"].strip(),), None, None
    after = _HOUSE_AFTER.fullmatch(words)
    org = after and (after["with"] or after["paren"] or after["of"]).strip()
    if (
        after
        and org
        and (context.houses.find(org) or (led and after["of"] and is_organization(org)))
    ):
        names = _all_people(after["names"])
        if names and not any(context.houses.find(one) for one in names):
            return names, (org,), None, None
    ours = OUR.fullmatch(words) if led else None
    if ours and ROLE.search(ours["role"]):
        return (_all_people(ours["name"]) if ours["name"] else ()), (), ours["role"], None
    stroke = _STROKE.fullmatch(words)
    if stroke and is_person(stroke["name"]) and context.houses.find(stroke["org"]):
        return (display_case(stroke["name"]),), (stroke["org"].strip(),), None, None
    house = _HOUSE_IN.fullmatch(words)
    if house and context.houses.find(house["org"]) and is_place(house["place"]):
        return (), (house["org"].strip(),), None, house["place"].strip()
    pieces = _PARTING.split(words) if _PARTS.search(words) else [words]
    pieces = [bare for piece in pieces if (bare := piece.strip(" =^<"))]
    return _sort(pieces, context, led=led)


def _all_people(text: str) -> tuple[str, ...]:
    names = split_names(text)
    fine = names and all(is_person(display_case(one)) for one in names)
    return tuple(display_case(one) for one in names) if fine else ()


@dataclass
class _Sorted:
    """What the pieces of a byline turned out to be, so far."""

    authors: list[str] = field(default_factory=list)
    houses: list[str] = field(default_factory=list)
    role: str | None = None
    location: str | None = None

    def parts(self) -> Parts:
        """Return each author and house once."""
        return (
            tuple(dict.fromkeys(self.authors)),
            tuple(dict.fromkeys(self.houses)),
            self.role,
            self.location,
        )


def _sort(pieces: Sequence[str], context: Context, *, led: bool) -> Parts | None:
    found = _Sorted()
    for number, raw in enumerate(pieces):
        joined = _JOINED.match(raw) if number else None
        piece = raw[joined.end() :] if joined else raw
        more = joined is not None or (found.role is None and not found.houses)
        if _names(piece, found, context, more=more):
            continue
        if number and led and (special := _SPECIAL.fullmatch(piece)):
            found.houses.append(special["org"].strip())
        elif number and is_place(piece) and not context.houses.find(piece):
            found.location = found.location or display_place(piece)
        elif (led or number or not _PROSE.search(piece)) and (
            described := _described(piece, context)
        ):
            role, house, where = described
            found.role = found.role or role
            found.houses.extend([house] if house else [])
            found.location = found.location or where
        elif number and _SUFFIXES.fullmatch(piece):
            continue  # desk initials, or what stands behind a name
        elif not (
            number
            and found.authors
            and _last_words(piece, found, context, led=led, last=number == len(pieces) - 1)
        ):
            return None
    return found.parts()


def _names(piece: str, found: _Sorted, context: Context, *, more: bool) -> bool:
    """File ``piece`` where it names people, or people and houses; ``more`` allows further people."""
    names = split_names(piece)
    if more and names and all(_author(one, context) for one in names):
        found.authors.extend(display_case(one) for one in names)
    elif mixed := _mixed(names, context):
        found.authors.extend(mixed[0])
        found.houses.extend(mixed[1])
    elif (titled := _TITLE.fullmatch(piece)) and is_person(titled["name"]):
        found.authors.append(display_case(titled["name"]))
        found.role = found.role or titled["role"]
    elif not found.authors and (beside := _named_role(piece, context)):
        found.authors.append(display_case(beside["name"]))
        found.role = found.role or beside["role"]
    else:
        return False
    return True


def _last_words(piece: str, found: _Sorted, context: Context, *, led: bool, last: bool) -> bool:
    """After a name a house that nobody knows may stand, or the writer's post."""
    if len(piece) > MAX_HOUSE or not (piece[0].isupper() or piece[0].isdigit()):
        return False
    sure = is_organization(piece) or context.houses.find(piece) is not None or (led and last)
    if sure and house_like(piece, context.houses):
        found.houses.append(piece)
    elif led:
        found.role = found.role or piece
    else:
        return False
    return True


def _named_role(piece: str, context: Context) -> re.Match[str] | None:
    """``Jane Roe Political correspondent``: a person and a role without a mark between."""
    found = _BESIDE.fullmatch(piece)
    if (
        found is None
        or context.houses.find(piece.split(maxsplit=1)[0])
        or not _author(found["name"], context)
    ):
        return None
    return found


def _author(name: str, context: Context) -> bool:
    return (
        is_person(display_case(name))
        and context.houses.find(name) is None
        and not ROLE.search(name)
        and not is_place(name)
    )


def _mixed(names: Sequence[str], context: Context) -> tuple[list[str], list[str]] | None:
    """``Jane Roe and Harbour staff``: people and houses in one list."""
    authors, houses = [], []
    for one in names:
        if ROLE.search(one) and one.split()[-1] != "staff":
            return None
        if (
            context.houses.find(one)
            or (one.endswith(_DESK_ENDS) and _DESKS.fullmatch(one))
            or (
                is_organization(one)
                and house_like(one, context.houses)
                and len(one.split()) <= MAX_HOUSE_WORDS
            )
        ):
            houses.append(one)
        elif _author(one, context):
            authors.append(display_case(one))
        else:
            return None
    return (authors, houses) if houses else None


def _described(piece: str, context: Context) -> tuple[str | None, str | None, str | None] | None:
    """Read role, house and place out of ``AP Sports Writer`` or ``correspondant à New York``."""
    if not ROLE.search(piece) or len(piece) > 90:  # noqa: PLR2004 - a biography is longer
        return None
    at = _ROLE_AT.fullmatch(piece)
    if at:
        if is_place(at["where"]):
            return at["role"].strip(), None, display_place(at["where"])
        if is_organization(at["where"]) or context.houses.find(at["where"]):
            return at["role"].strip(), at["where"].strip(), None
    words = piece.split()
    for size in range(min(5, len(words) - 1), 0, -1):
        head = " ".join(words[:size])
        if context.houses.find(head):
            return " ".join(words[size:]), head, None
    return piece, None, None
