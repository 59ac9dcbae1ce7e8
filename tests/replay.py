"""Documents of entries, judged and stored one after another in a library."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.compare import distrust, identify, observe
from syndicator.copies import compared
from syndicator.ingest.understand import fingerprint
from syndicator.intake import verdicts
from syndicator.model.arrival import Arrival, Candidate, Echo, New, Revised
from syndicator.model.article import Article, Body
from syndicator.model.entry import Person
from syndicator.model.ids import ArticleId, SourceId
from syndicator.model.source import SourceState
from syndicator.model.text import words
from syndicator.ports import Admission, Library
from tests.builders import NOW, an_article

Entry = tuple[Article, str | None]
HOUR = timedelta(hours=1)

LONG = (
    "The night ferry sails again after eleven years ashore. The harbour board voted six to three "
    "for the crossing on Tuesday evening, after a hearing of four hours in a packed hall. "
    "Fares begin at 18 crowns, and the first boat leaves on 4 May with room for 240 people. "
    "Islanders had asked for it ever since the bridge was closed to lorries. "
    "“It is our road,” said Odile Marchetti, who keeps the shop at the pier."
)
OTHER = (
    "Prices for herring fell for the ninth week running as boats from the north landed more than "
    "buyers could freeze. The auction closed at 3 crowns a kilo, half of what it was in spring. "
    "Crews say that they may stay in port until the stores are empty, which could take until June. "
    "The ministry promised to look at it, and named no date; the union called that an insult."
)


def an_entry(
    headline: str = "Night ferry sails again",
    text: str = LONG,
    guid: str | None = "g1",
    link: str | None = "https://harbour.example/2026/11/24/night-ferry",
    **changes: Any,
) -> Entry:
    """Build an entry with the fingerprint of its words."""
    people = changes.pop("authors", (Person(name="Ines Calloway"),))
    article = an_article(
        headline=headline,
        body=Body(html=f"<p>{text}</p>", text=text) if text else Body(),
        guid=guid or link or "urn:none",
        link=link,
        authors=people,
        fingerprint=fingerprint(headline, words(text), people),
        **changes,
    )
    return article, guid


class Replay:
    """A ledger that documents arrive at."""

    def __init__(self, library: Library | None = None) -> None:
        self.library = library or MemoryLibrary()
        self.now = NOW
        self.known: set[SourceId] = set()

    async def poll(
        self, *entries: Entry, domain: str | None = None, after: timedelta = HOUR
    ) -> tuple[Arrival, ...]:
        """Take one document of entries, all of one source, ``after`` the one before."""
        self.now += after
        return await self.take(identify(entries, domain=domain), entries[0][0].source)

    async def take(self, candidates: Sequence[Candidate], source: SourceId) -> tuple[Arrival, ...]:
        """Judge and store candidates as the poll pipe does."""
        if source not in self.known:
            self.known.add(source)
            await self.library.enroll(sorted(self.known), self.now)
        (claim,) = await self.library.claim([source], self.now, timedelta(minutes=3))
        habits = claim.state.habits
        arrivals = await verdicts(self.library, candidates, self.now)
        arrivals = distrust(arrivals, habits, self.now)
        found = await compared(self.library, candidates, arrivals, (), self.now)
        state = SourceState(source=source, habits=observe(habits, arrivals, self.now))
        verdict = await self.library.admit(
            Admission(
                claim=claim,
                arrivals=arrivals,
                topics={},
                state=state,
                next_poll=self.now,
                now=self.now,
                comparisons=found,
            )
        )
        assert verdict.outcome == "stored"
        return arrivals

    async def articles(self) -> list[Article]:
        return [one async for one in self.library.every_article()]


def owner(arrival: Arrival) -> ArticleId:
    """Return the article an arrival was taken for."""
    return arrival.of if isinstance(arrival, Echo) else arrival.article.id


def said(arrivals: Sequence[Arrival]) -> list[str]:
    """Sum up verdicts in words: ``new``, ``revised url``, ``unchanged guid same`` and so on."""
    found = []
    for one in arrivals:
        name = type(one).__name__.lower()
        by = "" if isinstance(one, New) else f" {one.by}"
        why = f" {one.why}" if hasattr(one, "why") else ""
        found.append(f"{name}{by}{why}")
    return found


__all__ = ["HOUR", "LONG", "OTHER", "Entry", "Replay", "Revised", "an_entry", "owner", "said"]
