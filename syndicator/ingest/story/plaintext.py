"""Scraped or copied plain text → Feed: the words in order, and a headline where one is plain.

A headline is a short line without a final stop at the top, before the first
prose, that is no breadcrumb, byline, date or label. Every other line stays in
the content, for the credit room to read.
"""

import re

from syndicator.errors import ReadError
from syndicator.ingest.story.text import decode, paragraphs
from syndicator.model.entry import Document, Entry, Feed, Origin
from syndicator.model.text import legal, squeeze

MAX_LENGTH = 2_000_000
_TOP = 14  # blocks among which a headline can stand
_WORDS = (3, 30)
_SHORTEST = 16
_SHORTEST_UNSPACED = 8
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{4}")  # kana, han: no spaces between words
_LONGEST = 220
_PROSE = 180
_STOPS = (".", "。", ":", ";", ",", "=", "--", "—")
_FURNITURE = re.compile(
    r"(?:(?:story |text |words |photos? |report )?(?:by|von|par|por|di|da|door|av)\s+\S.*|"
    r"(?:published|updated|posted|last updated|first published|created|modified|veröffentlicht|"
    r"aktualisiert|stand|publié|mis à jour|publicado|actualizado|pubblicato)\b.*|"
    r"(?:source|quelle|fuente|fonte|agency|copyright|\(c\)|©).*|written by.*|"
    r"(?:media release|press release|news release|for immediate release|embargo\w*|"
    r"pressemitteilung|communiqué de presse|comunicado)\b.*|"
    r"(?:share|print|email|comments?|advertisement|read more|listen|save|home|menu|"
    r"skip to|sign in|log in|subscribe)\b.{0,40}|"
    r"#.*|\[.*\]|https?://\S+|.*\bmin(?:ute)?s? read\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_DATED = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?[ .]+[^\W\d]{3,10}\.?,? \d{4}|[^\W\d]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})\b.{0,60}",
    re.IGNORECASE | re.DOTALL,
)
_SMALL = frozenset(
    """
    and on of for the in at to by und von et de la le y e del der die
    """.split()  # noqa: SIM905
)
_CRUMBS = re.compile(r"\s+[›»>|/]\s+")
_DATELINE = re.compile(
    r"[A-Z][A-Z .,'/-]{2,40}(?:,[^()\n]{1,40})?\s*(?:\([^)]{1,40}\))?\s*[-–—_]{1,2}\s"
)


def read_plain(document: Document) -> Feed:
    """Read plain text as one article.

    Raises:
        ReadError: there is no word in it, or it is not text.
    """
    if b"\x00" in document.body[:4096] and not document.body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadError("not-a-feed", f"{document.url}: this is not text")
    text = legal(decode(document)[:MAX_LENGTH])
    blocks = paragraphs(text.split("\n"))
    if not blocks:
        raise ReadError("empty", f"{document.url}: the document is empty")
    title, blocks = _headline(blocks)
    entry = Entry(
        title=title, content="\n\n".join(blocks) or None, content_html=False, base=document.url
    )
    return Feed(format="text", origin=Origin(), entries=(entry,))


def _headline(blocks: list[str]) -> tuple[str | None, list[str]]:
    """Find the headline above the first prose, and take it out of its block."""
    first = True
    for number, block in enumerate(blocks[:_TOP]):
        lines = block.split("\n")
        for place, line in enumerate(lines):
            if _is_prose(line):
                return None, blocks
            if _is_headline(line) and (first or _has_prose(blocks[number:])):
                rest = lines[:place] + lines[place + 1 :]
                kept = ["\n".join(rest)] if rest else []
                if not kept and number + 1 >= len(blocks):
                    return None, blocks  # a text of one line is a text
                return squeeze(line), [*blocks[:number], *kept, *blocks[number + 1 :]]
            first = False
    return None, blocks


def _is_prose(line: str) -> bool:
    words = line.rstrip("\"'”’»)")
    return (
        len(line) >= _PROSE
        or (len(line) > 60 and words.endswith((".", "!", "?")) and not _FURNITURE.fullmatch(line))  # noqa: PLR2004
        or _DATELINE.match(line) is not None
    )


def _has_prose(blocks: list[str]) -> bool:
    return any(_is_prose(line) for block in blocks for line in block.split("\n"))


def _is_headline(line: str) -> bool:
    words = line.split()
    unspaced = _UNSPACED.search(line) is not None
    if not unspaced and not _WORDS[0] <= len(words) <= _WORDS[1]:
        return False
    if not (_SHORTEST_UNSPACED if unspaced else _SHORTEST) <= len(line) <= _LONGEST:
        return False
    crumbs = _CRUMBS.split(line)
    if len(crumbs) > 1 and all(len(one.split()) <= _WORDS[0] for one in crumbs):
        return False
    if line.rstrip().endswith(_STOPS):
        return False
    return not (_FURNITURE.fullmatch(line) or _DATED.fullmatch(line) or _names_only(words, line))


def _names_only(words: list[str], line: str) -> bool:
    """A line of names and commas that ends in an agency or "on" is a byline without its word."""
    if line.count(",") == 0 or any(word[:1].islower() and word not in _SMALL for word in words):
        return False
    return (
        re.search(r"\b(?:News|Press|Reuters|Times|Staff|Writer|Tribune|on)\W*$", line) is not None
    )
