"""Which cleared articles one edition shows: newest first, within the window, a fair share each."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from math import ceil

from syndicator.model.article import Article
from syndicator.model.topic import Window

AT_LEAST = 50
SHARE = 0.5


def choose(articles: Sequence[Article], window: Window, now: datetime) -> tuple[Article, ...]:
    """Choose what an edition shows.

    Everything younger than the window's hours, at least 50 articles whatever
    their age, at most its number of entries. When there are more than that, no
    source takes over half the places while another waits for one.
    """
    ordered = sorted(articles, key=lambda one: (one.published, one.id), reverse=True)
    oldest = now - window.age
    young = [one for one in ordered if one.published >= oldest]
    wanted = ordered[: max(len(young), min(AT_LEAST, window.entries))]
    if len(wanted) <= window.entries:
        return tuple(wanted)
    share = max(1, ceil(window.entries * SHARE))
    taken: Counter[str] = Counter()
    first: list[Article] = []
    late: list[Article] = []
    for one in wanted:
        taken[one.source] += 1
        (first if taken[one.source] <= share else late).append(one)
    kept = (first + late)[: window.entries]
    return tuple(sorted(kept, key=lambda one: (one.published, one.id), reverse=True))
