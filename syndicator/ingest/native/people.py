"""Who wrote it, in all the shapes feeds have for it."""

import re
from functools import lru_cache

from lxml import etree

from syndicator.ingest.native.links import resolved
from syndicator.ingest.native.said import first_text, text_of
from syndicator.ingest.native.tree import Tree
from syndicator.model.entry import Person

_MAIL = re.compile(r"[A-Za-z0-9_.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,63}(?:\?subject=\S+)?")
_MOST = 1000  # letters in which an address may hide


def people(nodes: list[etree._Element] | None, tree: Tree) -> tuple[Person, ...]:
    """Read authors: ``atom:author`` constructs, and names as RSS and Dublin Core write them."""
    if not nodes:
        return ()
    found = (_construct(node, tree) if len(node) else _named(text_of(node)) for node in nodes)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _construct(node: etree._Element, tree: Tree) -> Person | None:
    """Read RFC 4287 §3.2, and Atom 0.3's ``url``."""
    bag = tree.names.children(node)
    name = first_text(bag.get("name")) or first_text(bag.get("itunes:name"))
    mail = first_text(bag.get("email")) or first_text(bag.get("itunes:email"))
    if not (name or mail):
        return None
    pages = [*bag.get("uri", ()), *bag.get("url", ()), *bag.get("homepage", ())]
    url = next((resolved(text, one, tree) for one in pages if (text := text_of(one))), None)
    return Person(name=name or mail or "", email=mail, url=url)


def _named(text: str | None) -> Person | None:
    if not text:
        return None
    return _taken_apart(text) if len(text) <= _MOST else Person(name=text)


@lru_cache(maxsize=2048)  # a feed names the same few people over and over
def _taken_apart(text: str) -> Person:
    """Read ``Name``, ``mail``, ``mail (Name)``, ``Name <mail>`` and ``Name (mail)``."""
    mail = _MAIL.search(text) if "@" in text else None
    if mail is None:
        return Person(name=text)
    rest = text.replace(mail[0], "").replace("mailto:", "")
    for empty in ("()", "<>", "&lt;&gt;"):
        rest = rest.replace(empty, "")
    rest = rest.strip().removeprefix("(").removesuffix(")").strip()
    return Person(name=rest or mail[0], email=mail[0])
