"""Notices of corrections: whose they are by their ids, and what may be wrong with one."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5

from syndicator.audit.case import Case
from syndicator.audit.kinds import FOUND, unrecorded
from syndicator.model.article import Article
from syndicator.model.credit import Advisory
from syndicator.model.ids import TopicId
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.model.text import words
from syndicator.model.topic import Corrections, Topic

_SAID = frozenset({"correction", "clarification"})


def notice_ids(
    article: Article, rulings: Sequence[Ruling], topics: Mapping[TopicId, Topic]
) -> Iterator[str]:
    """Yield the ids that notices of an article's corrections have in topics that want them."""
    for name, one in topics.items():
        if one.corrections is Corrections.NOTICE:
            for text in _texts(article, rulings):
                key = f"syndicator:{name}:{article.id}:correction:{text}"
                yield uuid5(NAMESPACE_URL, key).urn


def _texts(article: Article, rulings: Sequence[Ruling]) -> list[str]:
    """Return what was corrected for readers to know, by the desk or by the publisher itself."""
    told = [one.reason for one in rulings if one.kind is RulingKind.CORRECT and one.public]
    told += [o.raw for o in article.facts if isinstance(o, Advisory) and o.action in _SAID]
    return [" ".join(one.split()) for one in told]


def wrong_notice(case: Case, rulings: Sequence[Ruling]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a notice: its article must be out, its words the correction's."""
    for check in FOUND:
        if check is not unrecorded:
            for text in check(case):
                yield check.__name__.replace("_", "-"), text
    said = words(" ".join((case.seen.summary, *(one.text for one in case.seen.blocks))))
    if said not in {words(one) for one in _texts(case.article, rulings)}:
        yield "correction", "it says other words than the correction"
