"""What every extension of an entry of ours is: it holds one thing, and is asked twice for it."""

from typing import Any, Generic, TypeVar

from feedgen.ext.base import BaseEntryExtension

T = TypeVar("T")


class Carrier(BaseEntryExtension, Generic[T]):  # type: ignore[misc]
    """An extension that feedgen makes without arguments, and that is told then what to write."""

    def __init__(self) -> None:
        """Wait for :meth:`set`."""
        self._told: T | None = None

    def set(self, one: T) -> None:
        """Say what is to be written."""
        self._told = one

    @property
    def one(self) -> T:
        """What is to be written.

        Raises:
            RuntimeError: nothing was said, which is a fault of ours.
        """
        if self._told is None:
            raise RuntimeError("an extension was given nothing to write")
        return self._told

    def extend_rss(self, entry: Any) -> Any:
        """Complete an RSS item."""
        return entry

    def extend_atom(self, entry: Any) -> Any:
        """Complete an Atom entry."""
        return entry
