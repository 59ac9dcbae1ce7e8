"""Republication lines: whose copy it was first, and on what terms it stands here."""

import re

from syndicator.credit.form import Context, Gated, place, undash, unwrap
from syndicator.model.credit import Republication, Scope
from syndicator.model.patterns import pattern_of

_PIECE = (
    r"(?:article|story|post|column|memo|essay|report|piece|analysis|commentary|interview|op-?ed|feature|content|blog|editorial|review|excerpt|investigation|project|material|text|"
    r"work|item|news|episode|transcript|newsletter|podcast|book|study|press release)"
)
_FIRST = pattern_of(
    rf"(?:(?:a (?:longer |shorter |different |full )?version of )?(?:this|the (?:above|following|original|preceding))\s+(?:\w+\s+){{0,2}}?{_PIECE}s?(?:\s+by\s+(?P<author>[^,.]{{3,60}}?))?\s+(?:(?:was|is|has been|were)\s+)?"
    r"|(?:^|(?<=\. ))(?:it\s+(?:was\s+)?)?)(?:first|originally|initially|previously|co-?|jointly)[\s-]*(?:published|appeared|posted|ran|produced|printed|reported|released|aired|written|broadcast)"
    r"\s+(?:(?:here\s+)?(?:under [^.\n]{3,40}? )?(?:by|on|in|at|with|for|as part of)\s+)(?P<who>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_FROM = Gated(
    pattern_of(
        rf"(?:(?:this|the above)\s+(?:\w+\s+){{0,2}}?{_PIECE}\s+(?:is|was|has been|appears)\s+(?:here\s+)?|^|(?<=\. )|it is )(?:re-?published|reprinted|reposted|re-?produced|re-?posted|shared|posted|used|adapted|crossposted|cross-posted|syndicated|excerpted)"
        r"\s+(?:here\s+)?(?:courtesy of|(?:with|by|under)\s+(?:the\s+)?(?:kind\s+|written\s+)?permission\s+(?:of|from|by)|with thanks to|from)\s+(?P<who>\S.*)",
        re.IGNORECASE | re.DOTALL,
    ),
    "published|reprinted|posted|produced|shared|used|adapted|syndicated|excerpted",
)
_OTHER = Gated(
    pattern_of(
        r"(?:dieser (?:artikel|text|beitrag|bericht)(?: ist| wurde)? (?:zuerst|zunächst|ursprünglich|erstmals) (?:erschienen )?(?:auf|bei|in|im|von|unter)(?: de[rm])?\b|"
        r"dieser (?:artikel|text|beitrag) (?:erschien|stammt) (?:(?:zuerst|ursprünglich|erstmals) )?(?:am [^ ]{1,12} (?:\w{3,9} )?(?:\d{4} )?)?(?:auf|bei|in|im|von|aus)\b(?: de[rm])?|zuerst erschienen (?:auf|bei|in)|"
        r"cet article (?:est republié à partir de|a (?:été )?(?:initialement|d’abord|d'abord|originellement) (?:été )?(?:publié|paru) (?:sur|par|dans|en)|est (?:initialement )?paru (?:sur|dans))|"
        r"est[ea] (?:artículo|nota|texto|artigo|reportagem|matéria|reportaje|historia)\s+(?:(?:fue|foi|é|es|se)\s+)?(?:(?:originalmente|inicialmente|republicad[oa]|publicad[oa]|publicó|apareció|publicou)\s+){1,2}(?:originalmente\s+)?(?:en|em|por|de|no|na|pelo|pela|a partir de)|"
        r"publicad[oa] originalmente (?:en|em|por|no|na)|questo articolo è (?:stato )?(?:originariamente |originalmente )?(?:pubblicato|apparso)(?: originariamente| originalmente| in origine)? (?:su|da|in)|"
        r"dit artikel (?:verscheen|is) (?:eerder |oorspronkelijk |eerst )?(?:verschenen |gepubliceerd )?(?:op|in|bij|door)|denne artikel(?:en)? (?:ble|blev|er) (?:først|opprinnelig|oprindeligt) (?:publisert|bragt|udgivet) (?:i|på|hos)|"
        r"den här artikeln (?:publicerades|är) (?:först|ursprungligen) (?:publicerad )?(?:i|på|av)|artikel ini (?:pertama kali )?(?:diterbitkan|terbit)(?: pertama kali)? (?:di|oleh)|article (?:initialement |d.abord )(?:publié|paru) (?:sur|dans|par)|"
        r"(?:本文|文章)(?:转载自|轉載自|首发于|首發於|原载于?|原載於?|來自|来自)[:：]?(?=\S)|原文[:：]|원문[:：])"
        r"\s*(?P<who>\S.*)",
        re.IGNORECASE | re.DOTALL,
    ),
    "dieser |zuerst erschienen|cet article|este |esta |originalmente|questo articolo|dit artikel|denne artikel|den här artikel|artikel ini|article initialement|article d|本文|文章|原文|원문",
)
_DISCLAIMER = Gated(
    pattern_of(
        r"(?:has|have) not been edited by\s+(?:the\s+)?(?P<by>[\w .&'-]{2,50}?)(?:\s+(?:staff|team|desk|editors)|\s+and)|reworked by\s+(?:the\s+)?(?P<by2>[\w .&'-]{2,50}?)\s+staff|"
        r"(?:auto-?\s?generated|published|taken|sourced|generated)\s+(?:directly\s+|automatically\s+)?(?:from|via|as part of)\s+(?:a|an|the)\s+(?:[\w-]+\s+){0,4}?(?:feed|news (?:agency|service|source))|unedited and auto-?generated|"
        r"auto-?generated from\s+(?:[A-Z]\w+\s+){1,3}(?:news service|feed)",
        re.IGNORECASE,
    ),
    "not been edited|reworked by|generated|feed|news agency|news service|news source",
)
_LICENSED = pattern_of(
    r"(?:(?:is|are|was|were|be|here|steh(?:t|en)|sind|ist|valt|falls|sind|est|sont|está|es|é|è)\s+(?:\w+\s+){0,3}?)?(?:re-?published|licen[cs]ed|available|released|published|distributed|shared|verfügbar|veröffentlicht|lizenziert|lizensiert|"
    r"publiée?s?|diffusée?s?|mise? à disposition|disponible|publicad[oa]s?|licenciad[oa]s?|distribuit[oa]|pubblicat[oa]|steht|stehen|unter|sous|bajo|sob|onder|under|licence|lizenz|license|สัญญาอนุญาต)",
    re.IGNORECASE,
)
_RESERVED = Gated(
    pattern_of(
        r"subject to copyright|no part (?:of this \w+ )?may be reproduced without|may not be reproduced without",
        re.IGNORECASE,
    ),
    "subject to copyright|reproduced without",
)
_UNDER = Gated(
    pattern_of(
        r"(?:is )?(?:published|produced|operated|used) under licen[cs]e (?:from|by)\s+(?P<who>\S.*)",
        re.IGNORECASE | re.DOTALL,
    ),
    "under licen",
)
_TAGLINE = pattern_of(
    r"(?P<who>[A-Z][\w'’.]{1,20}(?: [A-Z][\w'’.]{0,20}){0,4})(?: \([A-Z]{2,5}\))?,? (?:is|are) (?:a|an|the|part of)\b[^.]{0,120}\b(?:non-?profit|nonpartisan|non-partisan|independent|newsroom|news service|news organi[sz]ation|news network|news outlet|news bureaus|media organi[sz]ation|investigative)"
)
_PRODUCED = pattern_of(
    r"(?:this|the) (?:article|story|report|investigation|piece) (?:was|is) (?:co-?)?(?:produced|reported|supported|written) (?:and published )?(?:by|for|with|in (?:partnership|collaboration) with|as part of) (?P<who>[A-Z][\w.]{1,20}(?: [A-Z][\w.]{0,20}){0,4}?)(?=['’,.;]|\s+(?:and|which|as|in|with)\b|$)",
    re.IGNORECASE,
)
_VERSION_OF = Gated(
    pattern_of(
        rf"(?:a|an) (?:\w+ )?version of this {_PIECE} (?:also |previously )?(?:appeared|ran|was published) (?:in|on|at|by) (?P<who>\S.*)",
        re.IGNORECASE | re.DOTALL,
    ),
    "version of this",
)
_ADAPTED = pattern_of(
    r"this (?:article|story|post|piece|release) (?:has been|was|is) (?:adapted|edited|translated|shortened|abridged|condensed)\s+from (?:its|the|an)?\s*(?:original|materials?)",
    re.IGNORECASE,
)
_GRANTED = Gated(
    pattern_of(
        r"permission to (?:use|reprint|republish|reproduce|repost).{3,60}(?:is|are) (?:hereby )?granted|(?:may|can|is free to) be (?:freely )?(?:republished|reprinted|reproduced)|available to republish|republish (?:our|this|these|any)|feel free to (?:share|republish)|(?:you are|anyone is) free to (?:share|republish)",
        re.IGNORECASE,
    ),
    "permission to|republish|reprinted|reproduced|free to",
)
_PRINT = pattern_of(
    r"a version of this (?:article|story|review|essay) (?:appears|appeared) in print on",
    re.IGNORECASE,
)
_POSTED = Gated(
    pattern_of(
        r"(?:article|story|post|piece|column) (?:re)?posted with permission (?:from|of)\s+(?P<who>\S.*)",
        re.IGNORECASE,
    ),
    "posted with permission",
)
_TIME_ONLY = pattern_of(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|\d{4}\b|(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?\s)",
    re.IGNORECASE,
)
_END = pattern_of(
    r"(?:\s+(?:erschienen|veröffentlicht|gepubliceerd|verschenen|publisert)\b|\s+(?:at\s+)?(?=https?:|www\.)|[,;]\s+(?=(?:in )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|\d{4}\b|issue\b|vol)|[。，]|[,;]\s+(?:a|an|the|which|and|where|part|but|with|as|under|who)\b|\s+(?:and\s+(?:is|was|has|were|it)|under|with permission|by permission|as part of|which|where|for free|reprinted|republished|where|"
    r"sous licence|bajo (?:una )?licencia|sob (?:uma |a )?licença|con licenza|sotto licenza|unter (?:einer|der)|licence|lire|lea|leia|read|click|headlined|titled|and was)\b|\s+(?:on|le|am|el|em)\s+(?:[A-Z][a-z]{2,8}\.?\s+\d|\d)|\s*[:(|]|\s+[–—-]\s|[.!?](?=\s|$)|\n|\s+<|\s+here\b)",
    re.IGNORECASE,
)
_URL = pattern_of(r"(?:https?://|www\.)[^\s<>)\"]+", re.IGNORECASE)
_CC_WORDS = tuple(
    (
        name,
        pattern_of(rf"\b{name}\b" if name != "BY" else r"\bBY\b|\bby(?=[-/ ](?:nc|nd|sa)\b)"),
        pattern_of(words, re.IGNORECASE),
    )
    for name, words in (
        (
            "BY",
            r"attribution|namensnennung|reconocimiento|atribuci[oó]n|atribuição|paternité|attribuzione|naamsvermelding|erkännande|navngivelse",
        ),
        (
            "NC",
            r"non-?\s?commercial|nicht[- ]?kommerziell|nocomercial|no comercial|não comercial|pas d.utilisation commerciale|non commerciale|nietcommercieel|ickekommersiell|ikke-?kommersiell|\bby-nc",
        ),
        (
            "SA",
            r"share-?\s?alike|weitergabe unter gleichen|compartir igual|compartilha|partage (?:dans les mêmes|à l.identique)|condividi allo stesso|gelijkdelen|dela lika|[-/]sa\b",
        ),
        (
            "ND",
            r"no[- ]?deriv\w*|keine[- ]?bearbeitung\w*|sin obra derivada|sem derivações|pas de modification|non opere derivate|geen ?afgeleide|[-/]nd\b",
        ),
    )
)
_VERSION = pattern_of(r"\b([1-4]\.[05])\b")
_COUNTRIES = {"österreich": "AT", "austria": "AT", "germany": "DE", "deutschland": "DE", "united states": "US", "france": "FR", "brasil": "BR", "brazil": "BR", "españa": "ES", "spain": "ES", "italia": "IT", "italy": "IT", "nederland": "NL", "schweiz": "CH", "australia": "AU", "canada": "CA", "uk": "UK", "japan": "JP"}  # fmt: skip
_PORT = pattern_of(r"\b[1-4]\.\d\s+([A-Z]{2})\b")
_CC0 = pattern_of(r"\bCC0\b|public domain", re.IGNORECASE)
_PICTURES = pattern_of(
    r"\b(?:all )?(?:photos|images|pictures|bilder|fotos|photographs|imágenes|illustrations)\b",
    re.IGNORECASE,
)
_FIGURE = pattern_of(
    r"\(own work\)|\bvia wikimedia\b|\bdieses bild\b|\bthis (?:image|picture|photo)\b",
    re.IGNORECASE,
)
_SITE = pattern_of(
    r"\b(?:this (?:site|website|blog)|dieses blog|diese seite|except where|unless otherwise|design by|edition of|boing boing|is published under a|content on)\b",
    re.IGNORECASE,
)
_BACK = pattern_of(r"\b(?:link|credit|attribut)")
_TAG = pattern_of(r"</?[a-z][^<>]{0,300}>")
_CREATIVE = Gated(
    pattern_of(r"creative\s*commons|\bCC[ -]BY|\(cc\)", re.IGNORECASE), "commons|cc by|cc-by|(cc)"
)
# What each match of ``_FIRST`` holds, in lower case: found in a tenth of the time.
_FIRST_DONE = pattern_of(
    r"(?:first|originally|initially|previously|co|jointly)[\s-]*(?:published|appeared|posted|ran|produced|printed|reported|released|aired|written|broadcast)\s"
)
MAX_REPUBLISH = 1500


