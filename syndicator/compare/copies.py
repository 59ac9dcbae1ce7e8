"""Whether two articles are copies of one text: exact containment, and what speaks against it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta

from syndicator.compare.shingles import Words, contained, story
from syndicator.compare.signature import FEWEST_WORDS
from syndicator.model.copies import Copy, Overlap

WINDOW = timedelta(hours=72)
NEVER = 0.3
"""Below this share of the shorter text two texts are never one."""
SURE = 0.8
"""From this share on they are, unless something speaks against it."""
HALF = 0.5
"""Between, from here on, when they open alike."""
NEARLY_ALL = 0.95
SHORT = 100
"""Short texts of one publisher (teasers, notices) share most of their words by habit."""
EARLY, FAIRLY_EARLY = 0.34, 0.42
"""How far into two copies the common words begin at most, on an average and in either."""
ANOTHER_DAY = timedelta(hours=16)
"""Editions of a column, a forecast or a table of one publisher lie further apart."""
ROUNDUP_TIMES = 2.5
ROLLING = timedelta(hours=8)
"""Within these hours a report of a market or a disaster rolls on, and its figures with it."""
OTHER_FIGURES, MOST_FIGURES = 0.34, 0.65
FEWEST_FIGURES = 4
_FIGURE = "#"


def same_copy(one: Copy, other: Copy) -> Overlap:
    """Judge whether two articles are the same copy. Which is named first changes nothing."""
    return judge_stories(
        story(one.text, one.boilerplate),
        story(other.text, other.boilerplate),
        apart=abs(one.published - other.published),
        same_publisher=one.publisher == other.publisher,
    )


def judge_stories(one: Words, other: Words, *, apart: timedelta, same_publisher: bool) -> Overlap:
    """Make the same of texts already read."""
    share = contained(one, other)
    shared = len(one.known & other.known) // one.unit
    against = _against(one, other, share, apart, same_publisher=same_publisher)
    percent = f"{share:.0%} of the shorter text"
    return Overlap(
        same=against is None,
        containment=share,
        shared=shared,
        reason=f"{against} ({percent} is shared)" if against else f"{percent} is shared",
    )


def _against(
    one: Words, other: Words, share: float, apart: timedelta, *, same_publisher: bool
) -> str | None:
    """Return what speaks against taking two texts as one, ``None`` when nothing does."""
    if min(len(one), len(other)) < FEWEST_WORDS:
        return "too short to tell"
    if share < NEVER:
        return "another text"
    if apart > WINDOW:
        return "more than three days apart"
    if share < HALF:
        return "too little in common"
    if same_publisher and apart > ANOTHER_DAY and share < NEARLY_ALL:
        return "another day's edition of the same publisher"
    few = min(len(one), len(other)) < SHORT
    if same_publisher and share < (NEARLY_ALL if few else SURE):
        return "same publisher, too little in common"
    if _other_figures(one, other, OTHER_FIGURES if apart > ROLLING else MOST_FIGURES):
        return "the same frame around other figures"
    in_shorter, in_longer = _late(one, other)
    longer = max(len(one), len(other)) >= ROUNDUP_TIMES * min(len(one), len(other))
    if longer and (share < SURE or in_longer > FAIRLY_EARLY):
        return "a part of a longer roundup"
    late = max(in_shorter, in_longer) > FAIRLY_EARLY or in_shorter + in_longer > 2 * EARLY
    if share < SURE and late:
        return "they open otherwise"
    return None


def _late(one: Words, other: Words) -> tuple[float, float]:
    """Return how far into each text the words begin that both have, the shorter's first.

    A tenth of them may stand before, for some are there by chance.
    """
    shorter, longer = sorted((one, other), key=lambda told: (len(told), told.words))
    shared = one.known & other.known
    return _begins(shorter, shared), _begins(longer, shared)


def _begins(told: Words, shared: AbstractSet[str]) -> float:
    places = [at for at, run in enumerate(told.shingles) if run in shared]
    return places[len(places) // 10] / len(told.shingles)


def _other_figures(one: Words, other: Words, many: float) -> bool:
    """Whether this share of the figures that stand among the same words are others.

    A copy keeps its figures. A table, a forecast or a report of the market
    keeps its words and changes them.
    """
    ours, theirs = _figures(one.words), _figures(other.words)
    pairs = [
        (mine, yours)
        for place in ours.keys() & theirs.keys()
        for mine, yours in zip(ours[place], theirs[place], strict=False)
    ]
    others = sum(mine != yours for mine, yours in pairs)
    return len(pairs) >= FEWEST_FIGURES and others >= many * len(pairs)


def _figures(words: Sequence[str]) -> dict[tuple[str, ...], list[str]]:
    """Return the figures of a text by the words around each, other figures masked."""
    masked = [_FIGURE if word[0].isdigit() or word[-1].isdigit() else word for word in words]
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for at in _places(masked):
        found[(*masked[max(at - 3, 0) : at], _FIGURE, *masked[at + 1 : at + 2])].append(words[at])
    return found


def _places(masked: Sequence[str]) -> Iterator[int]:
    return (at for at, word in enumerate(masked) if word is _FIGURE)
