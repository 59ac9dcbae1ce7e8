"""Text of an article → credit facts with their places.

Only the edges are read, the first lines and the last, and what is glued to
the last sentence: sentences of the story use the same words. Words that are
no fact are the story, and the story is never touched. Pure, and linear in
the length of the text.
"""

import re

import msgspec

from syndicator.credit.advisory import read_advisory
from syndicator.credit.assistance import read_assistance
from syndicator.credit.byline import read_byline
from syndicator.credit.copyright import read_copyright, read_rights_line
from syndicator.credit.dateline import read_dateline
from syndicator.credit.embargo import read_embargo
from syndicator.credit.form import Context, place
from syndicator.credit.furniture import is_rule, is_separator, is_time, page_words, section
from syndicator.credit.republish import read_republication
from syndicator.credit.sources import read_source_line
from syndicator.model.credit import (
    Advisory,
    Assistance,
    Byline,
    CreditLine,
    Dateline,
    Fact,
    Furniture,
    Republication,
    Section,
)
from syndicator.model.text import words

LEADING = 14
TRAILING = 24
LONG = 220
_LINE = re.compile(r"[^\n]+")
SHORT_WORDS = 6
AFTER_WORDS = 25
SLACK = 20
_STORY_END = (".", "?", "!", "”", '"', "»", "。", "…", ")", "’")
_MAYBE_TOP = re.compile(
    r"embargo|sperrfrist|kill|hold|correct|clarif|editor|eds|note|updat|add|publi|republi|originally|first appeared|withdraw|retract|attention|by |von |par |por |©|copyright|quelle|source|"
    r"记者|記者|기자|電|电|=",
    re.IGNORECASE,
)
_MAYBE_END = re.compile(
    r"©|\(c\)|copyright|ⓒ|report|writ|edit|contribut|assist|help|publish|print|appear|licen|permission|creative|rights|distribut|visit|correct|clarif|note|updat|version|quelle|source|fuente|fonte|"
    r"material|agenc|avec|informa|removed|withdraw|syndicat|feed|file|colab|mitarbeit|redak|rédac|redac|édit|kill|hold|apolog|error|lifeline|hotline|suicide|ai\b|automat|satir|저작|기자|전재|记者|記者|编辑|編輯|責任|责任|版|転載|禁|翻訳|حقوق|права|"
    r"views|opinions|reach|follow|reporting|@|\([^()]{2,80}\)\W*$|--|—\s*\w+\W*$",
    re.IGNORECASE,
)


class _Line(msgspec.Struct):
    start: int
    end: int
    text: str


def read(text: str, context: Context) -> tuple[Fact, ...]:
    """Return the facts in the order they stand; spans lie in ``text`` and never overlap."""
    every = _lines(text)
    top = _leading(every[:LEADING], context)
    rest = every[len(top) :]
    facts: list[Fact] = [fact for fact in top if fact is not None]
    if rest:
        dateline = _dateline(rest[0], context)
        if dateline is not None:
            facts.append(dateline)
    bottom = _trailing(rest[-TRAILING:], text, context)
    taken = facts[-1].end if facts else 0
    facts.extend(fact for fact in bottom if fact.start >= taken)
    return tuple(_merge(facts, text, context))


def _lines(text: str) -> list[_Line]:
    found = []
    for match in _LINE.finditer(text):
        bare = match[0].strip()
        if bare:
            start = match.start() + match[0].index(bare[0])
            found.append(_Line(start, start + len(bare), bare))
    return found


def _moved(fact: Fact, line: _Line) -> Fact:
    return msgspec.structs.replace(fact, start=fact.start + line.start, end=fact.end + line.start)


def _leading(every: list[_Line], context: Context) -> list[Fact | None]:
    """Read from the top to the first line of the story; ``None`` stands for a line joined above."""
    facts: list[Fact | None] = []
    index = 0
    while index < len(every):
        found = _top_line(every, index, context, facts)
        if found is None:
            break
        facts.append(_moved(found[0], every[index]))
        facts.extend([None] * (found[1] - 1))
        index += found[1]
    return facts if _proven(facts) else []


def _proven(facts: list[Fact | None]) -> bool:
    """A list may open with the headline's own words; only a page repeats it among others."""
    said = [fact for fact in facts if fact is not None]
    weak = {"headline-repeated", "page-words", "rule-line", "time-stamp"}
    return any(fact.rule not in weak for fact in said) or len(said) > 1


