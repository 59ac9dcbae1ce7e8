"""Bylines: who made it, for whom, in what role, from where.

With "By" one name is enough; without it the parts must prove themselves, as a
house that is known, a role, or several names with something after them.
"""

import re
from collections.abc import Sequence

from syndicator.credit.byline_east import read_eastern
from syndicator.credit.form import Context, house_like, place, unwrap
from syndicator.credit.houses import Houses
from syndicator.credit.moments import CLOCK, DATE, WEEKDAY
from syndicator.credit.names import display_case, is_organization, is_person, split_names
from syndicator.credit.places import display_place, is_place
from syndicator.model.credit import Byline

MAX_BYLINE = 320
_BY = re.compile(
    r"(?:(?:ein(?:e)? |une? |un |uma |una )?(?:kommentar|gastkommentar|analyse|interview|gastbeitrag|kolumne|reportage|porträt|essay|bericht|rezension|kritik|glosse|leitartikel|chronique|tribune|enquête|récit|entretien|análisis|entrevista|crónica|columna) (?:von|par|de|por|avec)|"
    r"propos recueillis par|recueilli par|escrito por|rédigé par|scritto da|geschrieben von|teksti:|tekst:|tekst av|testo di|yazar:|haber:|kirjoittaja:|forfatter:|autorka:|(?:posted|written|words|story|report(?:ed)?|text|article|column|commentary|analysis|review|interview)\s+by|by|BY|von|text(?:e)? (?:von|de)|"
    r"par|por|door|door:|av|af|di|author\(?s?\)?:|autor(?:in|en|es|a)?:|auteurs?:|autore:|verfasser:|redacción:|text:|texto:|texte:|от|автор:)"
    r"(?P<colon>\s*:)?(?:\s+|(?<=:))(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_GLUED = re.compile(r"(?:By|BY)(?=[A-ZÀ-Þ][a-zà-ÿ]+ [A-ZÀ-Þ])(?P<rest>.*)", re.DOTALL)
_POSTED = re.compile(
    rf"(?:posted|published|written|updated) (?:on|at)\s+(?P<date>{DATE}[^A-Za-z]*?(?:{CLOCK})?)\s*,?\s*by\s+(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_WHEN = re.compile(
    rf"[\s,;|–—\-(]{{0,6}}(?:\b(?:on|le|am|vom|el|em|il|op|den)\s+)?(?:{WEEKDAY},?\s+)?(?P<date>{DATE})(?:[\s,|]{{0,4}}(?:at|à|um|-)?\s{{0,3}}(?P<clock>{CLOCK}))?.*$",
    re.IGNORECASE | re.DOTALL,
)
_AFTER = re.compile(
    r"\s(?:on|in|at|//|\|)\s{0,3}$|[,;|=\-–—]{1,6}\s{0,3}$|\s//.*$|\s\d{1,6}\s+comments?.*$", re.IGNORECASE
)
ROLE_NOUNS = (
    r"writers?|reporters?|correspondents?|editors?|columnists?|contributors?|journalists?|photographers?|producers?|critics?|analysts?|staff|"
    r"fellows?|interns?|anchors?|blogger|freelancer|researchers?|librarian|professor|lecturer|director|author|intern|chief|marketing|specialist|"
    r"redakteur(?:in)?|korrespondent(?:in)?|reporterin|volontär(?:in)?|rechtsanwalt|rechtsanwältin|chefredakteur(?:in)?|"
    r"correspondante?|envoyée? spéciale?|journaliste|rédacteur|rédactrice|corresponsal|enviad[oa] especial|periodista|redactora?|repórter|jornalista|"
    r"corrispondente|giornalista|inviat[oa]|verslaggever|redacteur|correspondente|journalist|toimittaja|reporter|korrespondent"
)
_ROLE = re.compile(rf"\b(?:{ROLE_NOUNS})\b", re.IGNORECASE)
_ROLE_START = re.compile(
    rf"(?:the\s+)?(?P<org>[A-Z][\w.&’']*(?:\s+[A-Z][\w.&’']*){{0,4}}?)\s+(?P<role>(?:[A-Z][\w-]+\s+){{0,3}}(?:{ROLE_NOUNS})\b.*)",
    re.IGNORECASE,
)
_ROLE_AT = re.compile(
    rf"(?P<role>.*?\b(?:{ROLE_NOUNS})\b.*?)\s+(?:with|at|for|of|für|bei|de|du|da|der|in|à|en|from)\s+(?:the\s+)?(?P<where>[A-ZÀ-Þ].*)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    rf"(?P<role>(?:{ROLE_NOUNS}|dr\.|prof\.|dr|sir|rabbi|rev\.))\s+(?P<name>[A-ZÀ-Þ].*)",
    re.IGNORECASE,
)
_STROKE = re.compile(r"(?P<name>[^/|]{4,50}?)\s*[/|]\s*(?P<org>[^/|]{2,40})")
_FOR = re.compile(
    r"(?P<names>.{3,160}?)\s+(?:[Ff]or|FOR|für|pour|para|per)\s+(?P<org>(?:[Tt]he\s+)?[A-Z0-9].{1,60})"
)
_HANDLE = re.compile(r"\s*\(?@\w{2,30}\)?")
_WITH = re.compile(r"\(\s*(?:avec|with|mit|con|com)\s+(?P<names>[^()]{2,120})\)", re.IGNORECASE)
_OTHERS = re.compile(
    r"\s*(?:,?\s+(?:and|und|et|y)\s+)(?P<count>one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+others?\b.*",
    re.IGNORECASE,
)
_COUNTS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
}
_INITIALS = re.compile(r"\s{0,3}\((?:[a-zäöü]{2,4}/){0,5}[a-zäöü]{2,4}\)$|,\s{0,3}[a-zäöü]{2,4}$")
_MORE = re.compile(
    r"\s*[;,]?\s*\b(?:illustrations?|ilustrator|fotos?|photos?|photography|illustrationen|ilustraciones|images?|video|kamera)\b\s*(?:von|by|de|:).*$",
    re.IGNORECASE | re.DOTALL,
)
_COUPLE = re.compile(
    r"([A-ZÀ-Þ][a-zà-ÿ]+) (?:and|und|et|y) ([A-ZÀ-Þ][a-zà-ÿ]+) ([A-ZÀ-Þ][a-zà-ÿ'’-]+)"
)
_HOUSE_AFTER = re.compile(
    r"(?P<names>[A-ZÀ-Þ].{3,120}?)(?:\s+avec\s+(?P<with>\S.{1,30})|\s+\((?P<paren>[^()]{2,30})\)|\s+(?:of|von der|von|de la|del|du)\s+(?P<of>(?:[Tt]he\s+)?[A-ZÀ-Þ].{1,50}))"
)
_NAMES_IN = re.compile(r"[^,;:.!?]{5,60}? in [A-ZÀ-Þ][^,;:!?]{1,30}")
_SPECIAL = re.compile(r"(?:special to|special for|for|exclusive to)\s+(?:the\s+)?(?P<org>[A-ZÀ-Þ].{1,60})", re.IGNORECASE)
_OUR = re.compile(
    r"(?:unsere[mnr]?|unser|onze|notre|nos|nostr[oai]|our|vår|vores|nuestr[oa])\s+(?:own\s+)?(?P<role>[\w-]{4,30})(?:\s+(?P<name>[A-ZÀ-Þ].{3,60}))?",
    re.IGNORECASE,
)
_PART = re.compile(r"\s{0,2}\((?:text|words|story|texte|texto|fotos?|photos?|bilder|video|grafik|illustrationen?)\)", re.IGNORECASE)
_PICTURES = re.compile(r"\s+(?:und|and|et|y|e)\s+[^()]{3,50}\((?:fotos?|photos?|bilder|video|grafik|illustrationen?)\)\s*$", re.IGNORECASE)
_HOUSE_IN = re.compile(r"(?P<org>.{2,40}?) (?:in|à|en) (?P<place>[A-ZÀ-Þ].{1,30})")
_STOP = re.compile(
    r"(?:(?<!\b[A-ZÀ-Þ])(?<!\b[DMS][rts])(?<!\bMrs)(?<!\bProf)\.|[!?…])\s+[A-Za-z]|[?!]$"
)
_MAIL = re.compile(
    r"[\s|,;:/<(\[–—-]{0,6}(?:e-?mail:?\s{0,2})?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,24}){1,4}[>)\]]?"
)
_STAMP = re.compile(
    r"[\s|,;·•(–—-]{1,6}(?:last updated|first published|published|updated|posted|created|publié|mis à jour|actualizado|publicado|atualizado|aktualisiert|veröffentlicht|stand|pubblicato|gepubliceerd|publicerad)\b.{0,120}$",
    re.IGNORECASE | re.DOTALL,
)
_BESIDE = re.compile(
    rf"(?P<name>[A-ZÀ-Þ][^\s,]{{0,30}}(?:\s[^\s,]{{1,30}}){{1,3}}?)\s(?P<role>(?i:(?:(?:senior|staff|chief|deputy|associate|assistant|special|political|politics|science|health|sports?|business|economics?|education|environment|legal|crime|social|home|foreign|diplomatic|defence|defense|security|technology|tech|media|arts?|culture|royal|religious|religion|national|world|city|news|features?|contributing|managing|executive|general|consumer|personal|finance|financial|court|courts|transport|travel|religious affairs|affairs|affaires|correspondent|editor|freelance|data|investigative|local|county|government|community|columnist)\s){{0,4}}(?:{ROLE_NOUNS}))(?:\s(?:in|at|à|en)\s[A-ZÀ-Þ].{{1,30}})?)"
)
_NAME_IN = re.compile(
    r"(?P<name>[A-ZÀ-Þ][^,;:.!?]{3,50}?) (?:in|aus|à|en|em|uit|from) (?P<place>[A-ZÀ-Þ][^,;:!?]{1,30})"
)
_REPORTS_FROM = re.compile(
    r"[Aa]us (?P<place>[A-ZÀ-Þ][\w ]{1,30}?) berichte(?:t|n) (?P<name>[A-ZÀ-Þ].{3,80})"
)
_PROSE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|met|said|says|told|the (?:two|same)|their|his|her|its|about|by the|this|that|not|who|whose|which|pick|voted|retracted)\b|[:;!?…]|\w\.$",
)


