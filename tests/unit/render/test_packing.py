"""Packed copies, whoever makes them at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from syndicator.render.packing import ENDINGS, is_packed, packed


@pytest.mark.parametrize("body", [b"n", b"news", b"<rss>" * 50_000])
def test_a_copy_unpacks_to_the_document(body: bytes) -> None:
    copies = packed(body)
    assert copies.keys() == ENDINGS.keys()
    for coding, data in copies.items():
        assert is_packed(coding, data, body)
        assert not is_packed(coding, data, body + b"x")
        assert not is_packed(coding, data + b"x", body)
        assert not is_packed(coding, data[:-1], body)


def test_documents_are_packed_side_by_side() -> None:
    bodies = [bytes([n]) * 300_000 for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        for body, copies in zip(bodies, pool.map(packed, bodies), strict=True):
            assert all(is_packed(coding, data, body) for coding, data in copies.items())
