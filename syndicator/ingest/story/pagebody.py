"""The story in a page: which element holds it, and which of its blocks are the story.

trafilatura says which text is the main text; its own output leaves out
datelines and credit lines, and keeps captions, so it only points: the blocks
it names show where the story stands, and our own reading of that place
decides on each block. JSON-LD's ``articleBody`` points too where it is there.
"""

import re
from collections.abc import Callable, Iterator

import msgspec
from lxml import etree, html

from syndicator.ingest.story import pagewords as known
from syndicator.ingest.story.blocks import Writer
from syndicator.model.text import squeeze

_LEFT_OUT = frozenset(
    """
    script style noscript template svg select textarea button input iframe object head meta link
    canvas dialog audio video img picture map
    """.split()  # noqa: SIM905
)
# These hold a whole article on some pages (a form around everything), and are boxes on others.
_BOX_TAGS = frozenset(["nav", "footer", "aside", "figure", "figcaption", "form", "time", "address"])
_MIN = 30  # characters that make a block worth pointing at
_SHARE = 0.8  # of the pointed text an element must hold to be the container
_BOX_SHARE = 0.35  # of the pointed text no box of furniture holds
_LINKED = 0.66
_TEASING = 0.3
_LONG = 140
_BELOW = 10  # blocks below a story among which its credit may stand
_TAIL = 4
_SURE = 0.5  # of the words in the story's element that stand between its ends
_CLIMB = 4
_PROSE = 80
_STOPS = (".", "!", "?", "”", '"', ")", "»", "…", "。", "！", "？", "」")  # noqa: RUF001
_MAX_BODY = 400_000
_MAX_PAGE = 1_500_000  # characters; trafilatura needs seconds for more
_MAX_LOOKS = 3000  # blocks that are looked for in the main text
_INLINE = frozenset({"a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "small", "span"}) | {
    "strong",
    "sub",
    "sup",
    "u",
}
_QUOTING = re.compile(r"embed|tweet|twitter|instagram|facebook", re.IGNORECASE)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORD = re.compile(r"\w+")


class Block(msgspec.Struct):
    """One block of the story's element: its HTML, words, element, and whether it is pointed at."""

    html: str
    words: str
    owner: etree._Element
    pointed: bool = False


def folded(text: str) -> str:
    """Return letters and digits only, for comparing."""
    return "".join(_WORD.findall(text.casefold()))


def main_text(text: str) -> list[str]:
    """Return the lines of the main text as trafilatura sees them; none where it sees none."""
    if len(text) > _MAX_PAGE:
        return []
    import trafilatura  # a fifth of a second, and only pages need it

    try:
        found = trafilatura.bare_extraction(
            text, favor_recall=True, include_comments=False, with_metadata=False
        )
    except Exception:  # noqa: BLE001 - it raises many kinds on hostile pages; we read on without
        return []
    return (getattr(found, "text", None) or "").split("\n") if found is not None else []


def story_of(root: html.HtmlElement, pointers: list[str], stated: str) -> list[Block]:
    """Return the blocks of the story in order; none where there is no prose at all."""
    pointed = folded(" ".join(pointers)[:_MAX_BODY])
    body = folded(stated[:_MAX_BODY])
    everything = _blocks(root, None)
    for block in everything[:_MAX_LOOKS]:
        text = folded(block.words)
        block.pointed = len(text) >= _MIN and (text in pointed or text in body)
    if not any(block.pointed for block in everything):
        everything = _by_length(everything)
    weights = _weights(everything)
    container = _with_twins(_container(root, weights))
    total = weights.get(container, 0)

    def is_box(node: etree._Element) -> bool:
        weight = weights.get(node, 0)
        return weight <= total * _BOX_SHARE and _is_box(node, weight)

    marks = {folded(block.words): block.pointed for block in everything}
    blocks = _blocks(container, is_box)
    for block in blocks:
        block.pointed = marks.get(folded(block.words), False)
    story = _chosen(blocks)
    return story + _credits_below(everything, story)


def _blocks(root: html.HtmlElement, skip: Callable[[etree._Element], bool] | None) -> list[Block]:
    writer = Writer(skip=skip, dropped=_LEFT_OUT)
    pieces = writer.write(root)
    return [
        Block(html=piece, words=said, owner=owner)
        for piece, said, owner in zip(pieces, writer.words, writer.owners, strict=True)
    ]


def _by_length(blocks: list[Block]) -> list[Block]:
    """Without any pointer, long blocks with few links are the story."""
    for block in blocks:
        block.pointed = len(block.words) >= 2 * _MIN and _linked(block) < 0.5  # noqa: PLR2004
    return blocks


def _weights(blocks: list[Block]) -> dict[etree._Element, int]:
    """Return how much of the pointed text each element holds."""
    weights: dict[etree._Element, int] = {}
    for block in blocks:
        if block.pointed:
            node: etree._Element | None = block.owner
            while node is not None:
                weights[node] = weights.get(node, 0) + len(block.words)
                node = node.getparent()
    return weights


def _container(root: html.HtmlElement, weights: dict[etree._Element, int]) -> html.HtmlElement:
    """Go down from the root for as long as one child holds nearly all of the text."""
    node = root
    while True:
        heavy = max(node, key=lambda one: weights.get(one, 0), default=None)
        if heavy is None or weights.get(heavy, 0) < _SHARE * weights.get(node, 0):
            return node
        if not weights.get(heavy, 0) or heavy.tag in {"p", "ul", "ol", "table", "blockquote"}:
            return node
        node = heavy


def _with_twins(node: etree._Element) -> etree._Element:
    """Go up where the story goes on in elements marked just as this one is."""
    found = node
    for _ in range(_CLIMB):
        parent = node.getparent()
        names = node.get("class")
        if parent is None or node.tag in {"body", "main", "article"}:
            break
        if names and any(
            twin is not node
            and twin.tag == node.tag
            and twin.get("class") == names
            and _tells(twin)
            for twin in parent
        ):
            found = parent
        node = parent
    return found


def _tells(node: etree._Element) -> bool:
    """Say whether an element holds prose: two paragraphs or more, long, and not of links."""
    told = 0
    for one in node.iter("p"):
        words = text_of(one)
        linked = sum(len(text_of(link)) for link in one.iter("a"))
        told += len(words) >= _PROSE and 2 * linked < len(words)
    return told > 1


def names_of(node: etree._Element) -> str:
    """Return the names by which a page marks an element: class, id, role and test hooks."""
    said = (node.get(name) for name in ("class", "id", "role", "data-component", "data-testid"))
    return " ".join(one for one in said if one)


def _is_box(node: etree._Element, weight: int) -> bool:
    if not isinstance(node.tag, str) or node.tag in {"body", "html", "main", "article"}:
        return False
    if node.tag == "time":
        return not _is_in_prose(node)
    if node.tag in _BOX_TAGS or node.get("hidden") is not None:
        return True
    if (node.get("aria-hidden") or "").lower() == "true":
        return True
    if weight == 0 and _UNSEEN.search(node.get("style") or ""):
        return True
    names = names_of(node)
    if not names:
        return False
    if node.tag in _INLINE:  # a name, a link, a price: words of a sentence, whatever marks them
        return known.names_a_hidden(names) or _frames_a_picture(node, names)
    if _QUOTING.search(names) and next(node.iter("blockquote"), None) is not None:
        return False  # what someone wrote elsewhere, quoted in the story
    return (
        known.names_a_box(names)
        or (weight == 0 and known.names_a_gate(names))
        or _frames_a_picture(node, names)
    )


def _is_in_prose(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag in {"p", "li", "td", "blockquote"} | _INLINE


def _frames_a_picture(node: etree._Element, names: str) -> bool:
    return known.names_a_picture(names) and next(node.iter("img"), None) is not None


def _linked(block: Block) -> float:
    """Return the share of a block's words that are links."""
    if "<a" not in block.html or not block.words:
        return 0.0
    tree = html.fromstring(block.html)
    links = (one for one in tree.iter("a") if not (one.get("href") or "").startswith("mailto:"))
    linked = sum(len("".join(map(str, one.itertext()))) for one in links)
    return linked / len(block.words)


def _is_noise(block: Block) -> bool:
    words = block.words
    if known.is_furniture(words) or known.is_picture_line(words) or known.is_stamp(words):
        return True
    linked = _linked(block)
    if known.is_teaser(words) and linked > _TEASING:
        return True
    return linked > _LINKED and len(words) < _LONG and not known.is_sign_off(words)


def _chosen(blocks: list[Block]) -> list[Block]:
    """Keep what lies between the first and the last block pointed at, and its datelines."""
    places = [n for n, block in enumerate(blocks) if block.pointed and not _is_noise(block)]
    if not places:
        return [block for block in blocks if not _is_noise(block)]
    first, last = places[0], places[-1]
    told = sum(len(block.words) for block in blocks[first : last + 1])
    sure = told >= _SURE * sum(len(block.words) for block in blocks)
    lead = paragraph_of(blocks[first])
    kept = [
        one
        for one in blocks[:first]
        if known.is_dateline(one.words) or _opens(one) or _stands_with(one, lead)
    ]
    kept += [one for one in blocks[first : last + 1] if not _is_noise(one)]
    return _undoubled(_without_promo(kept + list(_endings(blocks[last + 1 :], sure=sure))))


def _without_promo(blocks: list[Block]) -> list[Block]:
    """Take what the site says of itself (with a link to it) off the end."""
    cut = len(blocks)
    for number in range(len(blocks) - 1, max(len(blocks) - _TAIL, 0), -1):
        one = blocks[number]
        if known.is_promo(one.words) and "<a" in one.html and not known.is_credit(one.words):
            cut = number
    return blocks[:cut] + [one for one in blocks[cut:] if known.is_credit(one.words)]


def _stands_with(block: Block, lead: etree._Element) -> bool:
    """Say whether a short line above the lead is a paragraph beside it ("PITTSBURGH")."""
    own = paragraph_of(block)
    beside = own.tag == lead.tag == "p" and own.getparent() is lead.getparent()
    return beside and not _is_noise(block) and _linked(block) < _TEASING


def _opens(block: Block) -> bool:
    """A block above the lead stays if it is prose, or says whose story this is."""
    if _is_noise(block) or block.html.startswith("<h"):
        return False
    ends = block.words.endswith(_STOPS)
    return known.is_credit(block.words) or (len(block.words) > _LONG // 2 and ends)


def _endings(blocks: list[Block], *, sure: bool) -> Iterator[Block]:
    """Yield what belongs to the story below its last block that was pointed at.

    Where the element holds little but the story, that is everything up to a
    list of other stories; else only prose and credits, up to a heading.
    """
    for number, block in enumerate(blocks):
        heading = block.html.startswith("<h")
        if heading and (not sure or _heads_a_list(blocks[number : number + 4])):
            return
        if _is_noise(block):
            continue
        ends = block.words.endswith(_STOPS)
        if sure or known.is_credit(block.words) or (ends and _linked(block) < _LINKED):
            yield block


def _heads_a_list(blocks: list[Block]) -> bool:
    """Say whether a heading opens a list of other stories."""
    below = blocks[1:]
    return known.is_furniture(blocks[0].words) or (
        bool(below) and sum(_is_noise(one) for one in below) * 2 > len(below)
    )


def _credits_below(everything: list[Block], story: list[Block]) -> list[Block]:
    """Return the sign-offs and sources printed right below the story, in a box or outside it."""
    seen = {folded(block.words) for block in story}
    inside = [n for n, one in enumerate(everything) if folded(one.words) in seen]
    found = []
    for one in everything[inside[-1] + 1 : inside[-1] + _BELOW] if inside else ():
        if known.is_sign_off(one.words) and folded(one.words) not in seen and not _is_noise(one):
            found.append(one)
            seen.add(folded(one.words))
    return found


def _undoubled(blocks: list[Block]) -> list[Block]:
    """Drop a first block that says the start of the second again, cut short or whole."""
    while len(blocks) > 1:
        first = folded(blocks[0].words)
        after = "".join(folded(one.words) for one in blocks[1:3])
        if len(first) < _MIN or first not in after:
            return blocks
        blocks = blocks[1:]
    return blocks


def paragraph_of(block: Block) -> etree._Element:
    """Return the element that is the block as a whole, where its words stand in a part of it."""
    node = block.owner
    while node.tag in _INLINE and (parent := node.getparent()) is not None:
        node = parent
    return node


def text_of(node: etree._Element) -> str:
    """Return all words below an element on one line."""
    return squeeze(" ".join(str(one) for one in node.itertext()))