def read_byline(line: str, context: Context, *, alone: bool = True) -> Byline | None:
    """Read a byline that fills ``line``.

    ``alone`` asks for more proof of a line without "By": in the middle of an
    article names alone are no byline.
    """
    text = unwrap(line).strip()
    if not 2 <= len(text) <= MAX_BYLINE or text.endswith((".”", '."')):  # noqa: PLR2004 - a letter is no name
        return None
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff가-힣]", text):
        return read_eastern(line, text)
    posted = _POSTED.fullmatch(text)
    if posted:
        rest = re.sub(r"\s+(?:in|//|\||,)\s.*$", "", posted["rest"], flags=re.DOTALL)
        return _read(line, rest, context, "posted-by", date=posted["date"].strip(" ,"), led=True)
    by = _BY.fullmatch(text) or _GLUED.fullmatch(text)
    if by:
        if by["rest"][:1].islower() and not _lower_house(by["rest"], context):
            return None
        return _read(line, by["rest"], context, "by", led=True)
    return _read(line, text, context, "names", led=False) if alone else None


def names_person(name: str, houses: Houses) -> bool:
    """Say whether an author named by metadata is a person, not a house or "staff reporter"."""
    return houses.find(name) is None and not _ROLE.search(name) and not is_organization(name)


def _lower_house(rest: str, context: Context) -> bool:
    """``dpa`` and ``t-online`` are houses that write themselves small."""
    first = re.split(r"[\s,]", rest, maxsplit=1)[0]
    return context.houses.find(first) is not None and first == first.casefold()


