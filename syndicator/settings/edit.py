"""Edits to ``sources.yaml`` and ``subscribers.yaml`` that touch the lines of one entry alone.

The file's tree says where an entry stands; only those lines are changed, so
comments, quotes and indentation elsewhere stay byte for byte. Every edit is
read back and compared before it is written. Where lines alone cannot express
it (entries written in braces) ruamel rewrites the file, keeping its comments.
"""

import os
import tempfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from syndicator.errors import Problem, SettingsError
from syndicator.model.ids import SourceId, SubscriberId
from syndicator.settings.checks import ID
from syndicator.settings.load import SOURCES, SUBSCRIBERS, section_files
from syndicator.settings.words import suggest
from syndicator.settings.yamltext import Page, Place, compose, read_page

Entries = dict[str, Any]
_WIDE = 1_000_000


def add_source(config: Path, source: SourceId, fields: dict[str, Any]) -> None:
    """Add a source at the end of ``sources.yaml``, making the file if there is none.

    Raises:
        SettingsError: the id is taken or no id, or the file cannot be edited.
    """
    _Sheet(config, SOURCES).add(source, fields)


def remove_source(config: Path, source: SourceId) -> None:
    """Take a source out. A comment above it stays: it may head those that follow.

    Raises:
        SettingsError: there is none of that name, or the file cannot be edited.
    """
    _Sheet(config, SOURCES).remove(source)


def set_paused(config: Path, source: SourceId, *, paused: bool) -> None:
    """Write ``paused: true``, or take it out; nothing is written when it stands so already.

    Raises:
        SettingsError: there is no source of that name, or the file cannot be edited.
    """
    _Sheet(config, SOURCES).flag(source, "paused", on=paused)


def add_subscriber(config: Path, subscriber: SubscriberId, fields: dict[str, Any]) -> None:
    """Add a subscriber as :func:`add_source` does a source, and raise what it does."""
    _Sheet(config, SUBSCRIBERS).add(subscriber, fields)


def remove_subscriber(config: Path, subscriber: SubscriberId) -> None:
    """Take a subscriber out as :func:`remove_source` does a source, and raise what it does."""
    _Sheet(config, SUBSCRIBERS).remove(subscriber)


def revoke_subscriber(config: Path, subscriber: SubscriberId) -> None:
    """Write ``revoked: true``; nothing is written when it stands so already.

    Raises:
        SettingsError: there is none of that name, or the file cannot be edited.
    """
    _Sheet(config, SUBSCRIBERS).flag(subscriber, "revoked", on=True)


class _Sheet:
    """The files of one section, to be edited entry by entry."""

    def __init__(self, config: Path, section: str) -> None:
        self._config = config.absolute()
        self._section = section
        self._noun = section.removesuffix("s")

    def add(self, key: str, fields: dict[str, Any]) -> None:
        pages = self._pages()
        name = f"{self._section}.yaml"
        if not ID.fullmatch(key):
            raise _fault(name, key, "an id is 1 to 64 of a-z, 0-9 and -")
        for path, page in pages:
            if key in _entries(page, self._section):
                raise _fault(path.name, key, f"there is a {self._noun} of that name already")
        path = self._config / name
        page = next((page for one, page in pages if one == path), Page(path.name, "", None))

        def change(entries: Entries) -> None:
            entries[str(key)] = _flowing(fields)

        self._apply(path, page, _added(page, self._section, key, fields), change)

    def remove(self, key: str) -> None:
        path, page, place = self._find(key)
        lines = page.text.splitlines(keepends=True)
        start, end = _span(place, lines)
        kept = "".join(lines[:start] + lines[end:])
        self._apply(path, page, kept, lambda entries: entries.pop(key))

    def flag(self, key: str, flag: str, *, on: bool) -> None:
        path, page, place = self._find(key)
        if bool(_entries(page, self._section)[key].get(flag)) == on:
            return

        def change(entries: Entries) -> None:
            entries[key][flag] = on
            if not on:
                del entries[key][flag]

        self._apply(path, page, _flagged(page, place, flag, on=on), change)

    def _pages(self) -> list[tuple[Path, Page]]:
        pages = []
        for path, file in section_files(self._config, self._section):
            page = read_page(path, file)
            if isinstance(page, Page):
                pages.append((path, page))
            elif path.exists():
                raise SettingsError([page])
        return pages

    def _find(self, key: str) -> tuple[Path, Page, Place]:
        known: list[str] = []
        for path, page in self._pages():
            names = _entries(page, self._section)
            known += names
            if key in names and page.root is not None:
                top = Place(page.file, page.root, page.root, ())
                place = top.find((self._section, str(key)))
                if isinstance(place.node, MappingNode):
                    return path, page, place
                raise SettingsError([place.problem("must be a mapping: lines of key: value")])
        said = f"there is no such {self._noun}; {suggest(key, known)}"
        raise _fault(f"{self._section}.yaml", key, said)

    def _apply(
        self, path: Path, page: Page, text: str, change: Callable[[Entries], object]
    ) -> None:
        """Write ``text`` if it says what was meant; else let ruamel make the change."""
        wanted = _entries(page, self._section)
        change(wanted)
        if not self._says(page.file, text, wanted):
            text = self._rewritten(page, change)
            if not self._says(page.file, text, wanted):
                said = "cannot be edited here (anchors?); please edit it by hand"
                raise _fault(page.file, "", said)
        _write(path, text, page.file)

    def _says(self, file: str, text: str, wanted: Entries) -> bool:
        page = compose(text, file)
        if not isinstance(page, Page):
            return False
        try:
            found = _entries(page, self._section)
        except SettingsError:
            return False

        def plain(entries: Entries) -> Entries:
            return {
                key: {name: one for name, one in value.items() if (name, one) != ("paused", False)}
                if isinstance(value, dict)
                else value
                for key, value in entries.items()
            }

        return plain(found) == plain(wanted)

    def _rewritten(self, page: Page, change: Callable[[Entries], object]) -> str:
        data = _yaml().load(page.text) or CommentedMap()
        if not data.get(self._section):
            data[self._section] = CommentedMap()
        change(data[self._section])
        out = StringIO()
        _yaml().dump(data, out)
        return out.getvalue()


