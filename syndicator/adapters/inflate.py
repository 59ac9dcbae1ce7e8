"""Content codings undone piece by piece, so that a bomb stops at the cap."""

import zlib
from typing import Protocol

import brotli
import zstandard

ACCEPTED = "gzip, br, zstd"


class TooLargeError(Exception):
    """More bytes came out than allowed."""


class BadCodingError(Exception):
    """The bytes are not what ``Content-Encoding`` says."""


class _Decoder(Protocol):
    def feed(self, data: bytes, room: int) -> bytes: ...

    def whole(self) -> bool: ...


class _Identity:
    def feed(self, data: bytes, room: int) -> bytes:
        return data[: room + 1]

    def whole(self) -> bool:
        return True


class _Zlib:
    """gzip (also several members) and deflate, with or without its zlib wrapper."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._inner = zlib.decompressobj(wbits)
        self._fresh = True

    def feed(self, data: bytes, room: int) -> bytes:
        out = b""
        while data:
            if self._inner.eof:
                if self._wbits != 31 or not data.startswith(b"\x1f\x8b"):  # noqa: PLR2004 - gzip
                    break
                self._inner = zlib.decompressobj(self._wbits)
            try:
                out += self._inner.decompress(data, room + 1 - len(out))
            except zlib.error:
                if not self._fresh or self._wbits != zlib.MAX_WBITS:
                    raise
                self._inner = zlib.decompressobj(
                    -zlib.MAX_WBITS
                )  # deflate sent bare (RFC 9110 §8.4.1.2)
                self._fresh = False
                continue
            self._fresh = False
            if len(out) > room:
                break
            data = self._inner.unconsumed_tail or self._inner.unused_data
        return out

    def whole(self) -> bool:
        return self._inner.eof


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        out: bytes = self._inner.process(data, output_buffer_limit=room + 1)
        while len(out) <= room and not self._inner.can_accept_more_data():
            more: bytes = self._inner.process(b"", output_buffer_limit=room + 1 - len(out))
            if not more:
                break
            out += more
        return out

    def whole(self) -> bool:
        return bool(self._inner.is_finished())


class _Zstd:
    """zstd, its window bounded to 8 MB (RFC 8878 §3.1.1.1.2); output bounded by small input steps."""

    STEP = 1024

    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=1 << 23).decompressobj()

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray()
        for start in range(0, len(data), self.STEP):
            if self._inner.eof:
                break
            out += self._inner.decompress(data[start : start + self.STEP])
            if len(out) > room:
                break
        return bytes(out)

    def whole(self) -> bool:
        return bool(self._inner.eof)


def _decoder(coding: str) -> _Decoder:
    name = coding.strip().lower()
    if name in {"", "identity", "none"}:
        return _Identity()
    if name in {"gzip", "x-gzip"}:
        return _Zlib(31)
    if name == "deflate":
        return _Zlib(zlib.MAX_WBITS)
    if name == "br":
        return _Brotli()
    if name == "zstd":
        return _Zstd()
    raise BadCodingError(f"unknown content coding {coding!r}")


class Inflater:
    """Undoes the codings of one body; never holds more than ``cap`` bytes of it."""

    def __init__(self, codings: str | None, cap: int) -> None:
        """Prepare for the value of ``Content-Encoding``.

        Raises:
            BadCodingError: a coding is unknown.
        """
        names = [one for one in (codings or "").split(",") if one.strip()]
        if len(names) > 2:  # noqa: PLR2004 - nobody honest codes three times
            raise BadCodingError("more than two content codings")
        self._chain = [_decoder(name) for name in reversed(names)] or [_decoder("")]
        self._cap = cap
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> None:
        """Take the next bytes from the wire.

        Raises:
            TooLargeError: the body grew over the cap.
            BadCodingError: the bytes are damaged.
        """
        try:
            for decoder in self._chain:
                data = decoder.feed(data, self._cap - self._size)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise BadCodingError(str(error)) from error
        self._size += len(data)
        if self._size > self._cap:
            raise TooLargeError
        self._parts.append(data)

    def finish(self) -> bytes:
        """Return the body.

        Raises:
            BadCodingError: a coding was cut off before its end.
        """
        body = b"".join(self._parts)
        if body and not all(decoder.whole() for decoder in self._chain):
            raise BadCodingError("the compressed body ends too soon")
        return body
