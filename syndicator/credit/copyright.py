"""Copyright notices: who owns an article, since when, who passes it on, and what may be done.

The holder stands after the mark and the years. "Distributed by", "For reprint
rights" and "Provided by" name other parties and never the holder.
"""

import re

from syndicator.credit.form import (
    ABBREVIATED,
    Context,
    Gated,
    first_sentence,
    place,
    undash,
    unwrap,
)
from syndicator.model.credit import CreditLine, Scope
from syndicator.model.patterns import pattern_of

_MARK = r"(?:(?<![^\W_])©|Â©|ⓒ|Ⓒ|\([cC]\)|copyright(?:ed)?|copr\.|copyr\.|(?<!\w)c\.\s?(?=(?:19|20)\d\d\s)|저작권자|all contents|tm and|derechos de autor|urheberrecht|droits d'auteur)"
_YEARS = r"(?:(?:19|20)\d\d)(?:\s*(?:-|–|—|to|,|/)\s*(?:(?:19|20)\d\d|\d\d))?"
_OPENING = pattern_of(
    rf"(?P<mark>{_MARK}(?:[\s,:]{{0,4}}{_MARK}){{0,4}})[\s,.:(]{{0,6}}(?:(?P<years>{_YEARS}|0|\d{{5,}})(?!\d)[\s,.:/|)]{{0,6}})?"
    rf"(?:(?:by|von|par|por|di)\s*:?\s+)?(?:{_MARK}[\s,]{{0,4}}){{0,3}}(?P<years2>{_YEARS}(?!\d)[\s,.]{{0,4}})?",
    re.IGNORECASE,
)
_LONE_YEARS = pattern_of(rf"[\s,]{{0,4}}\(?({_YEARS})\)?[\s.,/|–-]{{0,8}}$")
STATEMENT = Gated(
    pattern_of(
        r"(?:(?:all|world|worldwide)\s+(?:other\s+)?(?:rights|rigths)\s+re|used (?:with|by|under) (?:permission|licen[cs]e)|reproduction\b|no reproduction|"
        r"no part\b|this (?:material|content|story|article|document)\s+(?:may|is)\b|"
        r"may not be (?:published|reproduced)|unauthori[sz]ed|republication|redistribution|click for restrictions|no (?:re)?sales|mandatory credit|"
        r"alle rechte|alle auteursrechten|alle rechten|alla rättigheter|alle rettigheder|alle rettigheter|kaikki oikeudet|nachdruck|vervielfältigung|"
        r"tous droits|toute reproduction|reproduction interdite|todos (?:los|os) (?:derechos|direitos)|prohibida (?:su|la) reproducci|"
        r"queda prohibida|proibida a reprodu|tutti i diritti|riproduzione riservata|vietata la riproduzione|все права|при цитировании|перепечатка|"
        r"wszelkie prawa|všechna práva|minden jog|tüm hakları|τα πνευματικά δικαιώματα|με επιφύλαξη|haki zote|hak cipta dilindungi|"
        r"무단\s*전재|재배포|禁止转载|未经|不得转载|版權所有|版权所有|翻印必究|無断転載|無断複製|禁無断|転載を禁|حقوق|يحظر|جميع الحقوق|สงวนลิขสิทธิ์)",
        re.IGNORECASE,
    ),
    "rights|rigths|used |reprod|no part|this |not be|unauthor|republic|redistrib|restrictions|sales|mandatory|rechte|rättigh|rettigh|oikeudet|nachdruck|vervielf|droits|derechos|direitos|prohibid|proibid|diritti|riservat|vietata|права|цитир|перепеч|prawa|práva|minden jog|hakları|δικαι|επιφύλ|haki|hak cipta|전재|재배포|转载|未经|版|翻印|転載|複製|حقوق|يحظر|สงวน",
)
_HOLDER_END = pattern_of(
    r"(?:\s{0,3}[|•·*]|\s{1,3}-\s{1,3}(?=[A-ZÀ-Þ])|\s{0,3}[.,;:/]?\s{0,3}\(?(?=\b(?:visit|distributed (?:\w+ )?by|syndicated (?:\w+ )?by|provided by|though|reprinted|used (?:by|with)|for reprint|"
    r"follow|terms of|powered by|design by|nit\b|no (?:reproduction|part)|by using|permission|please|licen[cs]ed|tm\b|lizenz|published|reproduction)\b)|"
    r"\s*\(?(?:https?://|www\.)|\n|\s*[,;]?\s*(?=all\s+ri)|[,.]\s+(?=registered|a registered)|,\s+an?\s+(?=(?:\S+\s+){0,5}(?:company|division|subsidiary|unit|business|corporation|affiliate)\b)|,\s*(?=dpa:\d)|\s+all market data|\s+(?=(?:prohibits|forbids|reserves)\b))",
    re.IGNORECASE,
)
VISIT = pattern_of(
    r"(?:\bvisit\s+(?:(?:us|them|it|the|\S.{0,80}?)\s+(?:at|on|online at)\s+)?|\(|\bat\s+)((?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s)]*)?)(?=[\s).,;/]|$)",
    re.IGNORECASE,
)
_DISTRIBUTED = Gated(
    pattern_of(
        r"\b(?:distributed|syndicated|provided|released) (?:to \S+ |exclusively |nationally |worldwide )?by\s*:?\s+(\S.{1,120})",
        re.IGNORECASE,
    ),
    "distrib|syndicat|provided|released",
)
_AGENT = Gated(
    pattern_of(
        r"\b(?:for reprint rights|reprint rights|reprints?|syndication|licensing)\s*:\s*(\S.{1,80})",
        re.IGNORECASE,
    ),
    "reprint|syndication|licensing",
)
OWNER = pattern_of(
    r"(?:版权属|版權屬|版权归|版權歸|权益归|權益歸)(?:于|於)?\s*(.{2,40}?)\s*(?:独家|獨家)?\s*(?:所有|享有)"
)
_WRITTEN = pattern_of(
    r"(?:por escrito de|escrita de|écrite de|written (?:consent|permission) of)\s+(?:la |el |the )?([A-ZÀ-Þ][^,;]{2,60})$"
)
_KEPT_BY = pattern_of(r"\brights reserved (?:by|to) ([A-ZÀ-Þ][^,;|.]{2,60})", re.IGNORECASE)
_QUOTED = pattern_of('["“«]([^"”»]{2,60})["”»]')
_PARENTHESIS = pattern_of(r"\s{0,3}\(([^()]{2,60})\)\s{0,3}$")
_IMAGE = Gated(
    pattern_of(
        r"\b(?:photos?|images?|pictures?|videos?|fotos?|bild(?:er)?|imagen|사진|写真|图片|圖片)\b|사진|写真|图片|圖片",
        re.IGNORECASE,
    ),
    "photo|image|picture|video|foto|bild|imagen|사진|写真|图片|圖片",
)
_SITE_WORDS = Gated(
    pattern_of(
        r"\b(?:this (?:web)?site|any \S+ pages|terms of (?:use|service)|privacy|our consent|powered by|design by|newsletter)\b|本网|当サイト|"
        r"prohibida su reproducci|ediciones|casa editorial",
        re.IGNORECASE,
    ),
    "this |pages|terms of|privacy|consent|powered|design|newsletter|本网|当サイト|prohibida|ediciones|editorial",
)
_COMPANY = pattern_of(r".{2,60}?\b(?:Inc|LLC|Ltd|Corp|GmbH|S\.A|L\.P)\b\.?(?=\s+[A-Z(]|\s*$)")
_LEAD = 60
_CONTENTS = pattern_of(
    r"(?:(?:all|entire|site|our|story|article|text|column|website|editorial)\s+){0,2}(?:contents?|story|article|text|column|material|photos?|images?)?",
    re.IGNORECASE,
)
_MANY_YEARS = pattern_of(r"(?:(?:19|20)\d\d\s*,\s*){2,}(?:19|20)\d\d")
_PROSE = pattern_of(
    r"\b(?:is|are|was|were|has|have|had|cited|provides|said|says|allowing|owners?|holders?|law|infringement)\b"
)


