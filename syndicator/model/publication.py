"""What was published: one line of the append-only ledger of publications."""

from datetime import datetime

import msgspec

from syndicator.model.ids import ArticleId, LicenseId, SourceId, TopicId


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """An article stood in a topic in one form, under one version of one licence.

    ``since`` and ``until`` are aware UTC; ``until`` is ``None`` while it stands.
    ``license_version`` is the digest of the licence as it was. ``guid``,
    ``headline`` and ``credit`` are as published, so that a report and a notice
    need no article. ``topic`` is ``TOPIC@SUBSCRIBER`` of what one subscriber was given.
    """

    topic: TopicId
    article: ArticleId
    source: SourceId
    guid: str
    headline: str
    link: str | None
    form: str
    license: LicenseId
    license_version: str
    credit: str | None
    since: datetime
    until: datetime | None = None
