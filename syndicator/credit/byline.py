"""Bylines: who made it, for whom, in what role, from where.

With "By" one name is enough; without it the parts must prove themselves, as a
house that is known, a role, or several names with something after them.
"""

import re

from syndicator.credit.byline_east import read_eastern
from syndicator.credit.byline_parts import COUPLE, OUR, ROLE, ROLE_NOUNS, read_parts
from syndicator.credit.form import Context, Gated, place, unwrap
from syndicator.credit.houses import Houses
from syndicator.credit.moments import CLOCK, DATE, WEEKDAY, may_hold_date
from syndicator.credit.names import display_case, is_organization, is_person, split_names
from syndicator.model.credit import Byline
from syndicator.model.house import HouseKind
from syndicator.model.patterns import pattern_of

MAX_BYLINE = 320
_BY = pattern_of(
    r"(?:(?:ein(?:e)? |une? |un |uma |una )?(?:kommentar|gastkommentar|analyse|interview|gastbeitrag|kolumne|reportage|porträt|essay|bericht|rezension|kritik|glosse|leitartikel|chronique|tribune|enquête|récit|entretien|análisis|entrevista|crónica|columna) (?:von|par|de|por|avec)|"
    r"propos recueillis par|recueilli par|escrito por|rédigé par|scritto da|geschrieben von|teksti:|tekst:|tekst av|testo di|yazar:|haber:|kirjoittaja:|forfatter:|autorka:|(?:posted|written|words|opinion|essay|profile|feature|column|story|report(?:ed)?|text|article|column|commentary|analysis|review|interview)\s+by|by|BY|von|text(?:e)? (?:von|de)|"
    r"par|por|door|door:|av|af|di|author\(?s?\)?:|autor(?:in|en|es|a)?:|auteurs?:|autore:|verfasser:|redacción:|text:|texto:|texte:|от|автор:)"
    r"(?P<colon>\s*:)?(?:\s+|(?<=:))(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_GLUED = pattern_of(r"(?:By|BY)(?=[A-ZÀ-Þ][a-zà-ÿ]+ [A-ZÀ-Þ])(?P<rest>.*)", re.DOTALL)
_POSTED = pattern_of(
    rf"(?:posted|published|written|updated) (?:on|at)\s+(?P<date>{DATE}[^A-Za-z]*?(?:{CLOCK})?)\s*,?\s*by\s+(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_WHEN = pattern_of(
    rf"[\s,;|–—\-(]{{0,6}}(?:\b(?:on|le|am|vom|el|em|il|op|den)\s+)?(?:{WEEKDAY},?\s+)?(?P<date>{DATE})(?:[\s,|]{{0,4}}(?:at|à|um|-)?\s{{0,3}}(?P<clock>{CLOCK}))?.*$",
    re.IGNORECASE | re.DOTALL,
)
_AFTER = pattern_of(
    r"\s(?:on|in|at|//|\|)\s{0,3}$|[,;|=\-–—]{1,6}\s{0,3}$|\s//.*$|\s\d{1,6}\s+comments?.*$",
    re.IGNORECASE,
)
_CAPITAL_INSIDE = pattern_of("[A-Z](?<=[a-z].)")
_TAILS = (*",;|=-–—/", "on", "in", "at")
_ROLE_START = pattern_of(
    rf"(?:the\s+)?(?P<org>[A-Z][\w.&’']*(?:\s+[A-Z][\w.&’']*){{0,4}}?)\s+(?P<role>(?:[A-Z][\w-]+\s+){{0,3}}(?:{ROLE_NOUNS})\b.*)",
    re.IGNORECASE,
)
_HANDLE = pattern_of(r"\s*\(?@\w{2,30}\)?")
_WITH = pattern_of(r"\(\s*(?:avec|with|mit|con|com)\s+(?P<names>[^()]{2,120})\)", re.IGNORECASE)
_OTHERS = Gated(
    pattern_of(
        r"\s*(?:,?\s+(?:and|und|et|y)\s+)(?P<count>one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+others?\b.*",
        re.IGNORECASE,
    ),
    "other",
)
_COUNTS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
}
_INITIALS = pattern_of(r"\s{0,3}\((?:[a-zäöü]{2,4}/){0,5}[a-zäöü]{2,4}\)$|,\s{0,3}[a-zäöü]{2,4}$")
_MORE = Gated(
    pattern_of(
        r"\s*[;,]?\s*\b(?:illustrations?|ilustrator|fotos?|photos?|photography|illustrationen|ilustraciones|images?|video|kamera)\b\s*(?:von|by|de|:).*$",
        re.IGNORECASE | re.DOTALL,
    ),
    "illustra|ilustra|foto|photo|image|video|kamera",
)
_NAMES_IN = pattern_of(r"[^,;:.!?]{5,60}? in [A-ZÀ-Þ][^,;:!?]{1,30}")
_PART = pattern_of(
    r"\s{0,2}\((?:text|words|story|texte|texto|fotos?|photos?|bilder|video|grafik|illustrationen?)\)",
    re.IGNORECASE,
)
_PICTURES = pattern_of(
    r"\s+(?:und|and|et|y|e)\s+[^()]{3,50}\((?:fotos?|photos?|bilder|video|grafik|illustrationen?)\)\s*$",
    re.IGNORECASE,
)
_EASTERN = pattern_of(r"[\u3040-\u30ff\u4e00-\u9fff가-힣]")
# The sign first, and then what may not stand before it: so it is looked for in one walk.
_STOP = pattern_of(
    r"[.!?…](?<!\b[A-ZÀ-Þ]\.)(?<!\b[DMS][rts]\.)(?<!\bMrs\.)(?<!\bProf\.)\s+[A-Za-z]"
)
_MAIL = pattern_of(
    r"[\s|,;:/<(\[–—-]{0,6}(?:e-?mail:?\s{0,2})?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,24}){1,4}[>)\]]?"
)
_STAMP = Gated(
    pattern_of(
        r"[\s|,;·•(–—-]{1,6}(?:last updated|first published|published|updated|posted|created|publié|mis à jour|actualizado|publicado|atualizado|aktualisiert|veröffentlicht|stand|pubblicato|gepubliceerd|publicerad)\b.{0,120}$",
        re.IGNORECASE | re.DOTALL,
    ),
    "update|publi|posted|created|mis à jour|actualizado|atualizado|aktualisiert|veröffentlicht|stand|pubblicato|gepubliceerd",
)


