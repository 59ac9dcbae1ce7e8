"""Articles and states ↔ bytes in the store: MessagePack, bodies compressed with zstd."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import zstandard

from syndicator.compare import knowledge
from syndicator.errors import LibraryError
from syndicator.model.archive import ArchivePage
from syndicator.model.arrival import Known
from syndicator.model.article import Article, Body
from syndicator.model.listener import Hearing, Listener, Request
from syndicator.model.polling import Limit
from syndicator.model.publication import Publication
from syndicator.model.push import Agreement, Score
from syndicator.model.ruling import Ruling
from syndicator.model.source import SourceState
from syndicator.model.story import Face, Tie
from syndicator.model.version import Sighting, Version

_ENCODER = msgspec.msgpack.Encoder()
_ARTICLE = msgspec.msgpack.Decoder(Article)
_BODY = msgspec.msgpack.Decoder(Body)
_KNOWN = msgspec.msgpack.Decoder(Known)
_STATE = msgspec.msgpack.Decoder(SourceState)
_LIMIT = msgspec.msgpack.Decoder(Limit)
_AGREEMENT = msgspec.msgpack.Decoder(Agreement)
_SCORE = msgspec.msgpack.Decoder(Score)
_LISTENER = msgspec.msgpack.Decoder(Listener)
_HEARING = msgspec.msgpack.Decoder(Hearing)
_REQUEST = msgspec.msgpack.Decoder(Request)
_FACE = msgspec.msgpack.Decoder(Face)
_PAGE = msgspec.msgpack.Decoder(ArchivePage)
_TIE = msgspec.msgpack.Decoder(Tie)
_PUBLICATION = msgspec.msgpack.Decoder(Publication)
_VERSION = msgspec.msgpack.Decoder(Version)
_SIGHTING = msgspec.msgpack.Decoder(Sighting)
_RULING = msgspec.json.Decoder(Ruling)
_PACK = zstandard.ZstdCompressor(level=3)
_UNPACK = zstandard.ZstdDecompressor()
MAX_BODY = 32_000_000
FIRST_BINARY = 0x80


def millis(moment: datetime) -> int:
    """Milliseconds since the epoch; negative before it."""
    return round(moment.timestamp() * 1000)


def moment(score: float | str | bytes) -> datetime:
    """The moment of a score; the inverse of :func:`millis`."""
    return datetime.fromtimestamp(float(score) / 1000, UTC)


def pack(value: Any) -> bytes:
    """MessagePack of a struct or a plain value."""
    return _ENCODER.encode(value)


def lua_bytes(data: bytes) -> msgspec.Raw:
    """Return bytes as a value to pack for a script.

    The store's Lua reads MessagePack as it was before it knew binary values, and
    takes them for strings.
    """
    return msgspec.Raw(b"\xdb" + len(data).to_bytes(4, "big") + data)


def pack_article(article: Article) -> tuple[bytes, bytes]:
    """Return (everything but the body, the compressed body)."""
    bare = msgspec.structs.replace(article, body=Body())
    return _ENCODER.encode(bare), _PACK.compress(_ENCODER.encode(article.body))


def unpack_article(meta: bytes, body: bytes | None) -> Article:
    """Return the article; without ``body`` its body is empty.

    Raises:
        LibraryError: the record is damaged.
    """
    try:
        article = _ARTICLE.decode(meta)
        if body is None:
            return article
        text = _UNPACK.decompress(body, max_output_size=MAX_BODY)
        return msgspec.structs.replace(article, body=_BODY.decode(text))
    except (msgspec.MsgspecError, zstandard.ZstdError) as error:
        raise LibraryError(f"a stored article cannot be read: {error}") from error


def pack_known(known: Known) -> bytes:
    """What the ledger must remember of an article, behind its version, which scripts compare."""
    return b"%d " % known.version + _ENCODER.encode(known)


def pack_reread(article: Article, before: Known | None) -> bytes:
    """The same of an article whose words were read by other rules, and are no new version.

    ``before`` is what was known of it.
    """
    known = knowledge(article)
    if before is not None:
        known = msgspec.structs.replace(
            known,
            home=before.home,
            stated=before.stated,
            churned=before.churned,
            churn=before.churn,
            past=before.past,
        )
    return pack_known(known)


def pack_small(value: Version | Sighting) -> bytes:
    """A record of an article's history, compressed."""
    return _PACK.compress(_ENCODER.encode(value))


def unpack_version(data: bytes) -> Version:
    """The inverse of :func:`pack_small` for a version."""
    return _VERSION.decode(_UNPACK.decompress(data, max_output_size=MAX_BODY))


def unpack_sighting(data: bytes) -> Sighting:
    """The inverse of :func:`pack_small` for a sighting."""
    return _SIGHTING.decode(_UNPACK.decompress(data, max_output_size=MAX_BODY))


def unpack_known(data: bytes) -> Known:
    """The inverse of :func:`pack_known`."""
    return _KNOWN.decode(data.partition(b" ")[2])


def unpack_page(data: bytes) -> ArchivePage:
    """The inverse of :func:`pack` for a closed page of an archive."""
    return _PAGE.decode(data)


def unpack_state(data: bytes) -> SourceState:
    """The inverse of :func:`pack` for a source's state."""
    return _STATE.decode(data)


def unpack_limit(data: bytes) -> Limit:
    """The inverse of :func:`pack` for what is known of a rate limit."""
    return _LIMIT.decode(data)


def unpack_agreement(data: bytes) -> Agreement:
    """The inverse of :func:`pack` for an agreement with a hub."""
    return _AGREEMENT.decode(data)


def unpack_score(data: bytes) -> Score:
    """The inverse of :func:`pack` for a hub's score."""
    return _SCORE.decode(data)


def unpack_listener(data: bytes) -> Listener:
    """The inverse of :func:`pack` for a listener."""
    return _LISTENER.decode(data)


def unpack_hearing(data: bytes) -> Hearing:
    """The inverse of :func:`pack` for how telling a listener has gone."""
    return _HEARING.decode(data)


def unpack_request(data: bytes) -> Request:
    """The inverse of :func:`pack` for what was asked of the hub."""
    return _REQUEST.decode(data)


def unpack_face(data: bytes) -> Face:
    """The inverse of :func:`pack` for the face of a story."""
    return _FACE.decode(data)


def unpack_tie(data: bytes) -> Tie:
    """The inverse of :func:`pack` for what ties an article to a story."""
    return _TIE.decode(data)


def unpack_publication(data: bytes) -> Publication:
    """The inverse of :func:`pack` for a line of the ledger of publications."""
    return _PUBLICATION.decode(data)


def unpack_past(data: bytes) -> Iterator[Publication]:
    """What is remembered of an article's publications that have ended, oldest first."""
    if data[0] >= FIRST_BINARY:  # of an earlier desk
        yield unpack_publication(data)
        return
    at = 0
    while at < len(data):
        length = int(data[at : at + 8], 16)
        yield unpack_publication(data[at + 8 : at + 8 + length])
        at += 8 + length


def pack_ruling(ruling: Ruling) -> bytes:
    """One line of JSON, so that the store can append it without reading it."""
    return msgspec.json.encode(ruling) + b"\n"


def unpack_rulings(lines: bytes) -> tuple[Ruling, ...]:
    """The inverse of :func:`pack_ruling`, for all lines on one article."""
    return tuple(_RULING.decode(line) for line in lines.splitlines())
