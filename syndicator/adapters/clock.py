"""The only place where the time is read."""

from datetime import UTC, datetime


class SystemClock:
    """Implements ``ports.Clock`` by the machine's clock."""

    def now(self) -> datetime:
        """Return this moment, aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - here and nowhere else
