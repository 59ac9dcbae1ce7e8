"""One YAML file → a tree that remembers where everything stands, and plain values from it.

Places are kept on the nodes, so an error found much later can still name its
line and column. Nothing here raises for what a file holds: every fault
becomes a ``Problem``.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from syndicator.errors import Problem

Path_ = tuple[str | int, ...]
"""Keys and list positions from the top of a file down to a value."""

_CORE: Final = "tag:yaml.org,2002:"
_PLAIN: Final = {"null", "bool", "int", "float", "str", "timestamp", "map", "seq", "merge", "value"}
CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_VARIABLE = re.compile(r"\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{")
MAX_SIZE: Final = 1_000_000
MAX_DEPTH: Final = 40


class Page:
    """One file: its name as shown to people, its text, and its top node (``None`` if empty)."""

    __slots__ = ("file", "root", "text")

    def __init__(self, file: str, text: str, root: Node | None) -> None:
        self.file = file
        self.text = text
        self.root = root


def read_page(path: Path, file: str) -> Page | Problem:
    """Read and compose one file; ``file`` is what problems call it."""
    text = read_text(path, file)
    return compose(text, file) if isinstance(text, str) else text


def read_text(path: Path, file: str) -> str | Problem:
    """Read one file, which must be UTF-8; a byte order mark is passed over."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Problem(file, 0, 0, "", "is missing")
    except OSError as error:
        return Problem(file, 0, 0, "", f"cannot be read: {error.strerror or error}")
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line, column = _position(data[: error.start].decode("utf-8", "replace"))
        return Problem(file, line, column, "", "is not UTF-8 text; save it as UTF-8")


def compose(text: str, file: str) -> Page | Problem:
    """Turn the text of a file into a tree."""
    bad = CONTROL.search(text)
    if bad:
        line, column = _position(text[: bad.start()])
        return Problem(file, line, column, "", f"holds the control character U+{ord(bad[0]):04X}")
    yaml = YAML(typ="rt")
    yaml.composer.warn_double_anchors = False
    try:
        return Page(file, text, yaml.compose(text))
    except MarkedYAMLError as error:
        return _marked(error, file)
    except RecursionError:
        return Problem(file, 0, 0, "", "is nested too deeply")
    except Exception as error:  # noqa: BLE001 - a reader that trips over a text is a fault of the text
        said = " ".join(str(error).split())
        return Problem(file, 0, 0, "", f"is not YAML: {said or type(error).__name__}")


