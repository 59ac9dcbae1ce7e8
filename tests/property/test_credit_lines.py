"""Laws of reading one line: it never fails, its span is its words, and its time is bounded by the line."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.credit import read_line
from syndicator.credit.advisory import read_advisory
from syndicator.credit.assistance import read_assistance
from syndicator.credit.byline import read_byline
from syndicator.credit.copyright import read_copyright
from syndicator.credit.dateline import read_dateline
from syndicator.credit.embargo import read_embargo
from syndicator.credit.form import MAX_LINE, squeeze, unwrap
from syndicator.credit.republish import read_republication
from syndicator.credit.rights_line import read_rights_line
from syndicator.credit.sources import read_source_line
from tests.builders import a_context

CONTEXT = a_context(year=2026)
TRIGGERS = {
    read_byline: ("By ", "By", "by A", "A, ", "Jane Roe ", "Staff Writer ", "and ", "(with A, ", "a@b.c ", "- ", "(ab/", "記者", "김철수 기자 ", "文／"),
    read_dateline: ("PARIS, ", "PARIS/", "NEW YORK ", "(AP) - ", "May 1 ", "A", "A-", "(", "【ア", "(가=", "МОСКВА. 3 ", "دبي "),
    read_assistance: ("Reporting by ; ", "Reporting by A; ", "Editing by ", "A in B and ", "With assistance from ", "contributed ", "Ab reported from Cd and ", "a@", "CNN's ", "(Editing by ("),
    read_copyright: ("©", "© 2020 2020 ", "(c) ", "Copyright ", "2020-", "2020, ", ", ", "M. ", "a.b", "All rights reserved. ", "® ", "c.2020 "),
    read_rights_line: ("Distributed by ", "visit ", "Visit A at a.b ", "www.", "All rights reserved ", "未经"),
    read_source_line: ("Quelle: dpa/", "/dpa", "(AFP) ", "mit ", "Photo: A/", "REUTERS/", "NO RESALES. ", "((a@b", "@a", "/"),
    read_republication: ("This article was originally published by ", "originally published ", "Republished with permission of ", "CC BY ", "<a", "J. ", "published from a ", "https://a.b/"),
    read_embargo: ("EMBARGOED UNTIL ", "embargo: ", "not for release in ", "12 May ", "1.1.", "12:", "10 a.m. ", "Sperrfrist: "),
    read_advisory: ("KILL ", "KILL\n", "this story ", "Correction: ", "An earlier version of ", "Adds ", "(Adds ", "UPDATE 1-", "Eds: ", "note: ", "has been "),
}  # fmt: skip
EVERYWHERE = (" ", "\t", "\n", " \n", "(", ")", "((", "[", "^", "-", "–", "_", "*", ".", ". ", ",", ";", ":", "/", "|", '"', "’", "é", "A", "a", "1", "你", "\x00", "\u200b", "\u202e")  # fmt: skip
WORDS = tuple(unit for units in TRIGGERS.values() for unit in units) + EVERYWHERE
SIZES = (1_000, 2_000, 4_000, 8_000)
SLOWEST = 0.25
"""Seconds of one line of 8,000 characters; ten times what the slowest takes."""


def run_of(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def cpu(line: str) -> float:
    """Measure one reading by the processor's own clock; the quickest of up to three counts."""
    best = SLOWEST * 8
    for _ in range(3):
        start = time.process_time()
        read_line(line, CONTEXT)
        best = min(best, time.process_time() - start)
        if best < SLOWEST / 10:
            break
    return best


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=60).map("".join)))
def test_any_line_is_read_and_its_span_is_its_words(line: str) -> None:
    fact = read_line(line, CONTEXT)
    if fact is not None:
        assert 0 <= fact.start < fact.end <= len(line)
        assert fact.raw == line[fact.start : fact.end]
        assert 0 < fact.confidence <= 1


@pytest.mark.parametrize("unit", WORDS)
def test_time_grows_no_faster_than_the_line(unit: str) -> None:
    for tail in ("", "!x", ")"):
        took = {size: cpu(run_of(unit, size) + tail) for size in SIZES}
        assert took[8_000] <= 12 * took[1_000] + SLOWEST / 5, (unit, tail, took)
        assert took[8_000] <= SLOWEST, (unit, tail, took)


@pytest.mark.parametrize(
    "opening",
    [
        "By ",
        "(",
        "© ",
        "Reporting by ",
        "Photo: ",
        "Originally published by ",
        "Correction: ",
        "PARIS, ",
    ],
)
def test_an_opening_before_a_long_run_costs_no_more(opening: str) -> None:
    for unit in WORDS:
        for size in (150, 320, 600, 1_450):
            assert cpu(opening + run_of(unit, size) + "!x") <= SLOWEST, (opening, unit, size)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), st.sampled_from(WORDS))
def test_mixed_runs_are_bounded(units: list[str], opening: str) -> None:
    assert cpu(opening + run_of("".join(units), 1_450) + "!x") <= SLOWEST


@given(st.text(max_size=400))
def test_squeezing_loses_no_word(text: str) -> None:
    assert squeeze(text).split() == squeeze(squeeze(text)).split()
    assert [c for c in squeeze(text) if c.isalnum()] == [c for c in text if c.isalnum()]


def test_no_form_looks_beyond_its_bound() -> None:
    assert len(unwrap("word " * 10_000)) <= MAX_LINE
    tail = "© 2026 Harbour Co. " + "word " * 5_000
    assert read_line(tail, CONTEXT) is None or len(read_line(tail, CONTEXT).raw) == len(tail)  # type: ignore[union-attr]
