"""Decoded articles are remembered by their bytes, up to a size."""

import msgspec
import pytest

from syndicator.adapters import records
from syndicator.adapters.decoded import Decoded
from syndicator.errors import LibraryError
from tests.builders import an_article


def test_the_same_bytes_are_the_same_article() -> None:
    decoded, article = Decoded(), an_article()
    record = records.pack_article(article)
    one = decoded.article(*record)
    assert one == article
    assert decoded.article(*record) is one
    other = msgspec.structs.replace(article, headline="Another")
    assert decoded.article(*records.pack_article(other)) == other


def test_it_is_bounded() -> None:
    record = records.pack_article(an_article())
    decoded = Decoded(most=1)
    assert decoded.article(*record) is not decoded.article(*record)


def test_a_damaged_record_is_said_each_time() -> None:
    decoded = Decoded()
    for _ in range(2):
        with pytest.raises(LibraryError):
            decoded.article(b"\xff", b"")
