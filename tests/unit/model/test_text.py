"""The bare words: the fast way for ASCII says what the pattern says for all."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.text import lines_of_words, words


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_has_the_words_that_the_pattern_finds(text: str) -> None:
    assert words(text) == " ".join(re.findall(r"\w+", text.casefold()))


@given(st.text(st.characters(max_codepoint=127)))
def test_a_character_beyond_ascii_changes_no_other_word(text: str) -> None:
    assert words(f"{text} é") == f"{words(text)} é".strip()


ODD = st.sampled_from("aB 1.é½①Ǆßİſﬁʼn·\u0301ŉ日。“…\u00a0_-²ªΣς")


@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), ODD)))
def test_every_script_has_the_words_that_the_pattern_finds(text: str) -> None:
    folded = unicodedata.normalize("NFKC", text).casefold()
    assert words(text) == " ".join(re.findall(r"\w+", folded))


@given(st.lists(st.text(st.one_of(st.characters(exclude_characters="\n"), ODD)), min_size=1))
def test_lines_have_the_words_that_they_have_alone(lines: list[str]) -> None:
    assert [" ".join(line) for line in lines_of_words("\n".join(lines))] == [
        words(line) for line in lines
    ]


@pytest.mark.parametrize(
    ("said", "bare"),
    [
        ("The “Fox’s” den — FIVE_2!", "the fox s den five_2"),
        ("Straße ﬁve", "strasse five"),
        ("tab\tand\x1fline\n", "tab and line"),
        ("", ""),
    ],
)
def test_words_are_bare(said: str, bare: str) -> None:
    assert words(said) == bare


@given(text=st.text(st.characters(max_codepoint=0xFF) | st.sampled_from("’“—…ÅſƒΑж\u0301")))
def test_words_are_the_same_by_table_and_by_pattern(text: str) -> None:
    folded = unicodedata.normalize("NFKC", text).casefold()
    assert words(text) == " ".join(re.findall(r"\w+", folded))
