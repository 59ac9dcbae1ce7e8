"""Laws of the words of a search: what stands in a text is found by how it stands there."""

from hypothesis import given
from hypothesis import strategies as st

from syndicator.web.folding import MOST, folded, terms

TEXT = st.text(max_size=60)


@given(TEXT)
def test_every_word_of_a_text_is_found_in_it(text: str) -> None:
    for word in text.split():
        for term in terms(word):
            assert term in folded(text)


@given(TEXT, st.integers(0, 60))
def test_the_beginning_of_a_word_is_found(text: str, length: int) -> None:
    for word in folded(text).split():
        assert f" {word[:length]}" in folded(text)


@given(TEXT)
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert once == "" or (once[0], once[-1]) == (" ", " ")
    assert "  " not in once


@given(st.lists(st.text(max_size=20), max_size=20))
def test_a_question_is_a_few_words_each_once(words: list[str]) -> None:
    found = terms(" ".join(words))
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    assert all(term.startswith(" ") and term.strip() for term in found)


@given(TEXT)
def test_capitals_make_no_difference(text: str) -> None:
    plain = "".join(one for one in text if one.isascii())
    assert folded(plain.upper()) == folded(plain.lower())
