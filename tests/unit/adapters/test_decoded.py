"""Decoded articles are remembered by their stamps, up to a size."""

import msgspec
import pytest

from syndicator.adapters import records
from syndicator.adapters.decoded import Decoded, Row
from syndicator.errors import LibraryError
from syndicator.model.article import Article
from tests.builders import an_article

ONE = an_article()


def a_row(article: Article = ONE, stamp: bytes = b"7") -> Row:
    return (*records.pack_article(article), stamp)


def test_an_article_whose_stamp_is_the_same_is_the_same_object() -> None:
    decoded = Decoded()
    assert decoded.known([ONE.id]) == {}
    article = decoded.article(ONE.id, a_row(), None)
    assert article == ONE
    known = decoded.known([ONE.id])
    assert known[ONE.id].stamp == b"7"
    assert decoded.article(ONE.id, 1, known[ONE.id]) is article


def test_one_that_is_sent_again_under_the_same_stamp_is_the_same_object() -> None:
    decoded = Decoded()
    article = decoded.article(ONE.id, a_row(), None)
    assert decoded.article(ONE.id, a_row(), None) is article


def test_another_record_takes_its_place() -> None:
    decoded = Decoded()
    decoded.article(ONE.id, a_row(), None)
    other = msgspec.structs.replace(ONE, headline="Another")
    before = decoded.known([ONE.id])[ONE.id]
    assert decoded.article(ONE.id, a_row(other, b"8"), before) == other
    assert decoded.known([ONE.id])[ONE.id].stamp == b"8"


def test_what_was_forgotten_while_the_store_answered_is_still_at_hand() -> None:
    decoded = Decoded(most=2_000)
    article = decoded.article(ONE.id, a_row(), None)
    known = decoded.known([ONE.id])[ONE.id]
    for n in range(20):
        other = msgspec.structs.replace(ONE, id=f"{n:020}", headline="x" * 200)
        decoded.article(other.id, a_row(other), None)
    assert decoded.known([ONE.id]) == {}
    assert decoded.article(ONE.id, 1, known) is article


def test_one_that_is_gone_is_none() -> None:
    assert Decoded().article(ONE.id, None, None) is None


def test_it_is_bounded() -> None:
    decoded = Decoded(most=1)
    decoded.article(ONE.id, a_row(), None)
    assert decoded.known([ONE.id]) == {}


def test_a_damaged_record_is_said_each_time() -> None:
    decoded = Decoded()
    for _ in range(2):
        with pytest.raises(LibraryError):
            decoded.article(ONE.id, (b"\xff", b"", b"7"), None)
