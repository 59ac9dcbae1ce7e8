import pytest

from syndicator.credit.places import display_place, is_country, is_place, is_region


@pytest.mark.parametrize(
    "name", ["Paris", "near Paris", "NEW YORK", "Merrow, Ohio", "Frankfurt/Main", "東京", "Brüssel"]
)
def test_places(name: str) -> None:
    assert is_place(name)


@pytest.mark.parametrize("name", ["Merrow", "Ines Calloway", "Harbour News", ""])
def test_no_places(name: str) -> None:
    assert not is_place(name)


def test_a_region_stands_after_a_city_and_a_country_is_no_city() -> None:
    assert is_region("Pa.")
    assert is_country("USA")
    assert not is_country("Singapore")


@pytest.mark.parametrize(
    ("shouted", "calm"),
    [
        ("LA CROSSE, Wis.", "La Crosse, Wis."),
        ("RIO DE JANEIRO", "Rio de Janeiro"),
        ("WINSTON-SALEM, N.C.", "Winston-Salem, N.C."),
        ("PRIEGO (CÓRDOBA)", "Priego (Córdoba)"),
        ("L'AQUILA", "L'Aquila"),
        ("O’FALLON, Mo.", "O’Fallon, Mo."),
        ("İSTANBUL", "İstanbul"),
        ("'S-HERTOGENBOSCH", "'s-Hertogenbosch"),
        ("Vancouver, BC", "Vancouver, BC"),
    ],
)
def test_display_place(shouted: str, calm: str) -> None:
    assert display_place(shouted) == calm
