"""What one check is asked about: an entry as published, and all the library and settings know."""

from datetime import datetime

import msgspec

from syndicator.audit.published import Seen
from syndicator.model.article import Article
from syndicator.model.ids import LicenseId, TopicId
from syndicator.model.license import License
from syndicator.model.publication import Publication
from syndicator.model.subscriber import Subscriber
from syndicator.model.text import words
from syndicator.model.topic import Topic
from syndicator.rights.rulings import Ruled


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that should not be: where, which entry, the kind in a short word, and what."""

    where: str
    entry: str
    kind: str
    text: str

    def __str__(self) -> str:
        entry = f" {self.entry!r}" if self.entry else ""
        return f"{self.where}:{entry} {self.kind}: {self.text}"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One published entry with its article, and the licence configured for it now.

    ``kind`` is the format of the document. ``license`` is ``None`` where none
    is to be had. ``line`` is what the ledger says stands in this topic.
    ``own_names`` are what the giver's house is called beside its title.
    ``topic`` is as its readers meet it: those of ``subscriber``, if there is one.
    """

    kind: str
    seen: Seen
    article: Article
    license_id: LicenseId | None
    license: License | None
    topic_id: TopicId
    topic: Topic
    filed: frozenset[TopicId]
    ruled: Ruled
    line: Publication | None
    source_title: str
    now: datetime
    pixels: bool = False
    """Whether the operator lets the source's own counting pictures through."""
    own_names: tuple[str, ...] = ()
    subscriber: Subscriber | None = None

    @property
    def rules(self) -> License:
        """The licence, for checks that are only asked when there is one."""
        if self.license is None:
            raise ValueError(self.article.id)
        return self.license

    @property
    def prefix(self) -> str:
        """What the topic puts before each headline."""
        return (self.topic.prefix or "").format(source=self.source_title)

    @property
    def expired(self) -> bool:
        """Whether the licence's window has closed on the article."""
        age = self.rules.expires
        return age is not None and self.now >= self.article.published + age

    @property
    def stories(self) -> tuple[str, ...]:
        """What is published of the story itself: the body, and the summary where it says more."""
        seen, headline = self.seen, self.article.headline
        known = {words(self.source_title), words(headline), words(self.prefix + headline), ""}
        ours = [words(one.text) for one in seen.blocks if one.text not in seen.story]
        ours += [words(seen.rights), words(self.line.credit or "") if self.line else ""]
        said = words(seen.summary)
        summary = () if said in known or any(said in one for one in ours) else (seen.summary,)
        body = " ".join(one for one in seen.story if words(one) not in known)
        return tuple(one for one in (body, *summary) if one)
