"""RSS 1.0 and 0.90, as far as a reader of feeds needs it; triples are not judged."""

from typing import Any

from syndicator.lint.checks import address, plain, some
from syndicator.lint.checks import leaf as is_
from syndicator.lint.constructs import MOMENT
from syndicator.lint.links import LINK
from syndicator.lint.modules import CHANNEL as CHANNEL_MODULES
from syndicator.lint.modules import FREE
from syndicator.lint.modules import ITEM as ITEM_MODULES
from syndicator.lint.names import RDF, RSS090, RSS1
from syndicator.lint.rss import ITEM as RSS_ITEM
from syndicator.lint.values import uri
from syndicator.lint.walk import Spec, Walk, missing, name_of, visit

_ABOUT = f"{{{RDF}}}about"
CHANNEL: dict[str, Spec] = {
    **CHANNEL_MODULES,
    "atom:link": LINK,
    "atom:updated": MOMENT,
    "title": Spec(plain(some)),
    "link": is_(address),
    "description": Spec(plain(), free=True),
    "image": FREE,
    "items": FREE,
    "textinput": FREE,
}
ITEM: dict[str, Spec] = {
    **ITEM_MODULES,
    "atom:link": LINK,
    "atom:updated": MOMENT,
    "title": Spec(plain(some), free=True),
    "link": is_(address),
    "description": Spec(RSS_ITEM["description"].check, free=True),
    "trackback:ping": FREE,
    "trackback:about": FREE,
}
_PICTURE: dict[str, Spec] = {
    **CHANNEL_MODULES,
    "title": Spec(plain(some)),
    "link": is_(address),
    "url": is_(address),
}
_INPUT: dict[str, Spec] = {
    **CHANNEL_MODULES,
    "title": Spec(plain()),
    "link": is_(address),
    "description": is_(),
    "name": is_(),
}
_PARTS: dict[str, tuple[dict[str, Spec], tuple[str, ...]]] = {
    "channel": (CHANNEL, ("title", "link", "description")),
    "item": (ITEM, ("title", "link")),
    "image": (_PICTURE, ("title", "link", "url")),
    "textinput": (_INPUT, ("title", "link", "description", "name")),
}


def lint_rdf(walk: Walk, root: Any) -> None:
    """Judge a whole document."""
    core = RSS090 if root.find(f"{{{RSS090}}}channel") is not None else RSS1
    abouts: set[str] = set()
    seen: dict[str, int] = {}
    for child in root:
        if not isinstance(child.tag, str):
            continue
        name = name_of(child.tag, core)
        seen[name] = seen.get(name, 0) + 1
        if name not in _PARTS:
            if ":" not in name:
                walk.note("UndefinedElement", f"rdf:RDF/{name[:60]}", child)
            continue
        if name in {"channel", "image", "textinput"} and seen[name] == 2:  # noqa: PLR2004
            walk.note("DuplicateElement", f"rdf:RDF/{name}", child)
        _part(walk, child, name, core, abouts)
    if "channel" not in seen:
        walk.note("MissingElement", "rdf:RDF/channel", root)


def _part(walk: Walk, element: Any, name: str, core: str, abouts: set[str]) -> None:
    table, wanted = _PARTS[name]
    path = f"rdf:RDF/{name}"
    about = element.get(_ABOUT)
    if core == RSS1:
        _about(walk, element, path, about, abouts)
    for attribute in element.attrib:
        if attribute[0] != "{":
            walk.note("UnexpectedAttribute", f"{path}@{attribute[:60]}", element)
    if name == "item":
        walk.entry = about
    inside = visit(walk, element, path, table, core)
    missing(walk, element, path, wanted, inside)
    if name == "channel" and core == RSS1 and "items" not in inside:
        walk.note("MissingElement", f"{path}/items", element)
    if name == "channel" and "dc:language" not in inside:
        walk.note("MissingDCLanguage", path, element)
    walk.entry = None


def _about(walk: Walk, element: Any, path: str, about: str | None, abouts: set[str]) -> None:
    if about is None:
        walk.note("MissingAttribute", f"{path}@rdf:about", element)
        return
    if broken := uri(about, full=False, iri=False, wrong="InvalidLink"):
        walk.note(broken, f"{path}@rdf:about", element, about)
    if about in abouts:
        walk.note("DuplicateValue", f"{path}@rdf:about", element, about)
    abouts.add(about)
