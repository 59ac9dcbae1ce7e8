import pytest

from syndicator.credit.assistance import read_assistance
from tests.builders import a_context

CONTEXT = a_context()


@pytest.mark.parametrize(
    ("line", "contributors", "reporters", "writers", "editors", "organizations"),
    [
        ("(Reporting by Ines Calloway; Editing by Owen Castell)", (), ("Ines Calloway",), (), ("Owen Castell",), ()),
        ("Reporting by Ines Calloway in Nairobi and Tomas Reyes in London; Writing by Priya Raghavan; Additional reporting by Dae Halvorsen; Editing by Owen Castell",
         ("Dae Halvorsen",), ("Ines Calloway", "Tomas Reyes"), ("Priya Raghavan",), ("Owen Castell",), ()),
        ("Reporting by Ines Calloway; Editing by Owen Castell Our Standards: The Thomson Reuters Trust Principles.", (), ("Ines Calloway",), (), ("Owen Castell",), ()),
        ("(Reporter: Lena Wiesental; redigiert von Petra Ahlers. Bei Rückfragen wenden Sie sich an die Redaktion)", (), ("Lena Wiesental",), (), ("Petra Ahlers",), ()),
        ("(Élodie Marchal, avec Hugo Tessier, édité par Blandine Roussel)", ("Hugo Tessier",), ("Élodie Marchal",), (), ("Blandine Roussel",), ()),
        ("(Reporte de Camila Duarte en Bogotá; Editado en español por Luis Andrade)", (), ("Camila Duarte",), (), ("Luis Andrade",), ()),
        ("—With assistance from Ines Calloway and Tomas Reyes.", ("Ines Calloway", "Tomas Reyes"), (), (), (), ()),
        ("Associated Press writers Ines Calloway in Nairobi and Tomas Reyes in Oslo contributed to this report.", ("Ines Calloway", "Tomas Reyes"), (), (), (), ("Associated Press",)),
        ("Ines Calloway contributed reporting from Nairobi, and Tomas Reyes from Oslo.", ("Ines Calloway", "Tomas Reyes"), (), (), (), ()),
        ("Calloway and Reyes reported from Washington.", (), ("Calloway", "Reyes"), (), (), ()),
        ("CNN's Ines Calloway contributed to this report.", ("Ines Calloway",), (), (), (), ("CNN",)),
        ("With files from The Canadian Press", (), (), (), (), ("The Canadian Press",)),
        ("To contact the reporter on this story: Ines Calloway in Nairobi at ines@harbour.example", (), ("Ines Calloway",), (), (), ()),
        ("Camila Duarte contribuyó a este reportaje.", ("Camila Duarte",), (), (), (), ()),
        ("责任编辑：林知夏", (), (), (), ("林知夏",), ()),
    ],
)  # fmt: skip
def test_everyone_by_what_they_did(
    line: str,
    contributors: tuple[str, ...],
    reporters: tuple[str, ...],
    writers: tuple[str, ...],
    editors: tuple[str, ...],
    organizations: tuple[str, ...],
) -> None:
    found = read_assistance(line, CONTEXT)
    assert found is not None
    assert (found.contributors, found.reporters, found.writers, found.editors) == (
        contributors,
        reporters,
        writers,
        editors,
    )
    assert found.organizations == organizations


@pytest.mark.parametrize(
    ("story", "sign_off"),
    [
        ("The ferry sailed. ", "(Reporting by Ines Calloway; Editing by Owen Castell)"),
        ("The index fell. ", "Reporting by Ines Calloway; Editing by Owen Castell"),
    ],
)
def test_a_sign_off_glued_to_the_last_sentence_leaves_the_sentence(
    story: str, sign_off: str
) -> None:
    found = read_assistance(story + sign_off, CONTEXT)
    assert found is not None
    assert found.raw == sign_off
    assert found.start == len(story)


@pytest.mark.parametrize(
    "line",
    [
        "The ferry company contributed to this year's rise in tourism.",
        "With assistance from the harbour master, the crew reached the shore.",
        "Additional reporting requirements will take effect in March.",
        "Police reported from the scene that nobody was hurt.",
        "She reported from Nairobi for ten years.",
        "The list was compiled by volunteers.",
        "Written by Ines Calloway",
    ],
)
def test_sentences_and_bylines_are_none(line: str) -> None:
    assert read_assistance(line, CONTEXT) is None
