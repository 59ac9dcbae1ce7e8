"""Whether an arrival that meets a known article under a key is that article. Pure.

A key is evidence, not proof: guids are used again, one page serves a new
forecast each day, and a headline stands over many briefs. What is asked of the
words depends on how much the key says. It is asked of both alike, so it does
not matter which came first.
"""

import re
from datetime import timedelta

from syndicator.compare.likeness import ENOUGH, bodies_alike, shared, telling, tokens
from syndicator.model.address import canonical, plain_guid
from syndicator.model.arrival import Known
from syndicator.model.article import Article
from syndicator.model.patterns import pattern_of

NEAR = timedelta(hours=20)
"""What comes daily is further apart than this."""
HALF, MOST = 0.5, 0.8
ON_ONE_PAGE = 1 / 3
OTHERS_WORDS = 0.4
NOTHING = 0.1
_ONE_STORYS = pattern_of(
    r"(?:19|20)\d\d[-/_]?(?:0[1-9]|1[0-2])[-/_]?(?:[0-2]\d|3[01])(?!\d)|/20\d\d/\d\d?/|"
    r"[0-9a-f]{16}|[0-9a-f]{8}-[0-9a-f]{4}-",
    re.IGNORECASE,
)
"""A date or a long id: an address that no other story will ever have."""
_NAMED = pattern_of(r"[^\W\d_]+(?:[-_][^\W_]+){3}")
"""A name of four words: that of a story, or of a column that comes daily."""


def is_same(kind: str, article: Article, known: Known, stored: Article | None) -> bool:
    """Whether an article of the same publisher, met under a key of this ``kind``, is the known one.

    ``stored`` is the known article as it stands; without it, its words cannot
    be asked, and only the stronger keys hold.
    """
    if kind == "headline":
        return _one_story(article, known, stored)
    if known.fingerprint == article.fingerprint or kind == "words":
        return True
    if stored is None:
        return kind != "path"
    if kind == "path":
        return _moved(article, known, stored)
    if kind == "guid" or (kind == "publisher-guid" and _churned(article, known)):
        return not _used_again(article, known, stored)
    return _one_page(kind, article, known, stored)


def is_same_page(article: Article, known: Known, stored: Article | None) -> bool:
    """Whether copy of two publishers that leads to one page is one article.

    Else one of them only points at the page, in words of its own.
    """
    if stored is None or known.fingerprint == article.fingerprint:
        return True
    if shared(tokens(article.headline), tokens(stored.headline)) >= OTHERS_WORDS:
        return True
    return bodies_alike(_body(article), _body(stored), HALF) is True


def _body(article: Article) -> list[str]:
    return tokens(article.said)


def _near(article: Article, known: Known) -> bool:
    return abs(article.published - (known.stated or known.published)) < NEAR


def _churned(article: Article, known: Known) -> bool:
    """Whether the guids differ only by what publishers change by accident, letter case apart."""
    return plain_guid(article.guid, fold=False) == plain_guid(known.guid, fold=False)


def _used_again(article: Article, known: Known, stored: Article) -> bool:
    """Whether a guid was given to another story: another page, and little in common.

    What stands under one guid on another page each day has to be alike.
    """
    if not article.link or not stored.link or canonical(article.link) == canonical(stored.link):
        return False
    near = _near(article, known)
    alike = None if near else bodies_alike(_body(article), _body(stored), HALF)
    if alike is not None:
        return not alike
    one = telling([*tokens(article.headline), *_body(article)])
    two = telling([*tokens(stored.headline), *_body(stored)])
    return shared(tuple(one), tuple(two)) < (NOTHING if near else HALF)


def _one_page(kind: str, article: Article, known: Known, stored: Article) -> bool:
    """Whether two entries on one page, or whose guids differ by letter case, are one article."""
    alike = bodies_alike(_body(article), _body(stored), HALF)
    if alike:
        return True
    headlines = shared(tokens(article.headline), tokens(stored.headline))
    if kind == "publisher-guid":
        return alike is None and headlines >= HALF and _near(article, known)
    path = "/" + (canonical(article.link or "") or "").partition("/")[2]
    if _ONE_STORYS.search(path):
        return True
    named = _NAMED.search(path) is not None
    if _near(article, known):
        return named or headlines >= ON_ONE_PAGE
    return named and alike is None and headlines >= ON_ONE_PAGE


def _moved(article: Article, known: Known, stored: Article) -> bool:
    """Whether a page with the same number, or the same path at another host, is the same."""
    alike = bodies_alike(_body(article), _body(stored), HALF if _near(article, known) else MOST)
    if alike is not None:
        return alike
    headlines = shared(tokens(article.headline), tokens(stored.headline))
    return _near(article, known) and headlines >= HALF


def _one_story(article: Article, known: Known, stored: Article | None) -> bool:
    """Whether two entries under one headline, on one day, are one: only if their bodies are."""
    body = _body(article)
    if known.fingerprint == article.fingerprint:
        return len(body) >= ENOUGH
    return stored is not None and bodies_alike(body, _body(stored), MOST) is True
