"""What a revision changed, word by word, for people. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from syndicator.compare.likeness import tokens
from syndicator.compare.revise import Change, replaced
from syndicator.model.article import Article
from syndicator.model.version import Difference, History, Piece, Version

MOST_WORDS = 1500
"""Longer paragraphs are shown whole, gone and come: matching them word by word takes too long."""
MOST_PARAGRAPHS = 2000
RELATED = 0.3
NEXT, LOOK = 8, 2000


def differences(article: Article, history: History) -> tuple[Difference, ...]:
    """Return what each revision changed, the newest first.

    Where versions between two were dropped, all their changes are one.
    """
    present = replaced(article, Change(why=()), "", article, article.updated)
    states = [*history.versions, present]
    return tuple(
        Difference(
            version=old,
            headline=_words(old.headline, new.headline) if old.headline != new.headline else (),
            authors=_words(", ".join(old.authors), ", ".join(new.authors))
            if old.authors != new.authors
            else (),
            paragraphs=tuple(_paragraphs(_said(old), _said(new))),
        )
        for old, new in reversed(list(pairwise(states)))
    )


def _said(version: Version) -> list[str]:
    text = version.text or version.abstract or ""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()][:MOST_PARAGRAPHS]


def _paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    for sign, a, b in _steps(old, new):
        if sign == "":
            continue
        came = list(b)
        for gone in a:
            mine = _telling(gone)
            other = next((one for one in came[:NEXT] if _related(mine, _telling(one))), None)
            if other is None:
                yield (Piece("-", gone),)
                continue
            while came[0] != other:
                yield (Piece("+", came.pop(0)),)
            yield _words(gone, came.pop(0))
        yield from ((Piece("+", one),) for one in came)


def _telling(paragraph: str) -> set[str]:
    return set(tokens(paragraph[:LOOK]))


def _related(one: set[str], two: set[str]) -> bool:
    return len(one & two) > RELATED * min(len(one), len(two))


def _words(one: str, two: str) -> tuple[Piece, ...]:
    a, b = one.split(), two.split()
    if len(a) < 2 and len(b) < 2:  # noqa: PLR2004 - scripts without spaces: sign by sign
        return _pieces(one, two, "") if max(len(one), len(two)) <= MOST_WORDS else _whole(one, two)
    return _pieces(a, b, " ") if max(len(a), len(b)) <= MOST_WORDS else _whole(one, two)


def _whole(one: str, two: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in (Piece("-", one), Piece("+", two)) if piece.text)


def _pieces(one: Sequence[str], two: Sequence[str], glue: str) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for sign, a, b in _steps(one, two):
        if sign == "":
            found.append(Piece("", glue.join(a)))
            continue
        found += [Piece("-", glue.join(a))] if a else []
        found += [Piece("+", glue.join(b))] if b else []
    return tuple(found)


def _steps(
    one: Sequence[str], two: Sequence[str]
) -> Iterable[tuple[str, Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        yield "" if tag == "equal" else "~", one[i:j], two[k:m]
