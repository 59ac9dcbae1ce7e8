"""Which article a message of the wire speaks of: by id, else by slug, else by headline. Pure."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta

from syndicator.model.article import Article
from syndicator.model.credit import KILLS, Advisory
from syndicator.model.ids import ArticleId
from syndicator.model.patterns import pattern_of
from syndicator.model.text import words

SURE = 0.9
"""Confidence from which a reading of a kill may take copy out for good."""
REACH = timedelta(days=30)
"""How far back a message may reach; slugs and numbers are used again."""
SLUG_REACH = timedelta(days=3)
HEADLINE_WORDS = 3
SHORTEST_ID = 5
_WIRE_ID = pattern_of(r"(?:iptc7901|anpa1312):([a-z]+\d+|\d+[a-z]+\d*):(\d{4}-\d\d-\d\d)")
_SLUG = pattern_of(r"[\w&.]+(?:\s*[-–/]{1,2}\s*[\w&.']+)+")  # noqa: RUF001 - slugs have both dashes

Known = Callable[[Article], bool]


def order_in(article: Article) -> Advisory | None:
    """Return the words by which copy takes copy away, if they are read with certainty."""
    orders = (fact for fact in article.facts if isinstance(fact, Advisory) and fact.action in KILLS)
    return next((fact for fact in orders if fact.confidence >= SURE), None)


def targets(message: Article, known: Iterable[Article]) -> tuple[ArticleId, ...]:
    """Return the articles that a message to take copy away speaks of.

    Only copy of the same publisher, not itself such a message, and neither
    newer than the message by a day nor older than thirty. The first way of
    naming that hits decides; several answers mean that it is not clear.
    """
    near = [
        one
        for one in known
        if one.publisher == message.publisher
        and one.id != message.id
        and -timedelta(days=1) <= message.published - one.published <= REACH
        and order_in(one) is None
    ]
    text = _text(message)
    said, folded = words(text), f" {text.casefold()} "
    ways: tuple[Known, ...] = (
        lambda one: _by_id(one, folded),
        lambda one: message.published - one.published <= SLUG_REACH and _by_slug(one, said),
        lambda one: _by_headline(one, said),
    )
    for way in ways:
        found = tuple(dict.fromkeys(one.id for one in near if way(one)))
        if found:
            return found
    return ()


def _text(message: Article) -> str:
    """Everything a message says, also what was taken out of its story."""
    came = message.body.received
    parts = [message.headline, message.abstract or "", message.body.text]
    parts += [fact.raw for fact in message.facts]
    parts += [*came.advisories, *came.private, came.content] if came else []
    return "\n".join(parts)


def _stands(name: str, folded: str) -> bool:
    """Whether a name stands in the text, and is no part of a longer one."""
    edge = r"[\w/.-]*\w" if "://" in name else r"[\w-]"
    pattern = rf"(?<![\w-]){re.escape(name.casefold())}(?!{edge})"
    return name.casefold() in folded and re.search(pattern, folded) is not None


def _by_id(one: Article, folded: str) -> bool:
    names = [one.guid if len(one.guid) >= SHORTEST_ID else "", one.link or ""]
    wire = _WIRE_ID.fullmatch(one.guid)
    if wire:
        names.append(wire[1])
    return any(name and _stands(name, folded) for name in names)


def _by_slug(one: Article, said: str) -> bool:
    slugs = [label.term for label in one.categories if _SLUG.fullmatch(label.term)]
    return any(f" {words(slug)} " in f" {said} " for slug in slugs)


def _by_headline(one: Article, said: str) -> bool:
    headline = words(one.headline)
    return headline.count(" ") + 1 >= HEADLINE_WORDS and f" {headline} " in f" {said} "
