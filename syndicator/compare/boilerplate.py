"""Which lines a publisher prints with its articles, whatever they say. Learned, never listed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from syndicator.compare.shingles import Lines, line_digest, lines

WITNESSES = 3
"""Articles of different content that must carry a line."""
LOOKED_AT = 40
"""So many of the articles with a line are looked at, to find three that differ."""
ALIKE = 0.6
MOST = 32
"""Digests kept for a publisher; they are read and written with each of its polls."""


def learn(texts: Iterable[str], known: Sequence[bytes] = ()) -> tuple[bytes, ...]:
    """Return the digests of the lines that repeat in different articles of one publisher.

    ``texts`` are those of one document's entries, ``known`` what was learned before.
    Versions of one article bear no witness for what they share. At most
    ``MOST`` digests are kept: those seen now and oftenest first, then those
    learned before in their order.
    """
    return learn_lines([lines(text) for text in texts], known)


def learn_lines(texts: Iterable[Lines], known: Sequence[bytes] = ()) -> tuple[bytes, ...]:
    """Make the same of texts already read into lines."""
    articles = list(dict.fromkeys(frozenset(map(" ".join, text)) for text in texts if text))
    uses = Counter(chain.from_iterable(articles))
    often = {line: count for line, count in uses.items() if count >= WITNESSES}
    witnesses: dict[str, list[frozenset[str]]] = defaultdict(list)
    for article in articles:
        for line in article & often.keys():
            if len(witnesses[line]) < LOOKED_AT:
                witnesses[line].append(article)
    old = frozenset(known)
    learned: dict[str, bytes] = {}
    for line, _ in sorted(often.items(), key=lambda use: (-use[1], use[0])):
        digest = line_digest(line)
        if digest in old or _is_furniture(line, witnesses[line], learned.keys()):
            learned[line] = digest
    return tuple(dict.fromkeys((*learned.values(), *known)))[:MOST]


def _is_furniture(line: str, articles: Iterable[frozenset[str]], learned: AbstractSet[str]) -> bool:
    """Whether at least three of the articles with this line differ in what else they say."""
    different: list[frozenset[str]] = []
    for article in articles:
        rest = article - learned - {line}
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
