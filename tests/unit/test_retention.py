"""The walk through the library that retires what is over."""

from datetime import timedelta
from pathlib import Path

from syndicator.adapters.memory_library import MemoryLibrary
from syndicator.model.ids import SourceId
from syndicator.model.license import License
from syndicator.retention import EVERY, STEP, Retention
from tests.builders import NOW, an_article
from tests.contract.test_library import admit
from tests.unit.parts import OPEN, settings

DAY = timedelta(days=1)


async def filled(count: int, source: str = "a") -> MemoryLibrary:
    library = MemoryLibrary()
    await library.enroll([SourceId(source)], NOW)
    (claim,) = await library.claim_due(NOW, 1, DAY)
    made = [
        an_article(
            source=SourceId(source),
            guid=f"g{n}",
            link=f"https://a.example/{n}",
            fingerprint=f"f{n}",
            first_seen=NOW - (200 if n % 2 else 10) * DAY,
        )
        for n in range(count)
    ]
    await admit(library, claim, *made)
    return library


async def test_old_articles_go_a_few_at_a_time(tmp_path: Path) -> None:
    library = await filled(2 * STEP + 50)
    retention, desk = Retention(library), settings(tmp_path, "a")
    gone = [await retention.step(desk, NOW) for _ in range(4)]
    assert gone == [STEP // 2, STEP // 2, 25, 0]
    assert await library.count() == STEP + 25


async def test_a_walk_begins_anew_after_an_hour(tmp_path: Path) -> None:
    library = await filled(4)
    retention, desk = Retention(library), settings(tmp_path, "a")
    assert await retention.step(desk, NOW) == 2
    later = NOW + 170 * DAY
    assert await retention.step(desk, NOW + EVERY / 2) == 0
    assert await retention.step(desk, later) == 2


async def test_a_licence_ends_what_the_desk_would_keep(tmp_path: Path) -> None:
    library = await filled(4)
    desk = settings(tmp_path, "a", keep=None)
    retention = Retention(library)
    assert await retention.step(desk, NOW) == 0
    strict = desk.model_copy(update={"licenses": {OPEN: License(keep=timedelta(days=1))}})
    assert await Retention(library).step(strict, NOW + 2 * DAY) == 4
