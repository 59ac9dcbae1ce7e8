"""Push: pure rules of WebSub (W3C Recommendation, 23 January 2018), on both sides.

As a subscriber of others: ``links`` reads what a feed offers, ``terms`` takes an
agreement with a hub from wish to end, ``signature`` tells a hub from a stranger,
``score`` judges by what came how far a hub can be relied on. As the hub of our own
topics: ``documents`` says which there are, ``listening`` takes a listener from
request to end. Nothing here asks or answers anybody.
"""

from syndicator.push.documents import (
    address_of,
    document_at,
    documents_of,
    is_public,
    link_header,
    links_of,
    topic_of,
    type_of,
)
from syndicator.push.links import header_links, offer_of
from syndicator.push.listening import (
    ENDED,
    NO_TOPIC,
    Complaint,
    ask_again,
    counted_with,
    granted,
    hub_listener,
    is_below,
    is_over,
    listener_id,
    listener_of,
    question,
    read_request,
    settle_listeners,
    was_heard,
    was_not_heard,
)
from syndicator.push.score import after_delivery, after_poll, calm, is_trusted, scored
from syndicator.push.signature import is_signed, signature
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
    "ENDED",
    "LONGEST_TROUBLE",
    "NO_TOPIC",
    "Complaint",
    "address_of",
    "after_delivery",
    "after_poll",
    "ask_again",
    "asking",
    "calm",
    "confirmed",
    "counted_with",
    "denied",
    "document_at",
    "documents_of",
    "draw_up",
    "failed",
    "given_up",
    "granted",
    "has_another",
    "header_links",
    "hub_listener",
    "is_below",
    "is_over",
    "is_public",
    "is_signed",
    "is_standing",
    "is_trusted",
    "is_turned_away",
    "link_header",
    "links_of",
    "listener_id",
    "listener_of",
    "offer_of",
    "question",
    "read_request",
    "scored",
    "settle",
    "settle_listeners",
    "signature",
    "step",
    "topic_of",
    "type_of",
    "was_heard",
    "was_not_heard",
]
