"""A publisher's own XML inside a news item: blocks whose names nobody knows → names of HTML.

What a block is shows by what it holds: one with words between its elements is a paragraph, one
with elements alone a container, one inside words is no block, and a short one that does not stop
stands above others. What leaves the story is told by the words that its name is made of, in the
languages of the trade: bylines, datelines, pictures with their captions.
"""

import re
from copy import deepcopy

import msgspec
from lxml import etree

from syndicator.ingest.story.blocks import DROPPED, blocks_of
from syndicator.ingest.story.tree import local, text_of
from syndicator.model.entry import Image

_XHTML = "{http://www.w3.org/1999/xhtml}"
_KNOWN = frozenset(
    """
    p ul ol li dl dt dd table tr td th tbody thead tfoot pre blockquote bq div section article body
    h1 h2 h3 h4 h5 h6 hl2 em i strong b sub sup q a cite u br hr span font small
    """.split()  # noqa: SIM905
)
_HOLD_BLOCKS = frozenset({"p", "ul", "ol", "table", "blockquote", "div"})
_PICTURES = (
    "caption", "picture", "image", "photo", "foto", "bild", "kuva", "imagen", "immagine", "graphic",
    "grafik", "video", "audio",
)  # fmt: skip
_BYLINES = frozenset(
    """
    byline author authors autor auteur autore verfasser signatur signature skribent forfatter
    writer reporter tekijä
    """.split()  # noqa: SIM905
)
_DATELINES = frozenset(
    """
    dateline dat place located location city ort ortsmarke lieu lugar luogo plaats sted dato
    """.split()  # noqa: SIM905
)
_HEADLINES = frozenset(
    """
    headline title titel titre titulo titolo overskrift otsikko rubrik hedline hl1
    """.split()  # noqa: SIM905
)
_LESSER = frozenset({"sub", "under", "short", "inter", "cross", "kicker", "web", "mobile"})
_QUOTES = ("quote", "quotation", "citat", "zitat", "citation", "citazione", "sitat", "cita")
_PARTS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MAIL = re.compile(r"\S+@\S+\.\S+")
_ADDRESS = re.compile(r"https?://\S+")
_HEADING, _NAMES, _SENTENCE = 80, 160, 8  # letters, letters, words
_CAPTIONS, _MOST = 2000, 50
_STOPS = (".", ":", ";", ",", "…")


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """What a publisher's own XML says: the blocks of the story, and what stands apart from it."""

    blocks: list[str]
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    images: tuple[Image, ...] = ()


def is_own(root: etree._Element) -> bool:
    """Say whether words stand in elements that are neither HTML's nor NITF's."""
    top = next((one for one in root if isinstance(one.tag, str)), None)
    if top is None or local(top) in {"html", "nitf"} or str(top.tag).startswith(_XHTML):
        return False
    return any(_is_unknown(one) and _speaks(one) for one in top.iter())


def read_own(root: etree._Element, headline: str | None) -> Own:
    """Read a story in a vocabulary of its own; ``headline`` is what the item says it is."""
    return _Reader(deepcopy(root), headline).read()


def _is_unknown(element: etree._Element) -> bool:
    name = local(element)
    if name == "caption":
        above = element.getparent()
        return above is None or local(above) != "table"
    return name not in {"", *_KNOWN, *DROPPED}


def _speaks(element: etree._Element) -> bool:
    """Whether words stand in an element itself, between those below it."""
    return bool((element.text or "").strip()) or any((one.tail or "").strip() for one in element)


def _tokens(element: etree._Element) -> set[str]:
    """Return the name of an element and the words it is made of."""
    name = str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
    return {name.lower(), *(one.lower() for one in _PARTS.findall(_CAMEL.sub(" ", name)))}


