"""Why an article is, was or will be in a feed, or not."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from syndicator.editing import Composed, compose
from syndicator.model.article import Article
from syndicator.model.clearance import Clearance, Cleared, Embargoed, Reason, Refused
from syndicator.model.credit import Fact
from syndicator.model.desk import Settings
from syndicator.model.ids import LicenseId, TopicId
from syndicator.model.publication import Publication
from syndicator.model.ruling import Ruling
from syndicator.model.subscriber import Reader, shelf
from syndicator.ports import Library
from syndicator.rights import STATED, stated
from syndicator.rights.ledger import spans
from syndicator.rights.quota import must_wait
from syndicator.rights.reader import admitted
from syndicator.rights.rulings import said
from syndicator.stock import stock_of
from syndicator.verdicts import verdict_on


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
    identity: tuple[str, ...] = ()


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
    made: Composed | None = None,
    identity: Sequence[str] = (),
) -> Explanation:
    """Explain one article at one moment, by the same rules the release pipe asks.

    ``topic`` names the feed in question, where it matters, and ``reader`` the
    subscriber that would get it; ``published`` are the lines of the ledger on it.
    ``made`` is that feed as it would be composed then (:func:`composed_at`);
    ``identity`` says by what the article is known (``identity.identity_of``).
    """
    verdict = verdict_on(article, settings, at, topic=topic, rulings=rulings, reader=reader)
    if reader is not None and topic is not None:
        verdict = admitted(verdict, reader, topic, settings.topics[topic], at)
    if topic is not None and made is not None:
        verdict = _listed(verdict, article, settings, topic, made, at)
    cleared = verdict if isinstance(verdict, Cleared) else None
    waiting = verdict if isinstance(verdict, Embargoed) else None
    filed = tuple(sorted(topics))
    reasons = (*_outranked(article, settings), *verdict.reasons)
    if topic is not None and topic not in filed:
        cleared, waiting = None, None
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
        facts=tuple(map(_read, article.facts)),
        rulings=tuple(f"{one.kind.value} {said(one)}" for one in rulings),
        published=tuple(_line(one) for one in spans(published)),
        identity=tuple(identity),
    )


def _read(fact: Fact) -> str:
    """Say what was read, where, by which rule, and how surely."""
    return (
        f"{fact.__struct_config__.tag} {_where(fact)} by rule {fact.rule} "
        f"({fact.confidence:.0%}): {' / '.join(fact.raw.splitlines())}"
    )


def _outranked(article: Article, settings: Settings) -> tuple[Reason, ...]:
    """Say what the copy states of itself where a contract comes before it."""
    source = settings.sources.get(article.source)
    contract = source.license if source else None
    said = stated(article, settings.licenses) if contract not in {None, STATED} else None
    if said is None or said.license == contract:
        return ()
    terms = said.license or said.trouble
    return (Reason("stated", f"{said.level}: {terms}; the contract {contract} comes before it"),)


def _listed(
    verdict: Clearance,
    article: Article,
    settings: Settings,
    topic: TopicId,
    made: Composed,
    at: datetime,
) -> Clearance:
    """Narrow a verdict to what the edition really holds: it has an end, and licences a quota."""
    if not isinstance(verdict, Cleared):
        return verdict
    if article.id in made.waiting:
        limit = settings.licenses[LicenseId(verdict.license)].quota or 0
        return must_wait(verdict, limit, at)
    if any(item.article.id == article.id for item in made.edition.items):
        return verdict
    leader = made.behind.get(article.id)
    if leader is not None:
        said = f"may leave, and is the same story as {leader}, which leads it and names this one"
        return Refused(reasons=(*verdict.reasons, Reason("story", said)))
    window = settings.topics[topic].window
    said = (
        f"may leave, but {topic} shows {window.entries} entries or {window.hours} hours, "
        "and others come first"
    )
    return Refused(reasons=(*verdict.reasons, Reason("window", said)))


async def composed_at(
    library: Library,
    topic: TopicId,
    settings: Settings,
    at: datetime,
    reader: Reader | None = None,
) -> Composed:
    """Compose a feed as it would be at a moment, of what had been seen and ruled by then.

    Raises:
        LibraryError: the store failed.
    """
    stock = await stock_of(
        library, topic, settings, at, shelf(topic, reader.id) if reader else None
    )
    known = [one for one in stock.articles if one.first_seen <= at]
    rulings = {
        one: tuple(each for each in many if each.at <= at) for one, many in stock.rulings.items()
    }
    return compose(topic, known, settings, at, rulings, reader, stock.places, stock.stories)


def _line(one: Publication) -> str:
    ended = f"to {one.until:%Y-%m-%d %H:%M}" if one.until else "and stands there"
    return (
        f"published in {one.topic} as {one.form} under {one.license} "
        f"(version {one.license_version}) from {one.since:%Y-%m-%d %H:%M} {ended}"
    )
