"""Article × match rules → topics."""

import re
from collections.abc import Mapping
from functools import lru_cache

from syndicator.model.article import Article
from syndicator.model.ids import TopicId
from syndicator.model.source import Source
from syndicator.model.text import words
from syndicator.model.topic import Condition, Match, Topic


def route(
    article: Article, source: Source | None, topics: Mapping[TopicId, Topic]
) -> frozenset[TopicId]:
    """Return the topics an article belongs to: those its source names, and those that match.

    A topic with ``languages`` holds none in another; what does not say its language
    is let in.
    """
    always = set(source.topics) if source else set()
    facts = _facts(article, source)
    return frozenset(
        topic
        for topic, one in topics.items()
        if (topic in always or _matches(one.match, facts))
        and _spoken(one.languages, facts.language)
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
    """``none`` vetoes; then each of ``all`` and one of ``any`` must hold; no rules: no match."""
    if not match.any and not match.all:
        return False
    if any(_holds(one, facts) for one in match.none):
        return False
    if not all(_holds(one, facts) for one in match.all):
        return False
    return not match.any or any(_holds(one, facts) for one in match.any)


def _holds(condition: Condition, facts: _Facts) -> bool:
    return (
        _meet(condition.section, facts.sections)
        and _meet(condition.category, facts.categories)
        and _meet(condition.author, facts.authors)
        and (not condition.source or facts.source in condition.source)
        and (not condition.keywords or bool(_keywords(condition.keywords).search(facts.text)))
        and (
            not condition.language
            or any(_speaks(facts.language, one) for one in condition.language)
        )
    )


def _spoken(wanted: tuple[str, ...], language: str) -> bool:
    return not wanted or not language or any(_speaks(language, one) for one in wanted)


def _meet(wanted: tuple[str, ...], stated: set[str]) -> bool:
    return not wanted or not stated.isdisjoint(words(one) for one in wanted)


def _speaks(language: str, wanted: str) -> bool:
    """RFC 4647 §3.3.1 basic filtering: a range matches a tag or its prefix."""
    wanted = wanted.lower()
    return language == wanted or language.startswith(wanted + "-")


@lru_cache(maxsize=512)
def _keywords(keywords: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(words(one)) for one in keywords if words(one)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")
