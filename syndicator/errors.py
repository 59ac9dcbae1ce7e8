"""Every error the desk raises on purpose.

::

    SyndicatorError
    ├── SettingsError     the YAML is unsound; stops start-up, never a running desk
    ├── SourceError       one source's trouble; recorded and backed off
    │   ├── FetchError    no usable answer came back
    │   ├── LaterError    nothing was asked yet: others are before it
    │   └── ReadError     an answer came back and is no feed
    ├── LibraryError      the store is away or damaged; polling pauses, serving goes on
    ├── DataDirError      another desk owns this data directory
    └── PublishError      a feed could not be written; the last good one stays

Messages are one line: what is wrong, where, and what to do. Raising code
chains the cause; nothing here logs.
"""

from datetime import datetime
from pathlib import Path


class SyndicatorError(Exception):
    """Base of all; ``str()`` of it is fit to show an operator."""


class Problem:
    """One fault in the settings, with its place.

    ``line`` and ``column`` count from 1, as editors do; 0 when unknown.
    """

    __slots__ = ("column", "file", "key", "line", "message")

    def __init__(self, file: str, line: int, column: int, key: str, message: str) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.key = key
        self.message = message

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class SettingsError(SyndicatorError):
    """One or more problems in ``config/``; ``problems`` holds them in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class SourceError(SyndicatorError):
    """Trouble with one source. ``kind`` is a short stable word for logs and metrics."""

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        super().__init__(message)


class FetchError(SourceError):
    """No usable document was fetched.

    ``status`` is the HTTP status where one was received. ``retry_at`` is the
    earliest moment (aware UTC) the server allows another try, from
    ``Retry-After`` (RFC 9110 §10.2.3), if it said.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        *,
        status: int | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        super().__init__(kind, message)
        self.status = status
        self.retry_at = retry_at


class LaterError(SourceError):
    """Nothing was asked, because the host's queue is long; ``at`` is when to come back."""

    def __init__(self, message: str, at: datetime) -> None:
        super().__init__("later", message)
        self.at = at


class ReadError(SourceError):
    """A document arrived that cannot be read as a feed."""


class LibraryError(SyndicatorError):
    """The store did not answer, or answered nonsense."""


class DataDirError(SyndicatorError):
    """The data directory belongs to another running desk."""


class PublishError(SyndicatorError):
    """A document could not be written to ``path``; what stood there still stands."""

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(message)
