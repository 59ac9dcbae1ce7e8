"""What was asked for lately, remembered up to a number or a size."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


def _one(_: object) -> int:
    return 1


class Recent(Generic[K, V]):
    """Values by their keys; of too many those asked for longest ago are forgotten.

    Several threads may use it: what subscribers get is made beside the loop.
    """

    def __init__(self, most: int, size: Callable[[V], int] = _one) -> None:
        """Remember up to so many; or, by the ``size`` of each, up to so much."""
        self._most = most
        self._size = size
        self._holds = 0
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
            before = self._held.pop(key, None)
            self._held[key] = value
            self._holds += self._size(value) - (self._size(before) if before is not None else 0)
            while self._holds > self._most:
                _, old = self._held.popitem(last=False)
                self._holds -= self._size(old)
