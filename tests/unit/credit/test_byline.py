import pytest

from syndicator.credit.byline import read_byline
from tests.builders import a_context

CONTEXT = a_context()


@pytest.mark.parametrize(
    ("line", "authors", "organization", "role", "location"),
    [
        ("By Ines Calloway", ("Ines Calloway",), None, None, None),
        ("By INES CALLOWAY and TOMAS O'REYES-LUND", ("Ines Calloway", "Tomas O'Reyes-Lund"), None, None, None),
        ("By M. J. CALLOWAY", ("M. J. Calloway",), None, None, None),
        ("By Ines Calloway, AP Sports Writer", ("Ines Calloway",), "AP", "Sports Writer", None),
        ("By Ines Calloway, BBC News, Nairobi", ("Ines Calloway",), "BBC News", None, "Nairobi"),
        ("By Ines Calloway, ProPublica, and Tomas Reyes, The Texas Tribune", ("Ines Calloway", "Tomas Reyes"), "ProPublica; The Texas Tribune", None, None),
        ("INES CALLOWAY Staff Writer", ("Ines Calloway",), None, "Staff Writer", None),
        ("Ines Calloway Political correspondent", ("Ines Calloway",), None, "Political correspondent", None),
        ("Ines Calloway in Brussels", ("Ines Calloway",), None, None, "Brussels"),
        ("By Ines Calloway | ines@harbour.example", ("Ines Calloway",), None, None, None),
        ("By Ines Calloway Published 9:14 a.m. ET Oct. 2, 2019", ("Ines Calloway",), None, None, None),
        ("Marit Solberg for Reuters", ("Marit Solberg",), "Reuters", None, None),
        ("Eine Analyse von Lena Wiesental und Jonas Brockhoff", ("Lena Wiesental", "Jonas Brockhoff"), None, None, None),
        ("Aus Berlin berichtet Lena Wiesental", ("Lena Wiesental",), None, None, "Berlin"),
        ("Élodie Marchal, envoyée spéciale à Kiev", ("Élodie Marchal",), None, "envoyée spéciale", "Kiev"),
        ("Por Camila Duarte | EFE", ("Camila Duarte",), "EFE", None, None),
        ("Af Mette Krarup, Ritzau", ("Mette Krarup",), "Ritzau", None, None),
        ("By Reuters", (), "Reuters", None, None),
        ("Associated Press in Nairobi", (), "Associated Press", None, "Nairobi"),
    ],
)  # fmt: skip
def test_who_for_whom_as_what_and_where(
    line: str,
    authors: tuple[str, ...],
    organization: str | None,
    role: str | None,
    location: str | None,
) -> None:
    found = read_byline(line, CONTEXT)
    assert found is not None
    assert (found.authors, found.organization, found.role, found.location) == (
        authors,
        organization,
        role,
        location,
    )
    assert found.raw == line


def test_those_without_a_name_are_counted() -> None:
    found = read_byline("By Ines Calloway and five others", CONTEXT)
    assert found is not None
    assert (found.authors, found.others) == (("Ines Calloway",), 5)


@pytest.mark.parametrize("line", ["Reuters", "dpa", "The Guardian"])
def test_a_house_alone_signs_a_line(line: str) -> None:
    found = read_byline(line, CONTEXT)
    assert found is not None
    assert (found.authors, found.organizations) == ((), (line,))


def test_with_names_helpers() -> None:
    found = read_byline("Par Élodie Marchal (avec Hugo Tessier)", CONTEXT)
    assert found is not None
    assert (found.authors, found.contributors) == (("Élodie Marchal",), ("Hugo Tessier",))


@pytest.mark.parametrize(
    "line",
    [
        "By the time the ferry left, the queue had reached the market square.",
        "By Tuesday evening, more than 200 people had signed.",
        "By The Numbers",
        "By clicking you agree to our Terms.",
        "Von Hamburg nach Merrow in zwölf Stunden",
        "Par ailleurs, le port restera fermé.",
        "Por lo tanto, el puerto seguirá cerrado.",
        "About the author",
        "Editors of the two papers met on Monday.",
        "Associated Press photographers were barred from the room.",
        "Jane and John Castell of Merrow bought the first tickets.",
        "Follow us on Twitter and Facebook",
        "Ines Calloway",
        "Time",
    ],
)
def test_sentences_headlines_and_labels_are_none(line: str) -> None:
    assert read_byline(line, CONTEXT) is None
