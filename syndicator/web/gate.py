"""Who asks, and how often: tokens and rates of subscribers (RFC 9110 §11; Basic is RFC 7617)."""

import hmac
from base64 import b64decode
from binascii import Error
from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from secrets import token_bytes
from typing import TypeVar

from aiohttp import web

from syndicator.model.ids import SubscriberId
from syndicator.model.subscriber import Reader, Subscriber, is_token

LONGEST = 200
MINUTE = timedelta(minutes=1)
WRONG, STRANGERS = 60, 10_000
"""Wrong tokens a minute from one address, and how many addresses are kept in mind."""
_T = TypeVar("_T", SubscriberId, str)


def token_of(request: web.Request) -> str | None:
    """Return the token a request carries: in its path, as ``?token=``, or as Basic password.

    ``None``: it carries none. Nothing readable where one should be is a wrong
    token, not none.
    """
    for found in (request.match_info.get("token"), request.query.get("token")):
        if found is not None:
            return found
    scheme, _, coded = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, _, password = b64decode(coded).decode("utf-8").partition(":")
    except (Error, ValueError):
        return ""
    return password or user  # some readers have one field, and call it the user


class Gate:
    """Tells subscribers by their tokens, and counts what they ask in a minute."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self._secret = token_bytes(32)
        self._subscribers: Mapping[SubscriberId, Subscriber] = {}
        self._met: dict[bytes, SubscriberId] = {}
        self._asked: dict[SubscriberId, deque[datetime]] = {}
        self._wrong: dict[str, deque[datetime]] = {}

    def reader(
        self, token: str, subscribers: Mapping[SubscriberId, Subscriber], now: datetime
    ) -> Reader | None:
        """Return whose token it is; ``None`` if it is nobody's, or no longer valid.

        A wrong token is compared with every stored hash, each in constant
        time. A right one is known again by a keyed digest, with a key of this
        process alone, so neither way tells how near a guess came.
        """
        if subscribers is not self._subscribers:
            self._subscribers, self._met = subscribers, {}
        if len(token) > LONGEST:
            return None
        digest = hmac.digest(self._secret, token.encode("utf-8", "replace"), "sha256")
        found = self._met.get(digest)
        if found is None:
            for name, one in subscribers.items():
                if is_token(token, one.token):
                    found = self._met[digest] = name
        if found is None or subscribers[found].trouble(now) is not None:
            return None
        return Reader(id=found, terms=subscribers[found])

    def wait(self, reader: Reader, now: datetime) -> int:
        """Count a request; return 0, or in how many seconds the next one will be answered.

        No more than ``rate`` are let through in any minute; those that are not
        do not count.
        """
        return wait_for(self._asked, reader.id, reader.terms.rate, now)

    def stranger(self, address: str, now: datetime) -> int:
        """Count a wrong token from an address; return 0, or how long that one is to wait.

        Tokens cannot be guessed; this keeps whoever tries from filling the log and the time of
        the desk. A good token is let in meanwhile: a proxy stands for many readers.
        """
        if address not in self._wrong and len(self._wrong) >= STRANGERS:
            del self._wrong[next(iter(self._wrong))]
        return wait_for(self._wrong, address, WRONG, now)


def wait_for(asked_by: dict[_T, deque[datetime]], who: _T, rate: int, now: datetime) -> int:
    """Count what someone asks; return 0, or in how many seconds the next will be answered.

    No more than ``rate`` in any minute; what is turned away does not count.
    """
    asked = asked_by.get(who)
    if asked is None or asked.maxlen != rate:
        asked = asked_by[who] = deque(asked or (), maxlen=rate)
    if asked and asked[-1] > now:  # the clock was set back
        asked.clear()
    if len(asked) == asked.maxlen and now - asked[0] < MINUTE:
        return ceil((asked[0] + MINUTE - now).total_seconds())
    asked.append(now)
    return 0
