"""Names of people in a line: told apart from organizations, split, and put in display case."""

import re

_PARTICLE = (
    r"(?:de|da|do|dos|das|del|della|di|du|van|von|der|den|ter|la|le|el|al|bin|ibn|y|e|af|av|zu)"
)
_INITIAL = r"(?:[^\W\d_]\.){1,3}"
_WORD = r"[^\W\d_][\w’'‘ʼ\-–]*\.?"  # noqa: RUF001 - names carry these marks
_NAME = re.compile(
    rf"(?:(?:{_PARTICLE}|{_INITIAL}|{_WORD})\s+){{1,5}}(?:{_WORD}|{_INITIAL})(?:,?\s+(?:Jr|Sr)\.?|\s+I{{2,3}})?"
)
_ORGANIZATION = re.compile(
    r"\b(?:News|Times|Post|Press|Journal|Tribune|Herald|Gazette|Chronicle|Agency|Service|Services|"
    r"Network|Newsroom|Magazine|Media|Wire|Newswire|Reuters|Bloomberg|Associated|AFP|AP|dpa|Ltd|Inc|LLC|"
    r"Corp|Co|Company|University|Institute|Staff|Desk|Editors?|Editorial|Board|Bureau|Team|Guardian|"
    r"Standard|Telegraph|Observer|Star|Sun|Globe|Inquirer|Examiner|Register|Dispatch|Monitor|Review|"
    r"Report|Reporters?|Correspondents?|Writers?|Group|Foundation|Conversation|Voices|Today|Daily|Weekly|"
    r"Television|TV|Radio|Broadcasting|Public)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:,\s*(?:and|und|et|y)\s+|\s+(?:and|und|et|y|&)\s+|[,;]\s*)", re.IGNORECASE
)
MAX_NAME = 60


def is_organization(text: str) -> bool:
    """Say whether a name reads as that of a house, not of a person."""
    return bool(_ORGANIZATION.search(text))


def is_person(text: str) -> bool:
    """Say whether a name reads as a person's: two to six words, the last two capitalized."""
    text = text.strip()
    if not text or len(text) > MAX_NAME or is_organization(text) or not _NAME.fullmatch(text):
        return False
    parts = text.split()
    return all(part[0].isupper() or _is_small(part) for part in parts) and parts[-1][0].isupper()


def _is_small(part: str) -> bool:
    return bool(re.fullmatch(_PARTICLE, part)) or not part[0].isalpha() or not part[0].islower()


def display_case(name: str) -> str:
    """Turn ``JANE MCDONALD-SMITH`` into ``Jane McDonald-Smith``; leave mixed case alone."""
    if not name.isupper() or len(name) <= 3:  # noqa: PLR2004 - AP, AFP are not shouted names
        return name
    titled = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), name)
    return re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), titled)


def split_people(text: str) -> tuple[str, ...] | None:
    """Split ``A, B and C`` into people; ``None`` unless every part reads as a person."""
    parts = [part.strip() for part in _SPLIT.split(text.strip()) if part.strip()]
    if not parts or not all(is_person(display_case(part)) for part in parts):
        return None
    return tuple(display_case(part) for part in parts)
