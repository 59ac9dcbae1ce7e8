"""Small laws about text that several rooms keep: legal characters, whitespace, digests."""

import re
import unicodedata
from hashlib import blake2b

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_ASCII_WORDS = "".join(
    one.lower() if one.isalnum() or one == "_" else " " for one in map(chr, range(128))
)
"""What an ASCII character is among bare words; a table is near three times as fast as a pattern."""


def legal(text: str) -> str:
    """Remove what XML 1.0 §2.2 forbids: control characters, surrogates, U+FFFE and U+FFFF."""
    return _ILLEGAL.sub("", text)


def squeeze(text: str) -> str:
    """Fold every run of white space to one space and trim the ends."""
    return _SPACE.sub(" ", text).strip()


def words(text: str) -> str:
    """Return the bare words for comparing: NFKC, case folded, without punctuation."""
    if text.isascii():  # NFKC changes nothing in ASCII
        return " ".join(text.translate(_ASCII_WORDS).split())
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def digest(*parts: str | bytes, size: int) -> bytes:
    """Hash parts so that no two lists of parts run together (BLAKE2b, ``size`` bytes)."""
    state = blake2b(digest_size=size)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.digest()
