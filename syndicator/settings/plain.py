"""The plain part of YAML, read at speed, so that a desk of 10,000 sources starts at once.

ruamel spends about a millisecond on a source. Nearly every source is written
in a small part of YAML: words, quoted words, short lists and mappings, one
key a line. :func:`lift` takes such entries out of a text by itself and leaves
all others, and every doubt, to ruamel: what it does not know for certain it
does not touch. It keeps no places; an entry that turns out to be at fault is
read again by ruamel, which does.

(libyaml would read everything, three times slower than this, but by the rules
of YAML 1.1 and with faults worded differently.)
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from ruamel.yaml.nodes import MappingNode, ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from syndicator.settings.yamltext import CONTROL, UNPLACED, Builder, Page

_BREAKS: Final = re.compile("[\x80-\x9f\u2028\u2029\ufeff]|\r(?!\n)")
"""Line breaks and controls that ruamel sees and a split at newlines does not."""
_BLANK: Final = re.compile(r" *(?:#.*)?")
_START: Final = re.compile(r"--- *(?:#.*)?")
_ENTRY: Final = re.compile(r" *([a-z0-9][a-z0-9-]*):(?= |$)")
_KEY: Final = re.compile(r"([a-z_]+):(?= |$)")
_BLOCK_SCALAR: Final = re.compile(r"[|>][-+0-9]{0,2} *(?:#.*)?$", re.MULTILINE)


def _scalar(inside: str, not_after_colon: str) -> str:
    """Return a pattern for words of these characters, one space apart, or words in quotes."""
    colon = f":(?=[^{not_after_colon}])"
    tail = f"(?:[{inside}#]|{colon})*"
    words = rf"[\w./]{tail}(?: (?:[{inside}]|{colon}){tail})*"
    return rf"""(?:({words})|'([^'\t]*)'|"([^"\\\t]*)")"""


_INSIDE: Final = r"\w./%~=+&@;!*()'$?\u2010-\u201d-"
_SCALAR: Final = re.compile(_scalar(_INSIDE + ",", r"\s") + r" *(?:(?<= )#.*)?")
_FLOW_SCALAR: Final = re.compile(_scalar(_INSIDE, r"\s,\[\]{}"))
_FLOW_KEY: Final = re.compile(r"([a-z_]+): +")
_SPACES: Final = re.compile(" *")
_MAX_DEPTH: Final = 8
_SHORT: Final = 24

Row = tuple[int, str]
"""A line that says something: how far it stands in, and the rest of it."""


class Lifted(NamedTuple):
    """What was read at speed, and what is left for ruamel.

    ``entries`` are values by name with the number of their line; ``rest`` is
    the text with those lines blank, so that every place in it holds; ``left``
    are the lines on which an entry starts that was left there.
    """

    entries: dict[str, tuple[int, object]]
    rest: str
    left: set[int]

    def agrees(self, page: Page) -> bool:
        """Say whether ruamel found in ``rest`` an entry on each line of ``left`` and no others.

        Only then did no quote or bracket of theirs reach beyond the entry that opened it.
        """
        root = page.root
        if not isinstance(root, MappingNode) or len(root.value) != 1:
            return False
        node = root.value[0][1]
        if not isinstance(node, MappingNode):
            return False
        keys = [key for key, _ in node.value]
        merged = any(str(key.tag).endswith(":merge") for key in keys)
        lines = [key.start_mark.line for key in keys]
        names = {str(key.value) for key in keys if isinstance(key, ScalarNode)}
        return not merged and sorted(lines) == sorted(self.left) and not names & set(self.entries)


def lift(
    text: str, section: str, environ: Mapping[str, str], leave: Collection[str]
) -> Lifted | None:
    """Take the plainly written entries below ``section:`` out of a text, but those in ``leave``.

    ``None`` where the text as a whole is not plain enough to say where entries start.
    """
    if CONTROL.search(text) or _BREAKS.search(text):
        return None
    lines = text.replace("\r\n", "\n").split("\n")
    starts = _starts(lines, section)
    if not starts:
        return None
    names = [found[1] if (found := _ENTRY.match(lines[at])) else None for at in starts]
    twice = {name for name, count in Counter(names).items() if count > 1}
    reader = _Reader(environ)
    entries: dict[str, tuple[int, object]] = {}
    left: set[int] = set()
    for name, at, end in zip(names, starts, [*starts[1:], len(lines)], strict=True):
        value = reader.entry(lines[at:end]) if name not in leave and name not in twice else None
        if name is not None and value is not None:
            entries[name] = (at, value)
            lines[at:end] = [""] * (end - at)
        else:
            if _BLOCK_SCALAR.search("\n".join(lines[at:end])):
                return None  # the blank lines put below it could become part of it
            left.add(at)
    return Lifted(entries, "\n".join(lines), left)


def _starts(lines: list[str], section: str) -> list[int]:
    """Return the lines on which the entries of a section start; none if that is not certain."""
    opening = re.compile(rf"{section}:(?: +#.*| *)")
    head = next((at for at, line in enumerate(lines) if opening.fullmatch(line)), len(lines))
    above = [line for line in lines[:head] if not _BLANK.fullmatch(line)]
    if len(above) > 1 or not all(map(_START.fullmatch, above)):
        return []
    starts: list[int] = []
    column = 0
    for at in range(head + 1, len(lines)):
        bare = lines[at].lstrip(" ")
        if not bare or bare[0] == "#":
            continue
        indent = len(lines[at]) - len(bare)
        column = column or indent
        if indent < column or not column:
            return []
        if indent == column:
            starts.append(at)
    return starts


