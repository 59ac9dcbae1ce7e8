"""The body of an article in NITF, XHTML or HTML → clean HTML blocks, in order, nothing lost.

Only what stands in a body is known here: paragraphs, headings, lists, tables,
quotations, and the words in them. Elements nobody knows keep their words.
"""

import re
from collections.abc import Callable
from html import escape

from lxml import etree, html

from syndicator.ingest.story.text import joined, paragraphs, wrap_width
from syndicator.ingest.story.tree import local
from syndicator.model.text import squeeze

_BLOCKS = {
    "p": "p",
    "hl1": "h2",
    "hl2": "h3",
    "h1": "h2",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "h5": "h5",
    "h6": "h6",
    "ul": "ul",
    "ol": "ol",
    "li": "li",
    "dl": "dl",
    "dt": "dt",
    "dd": "dd",
    "bq": "blockquote",
    "blockquote": "blockquote",
    "pre": "pre",
    "table": "table",
    "tr": "tr",
    "td": "td",
    "th": "th",
    "caption": "caption",
    "div": "div",
    "block": "div",
    "section": "div",
    "center": "div",
    "tagline": "p",
    "paragraph": "p",
}
_INLINE = {
    "em": "em",
    "i": "em",
    "strong": "strong",
    "b": "strong",
    "sub": "sub",
    "sup": "sup",
    "q": "q",
    "a": "a",
    "cite": "cite",
    "u": "u",
}
DROPPED = frozenset(
    """
    media script style head note datasource link meta object iframe svg form noscript
    template button input select textarea img figure picture video audio
    """.split()  # noqa: SIM905
)
_END_MARK = re.compile(
    r"\W{0,3}(?:ends?|endall|end all|mfl?|30|###|fin|ende|fine|slut)\W{0,3}", re.IGNORECASE
)
_KEYWORDS = re.compile(r"Keywords:\s+[A-Z][^\n]{0,200}")
_TAGGED = re.compile(r"<(?:p|br|div|h[1-6]|ul|table|b|i|a|span)\b", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")
_EMPTY = re.compile(r"<(p|h[2-6]|li|div|blockquote)>(?:\s|<br>)*</\1>")
_TRASH = re.compile(
    r"\((?:adds?|updates?|recasts?|rewrites?|writes? (?:through|thru)|releads?|inserts?|tops?|"
    r"repeats?|refiles?|removes? extraneous|changes? (?:dateline|slug|headline|media|byline)|"
    r"new throughout|no change)\b[^\n]*\)|"
    r"[^.!?\n]{0,40}\b(?:replaces|supersedes|vervangt|ersetzt|remplace|sustituye|sostituisce):? "
    r"[^.!?\n]{1,160}",
    re.IGNORECASE,
)
_TOP = 3
_CLOSED = re.compile(r"<(?:p|h\d|ul|ol|dl|blockquote|pre|table)>")
MAX_BLOCKS = 20_000


def blocks_of(
    element: etree._Element, skip: Callable[[etree._Element], bool] | None = None
) -> list[str]:
    """Return the blocks of a body, each a closed piece of HTML, empty ones left out.

    Words that stand outside any block become paragraphs. Hard-wrapped
    paragraphs keep the breaks that were made on purpose. What ``skip`` says so
    of is left out.
    """
    return Writer(_margin(element), skip).write(element)


def blocks_of_text(text: str) -> list[str]:
    """Return the blocks of a body given as a string: HTML if it has tags, else plain text."""
    if _TAGGED.search(text):
        try:
            return blocks_of(html.fragment_fromstring(text, create_parent="div"))
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            text = _TAGS.sub(" ", text)
    return [_paragraph(one) for one in paragraphs(text.split("\n"))]


def _paragraph(text: str) -> str:
    return "<p>" + escape(text, quote=False).replace("\n", "<br>") + "</p>"


def words_of(block: str) -> str:
    """Return the words of a block on one line."""
    return squeeze(" ".join(map(str, html.fromstring(block).itertext()))) if block else ""


def without_marks(blocks: list[str]) -> list[str]:
    """Drop the wire's own end marks ("ends", "mf", a line of keywords) from the end of a story."""
    while blocks:
        words = words_of(blocks[-1])
        if words and not _END_MARK.fullmatch(words) and not _KEYWORDS.fullmatch(words):
            break
        blocks = blocks[:-1]
    return blocks


def without_trash(blocks: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Take the "(Adds …)" and "replaces …" lines off the top, and return both parts.

    They tell editors what is new. Corrections stay, for readers must see them.
    """
    kept, trash = [], []
    for number, block in enumerate(blocks):
        words = words_of(block) if number < _TOP else ""
        if words and _TRASH.fullmatch(words):
            trash.append(words)
        else:
            kept.append(block)
    return kept, tuple(trash)


def without_title(blocks: list[str], title: str | None) -> list[str]:
    """Drop a first block that says the headline again."""
    if blocks and title and words_of(blocks[0]).casefold() == title.casefold():
        return blocks[1:]
    return blocks


def _margin(element: etree._Element) -> int | None:
    lines: list[str] = []
    for one in element.iter():
        if local(one) == "p" and len(one) == 0 and one.text and "\n" in one.text.strip():
            lines.extend(one.text.strip().split("\n")[:-1])
            if len(lines) > 2000:  # noqa: PLR2004 - the margin is known long before
                break
    return wrap_width(lines) if len(lines) > 2 else None  # noqa: PLR2004


class Writer:
    """Writes one body as blocks, each with the element its first words stand in.

    ``blocks``, their ``words`` and ``owners`` run side by side. Elements for which ``skip``
    says so are left out with all they hold.
    """

    def __init__(
        self,
        margin: int | None = None,
        skip: Callable[[etree._Element], bool] | None = None,
        dropped: frozenset[str] = DROPPED,
    ) -> None:
        """Set the margin of hard-wrapped text, and what is left out."""
        self.blocks: list[str] = []
        self.owners: list[etree._Element] = []
        self.words: list[str] = []
        self._margin = margin
        self._skip = skip
        self._dropped = dropped
        self._now: list[str] = []
        self._open: list[str] = []
        self._owner: etree._Element | None = None
        self._said: list[str] = []

    def write(self, root: etree._Element) -> list[str]:
        """Write all below ``root`` and return the blocks."""
        skipped: etree._Element | None = None
        for event, node in etree.iterwalk(root, events=("start", "end")):
            if skipped is not None:
                if event == "end" and node is skipped:
                    skipped = None
                    self._words(node.tail, node.getparent())
                continue
            if event == "start":
                if node is not root and self._is_left_out(node):
                    skipped = node
                    continue
                self._start(node, root=node is root)
            elif node is not root:
                self._end(node)
        self._flush()
        return self.blocks

    def _is_left_out(self, node: etree._Element) -> bool:
        return local(node) in self._dropped or (self._skip is not None and self._skip(node))

    def _start(self, node: etree._Element, *, root: bool) -> None:
        name = local(node)
        if not root and name in _BLOCKS:
            if not self._open or self._is_loose():
                self._flush()
            self._open.append(_BLOCKS[name])
            self._now.append(f"<{_BLOCKS[name]}>")
            self._said.append(" ")
        elif not root and name in _INLINE:
            self._now.append(_tag(node, _INLINE[name]))
        elif name in {"br", "hr"}:
            self._said.append(" ")
            if name == "hr" or (self._now and self._now[-1] == "<br>"):
                self._part()
            else:
                self._now.append("<br>")
        text = node.text if isinstance(node.tag, str) else None
        wrapped = self._margin and name == "p" and len(node) == 0 and text and "\n" in text.strip()
        if wrapped and text:
            self._owner = self._owner if self._owner is not None else node
            lines = joined(text.strip().split("\n"), self._margin).split("\n")
            self._said.append(" ".join(lines))
            self._now.append("<br>".join(escape(line, quote=False) for line in lines))
        else:
            self._words(text, node)

    def _end(self, node: etree._Element) -> None:
        name = local(node)
        if name in _BLOCKS:
            self._now.append(f"</{_BLOCKS[name]}>")
            self._open.pop()
            if self._is_loose():
                self._flush()
        elif name in _INLINE:
            self._now.append(f"</{_INLINE[name]}>")
        self._words(node.tail, node.getparent())

    def _is_loose(self) -> bool:
        return all(one == "div" for one in self._open)

    def _part(self) -> None:
        """Two line breaks part paragraphs, where no paragraph is open."""
        if self._is_loose():
            self._flush()
        else:
            self._now.append("<br>")

    def _words(self, text: str | None, node: etree._Element | None) -> None:
        if text:
            self._said.append(text)
            if self._owner is None and node is not None and text.strip():
                self._owner = node
            # White space alone does not part two line breaks.
            if text.strip() or not self._now or self._now[-1] != "<br>":
                self._now.append(escape(text, quote=False))

    def _flush(self) -> None:
        """Close a block: what is gathered since the last one stands alone."""
        piece = "".join(self._now).replace("<div>", "").replace("</div>", "").strip()
        owner, said = self._owner, self._said
        self._now = []
        self._said = []
        self._owner = None
        if owner is None or len(self.blocks) >= MAX_BLOCKS:
            return
        if not _CLOSED.match(piece):
            piece = f"<p>{piece}</p>"
        piece = _EMPTY.sub("", piece)
        words = squeeze("".join(said))
        if words:
            self.blocks.append(piece)
            self.owners.append(owner)
            self.words.append(words)


def _tag(node: etree._Element, name: str) -> str:
    target = node.get("href") if name == "a" else None
    return f'<a href="{escape(target)}">' if target else f"<{name}>"
