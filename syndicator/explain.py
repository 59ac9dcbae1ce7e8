"""Why an article is, was or will be in a feed, or not. Pure."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from syndicator.model.article import Article
from syndicator.model.clearance import Cleared, Embargoed, Reason
from syndicator.model.credit import Fact
from syndicator.model.desk import Settings
from syndicator.model.ids import TopicId
from syndicator.release import verdict_on


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


def _where(fact: Fact) -> str:
    """Say where in the text as received a fact stood, in characters from its start."""
    if fact.end == 0:
        return "in the metadata"
    return f"at {fact.start}-{fact.end}" + ("" if fact.cut else ", left in the story,")


def explain(
    article: Article, topics: Iterable[TopicId], settings: Settings, at: datetime
) -> Explanation:
    """Explain one article at one moment, by the same rules the release pipe asks."""
    verdict = verdict_on(article, settings, at)
    cleared = verdict if isinstance(verdict, Cleared) else None
    waiting = verdict if isinstance(verdict, Embargoed) else None
    filed = tuple(sorted(topics))
    reasons = verdict.reasons
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
    )