def read_byline(line: str, context: Context, *, alone: bool = True) -> Byline | None:
    """Read a byline that fills ``line``.

    ``alone`` asks for more proof of a line without "By": in the middle of an
    article names alone are no byline.
    """
    text = unwrap(line).strip()
    if not 2 <= len(text) <= MAX_BYLINE or text.endswith((".”", '."')):  # noqa: PLR2004 - a letter is no name
        return None
    if not text.isascii() and _EASTERN.search(text):
        return read_eastern(line, text)
    posted = _POSTED.fullmatch(text)
    if posted:
        rest = re.sub(r"\s+(?:in|//|\||,)\s.*$", "", posted["rest"], flags=re.DOTALL)
        return _read(line, rest, context, "posted-by", date=posted["date"].strip(" ,"), led=True)
    by = _BY.fullmatch(text) or _GLUED.fullmatch(text)
    if by:
        small = by["rest"][:1].islower()
        if small and not (_lower_house(by["rest"], context) or OUR.fullmatch(by["rest"])):
            return None
        return _read(line, by["rest"], context, "by", led=True)
    return _read(line, text, context, "names", led=False) if alone else None


_SIMPLE = pattern_of(
    r"[A-ZÀ-Þ][a-zà-ÿ]+(?:[ ,-]{1,2}(?:[A-ZÀ-Þ][a-zà-ÿ]+|and|de|van|von|la|al)){1,14}"
)
"""Names, commas and "and": nothing of dates, pictures or addresses."""


