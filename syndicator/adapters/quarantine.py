"""Documents that ended their reader, kept for a person to look at and never read twice."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from syndicator.model.entry import Document
from syndicator.model.ids import SourceId

MOST = 50
WHY = ".why.txt"
_MARK = 16  # letters of a digest in a file's name


class Quarantine:
    """A folder of documents, each with a note beside it. Deleting one lets it be read again."""

    def __init__(self, folder: Path) -> None:
        """Keep them under ``folder``, which is made when it is first needed."""
        self._folder = folder
        self._known = {one.stem.rpartition("-")[2] for one in self._documents()}

    def _documents(self) -> list[Path]:
        with suppress(OSError):
            return sorted(self._folder.glob("*.doc"), key=lambda one: one.stat().st_mtime)
        return []

    def holds(self, document: Document) -> Path | None:
        """Return where a document lies, if it ended a reader before."""
        if not self._known:
            return None
        mark = document.digest[:_MARK]
        if mark not in self._known:
            return None
        found = next(self._folder.glob(f"*-{mark}.doc"), None)
        if found is None:
            self._known.discard(mark)  # somebody took it away
        return found

    def put(self, document: Document, source: SourceId, why: str, now: datetime) -> Path | None:
        """Keep a document and say why; return where. ``None``: the disk would not take it.

        No more than fifty are kept, the latest.
        """
        mark = document.digest[:_MARK]
        path = self._folder / f"{source}-{mark}.doc"
        note = (
            f"{why}\naddress: {document.url}\ntype: {document.content_type or 'not said'}\n"
            f"source: {source}\nwhen: {now:%Y-%m-%d %H:%M} UTC\n"
            f"look at it: syndicator preview {path}\n"
        )
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(document.body)
            path.with_name(path.name + WHY).write_text(note, encoding="utf-8")
        except OSError:
            return None
        self._known.add(mark)
        for old in self._documents()[:-MOST]:
            for one in (old, old.with_name(old.name + WHY)):
                one.unlink(missing_ok=True)
        return path
