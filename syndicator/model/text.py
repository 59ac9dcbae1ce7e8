"""Small laws about text that several rooms keep: legal characters, whitespace, digests."""

import re
import unicodedata
from hashlib import blake2b

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MASKS = re.compile("[\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_ASCII_WORDS = "".join(
    one.lower() if one.isalnum() or one == "_" else " " for one in map(chr, range(128))
)
"""What an ASCII character is among bare words; a table is near three times as fast as a pattern."""
_ASCII_LINES = _ASCII_WORDS[:10] + "\n" + _ASCII_WORDS[11:]
_HIGH_BYTES = bytes(range(128, 256))
_ASCII = re.compile("[\x00-\x7f]+")

_TYPESET = (
    "\u00a0\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00ab\u00bb"
    "\u2022\u00a9\u00ae\u00a3\u20ac\u00d7\u00b7\u2011\u2192\u2605\u00b0"
)
"""Quotes, dashes, dots and the like, which NFKC leaves no words of.

Text that holds nothing else outside ASCII needs the table alone.
"""
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana and Han
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Signs of scripts that put no space between words, as a part of a pattern's class."""


def legal(text: str) -> str:
    """Remove what XML 1.0 §2.2 forbids: control characters, surrogates, U+FFFE and U+FFFF."""
    if text.isprintable() or text.replace("\n", " ").replace("\t", " ").isprintable():
        return text  # nearly always, and ten times as fast to say
    return _ILLEGAL.sub("", text)


def unmasked(text: str) -> str:
    """Remove what shows nothing and turns or parts words: zero-width spaces, bidi overrides.

    Joiners (U+200C, U+200D) and plain direction marks stay: scripts need them.
    """
    return text if text.isascii() else _MASKS.sub("", text)


def squeeze(text: str) -> str:
    """Fold every run of white space to one space and trim the ends."""
    return _SPACE.sub(" ", text).strip()


def words(text: str) -> str:
    """Return the bare words for comparing: NFKC, case folded, without punctuation."""
    folded = _folded(text, _ASCII_WORDS)
    if folded is None:
        return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
    return " ".join(folded.split())


def lines_of_words(text: str) -> list[list[str]]:
    """Return the same words one by one, those of each line apart."""
    folded = _folded(text, _ASCII_LINES)
    if folded is None:
        whole = unicodedata.normalize("NFKC", text).casefold()
        return [_WORD.findall(line) for line in whole.split("\n")]
    return [line.split() for line in folded.split("\n")]


def _folded(text: str, table: str) -> str | None:
    """Return the text with its ASCII by the table; ``None`` where that is not enough."""
    if not text.isascii():
        for sign in _TYPESET:
            text = text.replace(sign, " ")
    if text.isascii():  # NFKC changes nothing in ASCII
        return text.translate(table)
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _ASCII.sub("", folded).isalnum():  # accents, but no marks that the table does not know
        return folded.encode().translate(table.encode() + _HIGH_BYTES).decode()
    return None


def digest(*parts: str | bytes, size: int) -> bytes:
    """Hash parts so that no two lists of parts run together (BLAKE2b, ``size`` bytes)."""
    whole = blake2b(digest_size=size)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big"))
        whole.update(data)
    return whole.digest()
