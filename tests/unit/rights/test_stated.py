"""Licences that copy states of itself."""

import pytest
from msgspec.structs import replace

from syndicator.ingest.normalize import named
from syndicator.model.credit import Republication, Scope
from syndicator.model.entry import Origin, Rights
from syndicator.rights.stated import preset_of, stated
from syndicator.settings.presets import presets
from tests.builders import an_article

ND = "https://creativecommons.org/licenses/by-nd/4.0/"
BY = "https://creativecommons.org/licenses/by/4.0/"
NC = "http://creativecommons.org/licenses/by-nc/4.0/deed.de"
SA = "https://creativecommons.org/licenses/by-sa/4.0/"


@pytest.mark.parametrize(
    ("said", "preset"),
    [
        (ND, "cc-by-nd-4.0"), (NC, "cc-by-nc-4.0"), ("CC-BY-NC-ND-3.0-US", "cc-by-nc-nd-3.0-us"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "cc0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "public-domain"),
        ("CC-BY-NC-ND (version not stated)", "cc-by-nc-nd-4.0"),
        ("permission", None), ("all-rights-reserved", None), ("https://harbour.example/terms", None),
    ],
)  # fmt: skip
def test_addresses_and_ids_mean_presets(said: str, preset: str | None) -> None:
    assert preset_of(said) == preset


def test_the_first_level_that_speaks_decides() -> None:
    place = {"start": 0, "end": 1, "raw": "x", "confidence": 1.0, "rule": "r"}
    text = Republication(license="CC-BY-4.0", **place)  # type: ignore[arg-type]
    feed = Origin(rights=Rights(licenses=(NC,)))
    found = stated(an_article(rights=Rights(licenses=(ND,)), facts=(text,), origin=feed), presets())
    assert found is not None
    assert (found.level, found.license) == ("item metadata", "cc-by-nd-4.0")
    found = stated(an_article(facts=(text,), origin=feed), presets())
    assert found is not None
    assert (found.level, found.license) == ("item text", "cc-by-4.0")
    found = stated(an_article(origin=feed), presets())
    assert found is not None
    assert (found.level, found.license) == ("feed", "cc-by-nc-4.0")
    footer = Republication(license="CC-BY-NC-ND-4.0", scope=Scope.SITE, **place)  # type: ignore[arg-type]
    found = stated(an_article(facts=(footer,)), presets())
    assert found is not None
    assert (found.level, found.license) == ("site footer", "cc-by-nc-nd-4.0")
    assert stated(an_article(), presets()) is None


def test_the_stricter_wins_within_a_level() -> None:
    found = stated(an_article(rights=Rights(licenses=(BY, ND))), presets())
    assert found is not None
    assert found.license == "cc-by-nd-4.0"


@pytest.mark.parametrize(
    ("links", "trouble"),
    [((SA, ND), "exclude each other"), ((BY, "https://harbour.example/terms"), "does not know")],
)
def test_a_contradiction_holds_and_says_so(links: tuple[str, ...], trouble: str) -> None:
    found = stated(an_article(rights=Rights(licenses=links)), presets())
    assert found is not None
    assert found.license is None
    assert trouble in (found.trouble or "")


@pytest.mark.parametrize(
    ("rights", "license_id", "trouble"),
    [
        (Rights(notice="CC BY 4.0"), "cc-by-4.0", ""),
        (Rights(notice="© Harbour", licenses=(ND,)), "cc-by-nd-4.0", ""),
        (Rights(notice="CC BY 4.0", licenses=(ND,)), "cc-by-nd-4.0", ""),
        (Rights(usage="Free to use under CC BY-ND 4.0"), "cc-by-nd-4.0", ""),
        (Rights(notice="© Harbour. All rights reserved.", licenses=(BY,)), None, "reserves all"),
        (Rights(licenses=(BY,), usage="No archival use"), None, "know: No archival use"),
        (Rights(machine="prohibits usage: ai-train", licenses=(BY,)), "cc-by-4.0", ""),
        (Rights(notice="Some Creative Commons licence"), None, "does not know: Creative Commons"),
    ],
)
def test_words_of_the_metadata_count_as_its_links_do(
    rights: Rights, license_id: str | None, trouble: str
) -> None:
    found = stated(an_article(rights=replace(rights, named=named(rights))), presets())
    assert found is not None
    assert (found.level, found.license) == ("item metadata", license_id)
    assert trouble in (found.trouble or "")
