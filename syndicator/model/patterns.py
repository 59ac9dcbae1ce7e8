"""Patterns that are compiled when they are first used.

The desk knows hundreds of them, which take a third of a second to compile; most
commands use none.
"""

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Lazy:
    """Stands for a pattern; what is asked of it is asked of the pattern from then on."""

    def __init__(self, text: str, flags: int) -> None:
        self._made = (text, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = re.compile(*self._made)
        self.__dict__.update({one: getattr(made, one) for one in _METHODS})
        return getattr(made, name)


def pattern_of(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern as :func:`re.compile` does; a mistake in it shows when it is first used."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