def license_id(text: str) -> str | None:
    """Name the Creative Commons licence that ``text`` speaks of (SPDX where a version is stated)."""
    if _CREATIVE.search(text) is None:
        return "CC0-1.0" if "CC0" in text and re.search(r"\bCC0\b", text) else None
    parts = [name for name, short, long in _CC_WORDS if short.search(text) or long.search(text)]
    if not parts:
        return "Creative Commons (version not stated)"
    order = [name for name in ("BY", "NC", "ND", "SA") if name in parts or name == "BY"]
    version = _VERSION.search(text)
    if version is None:
        return f"CC-{'-'.join(order)} (version not stated)"
    return f"CC-{'-'.join(order)}-{version[1]}" + _country(text)


def _country(text: str) -> str:
    port = _PORT.search(text)
    if port:
        return f"-{port[1]}"
    lower = text.casefold()
    named = [code for name, code in _COUNTRIES.items() if re.search(rf"\b{name}\b", lower)]
    return f"-{named[0]}" if named else ""


def read_republication(line: str, context: Context) -> Republication | None:
    """Read a line that says copy was published elsewhere, or under which licence it stands here."""
    text = _TAG.sub("", unwrap(undash(line.strip())))
    if not 8 <= len(text) <= MAX_REPUBLISH:  # noqa: PLR2004 - no shorter form exists
        return None
    return _first_published(line, text, context) or _by_license(line, text, context)


