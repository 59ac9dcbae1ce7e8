"""Documents packed for the wire, ahead of time: gzip (RFC 1952) and zstd (RFC 8878).

ISA-L's gzip takes a fifth of the time of zlib's at the same size. brotli is left out: what
takes it takes zstd too or is served by gzip, and it would cost more than both together.
"""

import zlib

import zstandard
from isal import isal_zlib
from isal.igzip_lib import IsalError

GZIP_LEVEL, ZSTD_LEVEL = 2, 2
ENDINGS = {"zstd": ".zst", "gzip": ".gz"}
"""Content codings (RFC 9110 §8.4.1), the smaller first, and how files of them are named."""
_GZIP = 31  # window bits: a gzip stream whose header names no file and no time


def packed(body: bytes) -> dict[str, bytes]:
    """Return the same bytes in every coding."""
    return {coding: packed_as(coding, body) for coding in ENDINGS}


def packed_as(coding: str, body: bytes) -> bytes:
    """Return the same bytes in one coding. Other threads work on meanwhile."""
    if coding == "gzip":
        squeezed = isal_zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP)
        return squeezed.compress(body) + squeezed.flush()
    # One of its own each time: documents are packed in several threads.
    small = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True, write_content_size=True)
    return small.compress(body)


def is_packed(coding: str, data: bytes, body: bytes) -> bool:
    """Whether these are the bytes of ``body`` in a coding, all of them and nothing else."""
    try:
        if coding == "zstd":
            whole = zstandard.ZstdDecompressor()
            unpacked = whole.decompress(data, len(body), allow_extra_data=False)
        else:
            stream = isal_zlib.decompressobj(_GZIP)
            unpacked = stream.decompress(data, len(body) + 1)
            if not stream.eof or stream.unused_data:
                return False
    except (zstandard.ZstdError, IsalError):  # type: ignore[misc]  # its stub says an instance
        return False
    return unpacked == body
