"""A gzip copy (RFC 1952) made of packed parts, so that what did not change is not packed again.

Of a document that is released most entries stand in the one before. It is cut where entries end,
and at which of them depends on that entry: so the same cuts are found again, whatever comes before.
A part is the same if the same entries stand in it, and in the 32 KB before it that it may refer to.
"""

import struct
import zlib
from collections.abc import Sequence
from hashlib import blake2b

from isal import isal_zlib

from syndicator.model.edition import Edition, Part
from syndicator.render.packing import GZIP_LEVEL

LEAST = 24_000
"""Bytes of a part that is not the last: many small ones would cost more than they save."""
MORE = 32_768
"""Bytes that a part has beyond that, on average."""
WINDOW = 32_768
"""Bytes that a packed stream may refer back to (RFC 1951 §2)."""
_RAW = -15  # window bits: a stream without head and end
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time, an unknown system
_END = b"\x03\x00"  # an empty last block
_CHECK = struct.Struct("<II")


def parts_of(
    edition: Edition,
    kind: str,
    starts: int,
    lengths: Sequence[int],
    keys: Sequence[bytes | None],
    size: int,
) -> tuple[Part, ...]:
    """Cut a document of ``size`` bytes in which the first entry begins at ``starts``.

    ``lengths`` are those of its entries, with what stands between them; ``keys`` stand for what
    each says, if anything does. Pages of an archive stay what they are, and are not cut.
    """
    if edition.number is not None:
        return ()
    parts: list[Part] = []
    begins, first, at = 0, 0, starts
    for number, (length, key) in enumerate(zip(lengths, keys, strict=True)):
        at += length
        if at - begins >= LEAST and key and int.from_bytes(key[:4], "big") % MORE < length:
            name = _name(kind, first, number + 1, lengths, keys) if begins else None
            parts.append(Part(at, name))
            begins, first = at, number + 1
    if begins < size:
        parts.append(Part(size))
    return tuple(parts)


def _name(
    kind: str, first: int, end: int, lengths: Sequence[int], keys: Sequence[bytes | None]
) -> bytes | None:
    """Return what stands for a part and the window before it, if entries alone stand in both.

    Before the first entry of all stands no comma, so it is in no window. How many entries are of
    the part is said too: the same ones may be parted elsewhere.
    """
    count, window = end - first, 0
    while window < WINDOW:
        if first <= 1:
            return None
        first -= 1
        window += lengths[first]
    said = [key for key in keys[first:end] if key]
    if len(said) < end - first:
        return None
    name = b"".join((f"{kind} {count} ".encode(), *said))
    return blake2b(name, digest_size=16).digest()


def gzip_of(body: bytes, packed: Sequence[bytes]) -> bytes:
    """Return the gzip copy of a document that was ``packed`` part by part."""
    check = _CHECK.pack(isal_zlib.crc32(body), len(body) & 0xFFFFFFFF)
    return b"".join((_HEAD, *packed, _END, check))


def sum_of(body: bytes, start: int, end: int) -> int:
    """Return a check sum of a part and the window before it."""
    return isal_zlib.crc32(memoryview(body)[max(0, start - WINDOW) : end])


def packed_part(body: bytes, start: int, end: int) -> bytes:
    """Pack a part of a document: it goes on from what stands before, and says no end."""
    before = body[max(0, start - WINDOW) : start]
    made = (
        isal_zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _RAW, zdict=before)
        if before
        else isal_zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _RAW)
    )
    return made.compress(memoryview(body)[start:end]) + made.flush(zlib.Z_SYNC_FLUSH)
