"""Whether copy names another house than the one that gives it away. Pure."""

from syndicator.model.article import Article
from syndicator.model.credit import Byline, CreditLine, Dateline, Scope
from syndicator.model.license import License
from syndicator.model.text import words

_SMALL = frozenset(
    {"the", "news", "agency", "inc", "llc", "ltd", "gmbh", "co", "staff", "report", "reports"}
)


def others_copy(
    article: Article,
    own_names: tuple[str, ...],
    license: License,  # noqa: A002 - the trade's word
    also_called: tuple[str, ...] = (),
) -> str | None:
    """Name the other house that wrote or owns an article; ``None`` where it is the giver's own.

    A byline's house, the agency of a dateline, the holder of the item's own
    notice, the houses that fields of metadata name: each must be the giver, by
    its title, publisher or licence, or be a name the giver is ``also_called``.
    """
    also = {_key(name) for name in also_called}
    own = [
        _key(name) for name in (*own_names, license.holder or "", license.distributor or "") if name
    ]
    for name in _houses(article):
        key = _key(name)
        if key and key not in also and not any(_same(key, one) for one in own):
            return name
    return None


def _houses(article: Article) -> list[str]:
    found: list[str] = []
    for fact in article.facts:
        if isinstance(fact, Byline):
            found.extend(fact.organizations)
        elif isinstance(fact, Dateline) and fact.agency:
            found.append(fact.agency)
        elif isinstance(fact, CreditLine) and fact.scope is Scope.ITEM:
            found.extend(one for one in (fact.holder, *fact.agencies) if one)
    return found


def _key(name: str) -> frozenset[str]:
    """The telling words of a name."""
    return frozenset(words(name).split()) - _SMALL


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Two spellings of a house share all telling words of the shorter."""
    return bool(one and other) and (one <= other or other <= one)
