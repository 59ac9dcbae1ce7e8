"""Going out for push: asking hubs, and trying whether the desk's own callback can be reached."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class Courier(Protocol):
    """Carries short messages to addresses outside, under the guard of every fetch."""

    async def ask(self, hub: str, form: Mapping[str, str], now: datetime) -> None:
        """Send a form to a hub (WebSub §5.1) and return when it says it will see to it.

        Redirects that keep a form a form (307, 308) are followed.

        Raises:
            FetchError: the hub said no, or nothing usable, or is not to be reached;
                its message is fit to show.
            LaterError: nothing was asked, for too many wait for the same host.
        """
        ...

    async def look(self, url: str, now: datetime) -> str:
        """Return the first 1,000 bytes, as text, of what stands at ``url`` itself, not elsewhere.

        Raises:
            FetchError: it did not answer 200.
            LaterError: nothing was asked, for too many wait for the same host.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
