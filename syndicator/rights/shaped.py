"""The forms of articles, remembered: most of an edition is what it was in the one before. Pure."""

from syndicator.model.article import Article
from syndicator.model.clearance import Cleared
from syndicator.model.edition import Item
from syndicator.model.ids import ArticleId
from syndicator.model.license import License
from syndicator.model.outlet import Outlet
from syndicator.model.recent import Recent
from syndicator.rights.form import shape

MOST = 2_000
"""Forms remembered: those of some twenty topics."""
_Given = tuple[Article, Cleared, License, str]


class Shapes:
    """Shapes articles, and returns the same item for the same article in the same form."""

    def __init__(self, most: int = MOST) -> None:
        """Remember up to so many."""
        self._held: Recent[tuple[ArticleId, Outlet, int], tuple[_Given, Item]] = Recent(most)

    def item(
        self,
        article: Article,
        cleared: Cleared,
        license: License,  # noqa: A002 - the trade's word
        source_title: str,
        outlet: Outlet,
        words: int,
    ) -> Item:
        """Do what :func:`syndicator.rights.form.shape` does."""
        key = (article.id, outlet, words)
        given = (article, cleared, license, source_title)
        known = self._held.get(key)
        if known is not None and _same(known[0], given):
            return known[1]
        made = shape(article, cleared, license, source_title, outlet, words)
        self._held.keep(key, (given, made))
        return made


def _same(one: _Given, other: _Given) -> bool:
    """Compare cheaply: an article and a licence are the same only if they are the same object."""
    return one[0] is other[0] and one[2] is other[2] and one[1] == other[1] and one[3] == other[3]