def _first_published(line: str, text: str, context: Context) -> Republication | None:
    disclaimer = _DISCLAIMER.search(text)
    if disclaimer and re.search(
        r"\b(?:story|report|article|content|copy|headline)\b", text, re.IGNORECASE
    ):
        who = disclaimer["by"] or disclaimer["by2"]
        return Republication(
            republisher=who.strip() if who else None, **place(line, "syndicated-feed", 0.9)
        )
    first = _FIRST_DONE.search(text.lower())
    for rule, pattern in (
        ("first-published", _FIRST),
        ("republished-from", _FROM),
        ("posted-with-permission", _POSTED),
        ("version-of", _VERSION_OF),
        ("first-published-abroad", _OTHER),
        ("published-under-license", _UNDER),
    ):
        found = pattern.search(text) if rule != "first-published" or first else None
        if found is None or not (rule == "published-under-license" or _leads(text, found.start())):
            continue
        who = _publisher(found["who"])
        if _TIME_ONLY.match(found["who"]):
            return None
        if who is None:
            continue
        return _fact(line, text, who, rule, context)
    tagline = _TAGLINE.match(text) or _PRODUCED.match(text)
    if tagline and (house := context.houses.find(tagline["who"])) and house.license:
        return _fact(line, text, tagline["who"], "tagline", context)
    if _ADAPTED.search(text):
        return Republication(requirements=("derivative",), **place(line, "adapted", 0.75))
    return None


