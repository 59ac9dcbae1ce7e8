"""What one line at the edge of an article says, each form a small rule.

A rule takes the words of a line and returns a fact without its place, or
``None``. Patterns are anchored and run in time linear in the line.
"""

import re

from syndicator.credit.names import display_case, is_organization, is_person, split_people

MAX_LINE = 400
_RULE = re.compile(r"[\s\-–—_=*•·~#/|>»]+")  # noqa: RUF001 - rule lines are drawn with these
_SEPARATOR = re.compile(r"[/|>»›]")  # noqa: RUF001 - marks between breadcrumbs
_FURNITURE = re.compile(
    r"(?:comments?|blog comments powered by \w+|(?:view|show|leave|add|post) (?:a |all )?comments?|"
    r"advertisement|share(?: this(?: article| story)?)?|tweet|print|e-?mail|read more|continue reading|"
    r"sign up for our newsletter|related(?: articles| stories)?|loading\W*|skip to (?:main )?content)[.:!…]*",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:published|posted|filed) (?:in|under)\s*:?\s+(\S.{0,60})", re.IGNORECASE)
_BY = re.compile(r"by:?\s+(\S.*)", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:on|in|at|\|)$|[,;|\-–—]+$", re.IGNORECASE)  # noqa: RUF001
_ASSIST = re.compile(
    r"[\s—–\-(*]*(?:with (?:additional )?(?:assistance|help|contributions?|reporting|input)(?: from| by)|"  # noqa: RUF001
    r"additional reporting(?: from| by)|reporting by)\s*:?\s+(\S.*?)[\s.)*]*",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"[\s—–\-(*]*(\S.*?) (?:also )?contributed (?:reporting )?to this "  # noqa: RUF001
    r"(?:report|story|article|dispatch)[\s.)*]*",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"\s*(?:copyright\s*)?(?:(?:©|\(c\)|copyright)\s*)(?:(\d{4})(?:\s*[-–,]\s*\d{4})?)?,?\s*(?:by\s+)?",  # noqa: RUF001
    re.IGNORECASE,
)
_VISIT = re.compile(
    r"\bvisit\s+(?:(?:the\s+)?\S.{0,80}?\s+(?:at|on)\s+)?((?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)",
    re.IGNORECASE,
)
_DISTRIBUTED = re.compile(r"\bdistributed by\s+(\S.{1,120})", re.IGNORECASE)
_STATEMENT = re.compile(r"\ball rights reserved\b", re.IGNORECASE)
_HOLDER_END = re.compile(
    r"(?:[.,;/|]\s*|\s+)(?=(?:visit|distributed by|all rights|used (?:by|with)|reprinted|www\.)\b)",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Inc|Co|Corp|Ltd|Bros|plc|Cos))\.$")


def is_rule(line: str) -> bool:
    """A line drawn of dashes or separators only."""
    return bool(_RULE.fullmatch(line))


def is_separator(line: str) -> bool:
    """The mark between two breadcrumbs, alone on its line."""
    return bool(_SEPARATOR.fullmatch(line))


def is_furniture(line: str) -> bool:
    """Words that only a page says."""
    return bool(_FURNITURE.fullmatch(line))


def section(line: str) -> str | None:
    """``Published in News & Features`` → ``News & Features``."""
    found = _SECTION.fullmatch(line)
    return found[1].strip(" .") if found else None


def byline(line: str) -> tuple[tuple[str, ...], str | None, str] | None:
    """Read names and organization: (authors, organization, rule).

    With "By", one name is enough. Without it every part must read as a name
    and the last as an organization, or several as names with a dangling "on".
    """
    if len(line) > MAX_LINE or line.endswith((".”", "?", "!")):
        return None
    by = _BY.fullmatch(line)
    words = _TAIL.sub("", (by[1] if by else line).strip())
    dangling = not by and bool(_TAIL.search(line))
    head, comma, tail = words.rpartition(",")
    organization = tail.strip() if comma and is_organization(tail) else None
    names = split_people(head if organization else words)
    if names is None and by and is_organization(words) and len(words.split()) <= 6:  # noqa: PLR2004
        return (), words, "by-organization"
    if names is None:
        return None
    if by:
        return names, organization, "by-names"
    if organization:
        return names, organization, "names-organization"
    return (names, None, "names-dangling") if dangling and len(names) > 1 else None


def contributors(line: str) -> tuple[str, ...] | None:
    """``—With assistance from A and B.`` → (A, B)."""
    if len(line) > MAX_LINE:
        return None
    found = _ASSIST.fullmatch(line)
    if found:
        names = split_people(found[1])
        return names or ((display_case(found[1]),) if is_person(found[1]) else None)
    found = _CONTRIBUTED.fullmatch(line)
    return split_people(found[1]) if found else None


class Credit:
    """The parts of a credit line; absent ones are ``None``."""

    __slots__ = ("distributor", "holder", "site", "statement", "year")

    def __init__(self, line: str) -> None:
        opening = _COPYRIGHT.match(line)
        self.year = int(opening[1]) if opening and opening[1] and _plausible(opening[1]) else None
        self.holder = _holder(line[opening.end() :]) if opening else None
        visit = _VISIT.search(line)
        self.site = visit[1].rstrip(".,;") if visit else None
        distributed = _DISTRIBUTED.search(line)
        self.distributor = _party(distributed[1]) if distributed else None
        statement = _STATEMENT.search(line)
        self.statement = statement[0] if statement else None


def _plausible(year: str) -> bool:
    return 1900 <= int(year) <= 2100  # noqa: PLR2004 - years of copyright, not tax numbers


def _party(words: str) -> str | None:
    words = re.split(r"\.\s+(?=[A-Z])|\s*[/|]\s*|\n", words, maxsplit=1)[0].strip(" ,;")
    if words.endswith(".") and not _ABBREVIATED.search(words):
        words = words[:-1]
    return words or None


def _holder(words: str) -> str | None:
    end = _HOLDER_END.search(words)
    kept = words[: end.start() + (words[end.start()] == ".")] if end else words
    return _party(kept.split("\n")[0])


def is_credit(line: str) -> bool:
    """A line that opens with a copyright mark, or is one part of a syndicate's credit block."""
    if len(line) > MAX_LINE:
        return False
    opening = _COPYRIGHT.match(line)
    if opening:
        return opening[1] is not None or line.lstrip().startswith(("©", "(c)", "(C)"))
    return bool(re.match(r"\s*visit\s", line, re.IGNORECASE) and _VISIT.search(line)) or bool(
        re.match(r"\s*distributed by\s", line, re.IGNORECASE)
    )
