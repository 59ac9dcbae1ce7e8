"""Articles that are kept no longer: what goes, what stays, on each library."""

from datetime import timedelta

import pytest

from syndicator.compare import identify, judge
from syndicator.model.arrival import Unchanged
from syndicator.model.ids import LicenseId, TopicId
from syndicator.model.license import License
from syndicator.model.publication import Publication
from syndicator.ports import Entered, Library
from syndicator.rights.retention import Over, over
from tests.builders import NOW, an_article
from tests.contract.test_library import TOPIC, admit, claimed


async def test_a_retired_article_is_gone_and_does_not_come_back(library: Library) -> None:
    claim = await claimed(library)
    await admit(library, claim, an_article())
    await admit(library, claim, an_article(fingerprint="f2", headline="Ferry delayed"))
    (one,) = await library.newest(limit=10)
    assert (await library.history(one)).versions
    assert await library.retire([one], NOW, standing=False) == 1
    assert await library.article(one) is None
    assert await library.newest(limit=10) == []
    assert await library.newest(topic=TOPIC, limit=10) == []
    assert await library.count(TOPIC) == 0
    assert await library.topics_of(one) == frozenset()
    assert (await library.history(one)).versions == ()
    for again in (
        an_article(fingerprint="f2", headline="Ferry delayed"),
        an_article(fingerprint="f3", headline="Ferry sunk", guid="g1"),
    ):
        candidates = identify([(again, again.guid)])
        known = await library.lookup([key for each in candidates for key in each.keys])
        (arrival,) = judge(candidates, known, NOW)
        assert isinstance(arrival, Unchanged)
        assert arrival.of == one
    verdict, _ = await admit(library, claim, an_article(fingerprint="f3"))
    assert verdict.outcome == "stored"
    assert await library.article(one) is None
    assert await library.retire([one], NOW, standing=True) == 0


@pytest.mark.parametrize("shelf", ["world", "world@coast-radio"])
async def test_what_stands_in_a_feed_stays_unless_a_licence_ends_it(
    library: Library, shelf: str
) -> None:
    await admit(library, await claimed(library), an_article())
    (one,) = await library.newest(limit=10)
    line = Publication(
        topic=TopicId(shelf),
        article=one,
        source=an_article().source,
        guid="g1",
        headline="Ferry",
        link=None,
        form="full",
        license=LicenseId("open"),
        license_version="1",
        credit=None,
        since=NOW,
    )
    assert await library.enter(TopicId(shelf), Entered(count=0, lines=(line,)))
    generation = await library.generation(TOPIC)
    assert await library.retire([one], NOW, standing=False) == 0
    assert await library.article(one) is not None
    assert await library.retire([one], NOW, standing=True) == 1
    assert await library.article(one) is None
    assert await library.generation(TOPIC) == generation + 1


def test_a_licence_counts_from_publication_and_the_desk_from_arrival() -> None:
    day = timedelta(days=1)
    article = an_article(published=NOW - 10 * day, first_seen=NOW - 2 * day)
    month = License(keep=timedelta(days=30))
    assert over(article, month, None, NOW) is None
    assert over(article, month, 180 * day, NOW + 20 * day) is Over.LICENSE
    assert over(article, License(), 3 * day, NOW) is None
    assert over(article, License(), 3 * day, NOW + day) is Over.DESK
    assert over(article, None, None, NOW + 10_000 * day) is None