def read_copyright(line: str, context: Context) -> CreditLine | None:
    """Read a notice with its mark, or with one of the words that stand for it."""
    text = unwrap(undash(line))
    opening = _opening(text, context)
    if opening is None:
        return None
    tail = text[opening.end() :]
    years = opening["years2"] or opening["years"] or ""
    holder, years = _holder(tail, years, text)
    if holder is None and not years and not STATEMENT.search(text):
        return None
    first, last = _years(years)
    visit = VISIT.search(text)
    distributor, agent = _passed_on(tail)
    head = text[: opening.start()]
    return CreditLine(
        holder=holder,
        year=last,
        year_from=first,
        site=visit[1].rstrip(".,;") if visit and not _is_restriction(text, visit) else None,
        distributor=distributor,
        agent=agent,
        creator=_creator(tail, holder),
        statement=statement_of(text),
        scope=scope_of(text, head, first),
        **place(line, "copyright-notice", 0.95 if years else 0.85),
    )


def _opening(text: str, context: Context) -> re.Match[str] | None:
    """Find the mark near the start of a line that is a notice and not prose."""
    if _MANY_YEARS.search(text) or re.search(r"\bISBN\b|Used by permission", text):
        return None  # a book's imprint
    found = _OPENING.search(text[:300])
    if found is None:
        return None
    head, mark = text[: found.start()], found["mark"]
    signed = any(sign in mark for sign in "©ⓒⒸ(") or "저작권자" in mark
    if len(head) > _LEAD and not (signed and STATEMENT.search(head)):
        return None
    if _PROSE.search(head) or (head.rstrip().endswith((".", "?")) and not signed):
        return None
    if signed:
        return None if _goes_on(text, found, context) else found
    return _worded(text, found, head, context)


