"""Copy that is longer than a feed wants."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.ingest.markup import Markup
from syndicator.ingest.understand import understand
from syndicator.model.article import Body, Received
from syndicator.model.clearance import Cleared, Form
from syndicator.model.ids import LicenseId, TopicId
from syndicator.model.license import Alteration, License
from syndicator.model.outlet import Outlet
from syndicator.rights import clear, shape
from syndicator.rights.trim import first_words, trim
from tests.builders import NOW, a_context, an_article

FIRST = "The night ferry sails again. It was eleven years in port."
SECOND = "Nobody waited for it. The fare is nine crowns."
MARK = "(STORY CAN END HERE. OPTIONAL MATERIAL FOLLOWS)"
THIRD = "The harbour master keeps a parrot. It cannot speak."


def marked(mark: str = MARK) -> Body:
    paragraphs = (FIRST, SECOND, mark, THIRD, THIRD)
    content = "".join(f"<p>{one}</p>" for one in paragraphs)
    body, _, _ = understand(Received(content=content, is_html=True), a_context())
    return body


@pytest.mark.parametrize("mark", [MARK, "(Story may end here)", "OPTIONAL TRIM", "[END OPTIONAL]"])
def test_a_mark_is_no_part_of_the_story_and_says_where_it_may_end(mark: str) -> None:
    body = marked(mark)
    assert mark not in body.text
    assert THIRD in body.text
    assert body.trims == (len(f"{FIRST} {SECOND}".split()),)


@pytest.mark.parametrize(
    "line",
    [
        "The story can end here, she said, if the council wants it to.",
        "(It was optional to trim the hedge and the mayor had said so on Monday, in the council, twice.)",
    ],
)
def test_a_sentence_of_the_story_is_no_mark(line: str) -> None:
    body = marked(line)
    assert line in body.text
    assert body.trims == ()


def test_a_part_that_may_be_left_out_is_no_end() -> None:
    body = marked("(BEGIN OPTIONAL TRIM)")
    assert "OPTIONAL" not in body.text
    assert body.trims == ()


def rules(alter: str, **more: Any) -> License:
    return License.model_validate({"text": "full", "alter": alter, "excerpt_words": 12, **more})


@pytest.mark.parametrize(
    ("alter", "longest", "form", "words"),
    [
        ("none", 30, Form.EXCERPT, None),
        ("none", 90, Form.FULL, None),
        ("trim-at-mark", 30, Form.FULL, 20),
        ("trim-at-mark", 15, Form.EXCERPT, None),
        ("trim", 30, Form.FULL, 20),
        ("trim", 15, Form.FULL, 15),
        ("free", 15, Form.FULL, 15),
    ],
)
def test_it_is_cut_as_its_licence_allows(
    alter: str, longest: int, form: Form, words: int | None
) -> None:
    article = an_article(body=marked())
    found = trim(article, rules(alter), longest)
    assert (found.form, found.words) == (form, words)
    assert (found.why is None) == (form is Form.FULL and words is None)


def test_what_leaves_ends_at_the_mark_with_its_credit() -> None:
    article = an_article(body=marked())
    outlet = Outlet(topic=TopicId("world"), longest=30)
    terms = rules("trim-at-mark", credit="© {source}")
    verdict = clear(article, LicenseId("l"), terms, "Harbour News", NOW, outlet=outlet)
    assert isinstance(verdict, Cleared)
    assert any(one.rule == "longest" and "20 of 38 words" in one.text for one in verdict.reasons)
    item = shape(article, verdict, terms, "Harbour News", outlet)
    assert SECOND in item.html
    assert "parrot" not in item.html
    assert item.html.endswith('<p class="credit">© Harbour News</p>')


PIECES = st.sampled_from(["<p>", "</p>", "<b>", "</b>", "one ", "two", " three. ", "<br>", "é ", "<ul><li>", "</ul>"])  # fmt: skip


@given(st.lists(PIECES, max_size=40), st.integers(0, 40))
def test_markup_is_cut_after_just_so_many_words(pieces: list[str], count: int) -> None:
    markup = Markup("".join(pieces), is_html=True, base=None)
    whole, text = markup.html(), markup.text
    kept = Markup(first_words(whole, text, count), is_html=True, base=None).text
    assert "".join(kept.split()) == "".join(text.split()[:count])


@given(
    st.sampled_from(list(Alteration)),
    st.integers(50, 200),
    st.integers(0, 300),
    st.lists(st.integers(0, 300), max_size=3),
)
def test_nothing_longer_than_wanted_leaves(
    alter: Alteration, longest: int, words: int, marks: list[int]
) -> None:
    text = " ".join(["Word and more."] * (words // 3))
    body = Body(html=f"<p>{text}</p>", text=text, trims=tuple(sorted(marks)))
    found = trim(an_article(body=body), rules(alter.value), longest)
    total = len(text.split())
    if found.form is Form.FULL:
        assert (found.words or total) <= longest
    if alter is Alteration.NONE:
        assert found.words is None
    if alter is Alteration.TRIM_AT_MARK and found.words is not None:
        assert found.words in marks
