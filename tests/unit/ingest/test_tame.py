"""Wild markup, counting pictures and masked words."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.ingest.markup import Markup, plain
from syndicator.ingest.tame import MAX_DEPTH, tame, too_deep

PIXEL = '<img src="https://a.example/p.gif" width="1" height="1">'


def shown(markup: str, *, pixels: bool = False, whole: bool = False) -> str:
    made = Markup(markup, is_html=True, base="https://a.example/", pixels=pixels, whole=whole)
    return made.html()


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(
    "picture",
    [
        PIXEL,
        '<img src="https://a.example/p.gif" height="0" width="0"/>',
        '<img src="https://pixel.wp.com/b.gif?x=1">',
        '<img src="https://feeds.feedburner.com/~r/a/~4/b" alt="">',
    ],
)
def test_counting_pictures_go_unless_they_are_kept(picture: str, *, whole: bool) -> None:
    assert shown(f"<p>a{picture}b</p>", whole=whole) == "<p>ab</p>"
    assert "<img" in shown(f"<p>a{picture}b</p>", pixels=True, whole=whole)
    assert shown(f"<p>a{picture}b</p>", whole=whole) == "<p>ab</p>"  # whatever was asked before


@pytest.mark.parametrize("whole", [False, True])
def test_pictures_for_people_stay(whole: bool) -> None:
    for size in ("", ' width="600" height="1"', ' width="16" height="16"'):
        assert "<img" in shown(f'<p>a<img src="https://a.example/1.jpg"{size}></p>', whole=whole)


def test_what_stands_in_a_form_or_an_object_is_kept() -> None:
    assert shown("<form><p>It sails.</p><input name=q></form>") == "<p>It sails.</p>"
    assert "It sails." in shown('<object data="x"><p>It sails.</p></object>')
    assert shown('a<embed src="https://x.example/v"> <b>b</b>') == "a <b>b</b>"


def test_words_of_a_headline_are_not_masked() -> None:
    masked = "Fer\u200bry \u202eslias\u202c \ufeffagain\u2060"
    assert plain(masked) == "Ferry slias again"
    persian = "می\u200cخواهم \u200fسفر"  # joiners and direction marks belong to the script
    assert plain(persian) == persian
    family = "👨\u200d👩\u200d👧"
    assert plain(family) == family


def test_a_deep_nest_loses_its_tags_and_no_words() -> None:
    deep = "<div>" * 5000 + "words<p>more</p>" + "</div>" * 5000
    assert too_deep(deep)
    assert "words" in plain(deep)
    assert "more" in shown(deep)
    assert not too_deep("<p>x</p>" * 5000)
    assert not too_deep("<br>" * 5000)


def test_an_endless_tag_loses_its_attributes_and_no_words() -> None:
    wild = "<p " + " ".join(f"a{n}=1" for n in range(5000)) + ">words</p>"
    assert shown(wild) == "<p>words</p>"
    assert "words" in shown(wild[:20_000] + "<b>words</b>")


@given(st.text(st.sampled_from("<>ab/ =\"'p"), max_size=300))
def test_tame_markup_is_left_as_it_is(text: str) -> None:
    assert tame(text) == text


def test_time_grows_with_length_alone() -> None:
    """Ten times the nest and the attributes take nowhere near a hundred times as long."""

    def seconds(count: int) -> float:
        start = process_time()
        shown("<div>" * count + "x")
        shown("<p " + "a=1 " * count + ">x</p>")
        return process_time() - start

    seconds(10 * MAX_DEPTH)
    assert seconds(200_000) < max(40 * seconds(20_000), 1.0)