def _leads(text: str, start: int) -> bool:
    """The words must open the line or a sentence of its own after a name or a picture credit."""
    head = text[:start].rstrip()
    return not head or (head.endswith((".", ":", "!", "|", "—", "–", ")")) and len(head) < 200)  # noqa: PLR2004 - a tagline before it


def _publisher(words: str) -> str | None:
    words = re.sub(r"^(?:the website |the )?(?=[A-Z])", "", words)
    words = re.sub(r"</?a[^<>]*>", "", words)
    end = None
    for found in _END.finditer(words):
        if found[0] == "." and re.search(
            r"\b(?:[A-Z]|St|Dr|Mr|U\.S)$", words[max(0, found.start() - 8) : found.start()]
        ):
            continue
        if found.start() > 0:
            end = found.start()
            break
    name = words[:end].strip(' .,:;"“”’') if end is not None else words.strip(' .,:;"“”')
    if not name or len(name) > 80 or len(name.split()) > 9:  # noqa: PLR2004 - a house's name
        return None
    name = re.sub(r"^(?:our (?:partner|friends at)|a |an )\s*", "", name)
    return name if re.search(r"[A-Z0-9{À-Þ\u0370-\uffff]|\w\.\w", name) else None


def _fact(line: str, text: str, who: str, rule: str, context: Context) -> Republication:
    house = context.houses.find(who) or context.houses.at(who)
    if house is None and who.casefold().endswith((".com", ".org", ".net")):
        house = context.houses.find(who.rpartition(".")[0])
    name = (
        house.name
        if house is not None
        and (house.license or who.casefold() != house.name.casefold())
        and "." in who
        and rule != "republished-from"
        else who
    )
    stated = license_id(text)
    riders = list(house.riders) if house else []
    inferred = False
    if (
        stated
        and "not stated" in stated
        and house
        and house.license
        and "Creative Commons (" in stated
    ):
        stated, inferred = house.license, True
    elif stated is None and re.search(r"permission", text, re.IGNORECASE):
        stated = "permission"
    elif stated is None and rule == "published-under-license":
        stated = "licensed-edition"
    elif stated is None and house and house.license:
        stated, inferred = house.license, True
    link = _URL.search(text)
    if re.search(
        r"read the original|original article|lire l.article original", text, re.IGNORECASE
    ):
        riders.append("link_to_original")
    dated = re.search(r"(?:copyright|©)\s*(?:©\s*)?((?:19|20)\d\d)\b", text, re.IGNORECASE)
    return Republication(
        year=int(dated[1]) if dated else None,
        license=stated, inferred=inferred, publisher=name, link=link[0].rstrip(".,") if link else None,
        requirements=tuple(dict.fromkeys(riders)),
        scope=Scope.SITE if rule == "published-under-license" else Scope.ITEM,
        **place(line, rule, 0.9),
    )  # fmt: skip


