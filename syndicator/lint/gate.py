"""The gate: a rendered document in its parts, so that what did not change is judged once.

An entry is judged when it is rendered; the frame of a document, which is all
but its entries, and the ids of those, each time.
"""

import re
from hashlib import blake2b

import msgspec
from lxml import etree

from syndicator.hardened import hardened
from syndicator.lint.atom import lint_entry, lint_feed
from syndicator.lint.findings import Finding, Findings, Level, Place
from syndicator.lint.jsonfeed import JsonWalk, lint_json, lint_json_item
from syndicator.lint.names import ATOM
from syndicator.lint.rss import lint_item, lint_rss
from syndicator.lint.rules import PROMISED, RULES
from syndicator.lint.walk import Walk
from syndicator.model.recent import Recent

_ITEM, _ENTRY = "channel/item", f"{{{ATOM}}}entry"
_HOUR = re.compile(rb"(?<=[T ])(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?=[Z+ ])")
"""The hour in a date: of what changes with each release, all that no rule asks for."""
MOST = 10_000


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A document without its entries, of a kind: ``rss``, ``atom`` or ``json``.

    ``ids`` are those of the entries that stand in it.
    """

    path: str
    kind: str
    address: str
    body: bytes
    ids: tuple[str, ...]


def entry_faults(kind: str, body: bytes) -> str | None:
    """Say what is wrong with one entry, so that it may not leave; ``None`` where nothing is.

    ``body`` is a document of the entry alone; of JSON the item.
    """
    found = Findings()
    if kind == "json":
        try:
            lint_json_item(JsonWalk(found, None, own=True), msgspec.json.decode(body))
        except (msgspec.DecodeError, ValueError) as error:
            found.add("InvalidJSON", "", Place(value=str(error)[:200]))
        return _said(found)
    try:
        root = etree.fromstring(body, hardened())
    except (etree.XMLSyntaxError, ValueError) as error:
        found.add("SAXError", "", Place(value=str(error)[:200]))
        return _said(found)
    walk = Walk(found, kind=kind, own=True)
    if kind == "rss":
        for item in root.iterfind(_ITEM):
            lint_item(walk, item, None)
    else:
        for entry in root.iterfind(_ENTRY):
            lint_entry(walk, entry, ATOM, by_feed=False)
    return _said(found)


def frame_fault(frame: Frame) -> str | None:
    """Say why a document may not replace the one that stands; ``None`` where it may."""
    return _SOUND.faults(frame)


class Sound:
    """Remembers frames in which nothing was wrong: most are, but for an hour, what they were."""

    def __init__(self, most: int = MOST) -> None:
        """Remember up to so many."""
        self._held: Recent[bytes, bool] = Recent(most)

    def faults(self, frame: Frame) -> str | None:
        """Say what is wrong with a frame; ``None`` where nothing is."""
        key = _like(frame)
        if self._held.get(key) and not _repeated(frame.ids):
            return None
        fault = _frame_faults(frame)
        if fault is None:
            self._held.keep(key, True)  # noqa: FBT003 - there is nothing else to say of it
        return fault


_SOUND = Sound()


def _like(frame: Frame) -> bytes:
    """Return what stands for a frame whatever its hours say, and whatever entries it has."""
    told = _HOUR.sub(b"", frame.body)
    name = f"{frame.kind} {frame.address} ".encode(errors="surrogatepass")
    return blake2b(name + told, digest_size=16).digest()


def _frame_faults(frame: Frame) -> str | None:
    found = Findings()
    for ident in _repeated(frame.ids):
        found.add("DuplicateIds", f"{frame.kind} entries", Place(value=ident))
    if frame.kind == "json":
        lint_json(frame.body, frame.address, None, found, own=True)
        return _said(found)
    try:
        root = etree.fromstring(frame.body, hardened())
    except (etree.XMLSyntaxError, ValueError) as error:
        found.add("SAXError", "", Place(value=str(error)[:200]))
        return _said(found)
    walk = Walk(found, kind=frame.kind, address=frame.address, own=True)
    if frame.kind == "rss":
        lint_rss(walk, root, None)
    else:
        lint_feed(walk, root, ATOM)
    return _said(found)


def _repeated(ids: tuple[str, ...]) -> list[str]:
    if len(set(ids)) == len(ids):
        return []
    return sorted({one for one in ids if ids.count(one) > 1})


def _said(found: Findings) -> str | None:
    errors = [one for one in found.sealed(RULES, PROMISED) if one.level is Level.ERROR]
    return "; ".join(in_a_line(one) for one in errors[:3]) if errors else None


def in_a_line(finding: Finding) -> str:
    """Say a finding in a line, for a log."""
    value = finding.places[0].value if finding.places else None
    shown = f" ({value})" if value else ""
    return f"{finding.rule} at {finding.path or 'the document'}: {finding.what}{shown}"
