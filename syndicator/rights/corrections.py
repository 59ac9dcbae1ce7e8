"""Items that tell of corrections, for topics that want them told twice. Pure.

Most readers never show again an entry that was read, whatever is corrected in it.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from syndicator.model.credit import Advisory
from syndicator.model.edition import CorrectionNotice, Item
from syndicator.model.ids import ArticleId, TopicId
from syndicator.model.ruling import Ruling
from syndicator.model.text import squeeze
from syndicator.rights.notices import NOTICE

_SAID = frozenset({"correction", "clarification"})
MAX_WORDS = 120


def correction_notices(
    topic: TopicId,
    item: Item,
    corrections: Sequence[Ruling],
    now: datetime,
) -> tuple[CorrectionNotice, ...]:
    """Return the notices that stand of one item now, for as long as notices of withdrawals do.

    ``corrections`` are the desk's own that readers may hear of. A publisher's own
    counts where it came with a revision: of what was right when it first came,
    readers need no correction.
    """
    told = [(one.at, one.reason) for one in corrections]
    if item.article.version > 1:
        told += [(item.article.updated, said) for said in _own(item)]
    # What was said twice, in the same words, is one notice: it has one id.
    made = {
        (guid := correction_id(topic, item.article.id, text)): CorrectionNotice(
            article=item.article.id,
            guid=guid,
            headline=item.article.headline,
            link=item.article.link,
            source=item.article.source,
            source_title=item.source_title,
            text=squeeze(text),
            at=at,
            rights=item.cleared.credit or item.article.rights.notice or item.source_title,
            license=item.license.url or next(iter(item.article.rights.licenses), None),
        )
        for at, text in sorted(told)
        if at <= now < at + NOTICE
    }
    return tuple(made.values())


def correction_id(topic: TopicId, article: ArticleId, text: str) -> str:
    """Return the id of a notice: the same whenever it is asked for."""
    name = f"syndicator:{topic}:{article}:correction:{' '.join(text.split())}"
    return uuid5(NAMESPACE_URL, name).urn


def _own(item: Item) -> list[str]:
    """Return the corrections printed with a story, which leave only where its text does."""
    if not item.html:
        return []
    return [
        fact.raw
        for fact in item.article.facts
        if isinstance(fact, Advisory)
        and fact.action in _SAID
        and fact.for_readers
        and len(fact.raw.split()) <= MAX_WORDS
    ]
