"""Where copy would appear: what a licence is asked about, beside the article and the moment."""

import msgspec

from syndicator.model.ids import TopicId
from syndicator.model.subscriber import Reader
from syndicator.model.topic import Audience, Topic


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """One topic as its readers meet it.

    ``territories`` empty means the whole world; ``longest`` is the longest text
    it wants, in words.
    """

    topic: TopicId
    audience: Audience = Audience.PUBLIC
    territories: tuple[str, ...] = ()
    language: str | None = None
    commercial: bool = False
    paywall: bool = False
    longest: int | None = None


def outlet_of(topic: TopicId, settings: Topic, reader: Reader | None = None) -> Outlet:
    """Describe a topic's feed as its settings do, or as one subscriber gets it.

    A subscriber's territories stand in place of the topic's: they say where
    the copy is read. What earns money in either place is commercial.
    """
    terms = reader.terms if reader else None
    return Outlet(
        topic=topic,
        audience=settings.audience,
        territories=(terms.territories if terms else ()) or settings.territories,
        language=settings.language,
        commercial=settings.commercial or bool(terms and terms.commercial),
        longest=settings.longest,
        paywall=settings.paywall or settings.audience is Audience.SUBSCRIBERS,
    )
