"""The documents of our own topics as WebSub sees them: topics by address, with hubs (WebSub §4)."""

from collections.abc import Callable, Sequence

from syndicator.model.desk import Desk, Settings
from syndicator.model.ids import TopicId
from syndicator.model.topic import Audience
from syndicator.render.common import ATOM_TYPE, JSON_TYPE, RSS_TYPE, feed_url

TYPES = {"rss": RSS_TYPE, "atom": ATOM_TYPE, "json": JSON_TYPE}
"""The formats of a topic that can be listened to, and their media types."""


def documents_of(topic: TopicId) -> tuple[str, ...]:
    """Return the files of a topic that can be listened to, below ``feeds/``."""
    return tuple(f"{topic}.{kind}" for kind in TYPES)


def topic_of(document: str) -> TopicId:
    """Return whose document it is."""
    return TopicId(document.rpartition(".")[0])


def is_public(document: str, settings: Settings) -> bool:
    """Say whether there is such a document, and anyone may be told of it."""
    topic = settings.topics.get(topic_of(document))
    if topic is None or topic.audience is not Audience.PUBLIC:
        return False
    return document.rpartition(".")[2] in topic.formats


def type_of(document: str) -> str:
    """Return the media type of a document, as it is served."""
    return TYPES[document.rpartition(".")[2]]


def address_of(base_url: str, document: str) -> str:
    """Return the address of a document: what WebSub calls its topic."""
    return feed_url(base_url, topic_of(document), document.rpartition(".")[2])


def document_at(base_url: str, address: str) -> str | None:
    """Return the document at an address, whether there is one or not; ``None`` for any other."""
    start = feed_url(base_url, TopicId(""), "")[:-1]
    name, _, kind = address.removeprefix(start).rpartition(".")
    fits = address.startswith(start) and kind in TYPES and name and not {*name} - _LETTERS
    return f"{name}.{kind}" if fits else None


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def link_header(hubs: Sequence[str], address: str) -> str:
    """Return the ``Link`` header of a document (RFC 8288): its hubs, and itself."""
    return ", ".join((*(f'<{hub}>; rel="hub"' for hub in hubs), f'<{address}>; rel="self"'))


def links_of(desk: Desk) -> Callable[[str], str] | None:
    """Return what makes the ``Link`` header of a document; ``None`` where there are no hubs."""
    if not desk.hubs:
        return None
    return lambda document: link_header(desk.hubs, address_of(desk.base_url, document))
