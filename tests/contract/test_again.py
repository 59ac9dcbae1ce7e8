"""A desk that polls: entries it has are passed over, until something about them has changed."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from syndicator.ingest import Profile, Reading, read
from syndicator.model.entry import Document, Episode
from syndicator.poll import Poller
from tests.builders import HOUSES, a_feed
from tests.contract.polite import Street
from tests.contract.upstream import answer
from tests.replay import LONG

DAY = timedelta(days=1)
LATER = "The boat sails at three."


class Counting:
    """Reads in this process, and counts what was passed over."""

    def __init__(self) -> None:
        self.passed: list[int] = []

    async def read(self, document: Document, profile: Profile, now: datetime) -> Reading:
        reading = read(document, profile, now, HOUSES)
        self.passed.append(reading.passed)
        return reading

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def counting(street: Street) -> Counting:
    one = Counting()
    street.poller = Poller(
        fetcher=street.fetcher, reader=one, library=street.library, clock=street.clock
    )
    return one


def item(number: int, text: str = "The boat sails at noon.") -> str:
    hour = 9 - number % 9
    return (
        f"<item><title>Ferry notice number {number}</title><guid isPermaLink='false'>g{number}</guid>"
        f"<link>https://harbour.example/notices/{1_000_000 + number}</link>"
        f"<pubDate>Mon, 23 Nov 2026 {hour:02}:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[<p>{text} {number}</p>]]></content:encoded></item>"
    )


async def served(street: Street, *items: str) -> tuple[int, int, int]:
    """Poll a feed of these items when it is due; return what was new, revised and unchanged."""
    street.server.on("/f", answer(a_feed(*items)))
    result = await street.poll_when_due()
    assert result.status == "ok", result.error
    return result.new, result.revised, result.unchanged


async def test_what_came_before_is_passed_over_and_counted(
    street: Street, counting: Counting
) -> None:
    street.add("a", street.server.on("/f", answer(a_feed(item(1), item(2)))))
    assert (await street.poll()).new == 2
    assert await served(street, item(3), item(1), item(2)) == (1, 0, 2)
    assert await served(street, item(3), item(1, LONG), item(2)) == (0, 1, 2)
    assert await served(street, item(4), item(3), item(1, LONG), item(2)) == (1, 0, 3)
    assert counting.passed == [0, 2, 2, 3]
    assert (await street.state()).entries == 4


async def test_an_edited_source_is_looked_at_whole_once(street: Street, counting: Counting) -> None:
    url = street.server.on("/f", answer(a_feed(item(1), item(2))))
    street.add("a", url)
    await street.poll()
    street.add("a", url, language="nb")
    assert await served(street, item(3), item(1), item(2)) == (1, 0, 2)
    assert await served(street, item(4), item(3), item(1), item(2)) == (1, 0, 3)
    assert counting.passed == [0, 0, 3]


async def test_another_feed_of_the_publisher_unsettles_what_it_revises(
    street: Street, counting: Counting
) -> None:
    """The article's own feed has the last word, as if nothing were remembered."""
    street.add("a", street.server.on("/f", answer(a_feed(item(1), item(2)))), publisher="harbour")
    street.add("b", street.server.on("/g", answer(a_feed(item(1, LATER)))), publisher="harbour")
    await street.poll("a")
    street.clock.moment += DAY
    assert (await street.poll("b")).revised == 1
    assert await served(street, item(3), item(1), item(2)) == (1, 1, 1)
    assert counting.passed == [0, 0, 1]


async def test_a_whole_answer_that_was_asked_for_is_looked_at_whole(
    street: Street, counting: Counting
) -> None:
    feed = [item(1), item(2)]
    street.add("a", street.server.on("/f", answer(a_feed(*feed), ETag='"one"')))
    await street.poll()
    street.clock.moment += 9 * DAY
    street.server.on("/f", answer(a_feed(item(3), *feed), ETag='"two"'))
    await street.poll()
    assert "if-none-match" not in street.log[-1].headers
    assert counting.passed == [0, 0]


async def test_what_is_pushed_leaves_the_memory_of_the_rest(
    street: Street, counting: Counting
) -> None:
    """A delta (RFC 3229) holds what is new; the next whole answer needs no look at the others."""
    street.add("a", street.server.on("/f", answer(a_feed(item(1), item(2)), ETag='"one"')))
    await street.poll()
    delta = answer(a_feed(item(3)), status="226 IM Used", ETag='"two"', IM="feed")
    street.server.on("/f", delta)
    assert (await street.poll_when_due()).new == 1
    assert await served(street, item(4), item(3), item(1), item(2)) == (1, 0, 3)
    assert counting.passed == [0, 0, 3]


async def test_what_is_said_later_of_a_recording_is_stored_and_is_no_revision(
    street: Street, counting: Counting
) -> None:
    def heard(more: str) -> str:
        sound = "<enclosure url='https://harbour.example/1.mp3?key=7' type='audio/mpeg'/>"
        itunes = "xmlns:i='http://www.itunes.com/dtds/podcast-1.0.dtd'"
        return item(1).replace("</item>", f"{sound}{more.format(itunes)}</item>")

    street.add("a", street.server.on("/f", answer(a_feed(heard(""), item(2)))))
    await street.poll()
    (before,) = [one async for one in street.library.every_article() if one.enclosures]
    said = "<i:explicit {0}>true</i:explicit><i:duration {0}>60</i:duration>"
    assert await served(street, heard(said), item(2)) == (0, 0, 2)
    (after,) = await street.library.articles([before.id])
    assert after.episode == Episode(explicit=True)
    assert [one.duration for one in after.enclosures] == [60]
    assert (after.version, after.updated, after.body.text) == (
        1,
        before.updated,
        "The boat sails at noon. 1",
    )
    assert counting.passed == [0, 1]


async def test_a_store_of_an_earlier_desk_has_no_memory_and_gets_one(
    street: Street, counting: Counting
) -> None:
    street.add("a", street.server.on("/f", answer(a_feed(item(1), item(2)))))
    await street.poll()
    (claim,) = await street.library.claim_due(street.clock.now() + 30 * DAY, 1, DAY)
    await street.library.finish(claim, replace(claim.state, memory=b""), street.clock.now())
    assert await served(street, item(3), item(1), item(2)) == (1, 0, 2)
    assert await served(street, item(4), item(3), item(1), item(2)) == (1, 0, 3)
    assert counting.passed == [0, 0, 3]
