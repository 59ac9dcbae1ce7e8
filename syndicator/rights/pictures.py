"""Which pictures and files may leave with an article, in its text and beside it. Pure."""

import re
from html import escape

from lxml import etree, html

from syndicator.model.clearance import Form
from syndicator.model.entry import Enclosure, Image
from syndicator.model.license import ImagePolicy, License

_OTHERS = re.compile(
    r"\b(?:AP|Associated Press|Reuters|AFP|EPA|dpa|Getty|Shutterstock|Alamy|NurPhoto|ZUMA|Sipa|"
    r"Corbis|imago|picture alliance|Magnum|Canadian Press|Press Association|Xinhua|Kyodo|EFE|"
    r"ANSA|TASS|Handout)\b"
)


def pictures(images: tuple[Image, ...], rules: License) -> tuple[Image, ...]:
    """Keep the pictures that may leave: by policy, and by whose they are."""
    if rules.images is ImagePolicy.NONE:
        return ()
    wanted = (
        images if rules.images is ImagePolicy.ALL else tuple(one for one in images if one.credit)
    )
    if rules.third_party_images:
        return wanted
    return tuple(one for one in wanted if not _of_others(one))


def _of_others(one: Image | Enclosure) -> bool:
    return _OTHERS.search(f"{one.credit or ''} {one.rights or ''}") is not None


def files(enclosures: tuple[Enclosure, ...], form: Form, rules: License) -> tuple[Enclosure, ...]:
    """Attached files leave only with the full text; attached pictures as pictures do.

    A recording that is credited to others leaves where their pictures do.
    """
    if form is not Form.FULL:
        return ()
    return tuple(
        one
        for one in enclosures
        if (rules.images is ImagePolicy.ALL or not (one.type or "").lower().startswith("image/"))
        and (rules.third_party_images or not _of_others(one))
    )


def body_pictures(body: str, rules: License) -> str:
    """Leave in the text only the pictures that may leave; captions go with their pictures.

    A picture in the text has no credit of its own but what its figure says, so
    only a licence for all pictures lets it leave.
    """
    if rules.images is not ImagePolicy.ALL:
        return without_pictures(body)
    if rules.third_party_images or "<figure" not in body:
        return body
    return without_pictures(body, only_others=True)


def without_pictures(body: str, *, only_others: bool = False) -> str:
    """Take out pictures with their captions. Words that are not a caption stay."""
    if "<img" not in body and "<figure" not in body:
        return body
    root = html.fragment_fromstring(body, create_parent="div")
    for figure in list(root.iter("figure")):
        pictured = next(figure.iter("img"), None) is not None
        if pictured and (not only_others or _OTHERS.search("".join(figure.itertext()))):
            figure.drop_tree()
    for picture in [] if only_others else list(root.iter("img")):
        parent = picture.getparent()
        picture.drop_tree()
        while (
            parent is not None
            and parent is not root
            and len(parent) == 0
            and not (parent.text or "").strip()
        ):
            empty, parent = parent, parent.getparent()
            empty.drop_tree()
    return inner(root)


def without_links(body: str) -> str:
    """Take out links; their words stay."""
    if "<a" not in body:
        return body
    root = html.fragment_fromstring(body, create_parent="div")
    for link in list(root.iter("a")):
        link.drop_tag()
    return inner(root)


def inner(root: html.HtmlElement) -> str:
    """Write what an element holds, without the element."""
    return escape(root.text or "", quote=False) + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in root
    )
