"""What a site lets robots fetch (RFC 9309), for pages that no feed invited us to."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from syndicator.errors import FetchError
from syndicator.model.ids import SourceId
from syndicator.model.source import Source, SourceState
from syndicator.ports import Fetched, Fetcher

AGENT = "syndicator"
KNOWN_FOR = timedelta(hours=24)  # RFC 9309 §2.4
AWAY_FOR = timedelta(minutes=30)
MOST = 2000  # sites kept in mind
_EVERYTHING = Protego.parse("")
_NOTHING = Protego.parse("User-agent: *\nDisallow: /")


class Robots:
    """Asks each site once a day."""

    def __init__(self, fetcher: Fetcher) -> None:
        """Ask through ``fetcher``, as politely and safely as for anything else."""
        self._fetcher = fetcher
        self._known: dict[str, tuple[Protego, datetime]] = {}

    async def allow(self, url: str, like: Source, now: datetime) -> bool:
        """Whether a page may be fetched. ``like`` is the source for which; its proxy is used."""
        site = urlunsplit((*urlsplit(url)[:2], "/robots.txt", "", ""))
        known = self._known.get(site)
        if known is None or now >= known[1]:
            known = self._known[site] = await self._ask(site, like, now)
            while len(self._known) > MOST:
                del self._known[next(iter(self._known))]
        return bool(known[0].can_fetch(url, AGENT))

    async def _ask(self, site: str, like: Source, now: datetime) -> tuple[Protego, datetime]:
        """A site without rules allows all; one that cannot tell now, nothing (RFC 9309 §2.3.1)."""
        asked = like.model_copy(update={"url": site, "access": None})
        state = SourceState(source=SourceId("robots"), url=site)
        try:
            answer = await self._fetcher.fetch(asked, state, now)
        except FetchError as error:
            none = error.status is not None and 400 <= error.status < 500 and error.status != 429  # noqa: PLR2004 - a client error
            return (_EVERYTHING, now + KNOWN_FOR) if none else (_NOTHING, now + AWAY_FOR)
        if not isinstance(answer, Fetched):
            return _NOTHING, now + AWAY_FOR
        text = answer.documents[0].body.decode("utf-8", "replace")
        return Protego.parse(text), now + KNOWN_FOR
