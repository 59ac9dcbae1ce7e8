"""Bylines: who made it, for whom, in what role, from where.

With "By" one name is enough; without it the parts must prove themselves, as a
house that is known, a role, or several names with something after them.
"""

import re
from collections.abc import Sequence

from syndicator.credit.form import Context, house_like, place, unwrap
from syndicator.credit.houses import Houses
from syndicator.credit.moments import CLOCK, DATE, WEEKDAY
from syndicator.credit.names import display_case, is_organization, is_person, split_names
from syndicator.credit.places import display_place, is_place
from syndicator.model.credit import Byline

MAX_BYLINE = 320
_BY = re.compile(
    r"(?:(?:posted|written|words|story|report(?:ed)?|text|article|column|commentary|analysis|review|interview)\s+by|by|BY|von|text(?:e)? (?:von|de)|"
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
    rf"[\s,;|–—\-(]*(?:\b(?:on|le|am|vom|el|em|il|op|den)\s+)?(?:{WEEKDAY},?\s+)?(?P<date>{DATE})(?:[\s,|]*(?:at|à|um|-)?\s*(?P<clock>{CLOCK}))?.*$",
    re.IGNORECASE | re.DOTALL,
)
_AFTER = re.compile(
    r"\s+(?:on|in|at|//|\|)\s*$|[,;|=\-–—]+\s*$|\s+//.*$|\s+\d+\s+comments?.*$", re.IGNORECASE
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
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_INITIALS = re.compile(r"\s*\((?:[a-zäöü]{2,4}/?)+\)$|,\s*[a-zäöü]{2,4}$")
_MORE = re.compile(
    r"\s*[;,]?\s*\b(?:illustrations?|ilustrator|fotos?|photos?|photography|illustrationen|ilustraciones|images?|video|kamera)\b\s*(?:von|by|de|:).*$",
    re.IGNORECASE | re.DOTALL,
)
_COUPLE = re.compile(
    r"([A-ZÀ-Þ][a-zà-ÿ]+) (?:and|und|et|y) ([A-ZÀ-Þ][a-zà-ÿ]+) ([A-ZÀ-Þ][a-zà-ÿ'’-]+)"
)
_HOUSE_IN = re.compile(r"(?P<org>.{2,40}?) (?:in|à|en) (?P<place>[A-ZÀ-Þ].{1,30})")
_KOREAN = re.compile(
    r"(?:(?P<place>[가-힣]{2,4})\s+|\((?P<org>[^()]{2,12})\)\s*)?(?P<name>[가-힣]{2,4})\s*(?P<role>(?:선임|수습|전문|객원|인턴)?기자|특파원|논설위원|편집위원|PD|앵커|아나운서|통신원)"
)
_KOREAN_OTHERS = re.compile(r"외\s*(\d+)\s*명")
_CHINESE = re.compile(
    r"(?P<org>[\u4e00-\u9fff]{2,8}(?:報|报|社|网|網|新聞|新闻|時報|时报|周刊))?\s*[/／]?\s*(?P<role>(?:本[报報]|特[约約派]|實習|实习|体育|駐\S{1,4})?記者|(?:本报|特约|特派|实习)?记者|文|作者|撰文|采写|編譯|编译|綜合報導)[/／:：\s]*"
    r"(?P<names>[\u4e00-\u9fff]{2,4}(?:[、\s，,·][\u4e00-\u9fff]{2,4}){0,5})\s*(?:[/／]\s*(?P<place>[\u4e00-\u9fff]{2,4}?)(?:綜合|即時|即时|採訪|专题)*(?:報導|报道|電|电))?\s*"
)
_CHINESE_PLAIN = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4}){0,4})\s*[/／]\s*(?P<place>[\u4e00-\u9fff]{2,4}?)(?:綜合|即時|採訪)*(?:報導|报道|電|电)"
)
_CHINESE_PICTURE = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,4})\s+(?:圖片來源|图片来源|圖|攝影|摄影)[/／:：].{1,30}"
)
_JAPANESE = re.compile(
    r"(?:取材・文|文|取材|執筆|編集・文|ライター|記者)\s*[:：=＝/／・]\s*(?P<names>[\u3040-\u30ff\u4e00-\u9fff]{2,8})|[【〔(（](?P<name2>[\u4e00-\u9fff]{2,4}[\s　]?[\u4e00-\u9fff\u3040-\u30ff]{0,3})(?:記者)?[】〕)）]"
)
_STOP = re.compile(r"[.!?…]\s+[A-Za-z]|[?!]$")