def _entries(page: Page, section: str) -> Entries:
    """Return the entries of a page as plain values, to look at and to compare by."""
    try:
        data = YAML(typ="safe", pure=True).load(page.text)
    except YAMLError as error:
        said = " ".join(str(getattr(error, "problem", None) or error).split())
        raise _fault(page.file, "", f"cannot be edited: {said}") from error
    found = data.get(section) if isinstance(data, dict) else data
    if found is not None and not isinstance(found, dict):
        raise _fault(page.file, section, "must be a mapping: lines of key: value")
    return {str(key): value for key, value in (found or {}).items()}


def _fault(file: str, key: str, text: str) -> SettingsError:
    return SettingsError([Problem(file, 0, 0, key, text)])


def _span(place: Place, lines: list[str]) -> tuple[int, int]:
    """Return the lines of one entry: its key's, and those below that stand further in."""
    start, column = place.mark.start_mark.line, place.mark.start_mark.column
    end = last = start + 1
    for end, line in enumerate(lines[start + 1 :], start + 1):
        bare = line.lstrip(" ")
        if bare.strip() and len(line) - len(bare) <= column:
            break
        if bare.strip():
            last = end + 1
    return start, last


def _added(page: Page, section: str, key: str, fields: dict[str, Any]) -> str:
    """Return the text with an entry after the last one, in the file's own indentation."""
    newline = "\r\n" if "\r\n" in page.text else "\n"
    lines = page.text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += newline
    root = page.root
    top = Place(page.file, root, root, ()) if isinstance(root, MappingNode) else None
    head = top.child(section) if top else None
    outer, inner, gap, at = 2, 4, False, len(lines)
    if head is None:
        lines.append(f"{section}:{newline}")
        at = len(lines)
    elif isinstance(head.node, MappingNode) and head.node.value and not head.node.flow_style:
        first, value = head.node.value[0]
        last_key, last = head.node.value[-1]
        outer = first.start_mark.column
        inner = _child_column(value) or outer + 2
        at = _span(Place(page.file, last_key, last, ()), lines)[1]
        before = last_key.start_mark.line
        gap = before > 0 and not lines[before - 1].strip()
    else:  # the section has no entry yet
        at = head.mark.start_mark.line
        lines[at] = f"{section}:{newline}"
        at += 1
    block = _block(key, fields, outer, inner)
    block = [newline] * gap + [line + newline for line in block]
    return "".join(lines[:at] + block + lines[at:])


def _child_column(value: Node) -> int | None:
    if isinstance(value, MappingNode) and value.value and not value.flow_style:
        return int(value.value[0][0].start_mark.column)
    return None


def _block(key: str, fields: dict[str, Any], outer: int, inner: int) -> list[str]:
    out = StringIO()
    _yaml().dump(_flowing(fields), out)
    name = StringIO()
    _yaml().dump({str(key): None}, name)
    head = " " * outer + name.getvalue().strip()
    return [head, *(" " * inner + line for line in out.getvalue().splitlines())]


def _flowing(fields: dict[str, Any]) -> CommentedMap:
    """Lists and mappings inside an entry stand on one line, as people write them here."""
    made = CommentedMap()
    for key, value in fields.items():
        made[key] = value
        if isinstance(value, list | tuple):
            made[key] = CommentedSeq(value)
            made[key].fa.set_flow_style()
        elif isinstance(value, dict):
            made[key] = CommentedMap(value)
            made[key].fa.set_flow_style()
    return made


def _flagged(page: Page, place: Place, flag: str, *, on: bool) -> str:
    """Return the text with a word of one entry true, or taken out."""
    lines = page.text.splitlines(keepends=True)
    own = next((pair for pair in place.node.value if pair[0].value == flag), None)
    word = "true" if on else "false"
    if own is not None and isinstance(own[1], ScalarNode):
        mark, end = own[1].start_mark, own[1].end_mark
        line = lines[mark.line]
        if not on and line.strip() == f"{flag}: {line[mark.column : end.column]}":
            return "".join(lines[: mark.line] + lines[mark.line + 1 :])
        lines[mark.line] = line[: mark.column] + word + line[end.column :]
        return "".join(lines)
    column = _child_column(place.node)
    if column is None:
        return page.text  # braces: ruamel does it
    _, at = _span(place, lines)
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if not lines[at - 1].endswith("\n"):
        lines[at - 1] += newline
    return "".join([*lines[:at], " " * column + f"{flag}: {word}{newline}", *lines[at:]])


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    return yaml


def _write(path: Path, text: str, file: str) -> None:
    """Replace the file whole: a full disk or a crash leaves the old one."""
    path = path.resolve()
    temporary: Path | None = None
    try:
        bom = path.exists() and path.read_bytes().startswith(b"\xef\xbb\xbf")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(b"\xef\xbb\xbf" * bom + text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise _fault(file, "", f"cannot be written: {error.strerror or error}") from error