def _position(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _marked(error: MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
    said = " ".join(str(error.problem or error.context or "unreadable").split())
    if "'\\t'" in said:
        said = "a tab cannot indent; use spaces"
    return Problem(file, line, column, "", f"is not YAML: {said}")


def key_text(node: Node) -> str | None:
    """Return a key as written (``no`` and ``1`` are words too); ``None`` if it is no scalar."""
    return str(node.value) if isinstance(node, ScalarNode) else None


def pairs(node: MappingNode) -> Iterator[tuple[str, Node, Node]]:
    """Yield (name, key node, value node): a mapping's own keys, then those merged in by ``<<``.

    A name may come more than once; the first counts.
    """
    yield from _pairs(node, 0)


def _pairs(node: MappingNode, depth: int) -> Iterator[tuple[str, Node, Node]]:
    merged: list[Node] = []
    for key, value in node.value:
        if key.tag == _CORE + "merge":
            merged += value.value if isinstance(value, SequenceNode) else [value]
        elif (name := key_text(key)) is not None:
            yield name, key, value
    for one in merged:
        if isinstance(one, MappingNode) and depth < MAX_DEPTH:
            yield from _pairs(one, depth + 1)


def dotted(path: Path_) -> str:
    """``("topics", "world", "any", 0)`` → ``topics.world.any[0]``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


class Place:
    """A key (or list item) and its value: where an error about it points."""

    __slots__ = ("file", "mark", "node", "path")

    def __init__(self, file: str, mark: Node, node: Node, path: Path_) -> None:
        self.file = file
        self.mark = mark
        self.node = node
        self.path = path

    def find(self, path: Path_) -> "Place":
        """Go down as far as ``path`` leads in the file; what is not there is passed over."""
        here = self
        for part in path:
            found = here.child(part)
            if found is None:
                break
            here = found
        return here

    def child(self, part: str | int) -> "Place | None":
        """Return one step down, or ``None``."""
        if isinstance(self.node, MappingNode):
            for name, key, value in pairs(self.node):
                if name == part:
                    return Place(self.file, key, value, (*self.path, part))
        if isinstance(self.node, SequenceNode) and isinstance(part, int):
            items = self.node.value
            if 0 <= part < len(items):
                return Place(self.file, items[part], items[part], (*self.path, part))
        return None

    def pairs(self) -> Iterator[tuple[str, Node, Node]]:
        """Yield the keys of a mapping here, as :func:`pairs` does; nothing for other values."""
        if isinstance(self.node, MappingNode):
            yield from pairs(self.node)

    def problem(self, message: str, *more: str | int) -> Problem:
        """Say what is wrong here; ``more`` names a key that is missing below."""
        start = self.mark.start_mark
        key = dotted((*self.path, *more))
        return Problem(self.file, start.line + 1, start.column + 1, key, message)


_NOWHERE = ScalarNode(_CORE + "str", "", StringMark("", 0, 0, 0, "", 0))
UNPLACED: Final = Place("", _NOWHERE, _NOWHERE, ())
"""The place of what was read without places; a problem found here has to be found again."""


class Builder:
    """Makes plain values of nodes: names from the environment filled in, faults collected.

    An alias is built once and shared; what would grow beyond ``MAX_SIZE``
    values when written out is refused, so a small file stays a small value.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._done: dict[int, tuple[object, int, Node]] = {}
        self._open: set[int] = set()
        self.problems: list[Problem] = []

    def build(self, place: Place) -> object:
        """Return the value at a place."""
        return self._build(place, 0)[0]

    def _build(self, place: Place, depth: int) -> tuple[object, int]:
        node = place.node
        known = self._done.get(id(node))
        if known is not None:
            return known[0], known[1]
        if id(node) in self._open:
            return self._refuse(place, "refers to itself"), 1
        if depth > MAX_DEPTH:
            return self._refuse(place, "is nested too deeply"), 1
        self._open.add(id(node))
        value, size = self._value(place, depth)
        self._open.discard(id(node))
        if size > MAX_SIZE:
            value, size = self._refuse(place, "is too large once its aliases are written out"), 1
        self._done[id(node)] = (value, size, node)
        return value, size

    def _value(self, place: Place, depth: int) -> tuple[object, int]:
        node = place.node
        tag = str(node.tag or "")
        if not tag.startswith(_CORE) or tag.removeprefix(_CORE) not in _PLAIN:
            return self._refuse(place, f"tags such as {tag} are not used here; remove it"), 1
        if isinstance(node, MappingNode):
            return self._mapping(place, node, depth)
        if isinstance(node, SequenceNode):
            items = [
                self._build(Place(place.file, one, one, (*place.path, index)), depth + 1)
                for index, one in enumerate(node.value)
            ]
            return [item for item, _ in items], sum(size for _, size in items) + 1
        return self.scalar(place, tag.removeprefix(_CORE), str(node.value)), 1

    def _mapping(self, place: Place, node: MappingNode, depth: int) -> tuple[object, int]:
        self.check_keys(place)
        values: dict[str, object] = {}
        total = 1
        for name, key, value in pairs(node):
            if name not in values:
                below = Place(place.file, key, value, (*place.path, name))
                values[name], size = self._build(below, depth + 1)
                total += size
        return values, total

    def check_keys(self, place: Place) -> None:
        """Collect what is wrong with the keys of a mapping themselves."""
        seen: dict[str, Node] = {}
        for key, value in place.node.value:
            name = key_text(key)
            below = Place(place.file, key, value, (*place.path, name or "?"))
            if name is None:
                self.problems.append(below.problem("a key must be one word, not a list or mapping"))
            elif name in seen:
                line = seen[name].start_mark.line + 1
                self.problems.append(below.problem(f"is written twice; first on line {line}"))
            elif CONTROL.search(name):
                self.problems.append(below.problem("holds a control character"))
            elif key.tag == _CORE + "merge" and not _mergeable(value):
                self.problems.append(below.problem("<< takes a mapping or a list of mappings"))
            seen.setdefault(name or "", key)

    def scalar(self, place: Place, kind: str, text: str) -> object:
        """Return the value of a word: ``null``, ``bool``, ``int``, ``float``, or else text."""
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() in {"true", "yes", "on", "y"}
        if kind == "int":
            return _integer(text)
        if kind == "float":
            return _float(text)
        text = self._fill(place, text)
        if CONTROL.search(text):
            self._refuse(place, "holds a control character or half a character")
            return ""
        return text

    def _fill(self, place: Place, text: str) -> str:
        def one(match: re.Match[str]) -> str:
            if match[0] == "$$":
                return "$"
            if match[1] is None:
                self._refuse(place, "write ${NAME} for an environment variable, $$ for a dollar")
                return ""
            if match[1] not in self._environ:
                self._refuse(place, f"environment variable {match[1]} is not set")
                return ""
            return self._environ[match[1]]

        return _VARIABLE.sub(one, text) if "$" in text else text

    def _refuse(self, place: Place, message: str) -> object:
        """Note a fault; the value it leaves behind is none."""
        self.problems.append(place.problem(message))
        return None


def _mergeable(value: Node) -> bool:
    every = value.value if isinstance(value, SequenceNode) else [value]
    return all(isinstance(one, MappingNode) for one in every)


def _integer(text: str) -> object:
    """YAML 1.2 integers; what Python refuses stays text and fails where a number is wanted."""
    bare = text.replace("_", "").lower()
    try:
        return int(bare, 0) if bare.lstrip("+-").startswith(("0x", "0o", "0b")) else int(bare)
    except ValueError:
        return text


def _float(text: str) -> object:
    try:
        return float(text.replace("_", ""))
    except ValueError:
        return text  # .inf and .nan: no setting takes one
