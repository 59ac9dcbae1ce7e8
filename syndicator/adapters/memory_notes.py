"""Small values the desk keeps for itself, in memory; see ``memory_library``."""

from collections.abc import Sequence


class MemoryNotes:
    """The part of ``ports.Library`` about notes, with a dictionary."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._notes: dict[str, str] = {}

    async def note(self, name: str) -> str | None:
        """See ``ports.Library``."""
        return self._notes.get(name)

    async def notes(self, names: Sequence[str]) -> dict[str, str]:
        """See ``ports.Library``."""
        return {name: self._notes[name] for name in names if name in self._notes}

    async def set_note(self, name: str, value: str) -> None:
        """See ``ports.Library``."""
        self._notes[name] = value