class _Reader:
    """Takes what stands apart out of a tree of its own, and gives the rest names of HTML."""

    def __init__(self, root: etree._Element, headline: str | None) -> None:
        self._root = root
        self._headline = headline
        self._all = list(root.iter())  # held, so that elements stay the same objects
        self._speaking = {one for one in self._all if local(one) and _speaks(one)}
        self._titles = {
            local(one)
            for one in self._speaking
            if headline and _is_unknown(one) and text_of(one) == headline
        }

    def read(self) -> Own:
        images: list[Image] = []
        said: dict[str, list[str]] = {"byline": [], "dateline": [], "title": []}
        last: etree._Element | None = None
        for one in self._all:
            if last is not None and any(last is above for above in one.iterancestors()):
                continue
            kind = self._apart(one)
            if kind is None or (kind == "title" and said["title"]):
                continue  # a second title stands above a second text
            if kind == "picture":
                images += _images(one)
            else:
                words = text_of(self._first(one) if kind == "dateline" else one)
                said[kind] += [words] if words else []
            last = one
            _drop(one)
        self._rename()
        return Own(
            blocks=blocks_of(self._root),
            title=self._headline or next(iter(said["title"]), None),
            byline="\n".join(dict.fromkeys(said["byline"])) or None,
            dateline=next(iter(said["dateline"]), None),
            images=tuple(images[:_MOST]),
        )

    def _apart(self, element: etree._Element) -> str | None:
        """Say what an element holds that is not of the story; ``None`` if it is of the story."""
        name = local(element)
        known = not (_is_unknown(element) or name in DROPPED)
        if element is self._root or known or self._is_inline(element):
            return None
        words = text_of(element) or ""
        if len(words) <= _CAPTIONS and any(one in name for one in _PICTURES):
            return "picture"
        if len(words) > _NAMES or not words:
            return None
        tokens = _tokens(element)
        mail = any(_MAIL.fullmatch(str(value)) for value in element.attrib.values())
        if tokens & _BYLINES or "byline" in name or (mail and element in self._speaking):
            return "byline"
        if tokens & _DATELINES or "dateline" in name:
            return "dateline"
        return "title" if self._is_title(element) else None

    def _is_title(self, element: etree._Element) -> bool:
        tokens = _tokens(element)
        return local(element) in self._titles or bool(tokens & _HEADLINES and not tokens & _LESSER)

    def _is_inline(self, element: etree._Element) -> bool:
        """Whether an element stands among words."""
        return element.getparent() in self._speaking

    def _first(self, element: etree._Element) -> etree._Element:
        return next((one for one in element.iter() if one in self._speaking), element)

    def _rename(self) -> None:
        """Give each element that nobody knows the name of what it is."""
        named = [(one, self._name(one)) for one in self._root.iter() if _is_unknown(one)]
        for one, name in named:
            if one is not self._root:
                one.tag = name

    def _name(self, element: etree._Element) -> str:
        name = local(element)
        if self._is_inline(element):
            return "span"
        if name.startswith(_QUOTES) or name.endswith(_QUOTES):
            return "blockquote"
        if element not in self._speaking or any(local(one) in _HOLD_BLOCKS for one in element):
            return "div"
        if self._is_title(element):
            return "h2"
        words = text_of(element) or ""
        short = len(words) <= _HEADING and not words.endswith(_STOPS)
        return "h3" if short and text_of(element.getnext()) else "p"


def _images(picture: etree._Element) -> list[Image]:
    """Read the pictures below an element: an address, the longest words beside it, and others."""
    found: dict[str, Image] = {}
    for one in picture.iter():
        held = [text_of(one) or "", *map(str, one.attrib.values())] if local(one) else []
        url = next((each for each in held if _ADDRESS.fullmatch(each)), None)
        if url is None or url in found or len(found) >= _MOST:
            continue
        around, words = one, _beside(one)
        while around is not picture and not words:
            above = around.getparent()
            around = above if above is not None else picture
            words = _beside(around)
        alone = len(words) == 1 and not _is_sentence(words[0])
        caption, credit = ([None, *words] if alone else [*words, None, None])[:2]
        found[url] = Image(url=url, caption=caption, credit=credit)
    return list(found.values())


def _beside(element: etree._Element) -> list[str]:
    """Return what the elements below say, the longest first, without addresses."""
    said = (text_of(one) for one in element.iter() if local(one) and _speaks(one))
    return sorted((one for one in said if one and not _ADDRESS.fullmatch(one)), key=len)[::-1]


def _is_sentence(words: str) -> bool:
    return words.endswith(".") or len(words.split()) >= _SENTENCE


def _drop(element: etree._Element) -> None:
    """Take an element out; what follows it stays where it is."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    if parent is None:
        return
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
