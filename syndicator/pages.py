"""Full text: the pages of new articles, where the licence allows and the feed has less.

::

    read → look up → fetch page → read page → the fuller text under the feed's own facts

Pages are asked for as politely as feeds: by robots.txt, one host at a time, and
only for what is new or revised.
"""

import asyncio
from urllib.parse import urlsplit

import msgspec

from syndicator.compare import story_key
from syndicator.errors import SourceError
from syndicator.ingest import Profile, Reading
from syndicator.intake import profile_of, verdicts
from syndicator.model.arrival import Candidate, New, Revised
from syndicator.model.article import Article
from syndicator.model.clearance import Form
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId
from syndicator.model.license import STATED
from syndicator.model.source import Source, SourceState
from syndicator.model.text import words
from syndicator.ports import Clock, Fetched, Fetcher, Library, Reader
from syndicator.rights import stated
from syndicator.robots import Robots

SECONDS = 100.0  # for all pages of one document, well within its claim
FULLER = 1.2
ENOUGH, OVERLAP, PIECE = 40, 0.5, 5


class Pages:
    """Fetches and reads article pages."""

    def __init__(self, *, fetcher: Fetcher, reader: Reader, library: Library, clock: Clock) -> None:
        """Join the edges."""
        self._fetcher = fetcher
        self._reader = reader
        self._library = library
        self._robots = Robots(fetcher)
        self._clock = clock

    async def fuller(self, reading: Reading, name: SourceId, settings: Settings) -> Reading:
        """Return the reading with fuller texts, and a line on each page that was not to be had.

        An article whose page fails, or says no more, keeps the feed's own text.

        Raises:
            LibraryError: the store failed.
        """
        source = settings.sources[name]
        if not source.fulltext:
            return reading
        arrivals = await verdicts(self._library, reading.candidates, self._clock.now())
        made, missed = list(reading.candidates), []
        end = asyncio.get_running_loop().time() + SECONDS
        for place, arrival in enumerate(arrivals):
            article = made[place].article
            fresh = isinstance(arrival, New | Revised)
            if not fresh or not article.link or not _allowed(article, source, settings):
                continue
            left = end - asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(max(left, 0)):
                    made[place] = await self._one(made[place], article.link, name, source)
            except TimeoutError:
                missed.append(f"{article.link}: no time left for its page")
            except SourceError as error:
                missed.append(str(error))
        feed = msgspec.structs.replace(reading.feed, warnings=(*reading.feed.warnings, *missed))
        return msgspec.structs.replace(reading, candidates=tuple(made), feed=feed)

    async def _one(
        self, candidate: Candidate, link: str, name: SourceId, source: Source
    ) -> Candidate:
        now = self._clock.now()
        if not link.startswith(("http://", "https://")):
            return candidate
        if not await self._robots.allow(link, source, now):
            raise SourceError("robots", f"{link}: its site lets no robot fetch it")
        own = urlsplit(link)[:2] == urlsplit(source.url)[:2]
        asked = source.model_copy(update={"url": link, "access": source.access if own else None})
        answer = await self._fetcher.fetch(asked, SourceState(source=name, url=link), now)
        if not isinstance(answer, Fetched):
            return candidate
        profile = _as_page(profile_of(name, source))
        read = await self._reader.read(answer.documents[0], profile, now)
        page = next(iter(read.candidates), None)
        return candidate if page is None else with_page(candidate, page.article, link)


def _as_page(profile: Profile) -> Profile:
    return msgspec.structs.replace(profile, articles=True)


def _allowed(article: Article, source: Source, settings: Settings) -> bool:
    """Whether the whole text may leave at all; else there is no reason to fetch it."""
    license_id = source.license
    if license_id == STATED:
        said = stated(article, settings.licenses)
        license_id = said.license if said is not None else None
    rules = settings.licenses.get(license_id) if license_id else None
    return rules is not None and rules.text is Form.FULL


def with_page(candidate: Candidate, page: Article, link: str) -> Candidate:
    """Give a candidate the text of its page, if that is fuller and the same story. Pure.

    Identity stays the feed's: its id, dates and fingerprint, so that the same
    entry is unchanged by the next poll.
    """
    article = candidate.article
    own, whole = article.said, page.body.text
    if not is_fuller(own, whole, article.headline, page.headline):
        return candidate
    text = words(whole)
    told = msgspec.structs.replace(
        article,
        body=page.body,
        facts=page.facts or article.facts,
        authors=page.authors or article.authors,
        abstract=article.abstract or (own if words(own) not in text else None) or None,
        page=link,
    )
    return msgspec.structs.replace(candidate, article=told, story=story_key(text), signed=False)


def is_fuller(own: str, whole: str, headline: str, page_headline: str) -> bool:
    """Whether a page says more than the feed, and of the same thing.

    The feed's words must come back in it; where it had few, the headline must.
    """
    mine, theirs = words(own).split(), words(whole).split()
    if len(theirs) < ENOUGH or len(theirs) < len(mine) * FULLER:
        return False
    if len(mine) >= PIECE * 2:
        pieces = [" ".join(mine[n : n + PIECE]) for n in range(0, len(mine) - PIECE + 1, PIECE)]
        said = f" {' '.join(theirs)} "
        return sum(f" {one} " in said for one in pieces) >= len(pieces) * OVERLAP
    named, titled = set(words(headline).split()), set(words(page_headline).split())
    return bool(named) and len(named & titled) >= len(named) * OVERLAP


__all__ = ["Pages", "is_fuller", "with_page"]
