"""How much two texts share, exactly, by their words. Pure; asked where keys meet."""

from collections import Counter
from collections.abc import Sequence

from syndicator.model.patterns import pattern_of
from syndicator.model.text import SPACELESS, words

ENOUGH = 48
"""Fewer words than this are alike by chance: briefs, teasers, “Breaking: more soon”."""
SHINGLE = 4
MOST = 30_000
"""Words of a text that are compared; what is longer is no article."""
FEW_NUMBERS = 4
SAME_NUMBERS = 0.6
SHORTEST_NAME = 4
_TOKEN = pattern_of(rf"[{SPACELESS}]|[^\W{SPACELESS}]+")
_MANY_SCRIPTS = pattern_of(f"[{SPACELESS}]")


def tokens(text: str) -> list[str]:
    """Return the bare words; of scripts without spaces, the signs."""
    said = words(text)
    return (
        said.split() if said.isascii() or not _MANY_SCRIPTS.search(said) else _TOKEN.findall(said)
    )


def contained(one: Sequence[str], two: Sequence[str]) -> float:
    """Return how much of the shorter text, in runs of four words, stands in the longer one."""
    a, b = _runs(one), _runs(two)
    least = min(len(a), len(b))
    return len(a & b) / least if least else 0.0


def _runs(said: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(*(said[n:MOST] for n in range(SHINGLE)), strict=False))


def same_numbers(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether the figures are largely the same; those of tables and forecasts are not."""
    a, b = _figures(one), _figures(two)
    least = min(a.total(), b.total())
    return least < FEW_NUMBERS or (a & b).total() >= SAME_NUMBERS * least


def _figures(said: Sequence[str]) -> Counter[str]:
    return Counter(one for one in said[:MOST] if any(sign.isdigit() for sign in one))


def bodies_alike(one: Sequence[str], two: Sequence[str], least: float) -> bool | None:
    """Whether two bodies are one text in two states; ``None`` if one is too short to say."""
    if min(len(one), len(two)) < ENOUGH:
        return None
    return contained(one, two) >= least and same_numbers(one, two)


def shared(one: Sequence[str], two: Sequence[str]) -> float:
    """Return the share of words two headlines have in common, from 0 to 1 (Dice)."""
    a, b = set(one), set(two)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def telling(said: Sequence[str]) -> set[str]:
    """Return the words that tell what a text is about: the longer ones, and figures."""
    return {one for one in said if len(one) >= SHORTEST_NAME or not one.isascii() or one.isdigit()}