def _read(
    line: str, words: str, context: Context, rule: str, *, led: bool, date: str | None = None
) -> Byline | None:
    words, with_names = _take(_WITH, words)
    words = _PART.sub("", _PICTURES.sub("", words))
    words = _STAMP.sub("", _MAIL.sub("", _MORE.sub("", words)))
    when = _WHEN.search(words)
    if when and when.start() > 2:  # noqa: PLR2004 - a name stands before the date
        date, words = date or when["date"], words[: when.start()]
    words = _HANDLE.sub(" ", _unglue(words)).strip()
    others = _OTHERS.search(words)
    if others:
        words = words[: others.start()]
    initials = _INITIALS.search(words)
    if initials and context.houses.find(initials[0]) is None:
        words = words[: initials.start()]
    dangling = bool(_AFTER.search(words))
    for _ in range(3):
        words = _AFTER.sub("", words).strip()
    if not words or _STOP.search(words):
        return None
    parts = _parts(words, context, led=led)
    if parts is None:
        return None
    authors, organizations, role, location = parts
    count = others["count"].casefold() if others else ""
    found = Byline(
        authors=authors, organizations=organizations, role=role, location=location,
        contributors=_people(with_names) if with_names else (),
        others=_COUNTS.get(count) or (int(count) if count.isdigit() else 0), date=date,
        **place(line, rule, 0.95 if led else 0.85),
    )  # fmt: skip
    proven = (
        led
        or organizations
        or role
        or date
        or with_names
        or location
        or (dangling and len(authors) > 1)
        or _COUPLE.fullmatch(words)
    )
    return found if proven and (authors or organizations or (role and led)) else None


