"""A document packed part by part: the same bytes however it came about, and little work."""

import functools
import gzip
import random
import zlib
from hashlib import blake2b

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from syndicator.adapters.packer import Packer
from syndicator.model.edition import Output, Part
from syndicator.render import render_topic
from syndicator.render.packing import packed
from syndicator.render.parts import LEAST, WINDOW, packed_part, parts_of
from tests.unit.render.editions import SITE, an_edition, many

FEED = an_edition()
WORDS = [f"word{n}" for n in range(3_000)]


@functools.cache
def entry(seed: int, size: int) -> bytes:
    chosen = random.Random(seed).choices(WORDS, k=size // 8 + 1)  # noqa: S311 - no secret
    return b"<item>%s</item>" % " ".join(chosen).encode()


def key(seed: int, size: int) -> bytes:
    return blake2b(b"%d %d" % (seed, size), digest_size=16).digest()


def a_document(
    rows: list[tuple[int, int]], head: bytes = b"<rss>", end: bytes = b"</rss>"
) -> Output:
    entries = [entry(*row) for row in rows]
    body = b"".join((head, *entries, end))
    keys = [key(*row) for row in rows]
    parts = parts_of(FEED, "rss", len(head), [len(one) for one in entries], keys, len(body))
    return Output(path="world.rss", media_type="x", body=body, parts=parts)


SIZES = st.one_of(st.sampled_from([0, 300, 5_000, 40_000]), st.integers(2_000, 30_000))
ROWS = st.lists(st.tuples(st.integers(0, 30), SIZES), max_size=60)
EDITIONS = st.lists(st.tuples(ROWS, st.binary(max_size=50), st.binary(max_size=50)), max_size=5)


@settings(max_examples=60, deadline=None)
@given(editions=EDITIONS)
def test_the_copy_says_the_document_whatever_was_packed_before(
    editions: list[tuple[list[tuple[int, int]], bytes, bytes]],
) -> None:
    one = Packer()
    for rows, head, end in editions:
        document = a_document(rows, head, end)
        copy = one.gzip(document)
        assert gzip.decompress(copy) == document.body
        assert copy == Packer().gzip(document)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_parts_of_one_name_say_the_same(rows: list[tuple[int, int]]) -> None:
    said: dict[bytes, bytes] = {}
    for head in (b"", b"<rss>" * 20_000):
        for some in (rows, rows[1:], rows[2:] + rows[:2]):
            document = a_document(some, head)
            begins = 0
            for part in document.parts:
                now = document.body[max(0, begins - WINDOW) : part.end]
                if part.name is not None:
                    assert said.setdefault(part.name, now) == now
                assert part.end == len(document.body) or part.end - begins >= LEAST
                begins = part.end
            assert begins == len(document.body)


def parts_named(sizes: dict[str, int], order: str) -> dict[bytes, bytes]:
    """Return what parts say by their names; only at entries named s may a part end."""
    names = order.split()
    keys = [(bytes(4) if one[0] == "s" else b"\0\0\x7f\xff") + one.encode() for one in names]
    entries = [one.encode().ljust(sizes[one], b".") for one in names]
    body = b"".join((b"<rss>", *entries))
    parts = parts_of(FEED, "rss", 5, [len(one) for one in entries], keys, len(body))
    said, begins = {}, 0
    for part in parts:
        if part.name is not None:
            said[part.name] = body[max(0, begins - WINDOW) : part.end]
        begins = part.end
    return said


def test_the_same_entries_parted_elsewhere_have_another_name() -> None:
    sizes = {"s9": 40_000, "x1": 5_000, "s0": 20_000, "s1": 13_000, "s2": 12_000, "s3": 30_000}
    one = parts_named(sizes, "s9 s9 x1 s0 s1 s2 s3")
    other = parts_named(sizes, "s9 s9 s0 s1 s2 s3")
    assert one
    assert other
    for name in one.keys() & other.keys():
        assert one[name] == other[name]


def test_copies_of_many_releases_of_articles_of_any_length_are_sound() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    sizes = {n: min(40_000, max(300, int(chance.lognormvariate(9.2, 0.9)))) for n in range(420)}
    packer = Packer()
    for step in range(150):
        document = a_document(
            [(n, sizes[n]) for n in range(step + 100, step, -1)], b"<rss>%d" % step
        )
        assert gzip.decompress(packer.gzip(document)) == document.body


def test_a_name_is_not_taken_on_trust() -> None:
    document = a_document([(n, 5_000) for n in range(100)])
    other = replace(document, body=document.body.upper())
    packer = Packer()
    packer.gzip(document)
    assert gzip.decompress(packer.gzip(other)) == other.body


def test_what_did_not_change_is_not_packed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def counted(body: bytes, start: int, end: int) -> bytes:
        sizes.append(end - start)
        return packed_part(body, start, end)

    monkeypatch.setattr("syndicator.adapters.packer.packed_part", counted)
    packer = Packer()
    rows = [(n, 5_000) for n in range(200)]
    packer.gzip(a_document(rows[50:150]))
    assert sum(sizes) == len(a_document(rows[50:150]).body)
    sizes.clear()
    for n in range(1, 21):  # each time one comes and one goes
        packer.gzip(a_document(rows[50 - n : 150 - n], b"<rss>%d" % n))
    assert sum(sizes) / 20 < len(a_document(rows[50:150]).body) / 3


def test_it_costs_no_bytes_to_speak_of() -> None:
    document = a_document([(n, 5_000) for n in range(100)])
    assert len(document.parts) > 5
    assert len(Packer().gzip(document)) < 1.01 * len(packed("gzip", document.body))


def test_an_entry_for_which_nothing_stands_is_packed_each_time() -> None:
    lengths = [10_000] * 30
    keys = [key(n, 0) for n in range(30)]
    whole = parts_of(FEED, "rss", 10, lengths, keys, 300_020)
    assert sum(part.name is not None for part in whole) >= 3
    assert parts_of(FEED, "rss", 10, lengths, [None] * 30, 300_020) == (Part(300_020),)
    other = parts_of(FEED, "atom", 10, lengths, keys, 300_020)
    assert [one.end for one in other] == [one.end for one in whole]
    assert {one.name for one in other}.isdisjoint({one.name for one in whole if one.name})


def test_of_too_many_the_oldest_is_forgotten() -> None:
    document = a_document([(n, 5_000) for n in range(100)])
    small = Packer(most=1)
    assert small.gzip(document) == small.gzip(document) == Packer().gzip(document)


def test_the_feeds_of_a_topic_are_packed_so() -> None:
    made = render_topic(an_edition(*many(150)), SITE)
    for output in made.outputs[:3]:
        assert len(output.parts) > 1, output.path
        assert gzip.decompress(Packer().gzip(output)) == output.body
        assert zlib.decompress(Packer().gzip(output), 31) == output.body
    assert made.outputs[3].parts == ()


def test_a_page_of_an_archive_is_packed_whole() -> None:
    made = render_topic(replace(an_edition(*many(150)), number=3), SITE)
    assert [one.parts for one in made.outputs] == [()] * 4