def _top_line(
    every: list[_Line], index: int, context: Context, before: list[Fact | None]
) -> tuple[Fact, int] | None:
    """Return the fact at ``index`` and how many lines it takes."""
    line = every[index]
    text = line.text
    if len(text) > LONG:
        return _long_top(text, context)
    pair = _pair(every, index, context)
    if pair is not None and not any(isinstance(one, Byline) for one in before):
        return pair, 2
    fact = _page_top(every, index, context)
    if fact is not None:
        return fact, 1
    fact = _stated_top(text, context, before)
    return (fact, 1) if fact is not None else None


def _long_top(text: str, context: Context) -> tuple[Fact, int] | None:
    if not _MAYBE_TOP.search(text[:160]):
        return None
    fact = read_embargo(text, context) or read_advisory(text, context)
    if isinstance(fact, Advisory) and fact.rule in {"earlier-version", "service-note"}:
        return None
    return (fact, 1) if fact is not None else None


def _pair(every: list[_Line], index: int, context: Context) -> Fact | None:
    """A byline with its house or role on the next line; a shouted message with its text."""
    if index + 1 >= len(every):
        return None
    first, second = every[index], every[index + 1]
    if len(second.text) > 80 or len(first.text) > 120 or second.start - first.end > 3:  # noqa: PLR2004 - two short lines
        return None
    alone = read_byline(first.text, context)
    both = read_byline(f"{first.text}\n{second.text}", context)
    gained = both is not None and (both.organizations or both.role)
    if (
        both is None
        or not gained
        or (alone and (alone.organizations or alone.role))
        or not both.authors
    ):
        return None
    raw = f"{first.text}\n{second.text}"
    return msgspec.structs.replace(both, end=second.end - first.start, raw=raw)


def _page_top(every: list[_Line], index: int, context: Context) -> Fact | None:
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


def _is_breadcrumb(every: list[_Line], index: int) -> bool:
    """A few words beside a separator that stands alone on its line."""
    text = every[index].text
    if len(text.split()) > SHORT_WORDS or text.endswith((".", "?", "!", ":", "”", '"')):
        return False
    before = index > 0 and is_separator(every[index - 1].text)
    after = index + 1 < len(every) and is_separator(every[index + 1].text)
    return before or after


def _stated_top(text: str, context: Context, before: list[Fact | None]) -> Fact | None:
    fact: Fact | None = read_embargo(text, context) or read_advisory(text, context)
    if fact is not None:
        return None if isinstance(fact, Advisory) and fact.rule == "earlier-version" else fact
    if not any(isinstance(one, Byline) for one in before):
        fact = read_byline(text, context)
        if fact is not None:
            return fact
    fact = read_republication(text, context) or read_copyright(text, context)
    if fact is not None:
        return fact
    fact = read_source_line(text, context)
    return fact if fact is not None and fact.rule != "picture-credit" else None


def _dateline(line: _Line, context: Context) -> Dateline | None:
    found = read_dateline(line.text, context)
    if found is None or found.confidence < 0.8:  # noqa: PLR2004 - a guess cuts nothing
        return None
    return msgspec.structs.replace(
        found, start=found.start + line.start, end=found.end + line.start
    )


def _trailing(every: list[_Line], text: str, context: Context) -> list[Fact]:
    """Read from the bottom up until a line of the story stands in the way."""
    facts: list[Fact] = []
    skipped: list[_Line] = []
    for number, line in enumerate(reversed(every)):
        fact = _bottom_line(line.text, context)
        if fact is None:
            glued = _glued(line, context)
            if glued is not None:
                facts.extend(_after_matter(skipped) if _strong(glued) else [])
                facts.append(glued)
                break
            if not _may_follow(line.text) or number >= TRAILING - 1:
                break
            skipped.append(line)
            continue
        if skipped and _strong(fact):
            facts.extend(_after_matter(skipped))
            skipped = []
        elif skipped:
            break
        facts.append(_moved(fact, line))
    facts.sort(key=lambda fact: fact.start)
    return _meant(facts)


def _may_follow(text: str) -> bool:
    """Short lines may stand after a sign-off: teasers, names of boxes, notices of the page."""
    return len(text.split()) <= AFTER_WORDS and len(text) <= LONG


