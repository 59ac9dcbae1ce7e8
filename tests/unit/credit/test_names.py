import pytest

from syndicator.credit.names import (
    display_case,
    is_organization,
    is_person,
    split_names,
    split_people,
)


@pytest.mark.parametrize(
    "name",
    [
        "Ines Calloway",
        "Dae van der Halvorsen",
        "María José Río",
        "O'Shea Marlow",
        "N. K. Abery",
        "Al-Noor Halabi",
        "林知夏",
        "한다온",
        "Глеб Астахов",
    ],
)
def test_people(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Harbour News",
        "The Merrow Observer",
        "Monday",
        "By The",
        "ines calloway",
        "a b c d e f g h",
        "NFL MVP Race",
    ],
)
def test_no_people(name: str) -> None:
    assert not is_person(name)


@pytest.mark.parametrize(
    ("name", "is_house"),
    [("Harbour News Agency", True), ("merrow.com", True), ("Ines Calloway", False)],
)
def test_houses_are_told_by_their_words(name: str, *, is_house: bool) -> None:
    assert is_organization(name) is is_house


@pytest.mark.parametrize(
    ("shouted", "calm"),
    [
        ("INES MCDONALD-SMITH", "Ines McDonald-Smith"),
        ("Ines CALLOWAY", "Ines Calloway"),
        ("AP", "AP"),
        ("Ines Calloway", "Ines Calloway"),
        ("", ""),
    ],
)
def test_display_case(shouted: str, calm: str) -> None:
    assert display_case(shouted) == calm


def test_lists_of_names_are_split() -> None:
    assert split_names("Ines Calloway, Tomas Reyes, Jr. and Priya Raghavan") == [
        "Ines Calloway",
        "Tomas Reyes, Jr.",
        "Priya Raghavan",
    ]
    assert split_people("Ines Calloway und Jonas Brockhoff") == ("Ines Calloway", "Jonas Brockhoff")
    assert split_people("the ferry and the harbour") is None