def read_byline(line: str, context: Context, *, alone: bool = True) -> Byline | None:
    """Read a byline that fills ``line``.

    ``alone`` asks for more proof of a line without "By": in the middle of an
    article names alone are no byline.
    """
    text = unwrap(line).strip()
    if not 2 <= len(text) <= MAX_BYLINE or text.endswith((".”", '."')):  # noqa: PLR2004 - a letter is no name
        return None
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff가-힣]", text):
        return _eastern(line, text)
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
    words = _MORE.sub("", words)
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
        or (dangling and len(authors) > 1)
        or _COUPLE.fullmatch(words)
    )
    return found if proven and (authors or organizations or role) else None


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
    couple = _COUPLE.fullmatch(words)
    if couple and not is_organization(words):
        return (f"{couple[1]} {couple[3]}", f"{couple[2]} {couple[3]}"), (), None, None
    for_house = _FOR.fullmatch(words)
    if for_house and (names := _all_people(for_house["names"])):
        return names, (for_house["org"].strip(),), None, None
    stroke = _STROKE.fullmatch(words)
    if stroke and not led and is_person(stroke["name"]) and context.houses.find(stroke["org"]):
        return (display_case(stroke["name"]),), (stroke["org"].strip(),), None, None
    house = _HOUSE_IN.fullmatch(words)
    if house and context.houses.find(house["org"]) and is_place(house["place"]):
        return (), (house["org"].strip(),), None, house["place"].strip()
    pieces = [
        piece.strip(" =^<")
        for piece in re.split(r"\s*[|\n=]\s*|\s+[-–—]+\s+|\s*,\s*", words)
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
        names = split_names(piece)
        if role is None and houses == [] and names and all(_author(one, context) for one in names):
            authors.extend(display_case(one) for one in names)
        elif mixed := _mixed(names, context):
            authors.extend(mixed[0])
            houses.extend(mixed[1])
        elif (titled := _TITLE.fullmatch(piece)) and is_person(titled["name"]):
            authors.append(display_case(titled["name"]))
            role = role or titled["role"]
        elif number and is_place(piece) and not context.houses.find(piece):
            location = location or display_place(piece)
        elif described := _described(piece, context):
            role = role or described[0]
            houses.extend(one for one in (described[1],) if one)
            location = location or described[2]
        elif number and re.fullmatch(r"[a-zäöü]{2,4}|(?:Jr|Sr|II|III|MD|PhD)\.?", piece):
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
        if context.houses.find(one) or re.fullmatch(
            r"(?:[A-Z]\w+\s+){1,3}[Ss]taff|Agencies|Agences|Agencias|\w+ [Nn]ews [Aa]gency", one
        ):
            houses.append(one)
        elif is_organization(one) and house_like(one, context.houses) and len(one.split()) <= 6:  # noqa: PLR2004 - a house's name
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


def _eastern(line: str, text: str) -> Byline | None:
    korean = list(_KOREAN.finditer(text))
    if korean and len(text) <= SHORT_EAST and _left(text, korean) <= 8:  # noqa: PLR2004 - nothing else in the line
        more = _KOREAN_OTHERS.search(text)
        places = [one["place"] for one in korean if one["place"]]
        return Byline(
            authors=tuple(one["name"] for one in korean),
            organizations=tuple(dict.fromkeys(one["org"] for one in korean if one["org"])),
            role="; ".join(dict.fromkeys(one["role"] for one in korean)), location="; ".join(places) or None,
            others=int(more[1]) if more else 0, **place(line, "korean-reporter", 0.9),
        )  # fmt: skip
    found = (
        _CHINESE.fullmatch(text)
        or _CHINESE_PLAIN.fullmatch(text)
        or _CHINESE_PICTURE.fullmatch(text)
    )
    if found:
        groups = found.groupdict()
        return Byline(
            authors=tuple(re.split(r"[、\s，,·]+", found["names"].strip())), organizations=(groups["org"],) if groups.get("org") else (),
            role=groups.get("role"), location=groups.get("place"), **place(line, "chinese-reporter", 0.9),
        )  # fmt: skip
    japanese = _JAPANESE.fullmatch(line.strip())
    if japanese:
        return Byline(
            authors=((japanese["names"] or japanese["name2"]).strip(),),
            **place(line, "japanese-writer", 0.75),
        )
    return None


SHORT_EAST = 60


def _left(text: str, found: Sequence[re.Match[str]]) -> int:
    """Count what a line says beside its reporters."""
    rest = text
    for one in found:
        rest = rest.replace(one[0], "", 1)
    return len(re.sub(r"[\s·,=|/외명\d@.\w]*@\S+|외\s*\d+\s*명|[\s·,=|/()]", "", rest))
