"""When to ask a source: pure rules over what is known, the answer, and the moment.

::

    state × answer × now → next poll, and why then

``rhythm`` learns how often and when a source publishes; ``when`` makes an
appointment of it, within the operator's bounds and after every floor that a
server (``headers``) or a feed (``floors``) sets. ``patience`` is for failures,
``limits`` for hosts that were asked too often, ``hosts.yaml`` for those known
beforehand. ``record`` keeps what one poll teaches.
"""

from syndicator.polling.first import back_date
from syndicator.polling.floors import Floor
from syndicator.polling.hosts import domain_of
from syndicator.polling.record import (
    Noted,
    answered,
    caught_lying,
    delivered,
    excuse,
    failed,
    introduced,
    moved,
    taught,
    to_ask,
)
from syndicator.polling.when import Appointment, appoint

__all__ = [
    "Appointment",
    "Floor",
    "Noted",
    "answered",
    "appoint",
    "back_date",
    "caught_lying",
    "delivered",
    "domain_of",
    "excuse",
    "failed",
    "introduced",
    "moved",
    "taught",
    "to_ask",
]
