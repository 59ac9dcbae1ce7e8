import pytest

from syndicator.compare.boilerplate import learn
from syndicator.compare.shingles import lines, story
from syndicator.compare.signature import BAND_BYTES, LEAD_BANDS, WHOLE_BANDS, sign, sign_document
from syndicator.model.copies import Signature
from tests.unit.compare.texts import article, newsletter, prose


def signed(text: str) -> Signature:
    signature = sign(text)
    assert signature is not None
    return signature


def common(one: str, other: str) -> int:
    return len(set(signed(one).bands) & set(signed(other).bands))


def test_a_signature_is_sixteen_small_keys() -> None:
    signature = signed(article(1))
    assert len(signature.bands) == WHOLE_BANDS + LEAD_BANDS == 16
    assert {len(band) for band in signature.bands} == {BAND_BYTES} == {6}
    assert signature.words == len(article(1).split())


@pytest.mark.parametrize("text", ["", "Breaking: more soon", " ".join(["word"] * 47)])
def test_a_short_text_says_nothing(text: str) -> None:
    assert sign(text) is None


def test_from_48_words_on_there_is_a_signature() -> None:
    assert sign(" ".join(article(1).split()[:47])) is None
    assert signed(" ".join(article(1).split()[:48])).words == 48


def test_scripts_without_spaces_need_96_signs() -> None:
    text = "".join(chr(0x4E00 + number) for number in range(96))
    assert sign(text[:95]) is None
    assert signed(text).words == 48
    assert len(set(signed(text).bands)) == 16


def test_these_are_the_keys_of_this_text() -> None:
    # The store holds keys for a year: whoever changes them must say so here.
    assert b"".join(signed(article(1)).bands[:3]).hex() == "00ba4ba365b701872231d8f102f9c7b0cf21"


def test_unlike_texts_have_nothing_in_common() -> None:
    assert common(article(1), article(2)) == 0


@pytest.mark.parametrize("kept", [5, 9, 15, 24])
def test_a_copy_cut_short_has_bands_in_common(kept: int) -> None:
    assert common(article(1), " ".join(prose(1)[:kept])) >= 3


def test_a_lead_alone_is_found_in_a_very_long_text() -> None:
    assert common(article(1, 300), " ".join(prose(1, 300)[:6])) >= LEAD_BANDS - 2


def test_dateline_credits_references_and_captions_are_not_signed() -> None:
    wire = (
        f"NEW YORK, Aug 21 (Reuters) - {article(1)} [nL8N43E08F]\n"
        "A bridge on Friday, August 21, 2026. REUTERS/Ann Lee\n"
        "(Reporting by Ann Lee; Editing by Bo Ray)\n"
        "Our Standards: The Thomson Reuters Trust Principles."
    )
    assert story(wire).words == story(article(1)).words
    assert sign(wire) == sign(article(1))


def test_a_reference_is_cut_and_the_words_it_marks_stay() -> None:
    marked = 'who captured his [USN:L8N43E08F TEXT:"fifth major title"] in July'
    assert lines(marked) == [["who", "captured", "his", "fifth", "major", "title", "in", "july"]]


def test_lines_are_bare_words() -> None:
    assert lines("One,  two!\n\n—\n***\n Three \n") == [["one", "two"], ["three"]]
    assert lines("\n\n") == []


def test_a_document_is_signed_without_the_boilerplate_that_it_teaches() -> None:
    texts = [*(newsletter(day) for day in (1, 2, 3)), "Breaking: more soon"]
    signatures, learned = sign_document(texts)
    assert learned == learn(texts)
    assert signatures == tuple(sign(text, frozenset(learned)) for text in texts)
    assert signatures[-1] is None
    (alone,), kept = sign_document([newsletter(4)], learned)
    assert kept == learned
    assert alone == sign("\n\n".join(prose(4, 6)))


def test_an_endless_text_is_read_to_a_limit() -> None:
    assert len(story("word " * 100_000)) == 10_000
    assert len(story("語" * 100_000)) == 10_000
    assert signed(article(1, 3000)).words == 10_000
