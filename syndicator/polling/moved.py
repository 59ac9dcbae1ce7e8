"""When a permanent redirect becomes the address of a source."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec

from syndicator.model.polling import Move

SIGHTINGS = 5
STEADY = timedelta(days=3)


def sighted(move: Move | None, target: str, now: datetime) -> Move:
    """Count one more poll that was permanently redirected (301, 308) to ``target``.

    Another target than before starts the count anew.
    """
    if move is None or move.to != target:
        return Move(target, now)
    return msgspec.structs.replace(move, times=move.times + 1)


def is_settled(move: Move, now: datetime, address: str) -> bool:
    """Say whether a move is to be adopted: five sightings over three days or more.

    A move of ``address`` from https: to http: is never adopted: whoever sits
    on the line could have sent it.
    """
    down = urlsplit(address).scheme == "https" and urlsplit(move.to).scheme != "https"
    return not down and move.times >= SIGHTINGS and now - move.since >= STEADY
