"""A subscriber: a named reader of topics that are not for everyone.

Only the hash of its token is kept. The token itself is shown once, when it is
made, and cannot be had back.
"""

import hmac
import re
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Annotated, Literal

import msgspec
from pydantic import BeforeValidator, Field, WithJsonSchema

from syndicator.model.clearance import Form
from syndicator.model.fields import Strict, one_or_many
from syndicator.model.ids import LicenseId, SubscriberId, TopicId
from syndicator.model.territory import Territory
from syndicator.model.topic import Audience, Topic

_HASH = re.compile(r"sha256:([0-9a-f]{32}):([0-9a-f]{64})")


def hashed(token: str, salt: bytes) -> str:
    """Return what may be stored of a token: ``sha256:SALT:DIGEST`` in hexadecimal digits.

    ``salt`` is 16 random bytes. A quick hash is enough, and a slow one would do
    harm: 256 random bits cannot be guessed at any speed, and whoever sends wrong
    tokens would make the desk work for each.
    """
    return f"sha256:{salt.hex()}:{sha256(salt + token.encode('utf-8', 'replace')).hexdigest()}"


def token_hash(value: object) -> str:
    """Read a stored hash.

    Raises:
        ValueError: it is none, as when the token itself was written; the message
            does not repeat it.
    """
    text = value.strip().lower() if isinstance(value, str) else ""
    if _HASH.fullmatch(text):
        return text
    raise ValueError(
        "must be the hash that `syndicator subscribers add` writes, as in sha256:SALT:DIGEST; "
        "a token itself must not stand here"
    )


TokenHash = Annotated[
    str, BeforeValidator(token_hash), WithJsonSchema({"type": "string", "pattern": _HASH.pattern})
]
"""The salted hash of a token."""


class Subscriber(Strict):
    """One subscriber, from ``config/subscribers.yaml``."""

    name: str | None = Field(None, description="shown to people; default: the key")
    token: TokenHash = Field(description="salted hash of its token; `subscribers add` writes it")
    topics: Annotated[tuple[TopicId, ...], BeforeValidator(one_or_many)] = Field(
        (), description="topics it may read, of those for subscribers; none: all of them"
    )
    licenses: Annotated[tuple[LicenseId, ...], BeforeValidator(one_or_many)] = Field(
        (), description="only articles that leave under one of these; none: any"
    )
    territories: Annotated[tuple[Territory, ...], BeforeValidator(one_or_many)] = Field(
        (), description="countries its readers are in (ISO 3166-1); none: those of the topic"
    )
    forms: Literal[Form.FULL, Form.EXCERPT, Form.HEADLINE] = Field(
        Form.FULL, description="largest form it gets: full, excerpt or headline"
    )
    commercial: bool = Field(default=False, description="it earns money with what it gets")
    rate: int = Field(60, ge=1, le=6000, description="requests a minute")
    expires: date | None = Field(None, description="first day, in UTC, on which it is refused")
    revoked: bool = Field(default=False, description="refused from now on")

    def trouble(self, now: datetime) -> str | None:
        """Return why it is refused at ``now``, whatever it asks for: ``revoked``, ``expired``."""
        if self.revoked:
            return "revoked"
        ended = self.expires is not None and now.astimezone(UTC).date() >= self.expires
        return "expired" if ended else None

    def may_read(self, topic: TopicId, settings: Topic) -> bool:
        """Whether a topic is one of its own."""
        listed = not self.topics or topic in self.topics
        return listed and settings.audience is Audience.SUBSCRIBERS


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """A subscriber and its key, as a verdict is asked for it."""

    id: SubscriberId
    terms: Subscriber


def shelf(topic: TopicId, subscriber: SubscriberId) -> TopicId:
    """Name what one subscriber gets of a topic, for the ledger; ``@`` stands in no id."""
    return TopicId(f"{topic}@{subscriber}")


def is_token(token: str, stored: str) -> bool:
    """Whether a token is the one of a stored hash, in a time that tells nothing of either."""
    found = _HASH.fullmatch(stored)
    salt = bytes.fromhex(found[1]) if found else b""
    return hmac.compare_digest(hashed(token, salt), stored)
