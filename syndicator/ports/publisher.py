"""Where published documents go."""

from collections.abc import Callable, Iterable
from typing import Protocol

from syndicator.model.edition import Output


class Publisher(Protocol):
    """Puts documents where readers and web servers find them."""

    def publish(self, outputs: Iterable[Output]) -> tuple[str, ...]:
        """Write those whose bytes changed, each atomically; return their paths.

        They may be made while this goes on: one is written while the next is asked for. What
        is raised by that leaves all that stands.

        Raises:
            PublishError: one could not be written; what stood there still stands. All
                others were written.
        """
        ...

    def last(self, path: str) -> bytes | None:
        """Return the document that stands under a path, if there is one and it can be read."""
        ...

    def withdraw(self, keep: Callable[[str], bool], under: str = "") -> tuple[str, ...]:
        """Delete published files whose path ``keep`` refuses; return their paths.

        Only those in the folder ``under`` are looked at, where one is named.
        """
        ...

    def published(self, under: str) -> frozenset[str]:
        """Return the paths of the documents that stand in a folder."""
        ...
