"""The pictures of a NewsML 1 item, each with its own lines.

A picture is a component that holds nothing but its files and its caption: its
credit and byline are the photographer's, and never those of the text beside it
(NewsML 1.2 §5.5). Files of one picture in several sizes are one picture.
"""

from collections.abc import Iterator

from lxml import etree

from syndicator.ingest.story.tree import attribute, child, children, descendants, local, text_of
from syndicator.model.entry import Image

_SIDE = frozenset(
    """
    caption picture photo image graphic video audio thumbnail preview quicklook icon
    """.split()  # noqa: SIM905
)
_LESSER = frozenset({"thumbnail", "preview", "quicklook", "icon", "lowdef", "lowres", "web"})
_STILL = frozenset({"photo", "picture", "image", "graphic"})
_VISUAL = _STILL | {"video", "audio", "animation"}


def is_aside(component: etree._Element) -> bool:
    """Whether a component is a picture, a film or a caption, or stands in one."""
    return _outermost(component) is not None


def media_of(content: etree._Element) -> str:
    """Return what a content item says it is, in lower case: ``text``, ``photo`` …, or nothing."""
    return (attribute(child(content, "mediatype"), "formalname") or "").lower()


def is_visual(content: etree._Element) -> bool:
    """Whether a content item is there to be seen or heard."""
    return media_of(content) in _VISUAL


def images_of(item: etree._Element) -> tuple[Image, ...]:
    """Return the pictures of an item, each once: its largest file, its credit and its caption."""
    groups: dict[etree._Element | None, list[etree._Element]] = {}
    for content in descendants(item, "contentitem"):
        if media_of(content) in _STILL and attribute(content, "Href"):
            groups.setdefault(_outermost(content.getparent()), []).append(content)
    found: dict[str, Image] = {}
    for whole, contents in groups.items():
        for content in _largest(contents):
            one = _image(content, whole)
            found.setdefault(one.url, one)
    return tuple(found.values())


def _outermost(component: etree._Element | None) -> etree._Element | None:
    """Return the widest component around that is one picture, or its caption, and nothing more."""
    found = None
    while component is not None and local(component) == "newscomponent":
        if _role(component) in _SIDE or _is_picture(component):
            found = component
        component = component.getparent()
    return found


def _is_picture(component: etree._Element) -> bool:
    """Whether all its contents are files to see or hear, but for captions, and there is one."""
    contents = list(descendants(component, "contentitem"))
    return any(is_visual(one) for one in contents) and all(
        is_visual(one) or _role(one.getparent()) == "caption" for one in contents
    )


def _role(component: etree._Element | None) -> str:
    return (attribute(child(component, "role"), "formalname") or "").lower()


def _largest(contents: list[etree._Element]) -> list[etree._Element]:
    """Leave out the smaller files of a picture, by their role or by their widths."""
    large = [one for one in contents if _role(one.getparent()) not in _LESSER]
    if not large:
        return [max(contents, key=lambda one: _size(one, "width") or 0)]
    together: dict[etree._Element | None, list[etree._Element]] = {}
    for one in large:
        together.setdefault(one.getparent(), []).append(one)
    return [one for files in together.values() for one in _widest(files)]


def _widest(files: list[etree._Element]) -> list[etree._Element]:
    """Return the widest of the files of one component; all, where not each says its width."""
    widths = [_size(one, "width") for one in files]
    if len(files) < 2 or None in widths:  # noqa: PLR2004
        return files
    return [max(files, key=lambda one: _size(one, "width") or 0)]


def _image(content: etree._Element, whole: etree._Element | None) -> Image:
    component = content.getparent()
    credits_ = [_line(component, whole, name) for name in ("byline", "creditline")]
    return Image(
        url=attribute(content, "Href") or "",
        width=_size(content, "width"),
        height=_size(content, "height"),
        credit=", ".join(dict.fromkeys(one for one in credits_ if one)) or None,
        caption=_caption(component, whole),
        rights=_line(component, whole, "copyrightline"),
    )


def _around(
    component: etree._Element | None, whole: etree._Element | None
) -> Iterator[etree._Element]:
    """Yield a file's component and those around it, up to the whole picture."""
    while component is not None and local(component) == "newscomponent":
        yield component
        if component is whole or whole is None:
            return
        component = component.getparent()


def _line(component: etree._Element | None, whole: etree._Element | None, name: str) -> str | None:
    said = (text_of(child(one, "newslines", name)) for one in _around(component, whole))
    return next((one for one in said if one), None)


def _caption(component: etree._Element | None, whole: etree._Element | None) -> str | None:
    """Find the caption beside a picture: a component whose role says so."""
    above = component.getparent() if component is not None else None
    for place in dict.fromkeys([*_around(component, whole), above]):
        for one in children(place, "newscomponent") if place is not None else ():
            if _role(one) == "caption":
                return text_of(next(descendants(one, "datacontent"), None))
    return None


def _size(content: etree._Element, name: str) -> int | None:
    for one in descendants(content, "property"):
        if (attribute(one, "FormalName") or "").lower() == name:
            value = attribute(one, "Value") or ""
            return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None  # noqa: PLR2004
    return None
