"""Lines that name the houses behind copy without a copyright mark: "Quelle: ntv.de, ino/dpa"."""

import re

from syndicator.credit.form import Context, Gated, place, squeeze, undash, unwrap
from syndicator.credit.moments import find_date
from syndicator.model.credit import CreditLine, Scope
from syndicator.model.patterns import pattern_of

_LABEL = pattern_of(
    r"(?:quellen?|sources?|fuentes?|fontes?|bron(?:nen)?|källa|kilde|kilder|lähde|kaynak|forrás|sursa|πηγή|источник|źródło|zdroj|出典|来源|來源|출처|國際ニュース|国際ニュース|المصدر)"
    r"\s*[:：]\s*(?P<who>\S.{0,80})",
    re.IGNORECASE,
)
_WITH = pattern_of(
    r"(?:\*?\s*(?:mit material (?:von|vom|der|des)|unter verwendung von material (?:von|der|des)|con información de|con informaciones? de(?: la)?|"
    r"com informações (?:d[aoe]s?|de)|com agências?|con agencias|avec les agences|da redação,? com|de la redacción,? con|with (?:inputs?|agenc(?:y|ies)) from|"
    r"\(?(?:inputs? from|agency inputs)|übersetzung(?: und adaptierung)?:|traduction:|traducción:|med material från|bron:))\s*(?P<who>\S.{0,80})",
    re.IGNORECASE,
)
_LABEL_BARE = pattern_of(
    r"(?:quellen?|sources?|fuentes?|fontes?|bron|kilde|källa)\s+(?P<who>\S.{1,40})", re.IGNORECASE
)
_ONLY_WITH = pattern_of(
    r"\*?\s*(?:mit|avec|con|com|met|med|with)\s+(?:l['’]|die |der |the |la |a )?(?P<who>\S.{1,50})",
    re.IGNORECASE,
)
_AND_WITH = pattern_of(
    r"(?P<house>\S.{1,40}?)(?:\s+(?:avec|mit|con|com|met|med)\s+|\s*/\s*mit material (?:vom?|der) )(?P<who>[^\d]{2,40}?)(?P<rest>\s+publié le.*|\s+mis à jour.*)?",
    re.IGNORECASE,
)
_SPLIT = pattern_of(r"\s*(?:[,/;&+|·]|\\/|\s(?:und|et|y|e|and|mit|avec)\s)\s*")
_UNNAMED = pattern_of(
    r"agenc(?:ies|y)|agences?|agencias|agências|agenturen|agenzie|bureaus?|byråer|вести|وكالات|red\.?|redaktion|eigen(?:e)? (?:bericht|recherche)|wires|wire services",
    re.IGNORECASE,
)
_INITIALS = pattern_of(r"[/(\[]?\s*(?:[a-zäöü]{2,4}\s*/\s*){1,5}[a-zäöü]{2,4}\s*[/)\]]?[.\s]*")
# AFP's: "burs-ok/nd" wrote of what several sent; single letters stand apart in Arabic.
_DESKS = pattern_of(
    r"(?:burs?|str)-[a-z]{2,4}(?:[-/][a-z]{2,4}){1,6}|"
    r"(?=.* [\u0621-\u064a](?:[ /]|$)|.*/.*/)(?:[\u0621-\u064a]{1,4}(?: [\u0621-\u064a]){0,2}[-/]){1,6}"
    r"[\u0621-\u064a]{1,4}(?: [\u0621-\u064a]){0,2}"
)
_SLASHED = pattern_of(r"[/(\[]\s*(?P<who>[^/()\[\]]{2,30}?)\s*[/)\]][.\s]*")
_DASHED = pattern_of(r"(?:--|—|–|-)\s*(?P<who>[A-Z][\w. ]{1,30}?)[.\s]*")
_CONTACT = pattern_of(
    r"\(?\(?\s*(?P<mail>[\w.+-]+@(?P<site>[\w-]+(?:\.[\w-]+)+))\s*;?\s*\)?\)?[;.\s)]*"
)
_CONTACTS = pattern_of(r"\(\([^()]{0,20}@[^()]{3,220}\)\)|\(\([\w.+-]{2,50}@[^()]{3,220}\)\)")
_BUREAU = pattern_of(
    r"[-–—]?\s*(?P<name>[^\W\d][^,\d]{3,40}?)\s*,\s*(?P<bureau>\w[\w ]{2,30}(?:newsroom|bureau|desk))\s+(?P<phone>\+?[\d ()-]{7,})",
    re.IGNORECASE,
)
_PHOTO = pattern_of(
    r"(?:(?:file |handout |stock |cover |main )?(?:photos?|photograph|crédito|créditos|credito|picture|crédit photo|crédits photo|bildquelle|bildnachweis|fotografía|фото|kuva|zdjęcie|illustration|grafik|infografik|infographic|cartoon|graphic|圖|图|摄影|攝影|fotoğraf|image|foto|bild|bilder|fotos|fotografie|photographie|imagen|foto credit|photo credit|image credit|credit|titelbild|video|圖片來源|图片来源|写真|사진)"
    r"(?:s|\(s\))?\s*(?:credit|by|von|de|courtesy|source|quelle)?\s*[:：/／=]\s*(?:by\s+)?(?P<who>\S.{1,90}))",
    re.IGNORECASE,
)
_PICTURE = Gated(
    pattern_of(
        r"\b(?:via (?:reuters|ap|afp|getty images|the associated press)|(?:ap|afp|pti|ani|epa|efe|xinhua|reuters|upi|cp) (?:file )?photos?\b|(?:reuters|afp|ap|epa|getty images)/\w|/\s*(?:reuters|afp|ap|getty images|epa)\b)",
        re.IGNORECASE,
    ),
    "via |photo|/",
)
_LIMITS = Gated(
    pattern_of(
        r"(?:mandatory credit|no resales?|no archives?|editorial use only|supplied by a third party|provided by a third party|no sales|[A-Z]{4,} out\b|no commercial)",
        re.IGNORECASE,
    ),
    "mandatory credit|no resale|no archive|use only|third party|no sales| out|no commercial",
)
_COLON = pattern_of("[:：/／=]")
_WITH_SIGN = pattern_of(r"\s(?:avec|mit|con|com|met|med)\s|/")
_EASTERN = pattern_of(r"出典|来源|來源|출처")
_SITE_NAME = pattern_of(
    r"[\w-]{2,30}\.(?:de|at|ch|com|org|net|fr|it|es|nl|at|info|tv)", re.IGNORECASE
)
MAX_SOURCE = 160
SHORT = 60
LONGEST_HOUSE, LONGEST_CREDIT = 4, 10


