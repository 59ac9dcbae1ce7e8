"""Names for the identifiers that travel between rooms."""

from typing import NewType

SourceId = NewType("SourceId", str)
"""Key of a source in ``config/sources.yaml``."""

TopicId = NewType("TopicId", str)
"""Key of a topic in ``config/topics.yaml``; part of its feed addresses."""

LicenseId = NewType("LicenseId", str)
"""Key of a licence in ``config/licenses.yaml``."""

SubscriberId = NewType("SubscriberId", str)
"""Key of a subscriber in ``config/subscribers.yaml``."""

ArticleId = NewType("ArticleId", str)
"""Ours, 20 lower-case hexadecimal digits, minted once at first sight and never reused."""

StoryId = NewType("StoryId", str)
"""Ours: the id of the article that a story began with."""
