"""The end of an article: what stands after its last sentence, and what is glued to it."""

import msgspec

from syndicator.credit.advisory import read_advisory
from syndicator.credit.assistance import read_assistance
from syndicator.credit.byline import read_byline
from syndicator.credit.copyright import read_copyright
from syndicator.credit.form import Context, place
from syndicator.credit.furniture import is_rule, page_words
from syndicator.credit.lines import Line, moved
from syndicator.credit.republish import read_republication
from syndicator.credit.rights_line import read_rights_line
from syndicator.credit.sources import read_source_line
from syndicator.credit.triggers import Suspicion
from syndicator.model.credit import (
    Advisory,
    Assistance,
    CreditLine,
    Fact,
    Furniture,
    Republication,
)
from syndicator.model.patterns import pattern_of

TRAILING = 24
LONG = 220
AFTER_WORDS = 25
_STORY_END = (".", "?", "!", "”", '"', "»", "。", "…", ")", "’")
_PAREN_END = pattern_of(r"\(([^()\n]{2,60})\)\s*$")
_BLOCK = frozenset({"copyright-notice", "visit", "distributed-by", "rights-statement"})


def read_bottom(every: list[Line], text: str, context: Context) -> list[Fact]:
    """Read from the bottom up until a line of the story stands in the way."""
    facts: list[Fact] = []
    waiting: list[Fact] = []  # short lines that are the page's only if a sign-off stands above
    for line in reversed(every[-TRAILING:]):
        fact = _at(line.text, context)
        if fact is None:
            glued = _glued(line, context)
            if glued is not None:
                ends = _ends_copy(glued)
                facts.extend(waiting if ends else [])
                facts.extend([glued] if ends or not waiting else [])
                break
            if not _may_follow(line.text):
                break
            waiting.append(moved(Furniture(**place(line.text, "after-sign-off", 0.7)), line))
        elif waiting and not _ends_copy(fact):
            if not isinstance(fact, Furniture):
                break
            waiting.append(moved(fact, line))
        else:
            facts.extend([*waiting, moved(fact, line)])
            waiting = []
    facts.sort(key=lambda fact: fact.start)
    return _join(_meant(facts), text, context)


def _may_follow(text: str) -> bool:
    """Short lines may stand after a sign-off: teasers, names of boxes, notices of the page."""
    return len(text.split()) <= AFTER_WORDS and len(text) <= LONG


def _ends_copy(fact: Fact) -> bool:
    """A sign-off, a republication line or a distributor's ends the copy: the rest is the page's."""
    if isinstance(fact, Assistance):  # "Edited by" alone also stands under books
        wired = fact.raw.lstrip()[:1] in "([" or bool(fact.reporters)
        return fact.rule == "sign-off-glued" or (fact.rule == "sign-off" and wired)
    if isinstance(fact, CreditLine):
        return fact.distributor is not None or fact.rule == "contact"
    return isinstance(fact, Republication) and fact.rule in {"first-published", "republished-from"}


def _at(text: str, context: Context) -> Fact | None:
    if is_rule(text):
        return Furniture(**place(text, "rule-line", 0.9))
    rule = page_words(text)
    if rule == "teaser" and not text.split(":", maxsplit=1)[0].isupper():
        return None  # a writer's own pointer, unless a sign-off stands above it
    if rule:
        return Furniture(**place(text, rule, 0.9))
    fact = _stated(text, context)
    if fact is None:
        return _eastern_byline(text, context)
    if fact.start > 0 or (isinstance(fact, Advisory) and fact.rule == "adds"):
        return None  # glued, see _glued; "Adds …" opens copy and never closes it
    return fact


def _stated(text: str, context: Context) -> Fact | None:
    """Ask each form that the words of the line leave possible."""
    may = Suspicion(text)
    fact: Fact | None = read_advisory(text, context) if may.message() else None
    if fact is None and may.republication():
        fact = read_republication(text, context)
    if fact is None and may.credit():
        fact = read_copyright(text, context) or read_rights_line(text, context)
    if fact is None and may.sign_off():
        fact = read_assistance(text, context)
    if fact is None and may.source():
        fact = read_source_line(text, context)
    return fact


def _eastern_byline(text: str, context: Context) -> Fact | None:
    """Korean and Chinese copy names its reporter at the end."""
    if text.isascii() or len(text) > 60:  # noqa: PLR2004 - a name and an address
        return None
    found = read_byline(text, context, alone=False)
    east = found is not None and found.rule in {"korean-reporter", "chinese-reporter"}
    return found if east else None


def _glued(line: Line, context: Context) -> Fact | None:
    """Find a sign-off or agency mark in brackets after the last sentence of the story."""
    if line.text.rstrip(" .")[-1:] not in {")", "]"}:
        return None
    fact = read_assistance(line.text, context)
    if fact is not None and fact.start > 0:
        return moved(fact, line)
    found = _PAREN_END.search(line.text)
    if found is None or not line.text[: found.start()].rstrip().endswith(_STORY_END):
        return None
    raw = found[0].rstrip()
    source = read_source_line(raw, context)
    if source is None or source.rule != "agencies-in-brackets":
        return None
    start = line.start + found.start()
    return msgspec.structs.replace(
        source, start=start, end=start + len(raw), raw=raw, rule="agencies-glued"
    )


def _meant(facts: list[Fact]) -> list[Fact]:
    """A lone dash or visit line may be the story's own last word; with a credit near it is not."""
    kept = [one for one in facts if one.rule != "visit" or _near_credit(facts)]
    meaning = any(not isinstance(fact, Furniture) for fact in kept)
    return kept if meaning or all(fact.rule != "rule-line" for fact in kept) else []


def _near_credit(facts: list[Fact]) -> bool:
    return any(one.rule in {"copyright-notice", "distributed-by"} for one in facts)


def _join(facts: list[Fact], text: str, context: Context) -> list[Fact]:
    """Join the lines of one credit block into one fact, and read its parties together."""
    joined: list[Fact] = []
    for fact in facts:
        last = joined[-1] if joined else None
        if (
            last is not None
            and {last.rule, fact.rule} <= _BLOCK
            and not text[last.end : fact.start].strip()
        ):
            raw = text[last.start : fact.end]
            whole = read_copyright(raw, context)
            if whole is not None:
                joined[-1] = msgspec.structs.replace(whole, start=last.start, end=fact.end, raw=raw)
                continue
        joined.append(fact)
    return joined
