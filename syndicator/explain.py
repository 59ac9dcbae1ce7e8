"""Why an article is, was or will be in a feed, or not. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.clearance import Cleared, Embargoed, Reason
from syndicator.model.credit import Fact
from syndicator.model.desk import Settings
from syndicator.model.ids import TopicId
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling
from syndicator.model.subscriber import Reader
from syndicator.release import verdict_on
from syndicator.rights.ledger import spans
from syndicator.rights.reader import admitted
from syndicator.rights.rulings import said


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for one moment. ``verdict`` is ``cleared``, ``embargoed`` or ``refused``."""

    article: str
    headline: str
    at: datetime
    verdict: str
    form: str | None
    credit: str | None
    until: datetime | None
    topics: tuple[str, ...]
    reasons: tuple[Reason, ...]
    facts: tuple[str, ...]
    rulings: tuple[str, ...] = ()
    published: tuple[str, ...] = ()


def _where(fact: Fact) -> str:
    """Say where in the text as received a fact stood, in characters from its start."""
    if fact.end == 0:
        return "in the metadata"
    return f"at {fact.start}-{fact.end}" + ("" if fact.cut else ", left in the story,")


def explain(
    article: Article,
    topics: Iterable[TopicId],
    settings: Settings,
    at: datetime,
    *,
    topic: TopicId | None = None,
    reader: Reader | None = None,
    rulings: Sequence[Ruling] = (),
    published: Iterable[Publication] = (),
) -> Explanation:
    """Explain one article at one moment, by the same rules the release pipe asks.

    ``topic`` names the feed in question, where it matters, and ``reader`` the
    subscriber that would get it; ``published`` are the lines of the ledger on it.
    """
    verdict = verdict_on(article, settings, at, topic=topic, rulings=rulings, reader=reader)
    if reader is not None and topic is not None:
        verdict = admitted(verdict, reader, topic, settings.topics[topic], at)
    cleared = verdict if isinstance(verdict, Cleared) else None
    waiting = verdict if isinstance(verdict, Embargoed) else None
    filed = tuple(sorted(topics))
    reasons = verdict.reasons
    if topic is not None and topic not in filed:
        reasons = (*reasons, Reason("topics", f"it is not filed in {topic}"))
    if not filed:
        reasons = (*reasons, Reason("topics", "no topic's rules match it, so it is in no feed"))
    return Explanation(
        article=article.id,
        headline=article.headline,
        at=at,
        verdict="cleared" if cleared else "embargoed" if waiting else "refused",
        form=cleared.form.value if cleared else None,
        credit=cleared.credit if cleared else None,
        until=cleared.until if cleared else waiting.until if waiting else None,
        topics=filed,
        reasons=reasons,
        facts=tuple(
            f"{fact.__struct_config__.tag} {_where(fact)} by rule {fact.rule} "
            f"({fact.confidence:.0%}): {' / '.join(fact.raw.splitlines())}"
            for fact in article.facts
        ),
        rulings=tuple(f"{one.kind.value} {said(one)}" for one in rulings),
        published=tuple(_line(one) for one in spans(published)),
    )


def _line(one: Publication) -> str:
    ended = f"to {one.until:%Y-%m-%d %H:%M}" if one.until else "and stands there"
    return (
        f"published in {one.topic} as {one.form} under {one.license} "
        f"(version {one.license_version}) from {one.since:%Y-%m-%d %H:%M} {ended}"
    )
