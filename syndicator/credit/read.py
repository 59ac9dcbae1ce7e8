"""Text of an article → credit facts with their places.

Only the edges are read, the first lines and the last: sentences of the story
use the same words. The story itself is never touched. Pure.
"""

import re

import msgspec

from syndicator.credit import lines
from syndicator.model.credit import Byline, Contributors, CreditLine, Fact, Furniture, Section
from syndicator.model.text import words

LEADING = 8
TRAILING = 12
_LINE = re.compile(r"[^\n]+")
SHORT = 6
SLACK = 20


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What is known beside the text."""

    headline: str = ""


class _Line(msgspec.Struct):
    start: int
    end: int
    text: str


def read(text: str, context: Context) -> tuple[Fact, ...]:
    """Return the facts in the order they stand; spans lie in ``text`` and never overlap."""
    every = [
        _Line(match.start(), match.end(), match[0].strip())
        for match in _LINE.finditer(text)
        if match[0].strip()
    ]
    top = _leading(every[:LEADING], context)
    rest = every[len(top) :]
    bottom = _trailing(rest[-TRAILING:], text)
    return (*(fact for fact in top if fact is not None), *bottom)


def _place(
    line: _Line, text: str | None = None, *, rule: str, confidence: float
) -> dict[str, object]:
    return {
        "start": line.start,
        "end": line.end,
        "raw": text if text is not None else line.text,
        "rule": rule,
        "confidence": confidence,
    }


def _leading(every: list[_Line], context: Context) -> list[Fact | None]:
    """Read from the top to the first line of the story."""
    facts: list[Fact | None] = []
    byline_seen = False
    for index, _line in enumerate(every):
        fact = _top_line(every, index, context, byline_seen=byline_seen)
        if fact is None:
            break
        byline_seen = byline_seen or isinstance(fact, Byline)
        facts.append(fact)
    # A list may open with the headline's own words; only a scraped page repeats it among others.
    page = any(fact is not None and fact.rule != "headline-repeated" for fact in facts)
    return facts if page else []


def _top_line(
    every: list[_Line], index: int, context: Context, *, byline_seen: bool
) -> Fact | None:
    line = every[index]
    if lines.is_rule(line.text):
        return Furniture(**_place(line, rule="rule-line", confidence=0.95))  # type: ignore[arg-type]
    near = abs(len(line.text) - len(context.headline)) < SLACK
    if context.headline and near and words(line.text) == words(context.headline):
        return Furniture(**_place(line, rule="headline-repeated", confidence=0.95))  # type: ignore[arg-type]
    name = lines.section(line.text)
    if name:
        return Section(name=name, **_place(line, rule="published-in", confidence=0.9))  # type: ignore[arg-type]
    if not byline_seen:
        made = lines.byline(line.text)
        if made:
            authors, organization, rule = made
            return Byline(
                authors=authors,
                organization=organization,
                **_place(line, rule=rule, confidence=0.9),  # type: ignore[arg-type]
            )
    if lines.is_furniture(line.text):
        return Furniture(**_place(line, rule="page-words", confidence=0.9))  # type: ignore[arg-type]
    if _is_breadcrumb(every, index):
        return Furniture(**_place(line, rule="breadcrumb", confidence=0.8))  # type: ignore[arg-type]
    return None


def _is_breadcrumb(every: list[_Line], index: int) -> bool:
    """A few words beside a separator that stands alone on its line."""
    text = every[index].text
    if len(text.split()) > SHORT or text.endswith((".", "?", "!", ":", "”", '"')):
        return False
    before = index > 0 and lines.is_separator(every[index - 1].text)
    after = index + 1 < len(every) and lines.is_separator(every[index + 1].text)
    return before or after


def _trailing(every: list[_Line], text: str) -> list[Fact]:
    """Read from the bottom up until a line of the story stands in the way."""
    facts: list[Fact] = []
    for line in reversed(every):
        fact = _bottom_line(line)
        if fact is None:
            break
        facts.append(fact)
    facts.reverse()
    merged = _join_credit(facts, text)
    meaning = any(not isinstance(fact, Furniture) for fact in merged)
    # A lone "Comments" or dash may be the story's own last word; with a credit near it is not.
    return merged if meaning or all(fact.rule == "page-words" for fact in merged) else []


def _bottom_line(line: _Line) -> Fact | None:
    if lines.is_rule(line.text):
        return Furniture(**_place(line, rule="rule-line", confidence=0.9))  # type: ignore[arg-type]
    if lines.is_furniture(line.text):
        return Furniture(**_place(line, rule="page-words", confidence=0.9))  # type: ignore[arg-type]
    names = lines.contributors(line.text)
    if names:
        return Contributors(names=names, **_place(line, rule="with-assistance", confidence=0.9))  # type: ignore[arg-type]
    if lines.is_credit(line.text):
        return CreditLine(**_place(line, rule="credit-line", confidence=0.9))  # type: ignore[arg-type]
    return None


def _join_credit(facts: list[Fact], text: str) -> list[Fact]:
    """Join the lines of one credit block into one fact, and read its parties."""
    joined: list[Fact] = []
    for fact in facts:
        last = joined[-1] if joined else None
        if isinstance(fact, CreditLine) and isinstance(last, CreditLine):
            joined[-1] = msgspec.structs.replace(
                last, end=fact.end, raw=text[last.start : fact.end]
            )
        else:
            joined.append(fact)
    return [_parties(fact) if isinstance(fact, CreditLine) else fact for fact in joined]


def _parties(fact: CreditLine) -> CreditLine:
    parts = lines.Credit(fact.raw)
    return msgspec.structs.replace(
        fact,
        holder=parts.holder,
        year=parts.year,
        site=parts.site,
        distributor=parts.distributor,
        statement=parts.statement,
        rule="credit-block" if "\n" in fact.raw else fact.rule,
    )
