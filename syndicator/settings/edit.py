"""Edits to ``sources.yaml`` that touch the lines of one source and no others.

The file's tree says where a source stands; only those lines are changed, so
comments, quotes and indentation elsewhere stay byte for byte. Every edit is
read back and compared before it is written. Where lines alone cannot express
it (sources written in braces) ruamel rewrites the file, keeping its comments.
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
from syndicator.model.ids import SourceId
from syndicator.settings.checks import ID
from syndicator.settings.load import SOURCES, section_files
from syndicator.settings.words import suggest
from syndicator.settings.yamltext import Page, Place, compose, read_page

Entries = dict[str, Any]
_WIDE = 1_000_000


def add_source(config: Path, source: SourceId, fields: dict[str, Any]) -> None:
    """Add a source at the end of ``sources.yaml``, making the file if there is none.

    Raises:
        SettingsError: the id is taken or no id, or the file cannot be edited.
    """
    config = config.absolute()
    pages = _pages(config)
    if not ID.fullmatch(source):
        raise _fault("sources.yaml", source, "an id is 1 to 64 of a-z, 0-9 and -")
    for path, page in pages:
        if source in _entries(page):
            raise _fault(path.name, source, "there is a source of that name already")
    path = config / f"{SOURCES}.yaml"
    page = next((page for one, page in pages if one == path), Page(path.name, "", None))

    def change(entries: Entries) -> None:
        entries[str(source)] = _flowing(fields)

    _apply(path, page, _added(page, source, fields), change)


def remove_source(config: Path, source: SourceId) -> None:
    """Take a source out. A comment above it stays: it may head those that follow.

    Raises:
        SettingsError: there is none of that name, or the file cannot be edited.
    """
    path, page, place = _find(config, source)
    lines = page.text.splitlines(keepends=True)
    start, end = _span(place, lines)
    _apply(path, page, "".join(lines[:start] + lines[end:]), lambda entries: entries.pop(source))


def set_paused(config: Path, source: SourceId, *, paused: bool) -> None:
    """Write ``paused: true``, or take it out; nothing is written when it stands so already.

    Raises:
        SettingsError: there is no source of that name, or the file cannot be edited.
    """
    path, page, place = _find(config, source)
    if bool(_entries(page)[source].get("paused")) == paused:
        return

    def change(entries: Entries) -> None:
        entries[source]["paused"] = paused
        if not paused:
            del entries[source]["paused"]

    _apply(path, page, _repaused(page, place, paused=paused), change)


def _pages(config: Path) -> list[tuple[Path, Page]]:
    config = config.absolute()
    pages = []
    for path, file in section_files(config, SOURCES):
        page = read_page(path, file)
        if isinstance(page, Page):
            pages.append((path, page))
        elif path.exists():
            raise SettingsError([page])
    return pages


def _find(config: Path, source: SourceId) -> tuple[Path, Page, Place]:
    known: list[str] = []
    for path, page in _pages(config):
        names = _entries(page)
        known += names
        if source in names and page.root is not None:
            top = Place(page.file, page.root, page.root, ())
            place = top.find((SOURCES, str(source)))
            if isinstance(place.node, MappingNode):
                return path, page, place
            raise SettingsError([place.problem("must be a mapping: lines of key: value")])
    raise _fault("sources.yaml", source, f"there is no such source; {suggest(source, known)}")


def _entries(page: Page) -> Entries:
    """Return the sources of a page as plain values, to look at and to compare by."""
    try:
        data = YAML(typ="safe", pure=True).load(page.text)
    except YAMLError as error:
        said = " ".join(str(getattr(error, "problem", None) or error).split())
        raise _fault(page.file, "", f"cannot be edited: {said}") from error
    sources = data.get(SOURCES) if isinstance(data, dict) else data
    if sources is not None and not isinstance(sources, dict):
        raise _fault(page.file, SOURCES, "must be a mapping: lines of key: value")
    return {str(key): value for key, value in (sources or {}).items()}


def _fault(file: str, key: str, text: str) -> SettingsError:
    return SettingsError([Problem(file, 0, 0, key, text)])


def _span(place: Place, lines: list[str]) -> tuple[int, int]:
    """Return the lines of one source: its key's, and those below that stand further in."""
    start, column = place.mark.start_mark.line, place.mark.start_mark.column
    end = last = start + 1
    for end, line in enumerate(lines[start + 1 :], start + 1):
        bare = line.lstrip(" ")
        if bare.strip() and len(line) - len(bare) <= column:
            break
        if bare.strip():
            last = end + 1
    return start, last


