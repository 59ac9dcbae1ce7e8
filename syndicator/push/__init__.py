"""Push: pure rules of a WebSub subscriber (W3C Recommendation, 23 January 2018).

``links`` reads what a feed offers, ``terms`` takes an agreement with a hub from
wish to end, ``signature`` tells a hub from a stranger, ``score`` judges by what
came how far a hub can be relied on. Nothing here asks or answers anybody.
"""

from syndicator.push.documents import (
    address_of,
    document_at,
    documents_of,
    link_header,
    links_of,
    topic_of,
    type_of,
)
from syndicator.push.links import header_links, offer_of
from syndicator.push.score import after_delivery, after_poll, calm, is_trusted, scored
from syndicator.push.signature import is_signed
from syndicator.push.terms import (
    ASKED_LEASE,
    LONGEST_TROUBLE,
    asking,
    confirmed,
    denied,
    draw_up,
    failed,
    given_up,
    has_another,
    is_standing,
    is_turned_away,
    settle,
    step,
)

__all__ = [
    "ASKED_LEASE",
    "LONGEST_TROUBLE",
    "address_of",
    "after_delivery",
    "after_poll",
    "asking",
    "calm",
    "confirmed",
    "denied",
    "document_at",
    "documents_of",
    "draw_up",
    "failed",
    "given_up",
    "has_another",
    "header_links",
    "is_signed",
    "is_standing",
    "is_trusted",
    "is_turned_away",
    "link_header",
    "links_of",
    "offer_of",
    "scored",
    "settle",
    "step",
    "topic_of",
    "type_of",
]
