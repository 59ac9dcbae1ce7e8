"""Laws of reading credit: facts lie in the text, never overlap, and nothing of the story is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.credit import read
from syndicator.ingest.markup import Markup
from tests.builders import a_context

CONTEXT = a_context(headline="Night ferry sails again")
PIECES = (
    "By Ines Calloway, Harbour News", "By", "Written by", "Ines Calloway and Tomas Reyes", "Comments", "/", "--------", "___", "AP Sports Writer",
    "Published in World & Sea", "MERROW, Va. (AP) — The ferry sails.", "(Reuters) -", "WASHINGTON --", "The ferry sails on Monday and comes back.",
    "He said so. (Reporting by Ines Calloway; Editing by Tomas Reyes)", "—With assistance from Odile Marchetti.", "©2026 Harbour Co.",
    "Visit harbour.example", "Distributed by Lighthouse Agency, LLC.", "© 0 Harbour", "Copyright 20255 Harbour", "All rights reserved",
    "This story was originally published by Grist.", "Correction: An earlier version of this story was wrong.", "KILL KILL KILL", "EMBARGOED UNTIL 8:30 A.M. EDT, APRIL 29, 2015",
    "(APA/dpa, 23.8.2015)", "vc/vd", "Quelle: ntv.de, ino/dpa", "記者潘乃欣／台北即時報導", "박준석 기자 외 1명", "جميع الحقوق © محفوظة", "SOURCE Merrow Ferries, Inc.", "SEE ALSO: More",
    "AUSTIN, Texas, Feb. 1, 2017 /PRNewswire/ --", "Night ferry sails again", "\x00\x16\x02", "\u202eevil\u202c", "é" * 40, " ", "...", "(((", "“Quote,” she said.",
)  # fmt: skip
LINES = st.one_of(st.sampled_from(PIECES), st.text(max_size=60))
TEXTS = st.lists(LINES, max_size=30).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n"]).map(lambda join: join.join(lines))
)


@given(st.one_of(TEXTS, st.text(max_size=400)))
def test_facts_lie_in_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for fact in read(text, CONTEXT):
        assert end <= fact.start < fact.end <= len(text)
        assert "".join(fact.raw.split()) == "".join(text[fact.start : fact.end].split())
        assert 0 <= fact.confidence <= 1
        end = fact.end


@given(TEXTS)
def test_body_and_spans_are_the_text(text: str) -> None:
    markup = Markup(text, is_html=False, base=None)
    facts = [fact for fact in read(markup.text, CONTEXT) if fact.cut]
    whole = markup.text
    markup.cut((fact.start, fact.end) for fact in facts)
    kept, place = [], 0
    for fact in facts:
        kept.append(whole[place : fact.start])
        place = fact.end
    kept.append(whole[place:])
    assert markup.text.split() == "".join(kept).split()


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_reading_twice_says_the_same(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    assert read(text, CONTEXT) == read(text, CONTEXT)


@given(TEXTS)
def test_a_sentence_between_two_long_paragraphs_stays(text: str) -> None:
    story = (
        "The harbour master said on Monday that the ferry would sail at dawn whatever the weather did. "
        * 4
    )
    middle = "It was the first crossing in eleven years, and nobody wanted to miss it."
    whole = f"{text}\n\n{story}\n\n{middle}\n\n{story}\n\n{text}"
    at = whole.index(middle)
    assert not any(fact.start < at + len(middle) and fact.end > at for fact in read(whole, CONTEXT))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "©2026 Harbour Co. Distributed by Lighthouse Agency, LLC.",
        "By " + ", ".join(f"Ines Calloway{chr(97 + n % 26)}" for n in range(30)),
        "©2026 " + "Harbour and Sons " * 600,
        "\x00" * 500,
    ],
)
def test_odd_articles_are_read_without_fuss(text: str) -> None:
    read(text, CONTEXT)


def test_an_article_about_a_syndicate_keeps_every_word() -> None:
    story = (
        "Tribune Content Agency, the syndicate that distributes columns to hundreds of papers, said on Tuesday "
        "that it would close its Chicago office.\n\nThe agency was founded in 1918. It is owned by a fund.\n\n"
        "Its lines, such as “Distributed by Tribune Content Agency, LLC.”, stand under thousands of articles."
    )
    assert read(story, CONTEXT) == ()
