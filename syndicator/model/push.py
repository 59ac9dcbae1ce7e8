"""What the desk remembers of push: what feeds offer, what hubs agreed to, how well they serve.

The words are WebSub's (W3C Recommendation, 23 January 2018) save one: what the
specification calls a subscription is an agreement here, because subscribers are
those who read the desk. Moments are aware UTC. All of it is stored; new fields
need defaults, so that records of an older desk can still be read.
"""

from datetime import datetime
from typing import Literal

import msgspec

from syndicator.model.ids import SourceId

Mode = Literal["subscribe", "unsubscribe"]


class Offer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a feed says of push (WebSub §4): its hubs, in its order, and its own topic address.

    ``base`` is where the feed was read that said so: what is pushed is read as if
    it had come from there, so that relative links mean the same either way.
    """

    hubs: tuple[str, ...]
    topic: str
    base: str = ""


class Agreement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A subscription of the desk at a hub, wanted, asked for, standing or given up.

    ``token`` is the last part of the callback's path, cannot be guessed and is
    no other agreement's; ``secret`` signs what is delivered. ``hubs`` are all the
    feed offered, ``tried`` those that would not, or could not. ``wanted`` is
    false once it is to be given up. ``pending`` is what the hub was asked at
    ``asked`` and has not verified. It stands from ``since`` until ``until``.
    ``delivered`` is when the hub last delivered something it had signed.

    ``failures`` counts requests in a row that came to nothing, ``wait`` is the
    longest back-off among them in seconds, ``trouble`` says in one line why.
    ``denied`` is when the hub refused for good. ``revision`` counts changes, and
    proves that none happened between reading and writing.
    """

    token: str
    source: SourceId
    hub: str
    topic: str
    secret: str
    callback: str
    hubs: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    wanted: bool = True
    pending: Mode | None = None
    asked: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    delivered: datetime | None = None
    failures: int = 0
    wait: float = 0.0
    trouble: str | None = None
    denied: datetime | None = None
    revision: int = 0


class Pushed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How well push has served one source, at ``hub``.

    ``row`` counts deliveries with news since a poll last found some that had not
    been pushed; ``first`` and ``missed`` count both kinds altogether. ``row_before``
    is what the row was at the last miss, at ``missed_at``: a hub that brings the
    same moments later was only slower than the poll. ``last`` is the last delivery;
    ``digests`` are of the latest, so that none is taken twice.
    """

    hub: str
    row: int = 0
    first: int = 0
    missed: int = 0
    row_before: int = 0
    missed_at: datetime | None = None
    last: datetime | None = None
    digests: tuple[str, ...] = ()


class Score(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How often a hub brought news first, and how often a poll found what it had not brought.

    Both fade by half in a month; ``as_of`` is the moment they are faded to.
    """

    first: float = 0.0
    missed: float = 0.0
    as_of: datetime | None = None
