"""Which lines a publisher prints with its articles, whatever they say. Learned, never listed."""

from collections import Counter
from collections.abc import Iterable, Sequence

from syndicator.compare.shingles import line_digest, lines

WITNESSES = 3
"""Articles of different content that must carry a line."""
MANY = 8
"""So many articles cannot be versions of one."""
ALIKE = 0.6
MOST = 512
"""Digests kept for a publisher."""


def learn(texts: Iterable[str], known: Sequence[bytes] = ()) -> tuple[bytes, ...]:
    """Return the digests of the lines that repeat in different articles of one publisher.

    ``texts`` are those of one document's entries, ``known`` what was learned before.
    Versions of one article bear no witness for what they share. At most
    ``MOST`` digests are kept: those seen now and oftenest first, then those
    learned before in their order.
    """
    articles = [frozenset(lines(text)) for text in dict.fromkeys(texts)]
    articles = [article for article in dict.fromkeys(articles) if article]
    uses = Counter(line for article in articles for line in article)
    learned: dict[str, None] = {}
    old = frozenset(known)
    for line, count in sorted(uses.items(), key=lambda use: (-use[1], use[0])):
        if count < WITNESSES:
            break
        if line_digest(line) in old or _is_furniture(line, count, articles, learned):
            learned[line] = None
    fresh = [line_digest(line) for line in learned]
    return tuple(dict.fromkeys((*fresh, *known)))[:MOST]


def _is_furniture(
    line: str, count: int, articles: list[frozenset[str]], learned: dict[str, None]
) -> bool:
    """Whether at least three of the articles with this line differ in what else they say."""
    if count >= MANY:
        return True
    different: list[frozenset[str]] = []
    for article in articles:
        if line not in article:
            continue
        rest = article - learned.keys() - {line}
        if rest and not any(_alike(rest, other) for other in different):
            different.append(rest)
            if len(different) == WITNESSES:
                return True
    return False


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most of what the shorter says, line by line, the other says too."""
    fewer = min(_length(one), _length(other))
    return _length(one & other) >= ALIKE * fewer


def _length(said: Iterable[str]) -> int:
    return sum(map(len, said))