_ARTICLES = frozenset(
    [
        "the",
        "la",
        "le",
        "les",
        "el",
        "los",
        "der",
        "die",
        "das",
        "il",
        "lo",
        "by",
        "von",
        "par",
        "por",
        "de",
        "di",
        "all",
        "a",
        "an",
        "und",
        "and",
        "y",
        "et",
    ]
)


def _goes_on(text: str, found: re.Match[str], context: Context) -> bool:
    """Say whether a sentence goes on after the mark: a small word there names no house."""
    word = re.match(r"[a-z]{2,}\b(?![-./])", text[found.end() :])
    dated = found["years"] or found["years2"]
    return (
        word is not None
        and not dated
        and word[0] not in _ARTICLES
        and context.houses.find(word[0]) is None
    )


def _worded(text: str, found: re.Match[str], head: str, context: Context) -> re.Match[str] | None:
    """Accept the bare word "Copyright" only where a notice would put it."""
    if _CONTENTS.fullmatch(head.strip(" -—–*•>|")) is None or not (
        found["mark"][0].isupper() or head.strip() or found["mark"][0] == "c"
    ):
        return None
    rest = text[found.end() :]
    if found["years"] or found["years2"]:
        return found
    first = re.match(r"[\w-]+", rest)
    capital = re.match(r"(?:the\s+)?[A-ZÀ-Þ]", rest) is not None or (
        first is not None and context.houses.find(first[0]) is not None
    )
    return found if capital and not _PROSE.search(" ".join(rest.split()[:6])) else None


def _holder(tail: str, years: str, text: str) -> tuple[str | None, str]:
    owner = OWNER.search(text)
    if owner:
        return owner[1].strip(), years
    if (quoted := _QUOTED.search(tail)) and re.search(r"[\u0600-\u06ff]", text):
        return quoted[1], years
    statement = STATEMENT.search(tail)
    words = tail[: statement.start()] if statement else tail
    end = _HOLDER_END.search(words)
    if end is not None:
        words = words[: end.start()] + ("." if _abbreviates(words, end.start()) else "")
    words = _until_stop(words)
    lone = _LONE_YEARS.search(words)
    if lone:
        years = lone[1] if not years or years == "0" else years
        words = words[: lone.start()]
    words = re.sub(rf"^[\s\-–—,|/]*(?:{_YEARS})?[\s\-–—,|/]*", "", words)
    name = _tidy(words)
    if name is None and (kept := _KEPT_BY.search(text)):
        name = _tidy(kept[1])
    if name is None and (written := _WRITTEN.search(text)):
        name = _tidy(written[1])
    if name is None and statement and "|" in tail:
        name = _tidy(tail.rpartition("|")[2])
    return name, years


