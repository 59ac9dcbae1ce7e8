"""Markup ↔ plain text with offsets, so that what is read in the text can be cut from the markup.

The text of a body is its words with white space folded; lines parted by
``br`` stand on lines of their own and blocks are parted by a blank line.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape, unescape

import nh3
from lxml import etree, html

from syndicator.ingest.simple import bare, simple
from syndicator.ingest.tags import BLOCKS, DROPPED, EMPTY
from syndicator.ingest.tame import MAX_DEPTH, tame
from syndicator.model.address import absolute, is_pixel, untracked
from syndicator.model.text import legal, unmasked

MAX_LENGTH = 2_000_000
MAX_BARE = 10_000
_LINKS = {"a": ("href",), "img": ("src",), "blockquote": ("cite",), "q": ("cite",)}
_ANY_BLOCK = re.compile(
    r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|section|figure|figcaption)\b",
    re.IGNORECASE,
)
_BARE = nh3.Cleaner(tags=set(), clean_content_tags={"script", "style"})
_PARAGRAPH = re.compile(r"\n[ \t]*\n+")
_BLOCK_TAG = re.compile(r"<(?:p|br|div|li|h[1-6]|blockquote|table|ul|ol)\b", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\n\r\f\v\u00a0]+")

_CLEANER = nh3.Cleaner(
    tags={
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    },
    clean_content_tags={"script", "style"},
    attributes={
        "*": {"lang", "dir", "title"},
        "a": {"href", "hreflang"},
        "img": {"src", "alt", "width", "height"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
        "time": {"datetime"},
        "blockquote": {"cite"},
        "q": {"cite"},
        "ol": {"start"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def plain(text: str) -> str:
    """Return the words of a piece of markup, on one line. Safe on any input."""
    if "<" in text and (found := _bare(text)) is not None:
        text = found
    elif "<" in text:
        text = _BARE.clean(_ANY_BLOCK.sub(r" \g<0>", tame(text[:MAX_LENGTH])))
    if "&" in text:
        text = unescape(text)
    return " ".join(unmasked(legal(text)).split())


def _bare(text: str) -> str | None:
    """Return the words of markup that no parser need see."""
    if len(text) > MAX_BARE or text.count("<") > MAX_DEPTH or legal(text) is not text:
        return None
    return bare(text)


def from_text(text: str) -> str:
    """Turn plain text into paragraphs and line breaks."""
    paragraphs = (part.strip() for part in _PARAGRAPH.split(text.replace("\r\n", "\n")))
    return "".join(
        "<p>" + escape(part, quote=False).replace("\n", "<br>") + "</p>"
        for part in paragraphs
        if part
    )


class Markup:
    """A body with its text, and the place of each character in its tree where one is needed."""

    def __init__(
        self,
        source: str,
        *,
        is_html: bool,
        base: str | None,
        pixels: bool = False,
        whole: bool = False,
    ) -> None:
        """Parse ``source``; links become absolute against ``base`` and lose their tracking.

        Counting pictures, which nobody sees, are left out unless ``pixels`` says
        to keep them. ``whole`` builds the tree even of markup so simple that it needs none.
        """
        source = legal(source[:MAX_LENGTH])
        source = tame(source) if is_html else source
        if not is_html:
            source = from_text(source)
        elif "\n" in source and _PARAGRAPH.search(source) and not _BLOCK_TAG.search(source):
            source = _PARAGRAPH.sub("</p><p>", f"<p>{source.strip()}</p>")
        self._source = source
        self._base = base
        self._pixels = pixels
        self._grown = False
        self._pieces: list[tuple[html.HtmlElement, bool, int, int]] = []
        self._out: list[str] = []
        self._length = 0
        self._pending = ""
        found = None if whole else simple(source, base, pixels=pixels)
        if found is not None:
            self.text, self._html = found
        else:
            self._grow()

    def _grow(self) -> None:
        """Build the tree, which only markup that is not simple or must be cut needs."""
        self._root = _parse(self._source)
        kept = list(self._root.iter())  # lxml would make each element anew at each walk
        self._tidy(kept)
        self._walk(self._root)
        self.text = "".join(self._out)
        self._grown = True

    def _tidy(self, nodes: list[html.HtmlElement]) -> None:
        for node in nodes:
            if not isinstance(node.tag, str) or node.tag in DROPPED:
                if node.tag in EMPTY:
                    node.drop_tag()  # the parser lets it hold what only follows it
                elif node is not self._root:
                    node.drop_tree()
                continue
            for name in _LINKS.get(node.tag, ()):
                if name in node.attrib:
                    url = absolute(node.attrib[name], self._base)
                    if url is None:
                        del node.attrib[name]
                    else:
                        node.attrib[name] = untracked(url)
            if node.tag == "img" and self._is_unseen(node):
                node.drop_tree()

    def _is_unseen(self, node: html.HtmlElement) -> bool:
        if "src" not in node.attrib:
            return True
        size = node.get("width"), node.get("height")
        return not self._pixels and is_pixel(node.attrib["src"], *size)

    def _emit(self, node: html.HtmlElement, text: str | None, *, tail: bool) -> None:
        if not text:
            return
        plain_already = text.isprintable() and "  " not in text
        folded = text if plain_already else _WHITE.sub(" ", text)
        if folded[0] == " ":
            folded = folded[1:]
            if self._out and not self._pending:
                self._pending = " "
        trailing = folded.endswith(" ")
        folded = folded.rstrip(" ")
        if not folded:
            self._pending = self._pending or (" " if self._out else "")
            return
        lead = self._pending if self._out else ""
        self._pending = ""
        if lead:
            self._out.append(lead)
            self._length += len(lead)
        start = self._length
        self._out.append(folded)
        self._length += len(folded)
        self._pieces.append((node, tail, start, self._length))
        if trailing:
            self._pending = " "

    def _break(self, mark: str) -> None:
        if mark == "\n":
            self._pending = "\n\n" if "\n" in self._pending else "\n"
        else:
            self._pending = "\n\n"

    def _walk(self, root: html.HtmlElement) -> None:
        for event, node in etree.iterwalk(root, events=("start", "end")):
            block = node.tag in BLOCKS
            if event == "start":
                if node.tag == "br":
                    self._break("\n")
                elif block:
                    self._break("\n\n")
                self._emit(node, node.text, tail=False)
            else:
                if block:
                    self._break("\n\n")
                if node is not root:
                    self._emit(node, node.tail, tail=True)

    def cut(self, spans: Iterable[tuple[int, int]]) -> None:
        """Take these spans of ``text`` out of the tree, and what they leave empty."""
        wanted = sorted(spans)
        if not wanted:
            return
        if not self._grown:
            self._grow()
        touched = []
        for node, tail, start, end in self._pieces:
            hits = [(max(a, start), min(b, end)) for a, b in wanted if a < end and b > start]
            if not hits:
                continue
            text = self.text[start:end]
            for a, b in reversed(hits):
                text = text[: a - start] + text[b - start :]
            before = (node.tail if tail else node.text) or ""
            if text:  # white space around a piece parts it from its neighbours
                text = before[: len(before) - len(before.lstrip())] + text
                text += before[len(before.rstrip()) :]
            if tail:
                node.tail = text
            else:
                node.text = text
            touched.append(node)
        for node in touched:
            _prune(node, self._root)
        self.text = _without(self.text, wanted)

    def html(self) -> str:
        """Return the markup as sanitized HTML."""
        if not self._grown:
            return self._html
        inner = escape(self._root.text or "", quote=False) + "".join(
            html.tostring(child, encoding="unicode") for child in self._root
        )
        return _CLEANER.clean(inner).strip()


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]*\n[ \t]*", "\n", text)).strip()


def _prune(node: html.HtmlElement, root: html.HtmlElement) -> None:
    """Drop an element that holds no words and no picture, and its parents in turn."""
    if node.tag == "br":
        parent = node.getparent()
        while parent is not None and node is not None and node.tag == "br":
            if (node.tail or "").strip():
                break
            gone, node = node, node.getprevious()
            gone.drop_tree()
        if parent is not None:
            _prune(parent, root)
        return
    while node is not root and node.getparent() is not None:
        if "".join(node.itertext()).strip() or any(
            True for _ in node.iter("img", "video", "audio")
        ):
            return
        parent = node.getparent()
        node.drop_tree()
        node = parent


def _parse(source: str) -> html.HtmlElement:
    try:
        return html.fragment_fromstring(source, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return html.fragment_fromstring(from_text(plain(source)), create_parent="div")
