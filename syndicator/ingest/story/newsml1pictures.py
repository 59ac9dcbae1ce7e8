"""The pictures of a NewsML 1 item, each with its own lines.

A picture is a component that holds nothing but its files and its caption: its
credit and byline are the photographer's, and never those of the text beside it
(NewsML 1.2 §5.5). Files of one picture in several sizes are one picture.
"""

from collections.abc import Iterator
from itertools import islice, takewhile

from lxml import etree

from syndicator.ingest.story.tree import attribute, child, children, descendants, local, text_of
from syndicator.model.entry import Image

_SIDE = frozenset(
    """
    caption picture photo image graphic video audio thumbnail preview quicklook icon
    """.split()  # noqa: SIM905
)
_LESSER = frozenset({"thumbnail", "preview", "quicklook", "icon", "lowdef", "lowres", "web"})
_MOST = 100  # pictures of one item that are looked at
_STILL = frozenset({"photo", "picture", "image", "graphic"})
_VISUAL = _STILL | {"video", "audio", "animation"}


class Asides:
    """The components of one item that are a picture, a film or a caption, and nothing more.

    What a component says of itself is looked up once, however many ask.
    """

    def __init__(self, item: etree._Element) -> None:
        seen: set[etree._Element] = set()
        told: set[etree._Element] = set()
        self._roles: dict[etree._Element, str] = {}
        self._captions: dict[etree._Element, str | None] = {}
        self._lines: dict[etree._Element, etree._Element | None] = {}
        for content in descendants(item, "contentitem"):
            around = list(_components(content))
            if is_visual(content):
                seen.update(around)
            elif not any(self.role(one) == "caption" for one in around):
                told.update(around)
        named = (one for one in descendants(item, "newscomponent") if self.role(one) in _SIDE)
        whole = set(children(item, "newscomponent"))  # what it says, the item says
        self._all = frozenset((seen - told - whole) | set(named))

    def hold(self, element: etree._Element) -> bool:
        """Whether an element stands in one of them, or is one."""
        return any(one in self._all for one in (element, *_components(element)))

    def around(self, content: etree._Element) -> list[etree._Element]:
        """Return those around a file, the nearest first."""
        return list(takewhile(self._all.__contains__, _components(content)))

    def picture(self, content: etree._Element) -> etree._Element | None:
        """Return the component that is the picture of a file: the nearest that says anything."""
        around = self.around(content)
        said = (one for one in around if self.lines(one) is not None or self.caption_in(one))
        return next(said, around[-1] if around else None)

    def lines(self, component: etree._Element) -> etree._Element | None:
        """Return the lines right inside a component."""
        if component not in self._lines:
            self._lines[component] = child(component, "newslines")
        return self._lines[component]

    def role(self, component: etree._Element) -> str:
        """Return the role a component says it has, in lower case, or nothing."""
        found = self._roles.get(component)
        if found is None:
            said = attribute(child(component, "role"), "formalname") or ""
            found = self._roles[component] = said.lower()
        return found

    def caption_in(self, component: etree._Element) -> str | None:
        """Return the words of the first caption right inside a component."""
        if component not in self._captions:
            inside = children(component, "newscomponent")
            caption = next((one for one in inside if self.role(one) == "caption"), None)
            data = None if caption is None else next(descendants(caption, "datacontent"), None)
            self._captions[component] = text_of(data)
        return self._captions[component]


def _components(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the components around an element, the nearest first."""
    return (one for one in element.iterancestors() if local(one) == "newscomponent")


def media_of(content: etree._Element) -> str:
    """Return what a content item says it is, in lower case: ``text``, ``photo`` …, or nothing."""
    return (attribute(child(content, "mediatype"), "formalname") or "").lower()


def is_visual(content: etree._Element) -> bool:
    """Whether a content item is there to be seen or heard."""
    return media_of(content) in _VISUAL


def images_of(item: etree._Element, asides: Asides) -> tuple[Image, ...]:
    """Return the pictures of an item, each once: its largest file, its credit and its caption."""
    groups: dict[etree._Element | None, list[etree._Element]] = {}
    for content in descendants(item, "contentitem"):
        if media_of(content) in _STILL and attribute(content, "Href"):
            groups.setdefault(asides.picture(content), []).append(content)
    files = ((one, whole) for whole, held in groups.items() for one in _largest(held, asides))
    found: dict[str, Image] = {}
    for content, whole in islice(files, _MOST):
        one = _image(content, whole, asides)
        found.setdefault(one.url, one)
    return tuple(found.values())


def _largest(contents: list[etree._Element], asides: Asides) -> list[etree._Element]:
    """Leave out the smaller files of a picture, by their role or by their widths."""
    together: dict[etree._Element | None, list[etree._Element]] = {}
    for one in contents:
        together.setdefault(one.getparent(), []).append(one)
    large = [
        one
        for component, files in together.items()
        if component is None or asides.role(component) not in _LESSER
        for one in _widest(files)
    ]
    return large or [max(contents, key=lambda one: _size(one, "width") or 0)]


def _widest(files: list[etree._Element]) -> list[etree._Element]:
    """Return the widest of a component's files if all have one shape: one picture's sizes."""
    shapes = {_shape(one) for one in files}
    if len(files) < 2 or len(shapes) > 1 or None in shapes:  # noqa: PLR2004
        return files
    return [max(files, key=lambda one: _size(one, "width") or 0)]


def _shape(content: etree._Element) -> float | None:
    width, height = _size(content, "width"), _size(content, "height")
    return round(width / height, 1) if width and height else None


def _image(content: etree._Element, whole: etree._Element | None, asides: Asides) -> Image:
    """Describe a file by what its component says, else those around it that are no text."""
    around = asides.around(content)  # none for a file beside the text, whose lines are the text's
    lines = [asides.lines(one) for one in around]
    components = list(_components(content))
    beside = components[: components.index(whole) + 2] if whole is not None else components[:2]
    credits_ = [_line(lines, name) for name in ("byline", "creditline")]
    return Image(
        url=attribute(content, "Href") or "",
        width=_size(content, "width"),
        height=_size(content, "height"),
        credit=", ".join(dict.fromkeys(one for one in credits_ if one)) or None,
        caption=next((said for one in beside if (said := asides.caption_in(one))), None),
        rights=_terms(around, lines),
    )


def _terms(around: list[etree._Element], lines: list[etree._Element | None]) -> str | None:
    """Return whose a picture is and where it may not go, in the words of its components."""
    names = ("copyrightline", "rightsline")
    said = [_line(lines, name) for name in names]
    for one in around:
        for part in children(one, "rightsmetadata"):
            said += map(text_of, descendants(part, "copyrightholder", "usagetype", "limitations"))
        source = child(one, "administrativemetadata", "source", "party")
        said.append(attribute(source, "formalname"))
    return "; ".join(dict.fromkeys(one for one in said if one)) or None


def _line(lines: list[etree._Element | None], name: str) -> str | None:
    said = (text_of(child(one, name)) for one in lines)
    return next((one for one in said if one), None)


def _size(content: etree._Element, name: str) -> int | None:
    for one in descendants(content, "property"):
        if (attribute(one, "FormalName") or "").lower() == name:
            value = attribute(one, "Value") or ""
            return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None  # noqa: PLR2004
    return None
