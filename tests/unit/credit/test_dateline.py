import pytest

from syndicator.credit.dateline import read_dateline
from tests.builders import a_context

CONTEXT = a_context()
STORY = " The council voted to reopen the harbour."


@pytest.mark.parametrize(
    ("line", "locations", "agency", "date"),
    [
        ("LONDON, March 3 (Reuters) -", ("London",), "Reuters", "March 3"),
        ("BRUSSELS/PARIS (Reuters) -", ("Brussels", "Paris"), "Reuters", None),
        ("MADRID, 2 (EUROPA PRESS)", ("Madrid",), "EUROPA PRESS", "2"),
        ("March 3 (Reuters) -", (), "Reuters", "March 3"),
        ("(CNN) —", (), "CNN", None),
        ("MERROW, Ohio (AP) —", ("Merrow, Ohio",), "AP", None),
        ("MOSCOW, March 3. /TASS/.", ("Moscow",), "TASS", "March 3"),
        ("MOSCOW. March 3 (Interfax) -", ("Moscow",), "Interfax", "March 3"),
        ("New Delhi [India], March 3 (ANI):", ("New Delhi, India",), "ANI", "March 3"),
        ("CANBERRA, March 3 AAP -", ("Canberra",), "AAP", "March 3"),
        ("MERROW, Ohio--(BUSINESS WIRE)--", ("Merrow, Ohio",), "BUSINESS WIRE", None),
        (
            "VANCOUVER, BC / ACCESSWIRE / March 3, 2022 /",
            ("Vancouver, BC",),
            "ACCESSWIRE",
            "March 3, 2022",
        ),
        ("Frankfurt/Main (dpa) -", ("Frankfurt/Main",), "dpa", None),
        ("København /ritzau/:", ("København",), "Ritzau", None),
        ("(ANSA) - MILANO, 3 MAR -", ("Milano",), "ANSA", "3 MAR"),
        ("TORONTO —", ("Toronto",), None, None),
        ("新华社上海3月3日电", ("上海",), "Xinhua", "3月3日"),
        ("[ワシントン 3日 ロイター] -", ("ワシントン",), "Reuters", "3日"),
        ("القاهرة (رويترز) -", ("القاهرة",), "Reuters", None),
    ],
)
def test_the_span_is_the_dateline_alone(
    line: str, locations: tuple[str, ...], agency: str | None, date: str | None
) -> None:
    found = read_dateline(line + STORY, CONTEXT)
    assert found is not None
    assert (found.locations, found.agency) == (locations, agency)
    assert (found.date or "").rstrip(".") == (date or "")
    assert found.raw == line


def test_a_place_nobody_knows_is_one_on_a_line_of_its_own() -> None:
    line = "MERROW (MERROWSHIRE), 2 (EUROPA PRESS)"
    found = read_dateline(line, CONTEXT)
    assert found is not None
    assert (found.locations, found.date) == (("Merrow (Merrowshire)",), "2")
    assert read_dateline(f"{line} and more", CONTEXT) is None


@pytest.mark.parametrize(
    "line",
    [
        "SMITH, 25 (Reuters) sailed home",
        "TRUMP, 78 (AP)",
        "Ferries, 2 (Reuters) and three more boats",
        "MERROW, 96 (JAMES) - the game in short",
        "WATCH — The ferry returns to Merrow",
        "London (population 9 million) is the largest of the cities.",
        "MERROW FERRIES (MRF) - shares rose 3 percent.",
        "USA - Mexico: the match in pictures",
        "Merrow, Ohio, has three ferries and one bridge.",
        "BMW - Mehr Gewinn im ersten Quartal",
        "[사진=뉴시스]",
        "（共同）",
    ],
)
def test_other_openings_are_none(line: str) -> None:
    assert read_dateline(line, CONTEXT) is None