def _by_license(line: str, text: str, context: Context) -> Republication | None:
    stated = license_id(text)
    granted = _GRANTED.search(text)
    if granted and (free := _granted(line, text, stated)):
        return free
    if stated and (_LICENSED.search(text) or granted) and _of_this(text):
        if re.search(
            r"\b(?:gibt|gab|frei|announced|launched|says|said)\b", text
        ) or text.rstrip().endswith("?"):
            return None
        if _NEWS_OF.match(text):
            return None
        is_figure = _FIGURE.search(text) is not None
        scope = Scope.SITE if _SITE.search(text) else Scope.ITEM
        if is_figure or _PICTURES.search(text):
            scope = Scope.IMAGE
        # The attribution of a picture has to stay beside it.
        named = place(line, "creative-commons", 0.85, cut=not is_figure)
        return Republication(
            license=stated, publisher=_licensor(text, context), scope=scope, **named
        )
    if _RESERVED.search(text) and not re.search(r"©|\(c\)|copyright \d", text, re.IGNORECASE):
        return Republication(
            license="all-rights-reserved",
            requirements=("no_reproduction",),
            **place(line, "all-rights-reserved", 0.75),
        )
    if _PRINT.search(text):
        return Republication(**place(line, "also-in-print", 0.7))
    return None