def _added(page: Page, source: SourceId, fields: dict[str, Any]) -> str:
    """Return the text with a source after the last one, in the file's own indentation."""
    newline = "\r\n" if "\r\n" in page.text else "\n"
    lines = page.text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += newline
    root = page.root
    top = Place(page.file, root, root, ()) if isinstance(root, MappingNode) else None
    head = top.child(SOURCES) if top else None
    outer, inner, gap, at = 2, 4, False, len(lines)
    if head is None:
        lines.append(f"{SOURCES}:{newline}")
        at = len(lines)
    elif isinstance(head.node, MappingNode) and head.node.value and not head.node.flow_style:
        first, value = head.node.value[0]
        last_key, last = head.node.value[-1]
        outer = first.start_mark.column
        inner = _child_column(value) or outer + 2
        at = _span(Place(page.file, last_key, last, ()), lines)[1]
        before = last_key.start_mark.line
        gap = before > 0 and not lines[before - 1].strip()
    else:  # `sources:` or `sources: {}`
        at = head.mark.start_mark.line
        lines[at] = f"{SOURCES}:{newline}"
        at += 1
    block = _block(source, fields, outer, inner)
    block = [newline] * gap + [line + newline for line in block]
    return "".join(lines[:at] + block + lines[at:])


def _child_column(value: Node) -> int | None:
    if isinstance(value, MappingNode) and value.value and not value.flow_style:
        return int(value.value[0][0].start_mark.column)
    return None


def _block(source: SourceId, fields: dict[str, Any], outer: int, inner: int) -> list[str]:
    out = StringIO()
    _yaml().dump(_flowing(fields), out)
    key = StringIO()
    _yaml().dump({str(source): None}, key)
    head = " " * outer + key.getvalue().strip()
    return [head, *(" " * inner + line for line in out.getvalue().splitlines())]


def _flowing(fields: dict[str, Any]) -> CommentedMap:
    """Lists and mappings inside a source stand on one line, as people write them here."""
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


def _repaused(page: Page, place: Place, *, paused: bool) -> str:
    lines = page.text.splitlines(keepends=True)
    own = next((pair for pair in place.node.value if pair[0].value == "paused"), None)
    word = "true" if paused else "false"
    if own is not None and isinstance(own[1], ScalarNode):
        mark, end = own[1].start_mark, own[1].end_mark
        line = lines[mark.line]
        if not paused and line.strip() == f"paused: {line[mark.column : end.column]}":
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
    return "".join([*lines[:at], " " * column + f"paused: {word}{newline}", *lines[at:]])


def _apply(path: Path, page: Page, text: str, change: Callable[[Entries], object]) -> None:
    """Write ``text`` if it says what was meant; else let ruamel make the change."""
    wanted = _entries(page)
    change(wanted)
    if not _says(page.file, text, wanted):
        text = _rewritten(page, change)
        if not _says(page.file, text, wanted):
            raise _fault(page.file, "", "cannot be edited here (anchors?); please edit it by hand")
    _write(path, text, page.file)


def _says(file: str, text: str, wanted: Entries) -> bool:
    page = compose(text, file)
    if not isinstance(page, Page):
        return False
    try:
        found = _entries(page)
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


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    return yaml


def _rewritten(page: Page, change: Callable[[Entries], object]) -> str:
    data = _yaml().load(page.text) or CommentedMap()
    if not data.get(SOURCES):
        data[SOURCES] = CommentedMap()
    change(data[SOURCES])
    out = StringIO()
    _yaml().dump(data, out)
    return out.getvalue()


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
