"""Where copy would appear: what a licence is asked about, beside the article and the moment."""

import msgspec

from syndicator.model.ids import TopicId
from syndicator.model.topic import Audience, Topic


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """One topic as its readers meet it. ``territories`` empty means the whole world."""

    topic: TopicId
    audience: Audience = Audience.PUBLIC
    territories: tuple[str, ...] = ()
    language: str | None = None
    commercial: bool = False
    paywall: bool = False


def outlet_of(topic: TopicId, settings: Topic) -> Outlet:
    """Describe a topic's feed as its settings do."""
    return Outlet(
        topic=topic,
        audience=settings.audience,
        territories=settings.territories,
        language=settings.language,
        commercial=settings.commercial,
        paywall=settings.paywall or settings.audience is Audience.SUBSCRIBERS,
    )