def read_source_line(line: str, context: Context) -> CreditLine | None:
    """Read a line that says where copy or a picture came from."""
    text = (
        unwrap(undash(line)) if not line.lstrip().startswith(("--", "—")) else squeeze(line.strip())
    )
    if len(text) > 400:  # noqa: PLR2004 - a paragraph
        return None
    return (
        _restricted(line, text, context)
        or (_labelled(line, text, context) if len(text) <= MAX_SOURCE else None)
        or (_bare(line, text, context) if len(text) <= SHORT else None)
        or _contact(line, text, context)
    )


def _restricted(line: str, text: str, context: Context) -> CreditLine | None:
    """Picture restrictions as agencies shout them."""
    found = _LIMITS.search(text)
    if found is None or not (found[0].isupper() or len(text) < MAX_SOURCE):
        return None
    shouted = sum(1 for c in text if c.isupper()) * 2 > sum(1 for c in text if c.isalpha())
    if not shouted:
        return None
    begin = re.search(r"THIS (?:IMAGE|PICTURE|VIDEO)|ATTENTION EDITORS", text)
    start = min(begin.start() if begin else found.start(), found.start())
    head = text[:start].strip(" ,*")
    creator = (
        head.split("/")[0].split(",")[0].strip()
        if head and not context.houses.find(head.split("/")[0])
        else None
    )
    return CreditLine(
        statement=text[start:].strip(), scope=Scope.IMAGE, creator=creator or None,
        agencies=_houses(head, context), **place(line, "picture-restrictions", 0.85),
    )  # fmt: skip


def _labelled(line: str, text: str, context: Context) -> CreditLine | None:
    label = _LABEL.fullmatch(text) if ":" in text or "：" in text else None
    if (
        label
        and _short_names(label["who"], context)
        and (
            any(_source(one, context) for one in _names(label["who"]))
            or (_EASTERN.match(text) and len(label["who"]) <= 14)  # noqa: PLR2004 - a name, no sentence
        )
    ):
        return CreditLine(agencies=_names(label["who"]), **place(line, "source-label", 0.85))
    taken = _WITH.fullmatch(text) or (_WITH.search(text) if "/" in text[:30] else None)
    if taken and _short_names(taken["who"], context) and len(text[: taken.start()]) < SHORT:
        named = all(_source(one, context) or len(one) <= 4 for one in _names(taken["who"]))  # noqa: PLR2004 - initials
        if (
            taken.start() == 0
            and text[0].islower()
            and line.lstrip()[0] not in "([*-"
            and not named
        ):
            return None  # the middle of a sentence
        return CreditLine(agencies=_names(taken["who"]), **place(line, "material-from", 0.8))
    return _with(line, text, context) or _photo(line, text, context)


def _with(line: str, text: str, context: Context) -> CreditLine | None:
    """Read ``Source AFP``, ``mit dpa`` and ``Le Monde avec AFP``."""
    for rule, pattern in (("source-label", _LABEL_BARE), ("with-agency", _ONLY_WITH)):
        found = pattern.fullmatch(text)
        if found and all(_source(one, context) for one in _names(found["who"])):
            return CreditLine(agencies=_names(found["who"]), **place(line, rule, 0.8))
    beside = _AND_WITH.fullmatch(text) if _WITH_SIGN.search(text.lower()) else None
    if (
        beside
        and (context.houses.find(beside["who"]) or _houses(beside["who"], context))
        and len(beside["house"].split()) <= LONGEST_HOUSE
    ):
        return CreditLine(agencies=_names(beside["who"]), **place(line, "house-with-agency", 0.85))
    return None


