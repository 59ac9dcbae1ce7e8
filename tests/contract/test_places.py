"""Places under quotas, and counted fetches: what every library promises, on each of them."""

from datetime import date, timedelta

from syndicator.model.ids import ArticleId, LicenseId
from syndicator.ports import Library
from tests.builders import NOW

WIRE, OTHER = LicenseId("wire"), LicenseId("other")
TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)
ONE, TWO, THREE = (ArticleId(letter * 20) for letter in "abc")
HOUR = NOW.replace(minute=0, second=0, microsecond=0)


async def test_a_quota_gives_no_more_places_a_day_than_it_has(library: Library) -> None:
    assert await library.take_places(TODAY, {WIRE: (ONE,)}, {WIRE: 2})
    assert not await library.take_places(TODAY, {WIRE: (TWO, THREE)}, {WIRE: 2})
    assert await library.take_places(TODAY, {WIRE: (TWO,)}, {WIRE: 2})
    found = await library.places(TODAY, [WIRE], [ONE, TWO, THREE])
    assert found.taken == {WIRE: {ONE, TWO}}
    assert found.given == {WIRE: 2}


async def test_a_place_is_kept_and_counts_on_its_own_day_only(library: Library) -> None:
    await library.take_places(TODAY, {WIRE: (ONE,)}, {WIRE: 1})
    assert await library.take_places(TODAY, {WIRE: (ONE,)}, {WIRE: 1})
    assert await library.take_places(TOMORROW, {WIRE: (ONE, TWO)}, {WIRE: 1})
    found = await library.places(TOMORROW, [WIRE], [ONE, TWO])
    assert found.taken == {WIRE: {ONE, TWO}}
    assert found.given == {WIRE: 1}


async def test_places_are_taken_under_all_licences_or_none(library: Library) -> None:
    await library.take_places(TODAY, {WIRE: (ONE,)}, {WIRE: 1})
    wanted = {OTHER: (TWO,), WIRE: (THREE,)}
    assert not await library.take_places(TODAY, wanted, {WIRE: 1, OTHER: 9})
    found = await library.places(TODAY, [OTHER, WIRE], [ONE, TWO, THREE])
    assert found.taken == {OTHER: set(), WIRE: {ONE}}
    assert found.given == {OTHER: 0, WIRE: 1}
    assert (await library.places(TODAY, [], [ONE])).given == {}
    assert (await library.places(TODAY, [WIRE], [])).given == {WIRE: 1}


async def test_fetches_add_up_by_the_hour(library: Library) -> None:
    later = HOUR + timedelta(hours=5)
    await library.count_fetches({later: {"world": 1}})
    await library.count_fetches({HOUR: {"world": 2, "wire@gazette": 1}, later: {"world": 3}})
    found = [(hour, dict(counts)) async for hour, counts in library.fetches()]
    assert found == [(HOUR, {"world": 2, "wire@gazette": 1}), (later, {"world": 4})]
