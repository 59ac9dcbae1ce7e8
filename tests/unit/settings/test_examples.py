"""The five licences written out for operators are sound, and mean what their files say."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from syndicator.model.article import Body
from syndicator.model.clearance import Clearance, Cleared, Form
from syndicator.model.credit import CreditLine
from syndicator.model.desk import Settings
from syndicator.model.ids import SourceId, TopicId
from syndicator.settings import load
from syndicator.verdicts import verdict_on
from tests.builders import NOW, an_article

EXAMPLES = Path(__file__).parents[3] / "config/examples"
NAMES = sorted(EXAMPLES.glob("*.yaml"))
WORLD = TopicId("world")


def desk(
    tmp_path: Path, name: str, topic: str = "{title: World, territories: AU, language: en}"
) -> Settings:
    found = YAML(typ="safe").load(EXAMPLES / name)
    config = tmp_path / "config"
    config.mkdir()
    for section in ("licenses", "sources"):
        with (config / f"{section}.yaml").open("w", encoding="utf-8") as file:
            YAML().dump({section: found[section]}, file)
    (config / "topics.yaml").write_text(f"topics:\n  world: {topic}\n", encoding="utf-8")
    return load(config, {})


def verdict(settings: Settings, *, approved: bool = False, **changes: Any) -> Clearance:
    (source,) = settings.sources
    article = an_article(source=SourceId(source), language="en", **changes)
    return verdict_on(article, settings, NOW, topic=WORLD, approved=approved)


def test_there_are_five_and_each_is_listed() -> None:
    listed = (EXAMPLES / "README.md").read_text("utf-8")
    assert len(NAMES) == 5
    assert all(f"`{one.name}`" in listed for one in NAMES)


def test_a_syndicates_own_line_leaves_word_for_word(tmp_path: Path) -> None:
    settings = desk(tmp_path, "tribune-content-agency.yaml")
    raw = "©2025 Harbour Pilot. Visit pilot.example. Distributed by Tribune Content Agency, LLC."
    line = CreditLine(
        holder="Harbour Pilot", year=2025, site="pilot.example", raw=raw,
        distributor="Tribune Content Agency, LLC", start=0, end=9, confidence=1.0, rule="r",
    )  # fmt: skip
    found = verdict(settings, facts=(line,))
    assert isinstance(found, Cleared)
    assert (found.form, found.credit) == (Form.FULL, raw)
    without = verdict(settings)
    assert "holder" in without.reasons[-1].text


def test_by_nd_leaves_in_full_with_its_sentence(tmp_path: Path) -> None:
    found = verdict(desk(tmp_path, "creative-commons-by-nd.yaml"))
    assert isinstance(found, Cleared)
    assert (found.credit or "").startswith("This article is republished from Harbour News")


@pytest.mark.parametrize("approved", [False, True])
def test_a_pixel_and_a_person(tmp_path: Path, *, approved: bool) -> None:
    found = verdict(desk(tmp_path, "creative-commons-by-nc-nd-pixel.yaml"), approved=approved)
    assert isinstance(found, Cleared) is approved


def test_not_for_money(tmp_path: Path) -> None:
    settings = desk(
        tmp_path, "creative-commons-by-nc-nd-pixel.yaml", "{title: World, commercial: true}"
    )
    assert verdict(settings, approved=True).reasons[-1].rule == "commercial"


def test_a_wire_stays_in_its_country_and_its_days(tmp_path: Path) -> None:
    settings = desk(tmp_path, "wire-30-days.yaml")
    fresh = verdict(settings)
    assert isinstance(fresh, Cleared)
    assert fresh.until is not None
    late = verdict_on(
        an_article(source=SourceId("coast-wire"), language="en"), settings, fresh.until, topic=WORLD
    )
    assert isinstance(late, Cleared)
    assert (late.form, late.stub) == (Form.HEADLINE, True)
    (tmp_path / "b").mkdir()
    abroad = desk(tmp_path / "b", "wire-30-days.yaml", "{title: World}")
    assert verdict(abroad).reasons[-1].rule == "territory"


def test_a_headline_only(tmp_path: Path) -> None:
    found = verdict(desk(tmp_path, "headline-only.yaml"), body=Body(html="<p>x</p>", text="x"))
    assert isinstance(found, Cleared)
    assert found.form is Form.HEADLINE
