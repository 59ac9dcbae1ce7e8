"""What waits for a person: articles that need an approval, and kills that could mean several."""

from datetime import datetime

from syndicator.model.article import Article
from syndicator.model.clearance import Refused
from syndicator.model.desk import Settings
from syndicator.model.ids import TopicId
from syndicator.ports import Library
from syndicator.rights.rulings import WIRE, ruled
from syndicator.verdicts import verdict_on
from syndicator.wire import AMBIGUOUS


async def waiting(
    library: Library, settings: Settings, topic: TopicId | None, now: datetime
) -> list[Article]:
    """Return, newest first, the articles that would leave but for a person's approval.

    Raises:
        LibraryError: the store failed.
    """
    asking = {
        source
        for source, one in settings.sources.items()
        if one.license is None
        or one.license not in settings.licenses
        or not settings.licenses[one.license].automatic
    }
    found: list[Article] = []
    async for article in library.every_article():
        if article.source not in asking:
            continue
        filed = await library.topics_of(article.id)
        rulings = (await library.rulings_of([article.id])).get(article.id, ())
        for one in filed & ({topic} if topic else set(settings.topics)):
            verdict = verdict_on(article, settings, now, topic=one, rulings=rulings)
            if isinstance(verdict, Refused) and verdict.reasons[-1].rule == "approval":
                found.append(article)
                break
    return sorted(found, key=lambda one: (one.published, one.id), reverse=True)


async def open_questions(library: Library, now: datetime) -> list[str]:
    """Say what waits for a person: articles held because a kill could have meant any of them.

    Raises:
        LibraryError: the store failed.
    """
    rulings = await library.all_rulings()
    kept = [found for one in rulings.values() if (found := ruled(one, now).kept) is not None]
    held = [one for one in kept if one.by == WIRE and one.reason.startswith(AMBIGUOUS)]
    if not held:
        return []
    return [f"{AMBIGUOUS}: {len(held)} articles held; look with `syndicator articles list --held`"]
