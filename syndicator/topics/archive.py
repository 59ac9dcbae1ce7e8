"""What is archived of a topic, and when a page of it is closed. Pure."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from syndicator.model.archive import PAGE_ENTRIES
from syndicator.model.article import Article
from syndicator.model.ids import ArticleId
from syndicator.model.story import Story


class Filed(msgspec.Struct, frozen=True, kw_only=True):
    """``full`` are groups of articles of which each makes a page now; ``rest`` waits for more."""

    full: tuple[tuple[ArticleId, ...], ...] = ()
    rest: tuple[ArticleId, ...] = ()


def file_away(
    articles: Sequence[Article],
    standing: Collection[ArticleId],
    stories: Mapping[ArticleId, Story],
) -> Filed:
    """Put what may leave and is nowhere yet into pages, in the order in which it came.

    ``standing`` is what stands in the feed or in a closed page. An entry is an article, or
    all copies of a story; a story that has an entry somewhere gets no second one.
    One whose entry has gone, as with the licence of the copies in it, gets another.
    """
    has_entry = frozenset(standing)
    entries: dict[str, list[ArticleId]] = {}
    for one in sorted(articles, key=lambda article: (article.first_seen, article.id)):
        story = stories.get(one.id)
        members = story.members if story is not None else (one.id,)
        if has_entry.isdisjoint(members):
            entries.setdefault(story.id if story is not None else one.id, []).append(one.id)
    ordered = list(entries.values())
    full = len(ordered) // PAGE_ENTRIES * PAGE_ENTRIES
    return Filed(
        full=tuple(_flat(ordered[at : at + PAGE_ENTRIES]) for at in range(0, full, PAGE_ENTRIES)),
        rest=_flat(ordered[full:]),
    )


def _flat(groups: Sequence[Sequence[ArticleId]]) -> tuple[ArticleId, ...]:
    return tuple(one for group in groups for one in group)
