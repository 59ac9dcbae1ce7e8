"""What was asked for lately, remembered up to a number."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Values by their keys; of too many the one asked for longest ago is forgotten.

    Several threads may use it: what subscribers get is made beside the loop.
    """

    def __init__(self, most: int) -> None:
        """Remember up to so many."""
        self._most = most
        self._held: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """Return what is remembered under a key, if anything is."""
        with self._lock:
            known = self._held.get(key)
            if known is not None:
                self._held.move_to_end(key)
            return known

    def keep(self, key: K, value: V) -> None:
        """Remember a value."""
        with self._lock:
            self._held[key] = value
            self._held.move_to_end(key)
            if len(self._held) > self._most:
                self._held.popitem(last=False)
