"""Article × match rules → topics."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from syndicator.model.article import Article
from syndicator.model.ids import TopicId
from syndicator.model.source import Source
from syndicator.model.text import words
from syndicator.model.topic import Condition, Match, Topic


def route(
    article: Article, source: Source | None, topics: Mapping[TopicId, Topic]
) -> frozenset[TopicId]:
    """Return the topics an article belongs to: those its source names, and those that match."""
    always = set(source.topics) if source else set()
    facts = _facts(article, source)
    return frozenset(
        topic for topic, one in topics.items() if topic in always or _matches(one.match, facts)
    )


class _Facts:
    __slots__ = ("authors", "categories", "language", "sections", "source", "text")

    def __init__(self, article: Article, source: Source | None) -> None:
        labels = [label for one in article.categories for label in (one.term, one.label) if label]
        self.source = article.source
        self.language = (article.language or "").lower()
        self.authors = {words(person.name) for person in article.authors}
        self.categories = {words(label) for label in labels}
        self.sections = {words(name) for name in article.sections} | self.categories
        if source and source.section:
            self.sections.add(words(source.section))
        self.text = words(" ".join([article.headline, article.abstract or "", *labels]))


def _facts(article: Article, source: Source | None) -> _Facts:
    return _Facts(article, source)


def _matches(match: Match, facts: _Facts) -> bool:
    """``none`` vetoes; then each of ``all`` and one of ``any`` must hold. No rules match nothing."""
    if not match.any and not match.all:
        return False
    if any(_holds(one, facts) for one in match.none):
        return False
    if not all(_holds(one, facts) for one in match.all):
        return False
    return not match.any or any(_holds(one, facts) for one in match.any)


def _holds(condition: Condition, facts: _Facts) -> bool:
    checks = (
        (condition.section, lambda: not facts.sections.isdisjoint(map(words, condition.section))),
        (
            condition.category,
            lambda: not facts.categories.isdisjoint(map(words, condition.category)),
        ),
        (condition.keywords, lambda: bool(_keywords(condition.keywords).search(facts.text))),
        (condition.source, lambda: facts.source in condition.source),
        (condition.author, lambda: not facts.authors.isdisjoint(map(words, condition.author))),
        (
            condition.language,
            lambda: any(_speaks(facts.language, one) for one in condition.language),
        ),
    )
    return all(check() for wanted, check in checks if wanted)


def _speaks(language: str, wanted: str) -> bool:
    """RFC 4647 §3.3.1 basic filtering: a range matches a tag or its prefix."""
    wanted = wanted.lower()
    return language == wanted or language.startswith(wanted + "-")


@lru_cache(maxsize=512)
def _keywords(keywords: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(words(one)) for one in keywords if words(one)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")