def _photo(line: str, text: str, context: Context) -> CreditLine | None:
    photo = _PHOTO.fullmatch(text.lstrip("/ ")) if _COLON.search(text) else None
    if photo and _short_names(photo["who"], context) and not photo["who"].rstrip().endswith("?"):
        return CreditLine(
            creator=photo["who"].strip(" ."),
            agencies=_houses(photo["who"], context),
            scope=Scope.IMAGE,
            **place(line, "picture-credit", 0.8),
        )
    return None


def _bare(line: str, text: str, context: Context) -> CreditLine | None:
    """Houses alone, in brackets or strokes, perhaps with initials and a date."""
    raw = squeeze(line.strip()[: 2 * MAX_SOURCE])
    wrapped = raw[:1] in "([/<【（" and raw.rstrip(". ")[-1:] in ")]/>】）"
    if _INITIALS.fullmatch(raw) or _DESKS.fullmatch(raw):
        return CreditLine(
            agencies=_houses(text.strip("/"), context), **place(line, "initials", 0.7)
        )
    dashed = _DASHED.fullmatch(raw)
    if dashed and context.houses.find(dashed["who"]):
        return CreditLine(agencies=(dashed["who"],), **place(line, "agency-sign", 0.85))
    when = find_date(text)
    words = text[: when.start()] if when and when.end() >= len(text) - 2 else text
    parts: list[str] = []
    if wrapped or when:
        parts = [part for part in _SPLIT.split(words.strip(" ,;/()[]")) if part]
    if not parts:
        slashed = _SLASHED.fullmatch(raw)
        parts = [slashed["who"]] if slashed else []
    if not parts:
        return None
    known = [
        part for part in parts if _source(part, context) or (wrapped and _SITE_NAME.fullmatch(part))
    ]
    small = [part for part in parts if part.islower() and len(part) <= 4]  # noqa: PLR2004 - desk initials
    if known and len(known) + len(small) >= len(parts):
        picture = len(parts) == 1 and context.houses.find(parts[0]) is None
        return CreditLine(
            agencies=tuple(known),
            scope=Scope.IMAGE if picture else Scope.ITEM,
            **place(line, "agencies-in-brackets", 0.85),
        )
    if wrapped and _PICTURE.search(text):
        return CreditLine(creator=text, scope=Scope.IMAGE, **place(line, "picture-credit", 0.75))
    return None


def _contact(line: str, text: str, context: Context) -> CreditLine | None:
    bare = squeeze(line.strip()[: 2 * MAX_SOURCE])
    mail = _CONTACT.fullmatch(bare) if "@" in bare else None
    house = context.houses.at(mail["site"]) if mail else None
    if mail and (house or bare.startswith("((")):  # a writer's own address is for readers
        return CreditLine(agencies=(house.name,) if house else (), **place(line, "contact", 0.75))
    if "@" in bare and _CONTACTS.fullmatch(bare):
        return CreditLine(**place(line, "contact", 0.75))
    bureau = _BUREAU.fullmatch(bare) if "," in bare else None
    if bureau:
        return CreditLine(creator=bureau["name"].strip(), **place(line, "bureau-contact", 0.75))
    picture = _PICTURE.search(text)
    if (
        picture
        and len(text) <= SHORT * 2
        and not text.rstrip().endswith((".", "?", "!", "”", '"'))
        and len(text.split()) <= LONGEST_CREDIT
    ):
        return CreditLine(creator=text, scope=Scope.IMAGE, **place(line, "picture-credit", 0.65))
    return None


def _source(name: str, context: Context) -> bool:
    return context.houses.find(name) is not None or _UNNAMED.fullmatch(name) is not None


def _names(who: str) -> tuple[str, ...]:
    return tuple(part.strip(" .)*") for part in _SPLIT.split(who) if part.strip(" .)*"))


def _houses(who: str, context: Context) -> tuple[str, ...]:
    return tuple(part for part in _names(who) if context.houses.find(part))


def _short_names(who: str, context: Context) -> bool:
    """Names and initials only: no sentence goes on after them."""
    rest = [one for one in _names(who) if not _source(one, context)]
    words = " ".join(rest).split()
    if not rest:
        return bool(_names(who))
    plain = [
        word
        for word in words
        if word[:1].islower()
        and len(word) > 4  # noqa: PLR2004 - initials are shorter
        and "/" not in word
        and "." not in word
        and not context.houses.find(word.split("-")[0])
    ]
    return 0 < len(words) <= 9 and not plain  # noqa: PLR2004 - a list of houses
