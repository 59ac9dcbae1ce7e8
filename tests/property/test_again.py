"""The law of memory: an entry that is passed over would have changed nothing."""

import asyncio
from datetime import timedelta
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.ingest import read
from syndicator.intake import Intake, profile_of
from syndicator.model.desk import Desk, Settings
from syndicator.model.entry import Document
from syndicator.model.ids import LicenseId, SourceId, TopicId
from syndicator.model.polling import Rhythm
from syndicator.model.source import Source
from syndicator.outcome import Result
from tests.builders import HOUSES, a_feed
from tests.replay import LONG, OTHER
from tests.unit.parts import SetClock

PUBLISHERS = {SourceId("pier"): "harbour", SourceId("port"): "harbour", SourceId("coast"): "coast"}
TEXTS = ("Short.", LONG, LONG + " It was late.", LONG.replace("six", "seven"), OTHER)


def a_desk(sources: dict[SourceId, str]) -> Settings:
    rows = {
        key: Source(
            url=f"https://{publisher}.example/{key}.xml",
            license=LicenseId("open"),
            topics=(TopicId("world"),),
            publisher=publisher,
        )
        for key, publisher in sources.items()
    }
    return Settings(
        root=Path("/"), config=Path("/"), desk=Desk(), sources=rows, licenses={}, topics={}
    )


class Memory:
    """A desk of some sources, with or without a memory of their last documents."""

    def __init__(self, *, remembers: bool) -> None:
        self.settings = a_desk(PUBLISHERS)
        self.library = MemoryLibrary()
        self.clock = SetClock()
        self.intake = Intake(self.library, self.clock)
        self.remembers = remembers
        self.passed = 0

    async def take(self, source: SourceId, body: bytes, after: timedelta) -> Result:
        """Take a document as a poll does."""
        self.clock.moment += after
        now = self.clock.now()
        await self.library.enroll(sorted(PUBLISHERS), now)
        (claim,) = await self.library.claim([source], now, timedelta(minutes=3))
        row = self.settings.sources[source]
        state = msgspec.structs.replace(claim.state, rhythm=Rhythm(items=1))
        profile = profile_of(source, row, state)
        if self.remembers:
            profile = await self.intake.profile(source, row, state)
        reading = read(Document(url=row.url, body=body), profile, now, HOUSES)
        self.passed += reading.passed
        done = await self.intake.admit(claim, self.settings, claim.state, reading, profile, None)
        assert done is not None
        state = msgspec.structs.replace(done.state, last_success=now)
        await self.library.finish(claim, state, now)
        return done.result

    async def told(self) -> list[tuple[object, ...]]:
        """Return all that stands in the library, and how it came to be."""
        known = [one async for one in self.library.every_article()]
        whole = await self.library.articles([one.id for one in known])
        rulings = await self.library.all_rulings()
        told = [
            (
                one.id,
                one.version,
                one.headline,
                one.body.text,
                one.updated,
                one.source,
                [r.kind for r in rulings.get(one.id, ())],
                (await self.library.history(one.id)).versions,
            )
            for one in whole
        ]
        return sorted(told, key=str)


@st.composite
def an_item(draw: st.DrawFn) -> str:
    """Make an item that shares names and words with others, as careless publishers do."""
    guid = draw(st.sampled_from(["", "g1", "g2", "https://harbour.example/a/1234567"]))
    link = draw(st.sampled_from(["", "a/1234567", "a/1234567?utm_source=x", "b/7654321", "one"]))
    title = draw(st.sampled_from(["Night ferry sails again", "Herring prices fall", "Brief"]))
    day = draw(st.sampled_from(["", "Tue, 24 Nov 2026 09:00:00 GMT", "Tue, 24 Nov 2026 10:00 GMT"]))
    text = draw(st.sampled_from(TEXTS))
    return (
        f"<item><title>{title}</title>"
        + (f"<guid isPermaLink='false'>{guid}</guid>" if guid else "")
        + (f"<link>https://harbour.example/{link}</link>" if link else "")
        + (f"<pubDate>{day}</pubDate>" if day else "")
        + f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"
    )


_KILL = (
    "<item><title>KILL: Night ferry sails again</title><guid isPermaLink='false'>k</guid>"
    "<description>Editors: please kill the story Night ferry sails again.</description></item>"
)


@st.composite
def a_play(draw: st.DrawFn) -> list[tuple[SourceId, list[str], timedelta]]:
    """Make documents one after another, each mostly of what others had too."""
    pool = [*draw(st.lists(an_item(), min_size=2, max_size=6)), _KILL]
    document = st.lists(st.sampled_from(pool), min_size=1, max_size=6)
    pause = st.sampled_from([timedelta(hours=1), timedelta(days=1)])
    source = st.sampled_from(sorted(PUBLISHERS))
    return draw(st.lists(st.tuples(source, document, pause), min_size=2, max_size=8))


@settings(deadline=None)
@given(a_play())
def test_what_is_passed_over_would_have_changed_nothing(
    play: list[tuple[SourceId, list[str], timedelta]],
) -> None:
    async def both() -> None:
        one, other = Memory(remembers=True), Memory(remembers=False)
        for source, document, pause in play:
            body = a_feed(*document)
            mine = await one.take(source, body, pause)
            theirs = await other.take(source, body, pause)
            assert (mine.new, mine.revised, mine.killed) == (
                theirs.new,
                theirs.revised,
                theirs.killed,
            )
            assert await one.told() == await other.told()
        assert other.passed == 0

    asyncio.run(both())
