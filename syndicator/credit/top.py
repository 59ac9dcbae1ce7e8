"""The top of an article: what stands before the first line of the story."""

from itertools import pairwise

import msgspec

from syndicator.credit.advisory import read_advisory
from syndicator.credit.byline import read_byline
from syndicator.credit.copyright import read_copyright
from syndicator.credit.dateline import read_dateline
from syndicator.credit.embargo import read_embargo
from syndicator.credit.form import Context, place
from syndicator.credit.furniture import (
    is_byline_label,
    is_release_label,
    is_rule,
    is_separator,
    is_time,
    page_words,
    section,
)
from syndicator.credit.lines import Line, moved
from syndicator.credit.release import release_source
from syndicator.credit.republish import read_republication
from syndicator.credit.sources import read_source_line
from syndicator.credit.triggers import Suspicion, opens_a_message
from syndicator.model.credit import Advisory, Byline, Dateline, Fact, Furniture, Section
from syndicator.model.text import words

LEADING = 16
LONG = 220
SHORT_WORDS = 6
SLACK = 20
SURE = 0.8
_LINKS = frozenset(
    {"and", "und", "et", "y", "e", "och", "og", "for", "für", "pour", "in", "at", "on", "the"}
)
_WEAK = frozenset({"headline-repeated", "page-words", "rule-line", "time-stamp"})


def read_top(every: list[Line], context: Context) -> tuple[list[Fact], int]:
    """Read down to the first line of the story: the facts, and how many lines they take.

    A dateline at the start of that line is read too; it takes no line.
    """
    facts: list[Fact] = []
    index = 0
    dateline: Dateline | None = None
    while index < min(len(every), LEADING):
        dateline = read_dateline(every[index].text, context)
        found = None if dateline is not None else _at(every, index, context, facts)
        if found is None:
            break  # the story begins here
        facts.append(found[0])
        index += found[1]
    if not _proven(facts):
        facts, dateline = [], dateline if index == 0 else None
        index = 0
    if dateline is not None and dateline.confidence >= SURE:  # a guess cuts nothing
        facts.append(moved(dateline, every[index]))
    return facts, index


def _proven(facts: list[Fact]) -> bool:
    """A list may open with the headline's own words; only a page repeats it among others."""
    return any(fact.rule not in _WEAK for fact in facts)


def _at(
    every: list[Line], index: int, context: Context, before: list[Fact]
) -> tuple[Fact, int] | None:
    """Return the fact at ``index`` and how many lines it takes."""
    line = every[index]
    if len(line.text) > LONG:
        fact = _message(line.text, context) if opens_a_message(line.text) else None
        return (moved(fact, line), 1) if fact is not None else None
    named = any(isinstance(one, Byline) and one.authors for one in before)
    joined = _joined(every, index, context)
    if joined is not None and not named:
        return joined
    fact = _page(every, index, context) or _stated(line.text, context, before, index)
    return (moved(fact, line), 1) if fact is not None else None


def _message(text: str, context: Context) -> Fact | None:
    fact = read_embargo(text, context) or read_advisory(text, context)
    doubtful = isinstance(fact, Advisory) and fact.rule in {"earlier-version", "service-note"}
    return None if doubtful else fact


def _joined(every: list[Line], index: int, context: Context) -> tuple[Fact, int] | None:
    """Read a byline over several lines: its label, its names, its house or role."""
    first = every[index]
    label = is_byline_label(first.text)
    for size in (3, 2) if label else (2,):
        group = every[index : index + size]
        if len(group) < size or any(len(one.text) > 80 for one in group):  # noqa: PLR2004 - short lines
            continue
        apart = 60 if label else 3  # a label's name may stand after blank lines
        if any(below.start - above.end > apart for above, below in pairwise(group)):
            continue
        words_of = [one.text.strip(" ->→»") for one in group[1:]]
        if not label and (below := read_byline(words_of[0], context)) and below.authors:
            continue  # a byline of its own
        text = f"By {' '.join(words_of)}" if label else f"{first.text}\n{words_of[0]}"
        fact = read_byline(text, context)
        if fact is not None and _gains(fact, first.text, context, label=label):
            raw = "\n".join(one.text for one in group)
            return msgspec.structs.replace(
                fact, start=first.start, end=group[-1].end, raw=raw
            ), size
    return None


