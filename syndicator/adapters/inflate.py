"""Content codings undone piece by piece, so that a bomb stops at the cap."""

import zlib
from collections.abc import Callable
from typing import Protocol

import brotli
import zstandard

ACCEPTED = "gzip, br, zstd"
MAGIC = 2  # octets that tell a gzip member, or zlib's wrapper, from what else may stand there
_GZIP_FILE = b"\x1f\x8b\x08"  # RFC 1952 §2.3.1: its two octets, and deflate
MEMBERS = 2048  # an honest log of blocks has a few hundred; more only burn time


class TooLargeError(Exception):
    """More bytes came out than allowed."""


class BadCodingError(Exception):
    """The bytes are not what ``Content-Encoding`` says."""


class CutOffError(BadCodingError):
    """A compressed body ends before its end."""


class _Decoder(Protocol):
    """One coding. ``feed`` returns at most a little over ``room`` bytes, the rest is lost."""

    def feed(self, data: bytes, room: int) -> bytes: ...

    def whole(self) -> bool: ...


class _Gzip:
    """gzip, one member or several (RFC 1952 §2.2); what follows them is ignored."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)
        self._held = b""
        self._members = 1

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray()
        data = self._held + data
        self._held = b""
        while data and len(out) <= room:
            if self._inner.eof:
                if len(data) < MAGIC:
                    self._held = data
                    break
                if not data.startswith(b"\x1f\x8b"):
                    break
                self._members += 1
                if self._members > MEMBERS:
                    raise BadCodingError("the gzip body has too many members")
                self._inner = zlib.decompressobj(31)
            out += self._inner.decompress(data, room + 1 - len(out))
            data = self._inner.unconsumed_tail or self._inner.unused_data
        return bytes(out)

    def whole(self) -> bool:
        return self._inner.eof


class _Deflate:
    """deflate in its zlib wrapper, or bare, as some servers send it (RFC 9110 §8.4.1.2)."""

    def __init__(self) -> None:
        self._inner: zlib._Decompress | None = None
        self._held = b""

    def feed(self, data: bytes, room: int) -> bytes:
        if self._inner is None:
            data = self._held + data
            self._held = data
            if len(data) < MAGIC:
                return b""
            # The wrapper's first two octets are told by RFC 1950 §2.2.
            wrapped = data[0] & 0x0F == zlib.DEFLATED and (data[0] << 8 | data[1]) % 31 == 0
            self._inner = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        return b"" if self._inner.eof else self._inner.decompress(data, room + 1)

    def whole(self) -> bool:
        return self._inner is not None and self._inner.eof


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        if self._inner.is_finished():
            return b""
        out = bytearray(self._inner.process(data, output_buffer_limit=room + 1))
        while len(out) <= room and not self._inner.can_accept_more_data():
            more = self._inner.process(b"", output_buffer_limit=room + 1 - len(out))
            if not more:
                break
            out += more
        return bytes(out)

    def whole(self) -> bool:
        return bool(self._inner.is_finished())


class _Zstd:
    """zstd, its window bounded to 8 MB (RFC 8878 §3.1.1.1.2).

    The library cannot bound its output, so the input goes in by steps: four
    octets may become 128 KB, so one step holds at most 8 MB.
    """

    STEP = 256

    def __init__(self) -> None:
        self._context = zstandard.ZstdDecompressor(max_window_size=1 << 23)
        self._inner = self._context.decompressobj()
        self._frames = 1

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray()
        at = 0
        while at < len(data) and len(out) <= room:
            if self._inner.eof:
                self._frames += 1
                if self._frames > MEMBERS:
                    raise BadCodingError("the zstd body has too many frames")
                self._inner = self._context.decompressobj()
            step = data[at : at + self.STEP]
            out += self._inner.decompress(step)
            at += len(step) - len(self._inner.unused_data)
        return bytes(out)

    def whole(self) -> bool:
        return bool(self._inner.eof)


_DECODERS: dict[str, Callable[[], _Decoder]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}


class _Stage:
    """One decoder and how much came out of it: no stage may pass the cap, hidden or not."""

    def __init__(self, decoder: _Decoder, cap: int) -> None:
        self.decoder = decoder
        self._room = cap

    def feed(self, data: bytes) -> bytes:
        out = self.decoder.feed(data, self._room)
        self._room -= len(out)
        if self._room < 0:
            raise TooLargeError
        return out


class Inflater:
    """Undoes the codings of one body; never holds much more than ``cap`` bytes of it."""

    def __init__(self, codings: str | None, cap: int) -> None:
        """Prepare for the value of ``Content-Encoding``; ``cap`` is in bytes.

        Raises:
            BadCodingError: a coding is unknown, or there are more than two.
        """
        names = [one.strip().lower() for one in (codings or "").split(",")]
        names = [one for one in names if one not in {"", "identity", "none"}]
        if len(names) > 2:  # noqa: PLR2004 - nobody honest codes three times
            raise BadCodingError("more than two content codings")
        for name in names:
            if name not in _DECODERS:
                raise BadCodingError(f"unknown content coding {name!r}")
        self._chain = [_Stage(_DECODERS[name](), cap) for name in reversed(names)]
        self._room = cap
        self._parts: list[bytes] = []
        self._began = False

    def expect(self, length: int | None) -> None:
        """Give up at once on a body announced as too long; ``None`` announces nothing.

        Raises:
            TooLargeError: more than ``cap`` bytes would go in.
        """
        if length is not None and length > self._room:
            raise TooLargeError

    def feed(self, data: bytes) -> None:
        """Take the next bytes from the wire.

        Raises:
            TooLargeError: more than ``cap`` bytes went in, or came out.
            BadCodingError: the bytes are damaged.
        """
        self._room -= len(data)
        if self._room < 0:
            raise TooLargeError
        self._began = self._began or bool(data)
        try:
            for stage in self._chain:
                data = stage.feed(data)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise BadCodingError(f"the compressed body is damaged ({error})") from error
        if data:
            self._parts.append(data)

    def finish(self) -> bytes:
        """Return the body.

        Raises:
            CutOffError: a coding was cut off before its end.
        """
        if self._began and not all(stage.decoder.whole() for stage in self._chain):
            raise CutOffError("the compressed body ends too soon")
        return b"".join(self._parts)


def unpacked(body: bytes, cap: int) -> bytes:
    """Return what a body holds that is a gzip file itself, as sitemaps often are, else the body.

    Nothing a desk reads begins like one, so no header needs to say so (sitemaps.org, "File
    compression").

    Raises:
        TooLargeError: more than ``cap`` bytes came out.
        BadCodingError: it is damaged or cut off.
    """
    if not body.startswith(_GZIP_FILE):
        return body
    inflater = Inflater("gzip", cap)
    inflater.feed(body)
    return inflater.finish()
