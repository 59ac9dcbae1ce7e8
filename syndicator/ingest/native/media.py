"""Media RSS pictures, each with its own credit, caption, notice and licence.

Optional elements stand in ``channel``, ``item``, ``media:group`` or
``media:content``, and the nearest speaks for a picture (Media RSS 1.5.1,
"Optional elements"). A description is a caption here, never a body.
"""

from typing import NamedTuple

from lxml import etree

from syndicator.ingest.native.links import number, resolved
from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.said import attribute, text_of
from syndicator.ingest.native.tree import Tree
from syndicator.model.entry import Image


class Said(NamedTuple):
    """What is said of pictures at one level and above."""

    credit: str | None = None
    caption: str | None = None
    rights: str | None = None
    license: str | None = None


NOTHING = Said()
_PICTURES = frozenset({"media:content", "media:thumbnail", "media:group", "itunes:image"})
_OPTIONAL = frozenset({"media:credit", "media:description", "media:copyright", "media:license"})


def said(bag: Bag, above: Said = NOTHING) -> Said:
    """Return what holds at a level: its own words, else those of the level above."""
    if _OPTIONAL.isdisjoint(bag):
        return above
    return Said(
        credit=_credits(bag.get("media:credit")) or above.credit,
        caption=_first(bag.get("media:description")) or above.caption,
        rights=_first(bag.get("media:copyright")) or above.rights,
        license=_license(bag.get("media:license")) or above.license,
    )


def images(bag: Bag, above: Said, tree: Tree) -> tuple[Image, ...]:
    """Return the pictures of an item: its contents, else thumbnails, else the iTunes picture."""
    if _PICTURES.isdisjoint(bag):
        return ()
    here = said(bag, above)
    contents: list[Image] = []
    thumbnails: list[Image] = []
    _gather(bag, here, tree, contents, thumbnails)
    for group in bag.get("media:group", ()):
        inside = tree.names.children(group)
        _gather(inside, said(inside, here), tree, contents, thumbnails)
    if not contents and not thumbnails:
        for node in bag.get("itunes:image", ()):
            url = attribute(node, "href", "url")
            if url:
                contents.append(_image(url, node, here, tree))
    return tuple(contents or thumbnails)


def only_films(bag: Bag) -> bool:
    """Whether there are media at this level, and no picture among them."""
    contents = bag.get("media:content", [])
    return bool(contents) and not any(_is_picture(node) for node in contents)


def _gather(
    bag: Bag, here: Said, tree: Tree, contents: list[Image], thumbnails: list[Image]
) -> None:
    if only_films(bag):  # a description is then of the film, not of its thumbnail
        here = here._replace(caption=None)
    for node in bag.get("media:content", ()):
        inside = tree.names.children(node) if len(node) else {}
        own = said(inside, here) if inside else here
        url = attribute(node, "url")
        if _is_picture(node):
            if url:
                contents.append(_image(url, node, own, tree))
        else:
            own = own._replace(caption=None)
        _thumbnails(inside, own, tree, thumbnails)
    _thumbnails(bag, here, tree, thumbnails)


def _thumbnails(bag: Bag, here: Said, tree: Tree, found: list[Image]) -> None:
    for node in bag.get("media:thumbnail", ()):
        url = attribute(node, "url") or text_of(node)
        if url:
            found.append(_image(url, node, here, tree))


def _is_picture(node: etree._Element) -> bool:
    medium, kind = node.get("medium"), (node.get("type") or "").lower()
    if medium:
        return medium.strip().lower() == "image" or kind.startswith("image")
    return not kind or kind.startswith("image")


def _image(url: str, node: etree._Element, here: Said, tree: Tree) -> Image:
    return Image(
        url=resolved(url, node, tree),
        type=attribute(node, "type"),
        width=number(node.get("width")),
        height=number(node.get("height")),
        credit=here.credit,
        caption=here.caption,
        rights=here.rights,
        license=here.license,
    )


def _credits(nodes: list[etree._Element] | None) -> str | None:
    """Join everyone who is credited; a picture may have a photographer and an agency."""
    if not nodes:
        return None
    return ", ".join(dict.fromkeys(text for node in nodes if (text := text_of(node)))) or None


def _first(nodes: list[etree._Element] | None) -> str | None:
    for node in nodes or ():
        text = text_of(node)
        if text:
            return text
    return None


def _license(nodes: list[etree._Element] | None) -> str | None:
    """Return a licence's address, else its name."""
    for node in nodes or ():
        text = attribute(node, "href") or text_of(node)
        if text:
            return text
    return None
