import pytest

from syndicator.credit.sources import read_source_line
from syndicator.model.credit import Scope
from tests.builders import a_context

CONTEXT = a_context()


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("Quelle: AFP, Reuters", ("AFP", "Reuters")),
        ("(Source AFP)", ("AFP",)),
        ("(AFP/dpa/lw)", ("AFP", "dpa")),
        ("mit dpa", ("dpa",)),
        ("Avec AFP", ("AFP",)),
        ("Com Lusa", ("Lusa",)),
        ("Con información de EFE y AFP", ("EFE", "AFP")),
        ("L'Express avec AFP", ("AFP",)),
        ("--IANS", ("IANS",)),
        ("来源：央视新闻客户端", ("央视新闻客户端",)),
    ],
)
def test_houses_behind_copy(line: str, agencies: tuple[str, ...]) -> None:
    found = read_source_line(line, CONTEXT)
    assert found is not None
    assert (found.agencies, found.holder) == (agencies, None)


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("aq/ok", ()),
        ("burs-aq/ok", ()),
        ("بور/نور/غ ر", ()),
        ("ا ف ب/جص", ("ا ف ب",)),
    ],
)
def test_initials_of_those_who_wrote_are_a_line_to_cut(
    line: str, agencies: tuple[str, ...]
) -> None:
    found = read_source_line(line, CONTEXT)
    assert found is not None
    assert (found.rule, found.agencies) == ("initials", agencies)


@pytest.mark.parametrize(
    "line",
    [
        "burs-aq",
        "The ferry/boat",
        "نعم/لا",
        "مايو/أيار",
        "aq/ok sails again",
        "(dpa-afx/afp)",
        "on-site/off-site",
    ],
)
def test_a_word_or_two_are_no_initials(line: str) -> None:
    found = read_source_line(line, CONTEXT)
    assert found is None or found.rule != "initials"


@pytest.mark.parametrize(
    "line",
    [
        "Foto: Jonas Brockhoff / picture alliance / dpa",
        "Crédit photo : Élodie Marchal",
        "(PTI Photo)",
        "[사진=뉴시스]",
        "(AP Photo/Ines Calloway, File)",
        "NO RESALES. NO ARCHIVES",
        "Фото: Глеб Астахов/ТАСС",
    ],
)
def test_pictures_are_no_credit_of_the_item(line: str) -> None:
    found = read_source_line(line, CONTEXT)
    assert found is not None
    assert found.scope is Scope.IMAGE


@pytest.mark.parametrize(
    "line",
    [
        "Source: the river rises in the hills.",
        "Sources told Reuters the deal was close.",
        "Photos: The ferry returns",
        "(laughs)",
        "(0-2, 1-1)",
        "Con información de primera mano, la autora escribe.",
        "Mit Reuters sprach der Minister nicht.",
    ],
)
def test_sentences_are_none(line: str) -> None:
    assert read_source_line(line, CONTEXT) is None
