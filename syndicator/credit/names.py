"""Names of people in a line: told apart from houses, split, and put in display case."""

import re
from functools import lru_cache

from syndicator.model.patterns import pattern_of

_PARTICLES = frozenset(
    ["de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "der", "den", "ter", "la", "le", "el", "al", "bin", "ibn", "y", "e", "af", "av", "zu", "dei", "degli", "bint", "ben", "abu", "ul", "und", "ten", "te", "'t", "lo", "los", "las"]
)  # fmt: skip
_WORD = pattern_of(
    r"(?:[dDlLO][’'ʼ]|al-|el-|Al-|El-)?[^\W\d_](?:[^\W\d_]|[’'‘ʼ`\-‐–](?=[^\W\d_]))*[.’']?"
)
_INITIAL = pattern_of(r"(?:[^\W\d_]\.-?){1,4}")
_HAN = pattern_of(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff·]{5,12}")
_HANGUL = pattern_of(r"[가-힣]{2,4}")
_KANA = pattern_of(r"[\u30a0-\u30ff・]{3,14}|[\u4e00-\u9fff\u3040-\u309f]{2,6}")
_ORGANIZATION = pattern_of(
    r"\b(?:News|Times|Post|Press|Journal|Tribune|Herald|Gazette|Chronicle|Agency|Agencies|Agence|Agentur|Agencia|Agência|Service|Services|"
    r"Network|Newsroom|Magazine|Media|Wire|Newswire|Newspapers?|Associated|Ltd|Inc|LLC|GmbH|AG|S\.A|SpA|plc|L\.P|"
    r"Corp|Company|University|Universität|Université|Universidad|College|Institute|School|Library|Museum|Council|Department|Ministry|Office|"
    r"Staff|staff|Desk|Editors?|Editorial|Board|Bureau|Team|Redaktion|Redação|Redacción|Rédaction|Redazione|Redactie|Foundation|"
    r"Telegraph|Observer|Inquirer|Examiner|Dispatch|Monitor|Review|Report|Reporters|Correspondents|Writers|Group|Voices|Today|Daily|Weekly|"
    r"Television|TV|Radio|Broadcasting|Public|Project|Center|Centre|Association|Society|Union|Zeitung|Nachrichten|Verlag|Rundfunk|Presse|"
    r"Syndicate|Syndication|Partnership|Productions|Interactive|Online|Partners|International|Limited|Holdings|Commission|Committee|"
    r"Diario|Periódico|Jornal|Journal|Gazeta|Giornale|Prensa|Noticias|Notícias|Conteúdo)\b"
    r"|\.(?:com|org|net|co|de|fr|uk|cr|es|it|nl|tv|news|info|io|ru|cn|jp|kr)\b"
)
_NOT_NAMES = frozenset(
    ["the", "this", "that", "these", "those", "a", "an", "and", "or", "but", "if", "for", "from", "in", "on", "at", "with", "invitation",
     "position", "popular", "request", "default", "design", "law", "comparison", "contrast", "then", "now", "today", "clicking", "submitting",
     "more", "most", "all", "our", "your", "my", "his", "her", "their", "us", "we", "you", "it", "how", "why", "what", "when", "where", "who",
     "story", "article", "photo", "photos", "video", "image", "images", "comments", "comment", "share", "read", "click", "sign", "subscribe",
     "privacy", "policy", "terms", "updated", "published", "posted", "breaking", "exclusive", "opinion", "analysis", "special", "guest",
     "sponsored", "advertisement", "email", "print", "newsletter", "menschen", "mäusen", "favor", "january", "february", "march", "april",
     "june", "july", "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
     "saturday", "sunday", "related", "latest", "top", "home", "page", "next", "previous", "new", "copyright", "reserved", "rights",
     "bis", "nach", "über", "mit", "aus", "zum", "zur", "wie", "transfers", "transfer", "summary", "edition", "version", "source", "credit", "taboola", "outbrain"]
)  # fmt: skip
_SURNAMES = frozenset(
    [
        "more",
        "page",
        "law",
        "march",
        "story",
        "april",
        "june",
        "august",
        "friday",
        "sunday",
        "home",
        "new",
        "read",
        "guest",
        "king",
        "breaking",
        "holder",
        "credit",
        "us",
        "you",
        "my",
        "who",
        "her",
    ]
)
_CONJUNCTION = r"and|And|AND|und|et|ET|y|e|och|og|en|ja|i|&|и|та|και|dan"
_SPLIT = pattern_of(
    rf"\s*[,，;；]\s*(?:(?:{_CONJUNCTION})\s+)?|\s+(?:{_CONJUNCTION})\s+|\s*[、·・]\s*|\s+(?:with|mit|avec)\s+"
)
_SUFFIX = pattern_of(r",?\s+(?:Jr|Sr|Esq|PhD|Ph\.D|MD|M\.D|II|III|IV)\.?$")
MAX_NAME = 60
LONGEST = 6


def is_organization(text: str) -> bool:
    """Say whether a name reads as that of a house, by its words alone."""
    return bool(_ORGANIZATION.search(text))


@lru_cache(maxsize=4096)  # each form asks it of the same names
def is_person(text: str, *, mononym: bool = False) -> bool:
    """Say whether a name reads as a person's: two to six name-like words.

    ``mononym`` allows a single word, for places where only a name can stand.
    """
    text = text.strip()
    if not text or len(text) > MAX_NAME:
        return False
    if _HAN.fullmatch(text) or _HANGUL.fullmatch(text):
        return True
    if is_organization(text):
        return False
    parts = _SUFFIX.sub("", text).split()
    if not (1 if mononym else 2) <= len(parts) <= LONGEST:
        return False
    return _name_like(parts)


def _name_like(parts: list[str]) -> bool:
    shouted = all(part.isupper() for part in parts)
    for number, part in enumerate(parts):
        if part.casefold() in _PARTICLES and number < len(parts) - 1:
            continue
        if _INITIAL.fullmatch(part):
            continue
        barred = part.casefold().rstrip(".") in _NOT_NAMES
        surname = number > 0 and number == len(parts) - 1 and part.casefold() in _SURNAMES
        if not _WORD.fullmatch(part) or (barred and not surname):
            return False
        bare = re.sub(r"^(?:[dDlL][’'ʼ]|al-|el-)", "", part)
        if bare[0].islower():
            return False
        if (
            not shouted
            and 0 < number < len(parts) - 1
            and part.isupper()
            and len(part) in {2, 3}
            and not _vowels(part)
        ):
            return False  # an abbreviation between words is no middle name
    last = parts[-1]
    return not (len(parts) == 1 and len(last) < 2)  # noqa: PLR2004 - a lone letter names nobody


def _vowels(word: str) -> bool:
    return any(letter in "AEIOUY" for letter in word)


@lru_cache(maxsize=4096)
def display_case(name: str) -> str:
    """Turn ``JANE MCDONALD-SMITH`` into ``Jane McDonald-Smith``; leave mixed case alone."""
    words = name.split()
    if not words:
        return name
    whole = all(word.isupper() for word in words if any(c.isalpha() for c in word))
    if whole and len(words) == 1 and len(name) <= 3:  # noqa: PLR2004 - AP, AFP are not shouted names
        return name
    return " ".join(_calm(word, whole=whole) for word in words)


def _calm(word: str, *, whole: bool) -> str:
    letters = [c for c in word if c.isalpha()]
    if not word.isupper() or _INITIAL.fullmatch(word) or len(letters) < (2 if whole else 4):
        return word
    if len(letters) == 2 and not _vowels(word):  # noqa: PLR2004 - initials run together
        return word
    titled = re.sub(
        r"[^\W\d_]+",
        lambda m: m[0].capitalize() if m[0] != "S" or m.start() == 0 else m[0].lower(),
        word,
    )
    return re.sub(r"\bMc([a-zà-ÿ])", lambda m: "Mc" + m[1].upper(), titled)


def split_names(text: str) -> list[str]:
    """Split a list of names at commas and conjunctions; ``Jr.`` stays with its name."""
    return list(_split(text))


@lru_cache(maxsize=1024)
def _split(text: str) -> tuple[str, ...]:
    parts: list[str] = []
    for raw in _SPLIT.split(text.strip()):
        part = raw.strip(" \t\n")
        if not part:
            continue
        if parts and re.fullmatch(r"(?:Jr|Sr|II|III|IV|PhD|MD)\.?", part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return tuple(parts)


def split_people(text: str) -> tuple[str, ...] | None:
    """Split ``A, B and C`` into people; ``None`` unless every part reads as a person."""
    parts = split_names(text)
    if not parts or not all(is_person(display_case(part)) for part in parts):
        return None
    return tuple(display_case(part) for part in parts)
