"""Fields of metadata that name houses: every name a house whatever its words, but for authors."""

import pytest

from syndicator.credit.fields import read_byline_field, read_credit_field, read_fields
from syndicator.model.entry import Rights
from tests.builders import a_context


@pytest.mark.parametrize(
    ("said", "houses"),
    [
        ("Reuters", ("Reuters",)),
        ("STT–", ("STT",)),
        ("The Merrow Lantern", ("The Merrow Lantern",)),
        ("Lantern Media, LLC", ("Lantern Media, LLC",)),
        ("Ines Calloway, AP", ("AP",)),
        ("Ines Calloway/AP", ("AP",)),
        ("Reuters and AFP", ("Reuters", "AFP")),
        ("STT–Lantern", ("STT", "Lantern")),
        ("dpa/abc", ("dpa",)),
        ("https://www.reuters.com/world/", ("reuters.com",)),
    ],
)
def test_a_credit_line_field_names_houses(said: str, houses: tuple[str, ...]) -> None:
    line = read_credit_field(said, a_context(), ["Ines Calloway"])
    assert line is not None
    assert (line.agencies, line.holder, line.rule, line.raw) == (
        houses,
        None,
        "credit-element",
        said,
    )


def test_a_credit_line_field_may_hold_a_notice() -> None:
    line = read_credit_field("© 2026 Merrow Lantern", a_context())
    assert line is not None
    assert (line.holder, line.year, line.agencies) == ("Merrow Lantern", 2026, ())


@pytest.mark.parametrize("said", ["Ines Calloway", "", "–", "ic"])
def test_a_credit_line_field_of_authors_and_initials_names_no_house(said: str) -> None:
    assert read_credit_field(said, a_context(), ["Ines Calloway"]) is None


@pytest.mark.parametrize(
    ("said", "houses"),
    [
        ("SANA", ("SANA",)),
        ("ANTHONY WALLACE/AFP/Getty Images", ("AFP", "Getty Images")),
    ],
)
def test_a_byline_that_names_nobody_names_houses(said: str, houses: tuple[str, ...]) -> None:
    line = read_byline_field(said, a_context())
    assert line is not None
    assert line.agencies == houses


@pytest.mark.parametrize("said", ["lantern/KN", "KN", "Calloway"])
def test_initials_in_a_byline_are_no_house(said: str) -> None:
    assert read_byline_field(said, a_context()) is None


def test_each_field_is_heard_as_far_as_it_is_one_of_houses() -> None:
    found = read_fields(
        Rights(holder="© 2026 Coast Papers", usage="dpa"),
        ("Merrow Lantern",),
        ("A desk nobody knows", "Reuters"),
        a_context(),
        ("Ines Calloway", "AFP"),
    )
    assert [(one.rule, one.agencies) for one in found] == [
        ("author-element", ("AFP",)),
        ("holder-element", ("Coast Papers",)),
        ("source-element", ("Merrow Lantern",)),
        ("provider-element", ("Reuters",)),
        ("usage-element", ("dpa",)),
    ]


@pytest.mark.parametrize(
    ("notice", "houses"),
    [
        ("© 2026 Reuters", ["Reuters"]),
        ("Copyright 2026 The Associated Press. All rights reserved.", ["The Associated Press"]),
        ("Copyright (c) 2026 by AFP", ["AFP"]),
        ("Photo: © AFP", []),
        ("Market data © Reuters", []),
        ("© 2026 Reuters (photo)", []),
        ("Copyright AFP - photo", []),
        ("© AFP/Getty Images", []),
        ("This website © Reuters", []),
        ("Copyright 2026 Coast Papers", []),  # an owner of the publisher, or the publisher
        ("© Ines Calloway", []),
        ("All rights reserved.", []),
    ],
)
def test_an_agency_in_the_notice_of_an_item_is_behind_it(notice: str, houses: list[str]) -> None:
    found = read_fields(Rights(notice=notice), (), (), a_context())
    assert [house for one in found for house in one.agencies] == houses
    held = read_fields(Rights(notice=notice, holder="Coast Papers"), (), (), a_context())
    assert [one.agencies for one in held] == [("Coast Papers",)]


def test_a_house_is_named_once_by_whatever_name() -> None:
    rights = Rights(holder="Thomson Reuters")
    found = read_fields(rights, ("Reuters",), ("reuters.com",), a_context())
    assert [one.agencies for one in found] == [("Thomson Reuters",)]
    assert read_fields(rights, (), (), a_context(), told=("Reuters",)) == []


def test_an_author_may_hold_the_rights_and_a_house_that_signs_does_too() -> None:
    own = read_fields(Rights(holder="Ines Calloway"), (), (), a_context(), ("ines calloway",))
    assert own == []
    (line,) = read_fields(Rights(holder="AP"), (), (), a_context(), ("AP",))
    assert line.agencies == ("AP",)


def test_terms_of_use_in_a_sentence_name_no_house() -> None:
    rights = Rights(usage="Use only with the written agreement of dpa")
    assert read_fields(rights, (), (), a_context()) == []
