"""What comes later beside the same words: transcripts, lengths, the mark of what is explicit. Pure.

That is no revision: nothing a person reads has changed, so neither version nor date move.
"""

from collections.abc import Mapping, Sequence

import msgspec

from syndicator.model.arrival import Arrival, Candidate, Unchanged
from syndicator.model.article import Article
from syndicator.model.entry import Enclosure
from syndicator.model.ids import ArticleId


def with_files(
    candidates: Sequence[Candidate], arrivals: Sequence[Arrival]
) -> dict[ArticleId, Article]:
    """Return entries with files whose words are those of a known article, by that article's id."""
    found = {}
    for one, arrival in zip(candidates, arrivals, strict=True):
        files = one.article.enclosures
        if files and isinstance(arrival, Unchanged) and arrival.own_words:
            found[arrival.of] = one.article
    return found


def refreshed(stored: Sequence[Article], came: Mapping[ArticleId, Article]) -> list[Article]:
    """Return the stored articles whose own feed says more of their files now, with what it says.

    An address that differs in its query alone is the same file: some are signed
    anew for each who asks.
    """
    made = []
    for old in stored:
        new = came[old.id]
        other = old.episode != new.episode or _bare(old.enclosures) != _bare(new.enclosures)
        if other and old.source == new.source:
            made.append(
                msgspec.structs.replace(old, enclosures=new.enclosures, episode=new.episode)
            )
    return made


def _bare(files: tuple[Enclosure, ...]) -> list[Enclosure]:
    return [msgspec.structs.replace(one, url=one.url.partition("?")[0]) for one in files]
