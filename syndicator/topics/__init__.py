"""Topics: where an article is filed, and what of it one feed shows now. Pure."""

from syndicator.topics.edit import choose
from syndicator.topics.route import route

__all__ = ["choose", "route"]
