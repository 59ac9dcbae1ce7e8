import gzip
import zlib

import pytest

from syndicator.adapters.inflate import (
    BadCodingError,
    CutOffError,
    Inflater,
    TooLargeError,
    unpacked,
)


def undo(coding: str | None, *pieces: bytes, cap: int = 10_000) -> bytes:
    inflater = Inflater(coding, cap)
    for piece in pieces:
        inflater.feed(piece)
    return inflater.finish()


def test_a_body_of_exactly_the_cap_is_kept() -> None:
    assert len(undo("gzip", gzip.compress(bytes(100)), cap=100)) == 100
    with pytest.raises(TooLargeError):
        undo("gzip", gzip.compress(bytes(101)), cap=100)
    with pytest.raises(TooLargeError):
        undo(None, bytes(60), bytes(41), cap=100)


def test_an_empty_body_needs_no_coding() -> None:
    assert undo("gzip") == b""
    assert undo(" GZIP , identity", gzip.compress(b"")) == b""


def test_a_header_alone_is_half_a_body() -> None:
    for coding, start in (("gzip", gzip.compress(b"x")[:10]), ("deflate", b"\x78")):
        with pytest.raises(CutOffError):
            undo(coding, start)


def test_padding_after_gzip_is_ignored() -> None:
    assert undo("gzip", gzip.compress(b"x"), b"\x1f", b"no member") == b"x"


def test_bare_deflate_split_after_one_octet_is_still_bare() -> None:
    packer = zlib.compressobj(wbits=-15)
    data = packer.compress(b"text") + packer.flush()
    assert undo("deflate", data[:1], data[1:]) == b"text"


def test_a_bomb_hidden_in_a_bomb_is_seen_in_between() -> None:
    inner = gzip.compress(b"") * 1000  # 20 KB that come to nothing
    with pytest.raises(TooLargeError):
        undo("gzip, gzip", gzip.compress(inner))


def test_countless_empty_members_are_refused() -> None:
    with pytest.raises(BadCodingError, match="members"):
        undo("gzip", gzip.compress(b"") * 3000, cap=100_000)


def test_a_file_that_is_packed_itself_is_unpacked_within_the_cap() -> None:
    assert unpacked(gzip.compress(b"<urlset/>"), 100) == b"<urlset/>"
    assert unpacked(b"<urlset/>", 3) == b"<urlset/>"  # what is not packed is not measured again
    with pytest.raises(TooLargeError):
        unpacked(gzip.compress(bytes(101)), 100)
    with pytest.raises(CutOffError):
        unpacked(gzip.compress(b"<urlset/>")[:-9], 100)
