"""Terms of use by machines, said of each entry and never of a whole feed.

RSL 1.0 (https://rslstandard.org/) in RSS and Atom; the same facts under
``_syndicator.use`` in JSON Feed; ``tdm-reservation`` on pages (TDMRep, 2024).
"""

from typing import Any

from lxml import etree

from syndicator.model.edition import Item
from syndicator.model.license import Permission
from syndicator.render.common import address_of

RSL = "https://rslstandard.org/rsl"
UNSPECIFIED = "http://purl.org/atompub/license#unspecified"
"""RFC 4946 §2.1: this entry's licence is not stated, whatever its feed's may be."""

_USAGES = {"train": "ai-train", "input": "ai-input", "mining": "ai-index"}


def use_of(item: Item) -> dict[str, str]:
    """Return what machines may do with an entry: ``allow`` or ``deny`` of each use."""
    return {name: getattr(item.license.use, name).value for name in _USAGES}


def reserves_mining(item: Item) -> bool:
    """Whether text and data mining is reserved (Directive (EU) 2019/790, article 4(3))."""
    return item.license.use.mining is Permission.DENY


def add_rsl(entry: Any, item: Item) -> None:
    """Append the entry's RSL licence: each use permitted or prohibited by name."""
    link = address_of(item.article.link)
    if link is None:
        return
    content = etree.SubElement(entry, f"{{{RSL}}}content", {"url": link})
    licensed = etree.SubElement(content, f"{{{RSL}}}license")
    for kind, wanted in (("permits", "allow"), ("prohibits", "deny")):
        usages = [_USAGES[name] for name, said in use_of(item).items() if said == wanted]
        if usages:
            element = etree.SubElement(licensed, f"{{{RSL}}}{kind}", {"type": "usage"})
            element.text = ",".join(usages)
