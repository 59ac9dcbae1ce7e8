from datetime import timedelta
from pathlib import Path

from syndicator.model.license import License
from syndicator.model.ruling import Ruling, RulingKind
from syndicator.plan import plan
from tests.builders import NOW
from tests.unit.parts import OPEN, WORLD, Bench, settings


async def test_a_plan_knows_what_people_ruled(tmp_path: Path) -> None:
    bench, desk = Bench(tmp_path), settings(tmp_path, "a")
    bench.shelf.put("https://a.example/f", "g1|Killed", "g2|Approved", "g3|Waiting")
    (claim,) = await bench.library.claim(list(desk.sources), NOW, timedelta(minutes=3))
    await bench.poller.poll(claim, desk)
    ids = {one.headline: one.id async for one in bench.library.every_article()}
    for headline, kind in (("Killed", RulingKind.KILL), ("Approved", RulingKind.APPROVE)):
        await bench.library.rule(
            Ruling(article=ids[headline], kind=kind, at=NOW, by="ada", reason="x")
        )
    asking = {OPEN: License.model_validate({"text": "full", "automatic": False})}
    slow = desk.model_copy(update={"licenses": asking})
    (found,) = await plan(bench.library, desk, slow, NOW)
    assert (found.topic, found.before, found.after) == (WORLD, 2, 1)
    assert [one.headline for one in found.removed] == ["Waiting"]
    (back,) = await plan(bench.library, slow, desk, NOW)
    assert [one.headline for one in back.added] == ["Waiting"]