def _granted(line: str, text: str, stated: str | None) -> Republication | None:
    """Read a permission in the publisher's own words, with the credit it asks for."""
    asked = _BACK.search(text) or re.match(r"you are free", text, re.IGNORECASE)
    if "©" not in text and (stated is not None or asked is None):
        return None
    back = _CREDIT_TO.search(text)
    return Republication(
        license="custom",
        publisher=back["who"].rstrip(".") if back else None,
        **place(line, "permission-granted", 0.75),
    )


_CREDIT_TO = pattern_of(
    r"(?:original source at|link(?:ed)? back to|\bcredit(?: (?:is )?(?:given )?to)?)\s+(?:its original source at\s+|the\s+)?(?P<who>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}?)(?=\.\s|\.?$|,)"
)
_THIS = pattern_of(
    r"\b(?:this(?! (?:year|week|month|season|morning|spring|summer|autumn|winter))|these|our|except|unless|otherwise|dies\w*|dit|dieses|die|ce(?:s|t|tte)?|est[aeou]s?|quest['’\w]+|den(?:ne)?|here|content|text)\b|^\W{0,4}(?:licen[cs]ed|published|available|lizenz|licence|license|licencia|licença|licenza|cc\b|creative commons (?:attribution|licen[cs]e|by)|all (?:photos|images|content|text))"
    r"|^[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,4}\s+(?:is|are)\s+(?:published|licensed|available)|©|copyright|\bCC[ -]BY\b|\(cc\)",
    re.IGNORECASE,
)
_NEWS_OF = pattern_of(
    r"^(?:mit|with|using|durch|avec|con) creative commons\b|"
    r"^(?:\w+ ){0,2}creative commons(?: \(cc\))? (?:opened|opens|has|had|was|can|announced|launched|turns|allows|kann|können)\b",
    re.IGNORECASE,
)
_TOLD = pattern_of(
    r"\b(?:released|put|opened|donated|uploaded|turns|turned|announced|launched|stellt|stellte|publiera|puso|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)


def _of_this(text: str) -> bool:
    """Say whether a licence is that of this copy or site, and not what somebody else did."""
    told = _TOLD.search(text) and not re.search(
        r"\bthis (?!year|week|month)|©|\btext\b", text, re.IGNORECASE
    )
    return _THIS.search(text) is not None and not told


def _licensor(text: str, context: Context) -> str | None:
    credited = re.search(
        r"\b(?:credit|attribute (?:it|the (?:article|story|text|work)) to|was (?:first )?published by) (?:the )?(?P<who>[A-Z]\w+(?: [A-Z]\w+){0,3})",
        text,
    )
    if credited:
        house = context.houses.find(credited["who"])
        return house.name if house else credited["who"]
    opening = re.match(
        r"(?P<who>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,4})\s+(?:is|are)\s+(?:published|licensed|available)",
        text,
    )
    if opening and not re.match(
        r"(?:This|All|Our|The|These|Content|Contents|Text|Articles?|Stories|Photos|Images)\b",
        opening["who"],
    ):
        return opening["who"]
    by = re.search(
        r"(?:copyright|©)[^•|]{0,20}?by:?\s+(?P<who>[\w.-]+(?:\s[A-Z][\w.-]*){0,4})",
        text,
        re.IGNORECASE,
    )
    return by["who"].strip(" .") if by else None
