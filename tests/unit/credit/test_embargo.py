import pytest

from syndicator.credit.embargo import read_embargo
from syndicator.model.credit import Trouble
from tests.builders import a_context

CONTEXT = a_context()


@pytest.mark.parametrize(
    ("line", "until", "trouble"),
    [
        ("EMBARGOED UNTIL 00:01 GMT, 12 MAY 2023", "2023-05-12T00:01:00+00:00", None),
        ("Sperrfrist: Freitag, 12. Mai 2023, 10.00 Uhr MESZ", "2023-05-12T10:00:00+02:00", None),
        (
            "Sperrfrist: Montag, 12. Mai 2023, 10.00 Uhr MESZ",
            "2023-05-12T10:00:00+02:00",
            Trouble.CONTRADICTORY,
        ),
        (
            "NOT FOR PUBLICATION BEFORE 0001 GMT FRIDAY, MAY 12, 2023",
            "2023-05-12T00:01:00+00:00",
            None,
        ),
        ("FOR RELEASE: 10:00 A.M. EDT, TUESDAY, JUNE 14, 2022", "2022-06-14T10:00:00-04:00", None),
        (
            "This release is embargoed until 10 a.m. EST on January 10, 2023.",
            "2023-01-10T10:00:00-05:00",
            None,
        ),
        (
            "EMBARGADO HASTA EL 12 DE MAYO DE 2023 A LAS 10:00",
            "2023-05-12T10:00:00",
            Trouble.ZONELESS,
        ),
        (
            "SOTTO EMBARGO FINO ALLE ORE 10 DEL 12 MAGGIO 2023",
            "2023-05-12T10:00:00",
            Trouble.ZONELESS,
        ),
        ("Embargo: 12 May 2023", "2023-05-12", Trouble.ZONELESS),
    ],
)
def test_until_when_and_whether_it_can_be_trusted(
    line: str, until: str, trouble: Trouble | None
) -> None:
    found = read_embargo(line, CONTEXT)
    assert found is not None
    assert found.moments[0].until == until
    assert found.trouble is trouble


@pytest.mark.parametrize(
    "line",
    ["EMBARGOED TO 0001 FRIDAY MAY 12", "Embargo: 00:01 GMT", "Sperrfrist: Beginn der Rede."],
)
def test_what_cannot_be_read_holds_the_copy(line: str) -> None:
    found = read_embargo(line, CONTEXT)
    assert found is not None
    assert (found.moments, found.trouble) == ((), Trouble.UNPARSED)


def test_each_medium_has_its_moment() -> None:
    found = read_embargo(
        "EMBARGO: online 12 May 2023, 18:00 CET; print 13 May 2023, 06:00 CET", CONTEXT
    )
    assert found is not None
    assert [(one.medium, one.until[:10]) for one in found.moments] == [
        ("online", "2023-05-12"),
        ("print", "2023-05-13"),
    ]


def test_territories() -> None:
    found = read_embargo(
        "Not for distribution to U.S. news wire services or for dissemination in the United States",
        CONTEXT,
    )
    assert found is not None
    assert found.territories == ("US",)


@pytest.mark.parametrize(
    "line",
    [
        "The United Nations lifted its arms embargo until a new vote in May 2023.",
        "Sin embargo, el puerto sigue cerrado.",
        "Hold for a second and breathe out.",
        "Embargo: how Cuba lives with it",
        "Do not use the ferry after dark.",
        "Not for the first time, the ferry was late.",
    ],
)
def test_stories_are_none(line: str) -> None:
    assert read_embargo(line, CONTEXT) is None
