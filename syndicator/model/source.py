"""A source as the operator describes it, and what the desk knows of its health."""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from pydantic import AfterValidator, Field, SecretStr, field_validator, model_validator

from syndicator.model.access import Access
from syndicator.model.fields import Duration, Strict
from syndicator.model.ids import LicenseId, SourceId, TopicId
from syndicator.model.polling import Answer, Move, Rhythm, Wishes
from syndicator.model.push import Offer, Pushed

_PROXY = re.compile(r"https?://\S+")


class PollBounds(Strict):
    """How often a source may be asked. The desk learns the rhythm in between."""

    min: Duration = Field(timedelta(minutes=15), description="never sooner than this")
    max: Duration = Field(timedelta(hours=12), description="never later than this")

    @model_validator(mode="after")
    def _ordered(self) -> "PollBounds":
        if self.min > self.max:
            raise ValueError("min is longer than max")
        return self


@lru_cache(maxsize=256)
def _shared(bounds: PollBounds) -> PollBounds:
    """Return the same bounds for the same times: sources by the thousand have a few pairs."""
    return bounds


@lru_cache(maxsize=256)
def _shared_names(names: frozenset[str]) -> set[str]:
    return set(names)


class AlarmBounds(Strict):
    """When an operator hears of a source."""

    failing: Duration = Field(
        timedelta(hours=12), description="alarm after failing for so long, three polls at least"
    )
    quiet: Duration | None = Field(
        None, description="alarm after so long without news (default: by its rhythm)"
    )


@lru_cache(maxsize=256)
def _shared_alarm(bounds: AlarmBounds) -> AlarmBounds:
    return bounds


class Source(Strict):
    """One upstream feed, from ``config/sources.yaml``."""

    url: Annotated[
        str, Field(pattern=r"^(https?://|file:)\S+$", description="http(s): or file: address")
    ]
    title: str | None = Field(None, description="shown instead of the feed's own title")
    publisher: str | None = Field(
        None, description="who speaks; sources of one publisher share its guids (default: the key)"
    )
    license: LicenseId | None = Field(
        None, description="key in licenses.yaml; without one nothing from here leaves the desk"
    )
    topics: tuple[TopicId, ...] = Field((), description="always also filed here")
    section: str | None = Field(None, description="section of all its articles")
    language: str | None = Field(None, description="BCP 47 tag where the feed states none")
    timezone: str | None = Field(
        None, description="IANA name of the zone of its moments that name none (default: UTC)"
    )
    poll: Annotated[PollBounds, AfterValidator(_shared)] = PollBounds()
    alarm: Annotated[AlarmBounds, AfterValidator(_shared_alarm)] = AlarmBounds()
    access: Access | None = Field(None, description="credentials; take them from the environment")
    proxy: SecretStr | None = Field(
        None, description="http(s) address of a proxy that this source is asked through"
    )
    pixels: bool = Field(
        default=False, description="keep the pictures by which the upstream counts readers"
    )
    fulltext: bool = Field(
        default=False,
        description="fetch the page of each new article, where its licence lets the full text out",
    )
    drop: bool = Field(
        default=False,
        description="url is a folder in which others put files; each is taken once, and moved",
    )
    paused: bool = Field(default=False, description="keep what is stored, do not ask for more")

    @field_validator("timezone")
    @classmethod
    def _zoned(cls, value: str | None) -> str | None:
        try:
            return value if value is None else ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            said = f"there is no time zone {value!r}; write an IANA name such as Europe/Oslo"
            raise ValueError(said) from error

    @field_validator("proxy")
    @classmethod
    def _proxied(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _PROXY.fullmatch(value.get_secret_value()):
            raise ValueError("write an address such as http://proxy.example:3128")
        return value

    @model_validator(mode="after")
    def _web_only(self) -> "Source":
        if self.url.startswith("file:") and (self.access or self.proxy):
            raise ValueError("access and proxy are for http(s) sources")
        if self.drop and not self.url.startswith("file:"):
            raise ValueError("only a file: folder can be a drop folder")
        return self

    @model_validator(mode="after")
    def _lean(self) -> "Source":
        # pydantic notes in each source which of its keys were given: 700 bytes, half of what a
        # source takes, and the same few sets. A frozen model never changes its own.
        given = _shared_names(frozenset(self.__pydantic_fields_set__))
        object.__setattr__(self, "__pydantic_fields_set__", given)
        return self


class Habits(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a source treats its own articles.

    ``untrusted``: its dates move while the words stay, so ours are used.
    ``revised`` counts its revisions of late, ``small`` those of a few words,
    ``capped`` those that were one too many for a day, all as of ``as_of`` and
    forgotten by half each day.
    """

    untrusted: bool = False
    as_of: datetime | None = None
    revised: float = 0.0
    small: float = 0.0
    capped: float = 0.0


class SourceState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the desk remembers of one source between polls. Moments are aware UTC.

    ``etag`` and ``last_modified`` are the server's own strings, unparsed
    (RFC 9110 §8.8). ``documents`` maps a document's name to the hash of its
    bytes, so an unchanged one is not read again. ``last_new`` is when it last
    brought an article, ``quiet_at`` when silence since then may be too long.

    Manners: ``next_why`` says why the next poll is when it is. ``retry_at`` is
    when a server that refused allows another try; ``wait`` the longest back-off
    of this row of failures, in seconds; ``turn`` the moment kept for this source
    in the queue of its host. ``address`` is asked instead of ``url`` since a
    permanent redirect was adopted, ``move`` one still being watched. ``last_full`` is the last
    whole answer; ``lies`` that the server's 304s cannot be believed.

    Identity: ``habits`` is how it treats its own articles.

    Push: ``offer`` is what the feed last said of hubs, ``pushed`` how they served.

    ``boilerplate`` are digests of the lines it prints with every article, ``marks``
    stand for the words of entries it had lately, which need no second signature,
    ``memory`` for all that those of its last document said and what they led to: such an
    entry needs no second look.

    Trouble: ``failures`` counts polls failed in a row since ``failing_since``,
    ``successes`` those that went well in a row. ``gone_since`` is the first
    410 of a row; ``gone``: it is asked no more. ``alarm`` is what the operator
    was last told and not told to be over: ``failing``, ``quiet``, ``gone``.
    """

    source: SourceId
    url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    documents: dict[str, str] = {}
    title: str | None = None
    format: str | None = None
    entries: int = 0
    last_polled: datetime | None = None
    last_success: datetime | None = None
    last_changed: datetime | None = None
    last_new: datetime | None = None
    quiet_at: datetime | None = None
    last_status: str | None = None
    last_error: str | None = None
    error_kind: str | None = None
    failures: int = 0
    warnings: tuple[str, ...] = ()
    rhythm: Rhythm = Rhythm()
    wishes: Wishes = Wishes()
    answers: tuple[Answer, ...] = ()
    next_why: str | None = None
    retry_at: datetime | None = None
    wait: float = 0.0
    turn: datetime | None = None
    address: str | None = None
    move: Move | None = None
    habits: Habits = Habits()
    offer: Offer | None = None
    pushed: Pushed | None = None
    last_full: datetime | None = None
    lies: bool = False
    failing_since: datetime | None = None
    successes: int = 0
    gone_since: datetime | None = None
    gone: bool = False
    alarm: str | None = None
    boilerplate: tuple[bytes, ...] = ()
    marks: bytes = b""
    memory: bytes = b""
