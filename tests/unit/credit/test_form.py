import pytest

from syndicator.credit.form import MAX_LINE, first_sentence, house_like, squeeze, undash, unwrap
from tests.builders import a_context


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("(Ends)", "Ends"),
        ("^Eds: one.<", "Eds: one."),
        ("[(both)]", "both"),
        ("(one) and (two)", "(one) and (two)"),
        ("(a note).", "a note"),
    ],
)
def test_unwrap(line: str, bare: str) -> None:
    assert unwrap(line) == bare


def test_unwrap_is_bounded() -> None:
    assert len(unwrap("x" * 100_000)) == MAX_LINE


def test_undash() -> None:
    assert undash("— With files") == "With files"


def test_runs_are_squeezed_and_words_kept() -> None:
    assert squeeze("a" + " " * 50 + "b!!!!!!!!!!") == "a   b!!!!!"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Harbour Co. Ltd. Visit us.", "Harbour Co. Ltd. Visit us"),
        ("One. Two.", "One"),
        ("No stop", "No stop"),
    ],
)
def test_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_house_like() -> None:
    houses = a_context().houses
    assert house_like("Harbour News of Merrow", houses)
    assert not house_like("the ferry that sailed", houses)