def _take(pattern: re.Pattern[str], words: str) -> tuple[str, str | None]:
    found = pattern.search(words)
    return (
        (words[: found.start()] + words[found.end() :], found["names"]) if found else (words, None)
    )


def _unglue(words: str) -> str:
    """``Meg JamesStaff Writer`` → ``Meg James, Staff Writer``."""
    return (
        re.sub(
            rf"(?<=[a-zà-ÿ])(?=(?:(?:Senior|Staff|Sports|Science|Political|Contributing|Special)\s+)?(?i:{ROLE_NOUNS})\b)",
            ", ",
            words,
        )
        if re.search(r"[a-z][A-Z]", words)
        else words
    )


def _people(text: str) -> tuple[str, ...]:
    return tuple(
        display_case(one) for one in split_names(text) if is_person(display_case(one), mononym=True)
    )


_Parts = tuple[tuple[str, ...], tuple[str, ...], str | None, str | None]


def _parts(words: str, context: Context, *, led: bool) -> _Parts | None:
    """Sort what stands between commas, dashes, strokes and line ends into names and the rest."""
    far = _REPORTS_FROM.fullmatch(words)
    if far and (names := _all_people(far["name"])):
        return names, (), None, far["place"]
    inside = None if led else _NAME_IN.fullmatch(words)
    if inside and is_place(inside["place"]) and _author(inside["name"], context):
        return (display_case(inside["name"]),), (), None, display_place(inside["place"])
    couple = _COUPLE.fullmatch(words)
    if couple and not is_organization(words):
        return (f"{couple[1]} {couple[3]}", f"{couple[2]} {couple[3]}"), (), None, None
    for_house = _FOR.fullmatch(words)
    if for_house and (names := _all_people(for_house["names"])):
        return names, (for_house["org"].strip(),), None, None
    after = _HOUSE_AFTER.fullmatch(words)
    org = after and (after["with"] or after["paren"] or after["of"]).strip()
    if after and org and (context.houses.find(org) or (led and after["of"] and is_organization(org))):
        names = _all_people(after["names"])
        if names and not any(context.houses.find(one) for one in names):
            return names, (org,), None, None
    ours = _OUR.fullmatch(words) if led else None
    if ours and _ROLE.search(ours["role"]):
        return (_all_people(ours["name"]) if ours["name"] else ()), (), ours["role"], None
    stroke = _STROKE.fullmatch(words)
    if stroke and not led and is_person(stroke["name"]) and context.houses.find(stroke["org"]):
        return (display_case(stroke["name"]),), (stroke["org"].strip(),), None, None
    house = _HOUSE_IN.fullmatch(words)
    if house and context.houses.find(house["org"]) and is_place(house["place"]):
        return (), (house["org"].strip(),), None, house["place"].strip()
    pieces = [
        piece.strip(" =^<")
        for piece in re.split(r"\s{0,3}[|\n=]\s{0,3}|\s{1,3}[-–—]{1,5}\s{1,3}|\s{0,3},\s{0,3}", words)
        if piece.strip(" =^<")
    ]
    return _sort(pieces, context, led=led)


