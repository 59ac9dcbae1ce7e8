"""What is known of a source before a document of it is read."""

import msgspec

from syndicator.model.ids import SourceId


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What reading needs to know about a source.

    ``articles`` lets web pages and plain text be read as articles; without it
    they are an error, because a feed that answers with a page is broken.
    ``boilerplate`` are digests of the lines it prints with every article, ``marks``
    stand for the words of entries it had lately (``ingest.read``), ``memory`` for all
    that those of its last document said and what they led to (``compare.memory``):
    empty where every entry is to be looked at.
    ``domain`` is that of the source's address: pages in it are its own.
    ``timezone`` is the IANA name of the zone of its moments that name none.
    """

    source: SourceId
    publisher: str
    section: str | None = None
    language: str | None = None
    domain: str | None = None
    timezone: str | None = None
    articles: bool = False
    pixels: bool = False
    boilerplate: tuple[bytes, ...] = ()
    marks: bytes = b""
    memory: bytes = b""