def _strong(fact: Fact) -> bool:
    """A sign-off, a republication line or a dated notice ends the copy: what follows is the page's."""
    if isinstance(fact, Assistance):
        return fact.rule in {"sign-off", "sign-off-glued"}
    if isinstance(fact, CreditLine):
        return fact.distributor is not None or fact.rule in {"contact"}
    return isinstance(fact, Republication) and fact.rule in {"first-published", "republished-from"}


def _after_matter(skipped: list[_Line]) -> list[Fact]:
    return [_moved(Furniture(**place(one.text, "after-sign-off", 0.7)), one) for one in skipped]


def _bottom_line(text: str, context: Context) -> Fact | None:
    if is_rule(text):
        return Furniture(**place(text, "rule-line", 0.9))
    rule = page_words(text)
    if rule:
        return Furniture(**place(text, rule, 0.9))
    if len(text) > 60 and not _MAYBE_END.search(text):  # noqa: PLR2004 - a sentence of the story
        return None
    fact: Fact | None = (
        read_advisory(text, context)
        or read_republication(text, context)
        or read_copyright(text, context)
        or read_rights_line(text, context)
        or read_assistance(text, context)
        or read_source_line(text, context)
    )
    if fact is None:
        return _eastern_byline(text, context)
    if fact.start > 0 or (isinstance(fact, Advisory) and fact.rule == "adds"):
        return None  # glued, see _glued; "Adds …" opens copy and never closes it
    if isinstance(fact, CreditLine) and fact.rule == "visit":
        return fact if fact.confidence else None
    return fact


def _eastern_byline(text: str, context: Context) -> Fact | None:
    """Korean and Chinese copy names its reporter at the end."""
    if text.isascii() or len(text) > 60:  # noqa: PLR2004 - a name and an address
        return None
    found = read_byline(text, context, alone=False)
    return (
        found
        if found is not None and found.rule in {"korean-reporter", "chinese-reporter"}
        else None
    )


_PAREN_END = re.compile(r"\(([^()\n]{2,60})\)\s*$")


def _glued(line: _Line, context: Context) -> Fact | None:
    """Find a sign-off or agency mark in brackets after the last sentence of the story."""
    if not line.text.endswith((")", "]", ".")):
        return None
    fact: Fact | None = read_assistance(line.text, context)
    if fact is not None and fact.start > 0:
        return _moved(fact, line)
    found = _PAREN_END.search(line.text)
    if found is None or not line.text[: found.start()].rstrip().endswith(_STORY_END):
        return None
    source = read_source_line(found[0], context)
    if source is None or source.rule != "agencies-in-brackets":
        return None
    start = line.start + found.start()
    return msgspec.structs.replace(
        source,
        start=start,
        end=start + len(found[0].rstrip()),
        raw=found[0].rstrip(),
        rule="agencies-glued",
    )


def _meant(facts: list[Fact]) -> list[Fact]:
    """A lone dash or visit line may be the story's own last word; with a credit near it is not."""
    kept = [
        fact
        for fact in facts
        if not (
            isinstance(fact, CreditLine) and fact.rule == "visit" and not _near_credit(fact, facts)
        )
    ]
    meaning = any(not isinstance(fact, Furniture) for fact in kept)
    return kept if meaning or all(fact.rule != "rule-line" for fact in kept) else []


def _near_credit(visit: CreditLine, facts: list[Fact]) -> bool:
    return any(
        isinstance(one, CreditLine)
        and one is not visit
        and one.rule in {"copyright-notice", "distributed-by"}
        for one in facts
    )


def _merge(facts: list[Fact], text: str, context: Context) -> list[Fact]:
    """Join the lines of one credit block into one fact, and read its parties together."""
    joined: list[Fact] = []
    for fact in facts:
        last = joined[-1] if joined else None
        block = {"copyright-notice", "visit", "distributed-by", "rights-statement"}
        if (
            isinstance(fact, CreditLine)
            and isinstance(last, CreditLine)
            and fact.rule in block
            and last.rule in block
            and not text[last.end : fact.start].strip()
        ):
            raw = text[last.start : fact.end]
            whole = read_copyright(raw, context)
            if whole is not None:
                joined[-1] = msgspec.structs.replace(whole, start=last.start, end=fact.end, raw=raw)
                continue
        joined.append(fact)
    return joined
