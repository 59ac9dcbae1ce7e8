"""What a signature and a verdict keep whatever the text: order, case, layout, being cut."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.compare.copies import same_copy
from syndicator.compare.shingles import contained, story
from syndicator.compare.signature import MEETING, sign
from syndicator.model.copies import Copy

MORNING = datetime(2026, 8, 21, 6, 0, tzinfo=UTC)
LETTERS = "abcdefghiklmnoprstuvwyéäß"
KANA = "あいうえおかきくけこさしすせそ日本経済市場発表"


def _prose(seed: int, count: int) -> str:
    """Return sentences of made-up words, no two texts of other seeds alike."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    words = ["".join(chance.choices(LETTERS, k=chance.randint(3, 9))) for _ in range(count)]
    lines = [" ".join(words[at : at + 12]) + "." for at in range(0, count, 12)]
    return "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3))


PROSE = st.builds(_prose, st.integers(0, 10**6), st.integers(120, 400))
ANY_TEXT = st.one_of(
    PROSE, st.text(), st.text(KANA, max_size=600), st.lists(st.sampled_from(LETTERS)).map(" ".join)
)
HOURS = st.integers(0, 100)


def _copy(text: str, hours: int = 0, publisher: str = "a") -> Copy:
    return Copy(text=text, publisher=publisher, published=MORNING + timedelta(hours=hours))


@given(ANY_TEXT, ANY_TEXT, HOURS, st.sampled_from("ab"))
def test_which_is_named_first_changes_nothing(
    one: str, other: str, hours: int, publisher: str
) -> None:
    here, there = _copy(one), _copy(other, hours, publisher)
    assert same_copy(here, there) == same_copy(there, here)
    assert contained(story(one), story(other)) == contained(story(other), story(one))


@given(ANY_TEXT, ANY_TEXT)
def test_nothing_is_joined_below_three_tenths(one: str, other: str) -> None:
    overlap = same_copy(_copy(one), _copy(other, publisher="b"))
    assert 0 <= overlap.containment <= 1
    assert not overlap.same or overlap.containment >= 0.3


@given(PROSE, st.randoms(use_true_random=False))
def test_layout_case_and_punctuation_change_nothing(text: str, chance: Random) -> None:
    pieces = []
    for word in text.split():
        form = chance.choice([word, word.upper(), word.title()]) if "ß" not in word else word
        pieces.append(form + chance.choice([" ", "  ", "\n", "\n\n", ", ", " — ", "; “"]))
    other = "".join(pieces)
    assert sign(other) == sign(text)
    assert same_copy(_copy(text), _copy(other, publisher="b")).containment == 1


def _first_half(text: str) -> str:
    words = text.split(" ")
    return " ".join(words[: len(words) // 2 + 1])


@given(PROSE)
def test_a_text_is_a_copy_of_itself_and_of_its_first_half(text: str) -> None:
    for other in (text, _first_half(text)):
        overlap = same_copy(_copy(text), _copy(other, publisher="b"))
        assert overlap.same
        assert overlap.containment > 0.9


def test_nearly_every_text_is_found_by_its_first_half() -> None:
    # Bands are drawn by lot: of so many texts one or the other has too few in common with its half.
    missed = 0
    for seed in range(1000):
        text = _prose(seed, 120 + seed % 280)
        one, two = sign(text), sign(_first_half(text))
        assert one is not None
        assert two is not None
        missed += len({*one.bands} & {*two.bands}) < MEETING
    assert missed <= 5


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(120, 400))
def test_texts_that_share_nothing_are_two(seed: int, further: int, count: int) -> None:
    one, other = _prose(seed, count), _prose(seed + further, count)
    assert not same_copy(_copy(one), _copy(other, publisher="b")).same


@given(ANY_TEXT)
def test_bands_are_always_as_many_and_as_long(text: str) -> None:
    signature = sign(text)
    if signature is not None:
        assert {len(band) for band in signature.bands} == {6}
        assert len(set(signature.bands)) == len(signature.bands) == 16


@settings(max_examples=3, deadline=None)
@given(PROSE, st.integers(1, 2**32 - 1))
def test_every_process_signs_alike(text: str, seed: int) -> None:
    script = (
        "import sys; from syndicator.compare.signature import sign\n"
        "print(b''.join(sign(sys.stdin.read()).bands).hex())"
    )
    signed = subprocess.run(
        [sys.executable, "-c", script],
        input=text,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": os.pathsep.join(sys.path)},
    ).stdout
    signature = sign(text)
    assert signature is not None
    assert signed.strip() == b"".join(signature.bands).hex()