def _all_people(text: str) -> tuple[str, ...]:
    names = split_names(text)
    fine = names and all(is_person(display_case(one)) for one in names)
    return tuple(display_case(one) for one in names) if fine else ()


def _sort(pieces: Sequence[str], context: Context, *, led: bool) -> _Parts | None:
    authors: list[str] = []
    houses: list[str] = []
    role: str | None = None
    location: str | None = None
    for number, piece in enumerate(pieces):
        joined = _JOINED.match(piece) if number else None
        if joined:
            piece = piece[joined.end() :]
        names = split_names(piece)
        if (
            ((role is None and houses == []) or joined)
            and names
            and all(_author(one, context) for one in names)
        ):
            authors.extend(display_case(one) for one in names)
        elif mixed := _mixed(names, context):
            authors.extend(mixed[0])
            houses.extend(mixed[1])
        elif (titled := _TITLE.fullmatch(piece)) and is_person(titled["name"]):
            authors.append(display_case(titled["name"]))
            role = role or titled["role"]
        elif not authors and (beside := _named_role(piece, context)):
            authors.append(display_case(beside["name"]))
            role = role or beside["role"]
        elif number and led and (special := _SPECIAL.fullmatch(piece)):
            houses.append(special["org"].strip())
        elif number and is_place(piece) and not context.houses.find(piece):
            location = location or display_place(piece)
        elif (led or number or not _PROSE.search(piece)) and (
            described := _described(piece, context)
        ):
            role = role or described[0]
            houses.extend(one for one in (described[1],) if one)
            location = location or described[2]
        elif number and re.fullmatch(r"[a-zäöü]{2,4}|(?:Jr|Sr|II|III|MD|PhD|M\.D|Ph\.D|Esq|RN|MPH|JD|MBA)\.?", piece):
            continue  # desk initials, or a suffix
        elif number and authors and len(piece) <= 60 and (piece[0].isupper() or piece[0].isdigit()):  # noqa: PLR2004
            house = house_like(piece, context.houses)
            if house and (
                is_organization(piece)
                or context.houses.find(piece)
                or (led and number == len(pieces) - 1)
            ):
                houses.append(piece)
            elif led:
                role = role or piece
            else:
                return None
        else:
            return None
    return tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(houses)), role, location


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


_JOINED = re.compile(r"(?:and|und|et|y|e|och|og|en|&)\s+(?=[A-ZÀ-Þ])")


def _author(name: str, context: Context) -> bool:
    return (
        is_person(display_case(name))
        and context.houses.find(name) is None
        and not _ROLE.search(name)
        and not is_place(name)
    )


def _mixed(names: Sequence[str], context: Context) -> tuple[list[str], list[str]] | None:
    """``Judah Ari Gross and TOI staff``: people and houses in one list."""
    authors, houses = [], []
    for one in names:
        if _ROLE.search(one) and one.split()[-1] != "staff":
            return None
        if (
            context.houses.find(one)
            or re.fullmatch(
                r"(?:[A-Z]\w+\s+){1,3}[Ss]taff|Agencies|Agences|Agencias|\w+ [Nn]ews [Aa]gency", one
            )
            or (is_organization(one) and house_like(one, context.houses) and len(one.split()) <= 6)
        ):
            houses.append(one)
        elif _author(one, context):
            authors.append(display_case(one))
        else:
            return None
    return (authors, houses) if houses else None


def _described(piece: str, context: Context) -> tuple[str | None, str | None, str | None] | None:
    """Read role, house and place out of ``AP Sports Writer`` or ``correspondant à New York``."""
    if not _ROLE.search(piece) or len(piece) > 90:  # noqa: PLR2004 - a biography is longer
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
