"""Packed copies, whoever makes them at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import zstandard

from syndicator.render.packing import is_gzip_of, packed


@pytest.mark.parametrize("body", [b"", b"n", b"news", b"<rss>" * 50_000])
def test_a_copy_unpacks_to_the_document(body: bytes) -> None:
    data = packed("gzip", body)
    assert is_gzip_of(data, body)
    assert not is_gzip_of(data, body + b"x")
    assert not is_gzip_of(data + b"x", body)
    assert not is_gzip_of(data[:-1], body)
    assert zstandard.ZstdDecompressor().decompress(packed("zstd", body)) == body


def test_documents_are_packed_side_by_side() -> None:
    bodies = [bytes([n]) * 300_000 for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        zipped = pool.map(packed, ["gzip"] * 40, bodies)
        small = pool.map(packed, ["zstd"] * 40, bodies)
        for body, one, other in zip(bodies, zipped, small, strict=True):
            assert is_gzip_of(one, body)
            assert zstandard.ZstdDecompressor().decompress(other) == body