def _gains(fact: Byline, first: str, context: Context, *, label: bool) -> bool:
    """The second line must add a house or a role to names that lacked them."""
    if label:
        return bool(fact.authors)
    alone = read_byline(first, context)
    if alone is not None and (alone.organizations or alone.role):
        return False
    return bool(fact.authors and (fact.organizations or fact.role))


def _page(every: list[Line], index: int, context: Context) -> Fact | None:
    text = every[index].text
    if is_rule(text):
        return Furniture(**place(text, "rule-line", 0.95))
    near = abs(len(text) - len(context.headline)) < SLACK
    if context.headline and near and words(text) == words(context.headline):
        return Furniture(**place(text, "headline-repeated", 0.95))
    name = section(text)
    if name:
        return Section(name=name, **place(text, "published-in", 0.9))
    rule = page_words(text)
    if rule:
        return Furniture(**place(text, rule, 0.9))
    if is_time(text):
        return Furniture(**place(text, "time-stamp", 0.8))
    if _is_breadcrumb(every, index):
        return Furniture(**place(text, "breadcrumb", 0.8))
    return None


def _is_breadcrumb(every: list[Line], index: int) -> bool:
    """A few words beside a separator that stands alone on its line."""
    text = every[index].text
    if len(text.split()) > SHORT_WORDS or text.endswith((".", "?", "!", ":", "”", '"')):
        return False
    before = index > 0 and is_separator(every[index - 1].text)
    after = index + 1 < len(every) and is_separator(every[index + 1].text)
    return before or after


def _stated(text: str, context: Context, before: list[Fact], index: int) -> Fact | None:
    may = Suspicion(text)
    if may.message():
        message = read_embargo(text, context) or read_advisory(text, context)
        if message is not None:
            return None if message.rule == "earlier-version" else message
    if is_release_label(text):
        return Furniture(**place(text, "release-label", 0.8))
    if index == 0 and (source := release_source(text, context)):
        return source
    fact = _byline(text, context, before)
    if fact is not None:
        return fact
    credit: Fact | None = read_republication(text, context) if may.republication() else None
    if credit is None and may.credit():
        credit = read_copyright(text, context)
    if credit is not None:
        return credit
    source = read_source_line(text, context) if may.source() else None
    return source if source is not None and source.rule != "picture-credit" else None


def _byline(text: str, context: Context, before: list[Fact]) -> Byline | None:
    """Read a byline; a second one only says again who was named, or what the first left out."""
    fact = read_byline(text, context)
    if fact is not None and fact.rule == "names" and not _bare_names(fact, text, context):
        return None
    earlier = [one for one in before if isinstance(one, Byline)]
    if fact is None or not earlier:
        return fact
    known = {name for one in earlier for name in one.authors}
    return fact if set(fact.authors) <= known or not known else None


def _bare_names(fact: Byline, text: str, context: Context) -> bool:
    """Ask more of a byline without "By": names or a house, and hardly a word beside them.

    Blogs open with notes, quotes with their speaker, and none of these may be cut.
    """
    if text.endswith((".", "!", "?", ";")) or ":" in text or "//" in text:
        return False
    if not fact.authors and not context.houses.all_known(fact.organizations):
        return False
    said = " ".join((*fact.authors, *fact.organizations, fact.role or "", fact.location or ""))
    known = set(words(said).split())
    beside = [one for one in words(text).split() if one not in known and one not in _LINKS]
    return len(beside) <= len(fact.authors) + 2