def _abbreviates(words: str, stop: int) -> bool:
    """Say whether the full stop at ``stop`` belongs to the name: ``Harbour Co. Visit …``."""
    return words[stop : stop + 1] == "." and ABBREVIATED.search(words[: stop + 1]) is not None


def _until_stop(words: str) -> str:
    stop = first_sentence(words)
    rest = words[len(stop) :].lstrip(". ")
    return stop if rest else words


def _tidy(words: str) -> str | None:
    name = re.sub(
        r"^(?:\s*(?:by|of|tm|®|™)\b[\s:.]*|[\s:,.;/|\-–—]+)+", "", words, flags=re.IGNORECASE
    )
    name = re.sub(r"[®™]", "", name)
    while (paren := _PARENTHESIS.search(name)) and not re.search(r"[\u4e00-\u9fff]", paren[1]):
        name = name[: paren.start()]
    name = name.split("/")[0] if re.match(r"[A-Z]{2,5}/[A-Z]", name) else name
    name = name.strip().rstrip(" \t\n\xa0,;:/|-–—([<").strip()
    if name.endswith(".") and not re.search(
        r"(?:\b[A-Z]|\b(?:Inc|Co|Corp|Ltd|Bros|plc|Cos))\.$", name
    ):
        name = name[:-1].rstrip()
    if not re.search(r"[^\W\d_]", name) or len(name) > 120:  # noqa: PLR2004 - no name is longer
        return None
    return name


def _years(text: str) -> tuple[int | None, int | None]:
    found = [int(one) for one in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)]
    if not found:
        return None, None
    short = re.search(r"(?:19|20)\d\d\s*[-–/]\s*(\d\d)(?!\d)", text)
    if short and len(found) == 1:
        found.append(found[0] // 100 * 100 + int(short[1]))
    return (found[0] if len(found) > 1 else None), found[-1]


def _passed_on(text: str) -> tuple[str | None, str | None]:
    """Return distributor and rights agent."""
    passed, agent = _DISTRIBUTED.search(text), _AGENT.search(text)
    return (party(passed[1]) if passed else None), (party(agent[1]) if agent else None)


def party(words: str) -> str | None:
    """Return the name at the start of ``words``, to the end of its sentence or line."""
    words = re.split(r"\s*[|•]\s*|\s+/\s+|\n|\s+[Vv]isit\s", words, maxsplit=1)[0]
    statement = STATEMENT.search(words)
    words = words[: statement.start()] if statement else words
    words = re.split(r"\s+(?:for|FOR)\s+(?=[A-Z])", words, maxsplit=1)[0]
    company = _COMPANY.match(words)
    return _tidy(company[0] if company else first_sentence(words + " ").rstrip())


def _is_restriction(text: str, visit: re.Match[str]) -> bool:
    return bool(re.search(r"restrictions\s*-?\s*$", text[: visit.start(1)], re.IGNORECASE))


def _creator(tail: str, holder: str | None) -> str | None:
    """``(c)AFP/Aminu ABUBAKAR``: the one after the stroke took the picture."""
    if holder is None:
        return None
    found = re.match(rf"\s*{re.escape(holder)}\s*/\s*(?:via\s+)?(\S[^/|\n]{{2,60}})", tail)
    return found[1].strip(" .)") if found else None


def statement_of(text: str) -> str | None:
    """Return what a line says may be done, from where it says so to its end."""
    found = STATEMENT.search(text)
    if found is None:
        return None
    words = text[found.start() :].strip()
    words = re.split(r"\s*\|\s*|\bThe Associated Press contributed|\s+Visit\s", words)[0]
    return words.rstrip(" >)]") or None


def scope_of(text: str, head: str, year_from: int | None) -> Scope:
    """Say what a notice is about; ``head`` is what stands before its mark."""
    if _IMAGE.search(head) or re.search(r"^\W*사진", text):
        return Scope.IMAGE
    if (
        head.strip(" -—–[<(")
        and len(head) < _LEAD
        and not STATEMENT.search(head)
        and re.match(r"[A-Z]\w+\s*$", head)
    ):
        return Scope.WORK
    if _SITE_WORDS.search(text) or year_from is not None or STATEMENT.search(head):
        return Scope.SITE
    return Scope.ITEM
