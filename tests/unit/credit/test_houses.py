from syndicator.credit.houses import Houses, fold
from syndicator.model.house import House, HouseKind
from tests.builders import HOUSES

DESK = House(
    name="Harbour News Service",
    kind=HouseKind.AGENCY,
    also=("HNS Wire",),
    short=("HNS",),
    sites=("harbour.example",),
    languages=("en-GB",),
)
RIVAL = House(
    name="Hill News Sheet",
    kind=HouseKind.PUBLISHER,
    short=("HNS",),
    sites=("hill.example",),
    languages=("en-IN",),
)


def test_names_are_found_whatever_their_case_and_article() -> None:
    houses = Houses([DESK])
    assert houses.find("THE harbour news service,") is DESK
    assert houses.find("HNS wire") is DESK
    assert houses.find("Harbour") is None


def test_a_shared_short_name_is_settled_by_what_is_near() -> None:
    houses = Houses([DESK, RIVAL])
    assert houses.find("HNS") is DESK
    assert houses.find("HNS", near="from hill.example") is RIVAL
    assert houses.find("HNS", near="lang=en-IN") is RIVAL


def test_sites_and_what_is_below_them() -> None:
    houses = Houses([DESK])
    assert houses.at("https://www.news.harbour.example/a") is DESK
    assert houses.at("example") is None


def test_only_agencies_and_release_wires_supply_copy() -> None:
    houses = Houses([DESK, RIVAL])
    assert houses.is_agency("HNS Wire")
    assert not houses.is_agency("Hill News Sheet")
    assert houses.all_known(["HNS Wire", "Hill News Sheet"])
    assert not houses.all_known([])


def test_the_houses_of_the_package_are_known() -> None:
    for name in ("Reuters", "AP", "dpa", "Agence France-Presse", "新华社", "연합뉴스"):
        assert HOUSES.find(name) is not None, name
    assert fold("  The  Merrow Post. ") == "merrow post"
