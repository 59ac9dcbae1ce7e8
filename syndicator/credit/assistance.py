"""Sign-offs: who reported, wrote, edited and helped."""

import re

from syndicator.credit.form import Context, Gated, undash, unwrap
from syndicator.credit.names import display_case, is_person, split_names
from syndicator.credit.people import MAX_PLACE_WORDS, POSSESSIVE, People, gather
from syndicator.model.credit import Assistance
from syndicator.model.patterns import pattern_of

_HELP = (
    r"(?:(?:with\s+)?additional\s+(?:reporting|writing|research|material|contributions?|footage)|with\s+(?:additional\s+)?(?:assistance|help|contributions?|reporting|research|input|inputs|files|material|contribution)|"
    r"(?:mit(?:arbeit| unterstützung)|unter mitarbeit)|avec (?:la collaboration|la contribution|l['’]aide)|con (?:la )?(?:colaboración|aportes|reportes|información adicional)|"
    r"com (?:a )?(?:colaboração|reportagem)|colabor(?:ó|aron|ou|aram)|(?<=,\s)avec(?=\s+[A-ZÀ-Þ])|con la collaborazione|ha collaborato|met medewerking|medewerking|medverkande|reportage additionnel|reporte adicional|reportagem adicional|contributions?)"
)
_REPORT = r"(?:información(?=\s+de)|reporter(?=\s*:)|reporters?(?=\s*:)|report(?:ing|ed|s)?|report(?:ed)? and writ(?:ten|ing)|reporte|reportagem|reportage|bericht(?:et)?|informes?|redazione|interviews?|research(?:ed)?|écrit)"
_WRITE = r"(?:writ(?:ing|ten)|redacción|redação|geschrieben|escrito|rédigé|scritto|texto)"
_EDIT = (
    r"(?:(?:copy[- ]?)?edit(?:ing|ed)|compiled|edición|edição|editado(?: en español)?|édité|editors?(?=\s*:)|bewerkt|bearbeitet|korrigiert|graphics|editing|redigiert|redaktion|redigeringen|redigering|редактор|redattore|redactie|a cura|curated|"
    r"production|produced|edição de|publishing|version française|traducido|traducción|traduzido|servizio|proofreading)"
)
_OF = r"(?:\s+(?:by|from|of|de|do|da|del|dell[ae]|von|par|por|van|door|av|di|der))?\s*:?\s+"
_CLAUSE = pattern_of(
    rf"(?P<help>{_HELP})(?:\s+(?:by|from|of|de|do|da|von|par|por|van|av|di|reporting by))?\s*:?\s+|(?P<report>{_REPORT}){_OF}|(?P<write>{_WRITE}){_OF}|(?P<edit>{_EDIT}){_OF}",
    re.IGNORECASE,
)
_STARTS = pattern_of(
    rf"\W{{0,4}}(?:(?:{_HELP})\b|(?:report(?:ing|ed)|writ(?:ing|ten)|(?:copy[- ]?)?edit(?:ing|ed)|compiled|reportagem|reportage|reporte|bericht|édité|edición|edição|editado(?: en español)?|redigiert|redaktion|redigering|rédigé|редактор|reporters?(?=\s*:)|mitarbeit|bearbeitet|bewerkt|graphics|production|produced|editors?(?=\s*:)|información(?=\s+de))"
    rf"(?:\s+(?:by|de|von|par|por|door|:)|\s*:|\s+[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
_GLUED = pattern_of(
    r"[(\[]\s*(?:Additional |With )?(?:Reporting|Writing|Editing|Written|Edited|Compiled|Reported|Reportage|Reporte|Reportagem|Redacción|Edición|Edição|Bericht|Por|Par|Von)\b[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?[)\]]\W{0,3}$",
    re.IGNORECASE,
)
_GLUED_BARE = pattern_of(
    r"(?<=[.!?”\"]\s)Reporting by [A-ZÀ-Þ][^.;]{2,200}[;,] (?:additional reporting|writing|editing) by [A-ZÀ-Þ][^.]{2,200}\.?\s{0,3}$",
    re.IGNORECASE,
)
_CONTRIBUTED = Gated(
    pattern_of(
        r"(?P<who>\S[^.!?]*(?:\.[^.!?]+)*?)\s*,?\s+(?:also\s+)?(?:contributed(?:\s+(?:additional\s+)?(?:reporting|research|material|information))?(?:\s+(?:to|for)\s+(?:this|the)\s+(?:\w+\s+){0,2}?"
        r"(?:report|story|article|dispatch|piece|post|column|coverage|package|review))?|helped (?:with|report|write) (?:on )?this (?:story|report|article)|"
        r"assisted (?:with|in) (?:the |this )?(?:reporting|report|story|article)|provided (?:additional )?reporting|(?:contribuy(?:ó|eron) (?:a|en|con|para)|colabor(?:ó|aron) (?:en|con|para)) est[ea] (?:\w+)|(?:contribuiu|contribuíram|colaborou|colaboraram) (?:para|com) est[ea] \w+|"
        r"(?:a|ont) (?:contribué|collaboré) à (?:cet article|ce (?:reportage|rapport)|cette dépêche)|ha(?:nno)? (?:contribuito|collaborato) a quest['’o]\s?\w+|hat(?:te)?n? an diesem (?:artikel|bericht|text) mitgearbeitet|bidrog (?:till|til) (?:den här |denne )?\w+)",
    ),
    "contribu|helped |assisted |provided |colabor|collabor|mitgearbeitet|bidrog",
)
_FROM_AFAR = pattern_of(
    r"(?P<who>[A-ZÀ-Þ].{2,200}?)\s+contributed(?:\s+(?:additional\s+)?reporting)?\s+from\s+(?P<rest>(?:the\s+)?[A-ZÀ-Þ].{2,300})"
)
_STAFF_FROM = pattern_of(
    r"(?P<who>[A-ZÀ-Þ][\w.'’-]+(?:,\s+[A-ZÀ-Þ][\w.'’-]+){0,6},?\s+and\s+[A-ZÀ-Þ][\w.'’-]+)\s+reported\s+from\s+(?P<where>[A-ZÀ-Þ].{2,60})"
)
_REACHED = pattern_of(
    r"(?:(?P<who>[A-ZÀ-Þ][^,;:@]{1,50}?)(?:\s+is a [^@]{3,80}?\.? (?:he|she|they))? can be (?:reached|contacted|emailed) (?:at|on|by|via)\b.{0,20}\S{1,64}@\S{1,64}.{0,120}|(?:contact|e-?mail) (?P<whom>[A-ZÀ-Þ][^,;:@]{1,50}?) (?:at|on|via) \S{1,64}@\S{1,64}.{0,60})",
    re.IGNORECASE,
)
_ASIDE = Gated(
    pattern_of(
        r"[.;]?\s+(?:our standards:|bei rückfragen|para más información|pour plus d.informations?|contacte[rz]?\b|if you have questions|kontakt:).{0,300}$",
        re.IGNORECASE,
    ),
    "our standards:|rückfragen|más información|pour plus d|contacte|contact|if you have questions|kontakt:",
)
_REPORTED = pattern_of(
    r"(?P<who>[A-ZÀ-Þ][\w.'’\-À-ÿ]*(?:\s+[A-ZÀ-Þ][\w.'’\-À-ÿ]*){0,4})\s+(?P<verb>reported|wrote|writes|reports)\s+(?:this (?:story|report) )?(?P<where>(?:from|in)\s+[^.]{2,120})"
)
_ANOTHER = pattern_of(
    r"(?:,?\s*(?:and|while)\s+|,\s+)(?P<who>[A-ZÀ-Þ][\w.'’\-À-ÿ]*(?:\s+[A-ZÀ-Þ][\w.'’\-À-ÿ]*){0,4})\s+(?P<verb>wrote\s+|reported\s+)?(?P<where>(?:from|in)\s+[^,]{2,60}?(?=\s+and\s+[A-Z]|,|\.|$)(?:,\s+[A-Z][^,.]{2,30})?)"
)
_FILES = pattern_of(
    r"(?P<house>[A-Z][\w. ]{2,40}),\s+with files from\s+(?P<who>.{2,80})", re.IGNORECASE
)
_INPUTS = pattern_of(r"with\s+(?P<who>\S.{1,60}?)\s+inputs?", re.IGNORECASE)
_EAST = pattern_of(
    r"[（(【\[]?\s*(?:责任编辑|責任編輯|责编|責編|编辑|編輯|編集|편집)\s*[:：/／=]?\s*(?P<who>[\u4e00-\u9fff가-힣\u3040-\u30ff、·\s]{2,30}?)(?:\s*(?:校对|校對|监审|审核)\s*[:：]?.{1,20})?[)）】\]]?"
)
MAX_SIGN_OFF = 900


def read_assistance(line: str, context: Context) -> Assistance | None:
    """Read a sign-off that fills ``line``, or the one in brackets glued to its last sentence."""
    if len(line) <= MAX_SIGN_OFF:
        whole = _whole(line, context)
        if whole is not None:
            return whole
    from_here = max(0, len(line) - MAX_SIGN_OFF)
    glued = _GLUED.search(line, from_here) or _GLUED_BARE.search(line, from_here)
    if glued and glued.start() > 0:
        inner = _clauses(unwrap(glued[0].strip()), context)
        return (
            inner.fact(line, "sign-off-glued", 0.95, glued.start())
            if inner and inner.found()
            else None
        )
    return None


def _whole(line: str, context: Context) -> Assistance | None:
    text = re.sub(r"\n\s{0,3}[-*]\s{0,3}", "; ", undash(unwrap(undash(line.strip())))).rstrip(" .)")
    east = _EAST.fullmatch(line.strip())
    if east:
        people = People(editors=[one for one in re.split(r"[、·\s]+", east["who"]) if one])
        return people.fact(line, "editor-in-charge", 0.9)
    files = _FILES.fullmatch(text)
    inputs = _INPUTS.fullmatch(text)
    if inputs and all(context.houses.find(one) for one in split_names(inputs["who"])):
        return People(organizations=split_names(inputs["who"])).fact(line, "inputs", 0.85)
    if files:
        people = People(organizations=[files["house"], re.sub(r"^the ", "", files["who"])])
        return people.fact(line, "files-from", 0.9)
    text = _ASIDE.sub("", text)
    if _AUTHOR_ONLY.match(text) and not _CLAUSE.search(text, 12):
        return None  # "Written by A" alone is a byline
    if line.lstrip()[:1] in "([" and (led := _names_first(text, context)):
        return led.fact(line, "sign-off", 0.9)
    if (desk := _DESK.match(text)) and (asked := _to_contact(text[desk.end() :], desk, context)):
        return asked.fact(line, "contact", 0.9)
    if (
        (contact := _REACHED.fullmatch(text))
        and (who := contact["who"] or contact["whom"])
        and is_person(display_case(who), mononym=True)
    ):
        return People(reporters=[display_case(who)]).fact(line, "contact", 0.8)
    if _STARTS.match(text):
        clauses = _clauses(text, context)
        return clauses.fact(line, "sign-off", 0.95) if clauses and clauses.found() else None
    return _sentences(line, text, context)


_DESK = pattern_of(
    r"to contact the (?:(?P<rep>reporters?|writers?|authors?)|(?P<ed>editors?))(?: responsible for this (?:story|article|column)| (?:on|of) this (?:story|article|column))?\s*:\s*",
    re.IGNORECASE,
)
_AT_MAIL = pattern_of(r"\s+at\s+[^\s@]{1,64}@[^\s@;,]{1,64}")


def _to_contact(text: str, desk: re.Match[str], context: Context) -> People | None:
    """``A in Tokyo at a@x; B in London at b@x``, as Bloomberg closes its reports."""
    people = People()
    target = people.reporters if desk["rep"] else people.editors
    names = _AT_MAIL.sub("", text).replace(";", ",")
    return people if gather(names, target, people, context) and people.found() else None


_AUTHOR_ONLY = pattern_of(
    r"(?:written by|rédigé par|escrito por|scritto da|geschrieben von)\s", re.IGNORECASE
)
_UNLED = pattern_of(r"(?:por|par|von|di|by)\s+(?=[A-ZÀ-Þ])", re.IGNORECASE)


def _names_first(text: str, context: Context) -> People | None:
    """``(A, édité par B)``: names without a key word, before one that edits, are the reporters."""
    mark = _CLAUSE.search(text)
    if mark is None or not 2 < mark.start() < 200 or not (mark["edit"] or mark["help"]):  # noqa: PLR2004 - names stand before
        return None
    head = text[: mark.start()]
    if not head.rstrip().endswith((",", ";", ".")):
        return None
    names = split_names(_UNLED.sub("", head.strip(" ,;."), count=1))
    rest = text[mark.start() :]
    if rest[:5].casefold() == "avec ":
        rest = "avec la collaboration de " + rest[5:]
    later = _clauses(rest, context)
    if later is None or not names or not all(is_person(one) for one in names):
        return None
    later.reporters[:0] = [display_case(one) for one in names]
    return later


def _clauses(text: str, context: Context) -> People | None:
    """Read ``Reporting by A in X; Editing by B``: each key word rules up to the next."""
    people = People()
    text = re.sub(r"(?i)^reporting and writing by", "Reporting by", text)
    marks = list(_CLAUSE.finditer(text))
    marks = [
        one
        for one in marks
        if one.start() == 0 or re.search(r"(?:[;,.:(–—-]|\band)\s*$", text[: one.start()])
    ]
    if not marks or marks[0].start() > 2:  # noqa: PLR2004 - a bracket may stand before
        return None
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        role = next(name for name, value in mark.groupdict().items() if value)
        target = {
            "help": people.contributors,
            "report": people.reporters,
            "write": people.writers,
            "edit": people.editors,
        }[role]
        if not gather(re.sub(r"\band\s*$", "", text[mark.end() : end]), target, people, context):
            return None
    return people


def _sentences(line: str, text: str, context: Context) -> Assistance | None:
    """Read ``X contributed to this report`` and ``X reported from Y``, and nothing beside them."""
    people = People()
    kinds = set()
    for sentence in _split_sentences(text):
        given = _CONTRIBUTED.fullmatch(sentence.rstrip(" .)"))
        if (
            given
            and len(given["who"]) < MAX_SIGN_OFF // 2
            and gather(given["who"], people.contributors, people, context)
        ) or (
            (afar := _FROM_AFAR.fullmatch(sentence.rstrip(" .)")))
            and gather(
                f"{afar['who']} in " + afar["rest"].replace(" from ", " in "),
                people.contributors,
                people,
                context,
            )
        ):
            kinds.add("contributed")
        elif (staff := _STAFF_FROM.fullmatch(sentence.rstrip(" .)"))) and _is_where(staff["where"]):
            people.reporters.extend(split_names(staff["who"]))
            people.locations.append(staff["where"])
            kinds.add("reported")
        elif re.fullmatch(r"[\w. ]{2,60} staff", sentence):
            people.organizations.append(sentence)
        elif _reported(sentence, people):
            kinds.add("reported")
        else:
            return None
    if not kinds or not people.found():
        return None
    return people.fact(line, "-and-".join(sorted(kinds)), 0.9)


def _split_sentences(text: str) -> list[str]:
    pieces = re.split(r"\.(?<=[a-z\d)]\.)\s+(?=[A-Z])", text)
    joined: list[str] = []
    for piece in pieces:
        if joined and re.search(
            r"\b(?:Ala|Ga|Pa|Fla|Calif|Tex|Mass|Wash|Ill|Mich|Minn|Wis|Ariz|Ark|Colo|Conn|Tenn|Ind|Kan|Okla|Ore|Mo|Neb|Nev|St|Dr|Jr)$",
            joined[-1],
        ):
            joined[-1] += ". " + piece
        else:
            joined.append(piece)
    return joined


def _reported(sentence: str, people: People) -> bool:
    """``A reported from X, and B from Y``; a surname alone will do, for it stands at the end."""
    sentence = (
        POSSESSIVE.sub("", sentence, count=1)
        if sentence.split("'", maxsplit=1)[0].isupper()
        else sentence
    )
    first = _REPORTED.match(sentence)
    if (
        first is None
        or not is_person(first["who"], mononym=True)
        or re.match(r"(?:He|She|It|They|The|This|We|I|No|Police|Officials?|Media)\b", first["who"])
    ):
        return False
    rest = sentence[first.end("verb") :]
    later = _ANOTHER.search(rest)
    where = rest[: later.start()] if later else rest
    if not _is_where(where):
        return False
    verb = first["verb"]
    (people.writers if verb.startswith("wr") else people.reporters).append(first["who"])
    people.locations.append(re.sub(r"^(?:from|in)\s+", "", where.strip()).strip(" .,"))
    while later:
        if later["verb"]:
            verb = later["verb"].strip()
        if not is_person(later["who"], mononym=True):
            return True
        (people.writers if verb.startswith("wr") else people.reporters).append(later["who"])
        people.locations.append(re.sub(r"^(?:from|in)\s+", "", later["where"]).strip(" .,"))
        later = _ANOTHER.search(rest, later.end())
    return True


def _is_where(text: str) -> bool:
    words = re.sub(r"^\s*(?:from|in)\s+(?:near |outside )?", "", text).strip(" .,")
    return (
        bool(words)
        and len(words.split()) <= MAX_PLACE_WORDS
        and words[0].isupper()
        and not re.search(r"\b(?:that|and the|who|which|is|was|when)\b", words)
    )