def names_person(name: str, houses: Houses) -> bool:
    """Say whether an author named by metadata is a person, not a house or "staff reporter"."""
    return houses.find(name) is None and not ROLE.search(name) and not is_organization(name)


def _lower_house(rest: str, context: Context) -> bool:
    """``dpa`` and ``t-online`` are houses that write themselves small."""
    first = re.split(r"[\s,]", rest, maxsplit=1)[0]
    return context.houses.find(first) is not None and first == first.casefold()


def _read(
    line: str, words: str, context: Context, rule: str, *, led: bool, date: str | None = None
) -> Byline | None:
    with_names: str | None = None
    if not _SIMPLE.fullmatch(words):  # most bylines are names and houses alone
        words, with_names = _bare(words)
        when = _WHEN.search(words) if may_hold_date(words) else None
        if when and when.start() > 2:  # noqa: PLR2004 - a name stands before the date
            date, words = date or when["date"], words[: when.start()]
    words = _unglue(words)
    words = (_HANDLE.sub(" ", words) if "@" in words else words).strip()
    others = _OTHERS.search(words)
    if others:
        words = words[: others.start()]
    initials = _INITIALS.search(words) if "(" in words or "," in words else None
    if initials and context.houses.find(initials[0]) is None:
        words = words[: initials.start()]
    words, dangling = _without_tail(words)
    if not words or words[-1] in "?!" or _STOP.search(words):
        return None
    parts = read_parts(words, context, led=led)
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
    if led:
        return found if authors or organizations or role else None
    proven = organizations or role or date or with_names or location
    listed = (dangling and len(authors) > 1) or COUPLE.fullmatch(words)
    known = authors or any(_signs_alone(one, context) for one in organizations)
    return found if known and (proven or listed) else None


def _signs_alone(name: str, context: Context) -> bool:
    """Whether a house alone on a line signs it: "Time" may be a word, and no magazine."""
    house = context.houses.find(name)
    return house is not None and (
        house.kind is HouseKind.AGENCY or not (name.isalpha() and name.istitle())
    )


def _bare(words: str) -> tuple[str, str | None]:
    """Take out pictures, addresses and time stamps, and the names in "(with …)", which are returned."""
    names = None
    if "(" in words:
        found = _WITH.search(words)
        if found:
            words, names = words[: found.start()] + words[found.end() :], found["names"]
        words = _PART.sub("", _PICTURES.sub("", words))
    words = _MORE.sub("", words)
    words = _MAIL.sub("", words) if "@" in words else words
    return _STAMP.sub("", words), names


def _without_tail(words: str) -> tuple[str, bool]:
    """Take off what dangles at the end, at most three times; say whether anything did."""
    lower = words.rstrip().lower()
    if not (lower.endswith(_TAILS) or "//" in lower or "comment" in lower):
        return words.strip(), False
    words, dangling = _AFTER.subn("", words)
    words = words.strip()
    for _ in range(2):
        shorter = _AFTER.sub("", words).strip() if dangling else words
        if shorter == words:
            break
        words = shorter
    return words, bool(dangling)


def _unglue(words: str) -> str:
    """``Jane RoeStaff Writer`` → ``Jane Roe, Staff Writer``."""
    return (
        re.sub(
            rf"(?<=[a-zà-ÿ])(?=(?:(?:Senior|Staff|Sports|Science|Political|Contributing|Special)\s+)?(?i:{ROLE_NOUNS})\b)",
            ", ",
            words,
        )
        if _CAPITAL_INSIDE.search(words)
        else words
    )


def _people(text: str) -> tuple[str, ...]:
    return tuple(
        display_case(one) for one in split_names(text) if is_person(display_case(one), mononym=True)
    )
