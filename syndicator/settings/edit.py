"""Edits to ``sources.yaml`` that keep its comments, order and quotes."""

import os
import tempfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from syndicator.errors import Problem, SettingsError
from syndicator.model.ids import SourceId
from syndicator.settings.load import nearest


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _edit(
    config: Path, source: SourceId, change: Callable[[CommentedMap], None], *, new: bool
) -> None:
    """Apply ``change`` to the mapping of sources in the file that holds ``source``."""
    main = config / "sources.yaml"
    files = [main, *sorted((config / "sources.d").glob("*.yaml"))]
    known: list[str] = []
    for path in files:
        if not path.exists():
            continue
        data = _load(path)
        entries = data.get("sources") or CommentedMap()
        known.extend(entries)
        if source in entries and not new:
            change(entries)
            _write(path, data)
            return
    if not new:
        raise _fault(
            "sources.yaml", source, f"there is no source {source!r}{nearest(source, known)}"
        )
    if source in known:
        raise _fault("sources.yaml", source, f"there is a source {source!r} already")
    data = _load(main) if main.exists() else CommentedMap()
    if not data.get("sources"):
        data["sources"] = CommentedMap()
    change(data["sources"])
    _write(main, data)


def _fault(file: str, key: str, text: str) -> SettingsError:
    return SettingsError([Problem(file, 0, 0, key, text)])


def _load(path: Path) -> CommentedMap:
    try:
        data = _yaml().load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        first = str(error).strip().split("\n")[0]
        raise _fault(path.name, "", f"cannot be edited: {first}") from error
    if data is None:
        return CommentedMap()
    if not isinstance(data, CommentedMap):
        raise _fault(path.name, "", "must be a mapping of keys to values")
    return data


def _write(path: Path, data: CommentedMap) -> None:
    """Replace the file whole: a full disk or a crash leaves the old one."""
    out = StringIO()
    _yaml().dump(data, out)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(out.getvalue())
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _fault(path.name, "", f"cannot be written: {error.strerror or error}") from error


def add_source(config: Path, source: SourceId, fields: dict[str, Any]) -> None:
    """Add a source at the end of ``sources.yaml``.

    Raises:
        SettingsError: there is one of that name, or the file cannot be edited.
    """
    _edit(
        config,
        source,
        lambda entries: entries.update({str(source): CommentedMap(fields)}),
        new=True,
    )


def remove_source(config: Path, source: SourceId) -> None:
    """Take a source out.

    Raises:
        SettingsError: there is none of that name.
    """
    _edit(config, source, lambda entries: entries.pop(source), new=False)


def set_paused(config: Path, source: SourceId, *, paused: bool) -> None:
    """Write or remove ``paused: true``.

    Raises:
        SettingsError: there is no source of that name.
    """

    def change(entries: CommentedMap) -> None:
        if paused:
            entries[source]["paused"] = True
        else:
            entries[source].pop("paused", None)

    _edit(config, source, change, new=False)
