"""Who asks, and how often: tokens and rates of subscribers (RFC 9110 §11; Basic is RFC 7617)."""

import hmac
from base64 import b64decode
from binascii import Error
from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from secrets import token_bytes

from aiohttp import web

from syndicator.model.ids import SubscriberId
from syndicator.model.subscriber import Reader, Subscriber, is_token

LONGEST = 200
MINUTE = timedelta(minutes=1)


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
        asked = self._asked.get(reader.id)
        if asked is None or asked.maxlen != reader.terms.rate:
            asked = self._asked[reader.id] = deque(asked or (), maxlen=reader.terms.rate)
        if asked and asked[-1] > now:  # the clock was set back
            asked.clear()
        if len(asked) == asked.maxlen and now - asked[0] < MINUTE:
            return ceil((asked[0] + MINUTE - now).total_seconds())
        asked.append(now)
        return 0
