"""Who is told of news by the desk's own hub, and what was asked of the hub.

The words are WebSub's (W3C Recommendation, 23 January 2018) save one: whoever
subscribes at our hub is a **listener**, because subscribers here are those with
a token, and what the desk has with the hubs of others is an agreement. Moments
are aware UTC. All of it is stored; new fields need defaults.
"""

from datetime import datetime
from typing import Literal

import msgspec

Errand = Literal["subscribe", "unsubscribe", "denied"]


class Listener(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An address that is told when one document changed: ``world.rss``, below ``feeds/``.

    ``host`` is with whom it is counted. ``secret`` signs what it gets; ``""``: it
    asked for no signatures. It stands from ``since`` until ``until``. With
    ``hub`` it is another hub, which the settings name: it gets no document, only
    word that there is one, and has no end.
    """

    id: str
    callback: str
    document: str
    host: str
    since: datetime
    until: datetime | None = None
    secret: str = ""
    hub: bool = False


class Hearing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How telling a listener has gone.

    ``heard`` is the digest of the document it took last, at ``last``. ``failures``
    counts deliveries in a row that came to nothing, ``wait`` is the longest back-off
    among them in seconds, ``trouble`` says in one line why. ``slow`` is true of one
    that took long over the last delivery.
    """

    heard: str = ""
    last: datetime | None = None
    failures: int = 0
    wait: float = 0.0
    trouble: str | None = None
    slow: bool = False


class Request(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a callback is to be asked or told about one topic.

    ``subscribe`` and ``unsubscribe``: whether that was meant, for nothing changes
    before the callback itself has said so (WebSub §5.3). ``denied``: that it is
    not told of news, or no longer, and the ``reason``. ``topic`` is the address
    that was named, ``document`` the file that stands there. ``tries`` counts those
    that came to nothing.
    """

    id: str
    mode: Errand
    callback: str
    topic: str
    document: str
    asked: datetime
    lease: int = 0
    secret: str = ""
    reason: str = ""
    tries: int = 0


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """A listener that is to be told of a change. ``announced`` is the digest of the change."""

    listener: Listener
    hearing: Hearing
    announced: str
