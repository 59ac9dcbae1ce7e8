"""Rights as metadata states them: notices, holders, licences, terms."""

from lxml import etree

from syndicator.ingest.native.links import Link, related, resolved
from syndicator.ingest.native.names import Bag
from syndicator.ingest.native.said import attribute, first_text, said, text_of
from syndicator.ingest.native.tree import Tree
from syndicator.model.entry import Rights

_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
_LICENSES = ("cc:license", "creativecommons:license", "dcterms:license", "podcast:license")
_NONE = Rights()
_NAMES = frozenset(
    {
        "rights",
        "dcterms:rightsholder",
        "dcterms:accessrights",
        "rsl:content",
        "rsl:license",
        *_LICENSES,
    }
)


def rights(bag: Bag, found: list[Link], tree: Tree) -> Rights:
    """Read the rights of an item or a feed.

    ``atom:rights``, ``copyright``, ``dc:rights``, Dublin Core's terms,
    ``link rel=license`` (RFC 4946), Creative Commons' two modules, the
    podcast namespace and RSL 1.0.
    """
    linked = related(found, "license") if found else ()
    if not linked and _NAMES.isdisjoint(bag):
        return _NONE
    holder = first_text(bag.get("dcterms:rightsholder"))
    usage = [text for node in bag.get("dcterms:accessrights", ()) if (text := text_of(node))]
    machine: list[str] = []
    licenses = [*linked, *_licenses(bag, tree, usage)]
    for node in _rsl(bag, tree):
        owner, terms, more = _read_rsl(node, tree)
        holder = holder or owner
        machine += terms
        licenses += more
    return Rights(
        notice=_notice(bag, tree),
        holder=holder,
        licenses=tuple(dict.fromkeys(licenses)),
        usage="; ".join(dict.fromkeys(usage)) or None,
        machine="; ".join(dict.fromkeys(machine)) or None,
    )


def _notice(bag: Bag, tree: Tree) -> str | None:
    for node in bag.get("rights", ()):
        words = said(node, tree, "text/plain", guess=True)
        if words is not None:
            return words.text
    return None


def _licenses(bag: Bag, tree: Tree, usage: list[str]) -> list[str]:
    found = []
    for name in _LICENSES:
        for node in bag.get(name, ()):
            said = attribute(node, _RESOURCE, "resource", "url", "href") or text_of(node)
            if not said:
                continue
            if "://" in said or said.startswith("/"):
                found.append(resolved(said, node, tree))
            else:
                usage.append(said)  # the name of a licence, as ``cc-by-4.0``
    return found


def _rsl(bag: Bag, tree: Tree) -> list[etree._Element]:
    """Return RSL licences: bare, or inside the ``content`` they are for (RSL 1.0 §3)."""
    found = list(bag.get("rsl:license", ()))
    for node in bag.get("rsl:content", ()):
        found += tree.names.children(node).get("rsl:license", ())
    return found


def _read_rsl(node: etree._Element, tree: Tree) -> tuple[str | None, list[str], list[str]]:
    """Return holder, terms in words, and addresses of one RSL licence (RSL 1.0 §3.4 to §3.9)."""
    bag = tree.names.children(node)
    terms = []
    for name in ("permits", "prohibits"):
        for one in bag.get(f"rsl:{name}", ()):
            kind = attribute(one, "type") or "usage"
            terms.append(f"{name} {kind}: {text_of(one) or 'any'}")
    addresses = []
    for one in bag.get("rsl:payment", ()):
        terms.append(f"payment: {attribute(one, 'type') or 'free'}")
        inside = tree.names.children(one)
        for name in ("rsl:standard", "rsl:custom"):
            addresses += [url for said in inside.get(name, ()) if (url := text_of(said))]
    addresses += [url for one in bag.get("rsl:terms", ()) if (url := text_of(one))]
    return first_text(bag.get("rsl:copyright")), terms, addresses
