"""How long articles are kept. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from syndicator.model.article import Article
from syndicator.model.license import License


class Over(StrEnum):
    """Whose word it is that the time of an article is over."""

    LICENSE = "license"
    DESK = "desk"


def over(
    article: Article, rules: License | None, keep: timedelta | None, now: datetime
) -> Over | None:
    """Say whether an article is to be kept no longer, and by whose word; ``None``: keep it.

    A licence counts from publication, and its word holds wherever the article
    stands. The desk counts from when it came, ``keep`` long, and lets stand
    what readers are still shown.
    """
    if rules is not None and rules.keep is not None and now - article.published >= rules.keep:
        return Over.LICENSE
    if keep is not None and now - article.first_seen >= keep:
        return Over.DESK
    return None