class _Odd(Exception):  # noqa: N818 - no error: it says that ruamel should read this
    """This entry is not plainly written."""


class _Reader:
    """Reads entries, or leaves what is not certain to be read alike by ruamel."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._builder = Builder(environ)
        self._tags = VersionedResolver((1, 2)).versioned_resolver
        self._short: dict[str, str] = {}

    def entry(self, lines: list[str]) -> object:
        """Return the value of the entry that these lines hold; ``None`` leaves it."""
        try:
            return self._entry(lines)
        except _Odd:
            return None

    def _entry(self, lines: list[str]) -> object:
        rows = list(_rows(lines))
        head = _ENTRY.match(lines[0])
        rest = lines[0][head.end() :] if head else ""
        value: object
        if _BLANK.fullmatch(rest):
            if len(rows) == 1:
                raise _Odd
            value, at = self._block(rows, 1, rows[1][0], 0)
        else:
            value, at = self._value(rest), 1
        if at != len(rows) or not isinstance(value, dict):
            raise _Odd
        return value

    def _block(self, rows: list[Row], at: int, indent: int, depth: int) -> tuple[object, int]:
        """Read the keys that stand at ``indent``, from row ``at`` on."""
        values: dict[str, object] = {}
        while at < len(rows) and rows[at][0] == indent:
            text = rows[at][1]
            key = _KEY.match(text)
            if key is None or key[1] in values or depth > _MAX_DEPTH:
                raise _Odd
            rest = text[key.end() :]
            at += 1
            if not _BLANK.fullmatch(rest):
                values[key[1]] = self._value(rest)
                continue
            below = rows[at] if at < len(rows) else (0, "")
            if below[0] >= indent and below[1].startswith("- "):
                values[key[1]], at = self._list(rows, at, below[0])
            elif below[0] > indent:
                values[key[1]], at = self._block(rows, at, below[0], depth + 1)
            else:
                values[key[1]] = None
        return values, at

    def _list(self, rows: list[Row], at: int, indent: int) -> tuple[object, int]:
        """Read the items that stand at ``indent``, each a word behind a dash."""
        items: list[object] = []
        while at < len(rows) and rows[at][0] == indent and rows[at][1].startswith("- "):
            found = _SCALAR.fullmatch(rows[at][1][1:].lstrip(" "))
            if found is None:
                raise _Odd
            items.append(self._scalar(found))
            at += 1
        return items, at

    def _value(self, text: str) -> object:
        """Read what stands on the line of its key."""
        text = text.lstrip(" ")
        found = _SCALAR.fullmatch(text)
        if found is not None:
            return self._scalar(found)
        value, end = self._flow(text, 0, 0)
        if not _BLANK.fullmatch(text, end) or text[end : end + 1] == "#":
            raise _Odd
        return value

    def _flow(self, text: str, at: int, depth: int) -> tuple[object, int]:
        """Read a list or mapping in brackets that opens at ``at``; return it and where it ends."""
        opened = text[at : at + 1]
        if opened not in {"[", "{"} or depth > _MAX_DEPTH:
            raise _Odd
        closes = "]" if opened == "[" else "}"
        items: list[object] = []
        values: dict[str, object] = {}
        at = _after_spaces(text, at + 1)
        while text[at : at + 1] != closes or items or values:
            key = _FLOW_KEY.match(text, at) if opened == "{" else None
            if opened == "{" and (key is None or key[1] in values):
                raise _Odd
            found = _FLOW_SCALAR.match(text, key.end() if key else at)
            if found is not None:
                value, at = self._scalar(found), found.end()
            else:
                value, at = self._flow(text, key.end() if key else at, depth + 1)
            if key is not None:
                values[key[1]] = value
            else:
                items.append(value)
            at = _after_spaces(text, at)
            if text[at : at + 1] == closes:
                break
            if text[at : at + 1] != ",":
                raise _Odd
            at = _after_spaces(text, at + 1)
        return (items if opened == "[" else values), at + 1

    def _scalar(self, found: re.Match[str]) -> object:
        """Return the value of a word: a number, a truth or text, by ruamel's own table."""
        text, kind = found[1], "str"
        if text is None:
            text = found[2] if found[2] is not None else found[3]
        else:
            for tag, pattern in self._tags.get(text[0], ()):
                if pattern.match(text):
                    kind = str(tag).rpartition(":")[2]
                    break
        if kind == "str" and "$" not in text:
            # The same few words come in every source: one copy of each is enough.
            return self._short.setdefault(text, text) if len(text) <= _SHORT else text
        value = self._builder.scalar(UNPLACED, kind, text)
        if self._builder.problems:
            self._builder.problems.clear()
            raise _Odd
        return value


def _rows(lines: list[str]) -> Iterator[Row]:
    for line in lines:
        bare = line.lstrip(" ")
        if bare and bare[0] != "#":
            yield len(line) - len(line.lstrip(" ")), bare


def _after_spaces(text: str, at: int) -> int:
    found = _SPACES.match(text, at)
    return found.end() if found else at
