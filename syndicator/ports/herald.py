"""Going out as a hub: callbacks asked and told, and the documents they are told of."""

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Protocol

import msgspec


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A callback's answer: its status, how its text begins, and ``Retry-After`` as a moment."""

    status: int
    text: str = ""
    retry_at: datetime | None = None


class Herald(Protocol):
    """Calls callbacks, under the guard of every fetch. Redirects are answers like others.

    Both ways of calling give up after ten seconds.
    """

    def forbids(self, url: str) -> str | None:
        """Say in one line why an address is never called, where that is plain from its looks."""
        ...

    async def ask(self, url: str, now: datetime) -> Reply:
        """Ask a callback (WebSub §5.3).

        Raises:
            FetchError: no answer came; its message is fit to show.
        """
        ...

    async def tell(
        self, callback: str, body: bytes, headers: Mapping[str, str], now: datetime
    ) -> Reply:
        """Deliver a document (WebSub §7).

        Raises:
            FetchError: no answer came; its message is fit to show.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Documents(Protocol):
    """The published documents, as they stand below ``feeds/``."""

    def stamp(self, document: str) -> Hashable | None:
        """Return what changes whenever a document is written; ``None`` if there is none."""
        ...

    def read(self, document: str) -> tuple[str, bytes] | None:
        """Return the digest of a document and its bytes, both of one moment."""
        ...
