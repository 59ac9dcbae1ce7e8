"""Topics: where an article is filed, and what of it one feed and its archive show. Pure."""

from syndicator.topics.archive import file_away
from syndicator.topics.edit import choose
from syndicator.topics.route import route

__all__ = ["choose", "file_away", "route"]
