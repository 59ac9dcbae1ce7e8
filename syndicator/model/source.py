"""A source as the operator describes it, and what the desk knows of its health."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Annotated

import msgspec
from pydantic import AfterValidator, Field, model_validator

from syndicator.model.fields import Duration, Strict
from syndicator.model.ids import LicenseId, SourceId, TopicId


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
    poll: Annotated[PollBounds, AfterValidator(_shared)] = PollBounds()
    paused: bool = Field(default=False, description="keep what is stored, do not ask for more")

    @model_validator(mode="after")
    def _lean(self) -> "Source":
        # pydantic notes in each source which of its keys were given: 700 bytes, half of what a
        # source takes, and the same few sets. A frozen model never changes its own.
        given = _shared_names(frozenset(self.__pydantic_fields_set__))
        object.__setattr__(self, "__pydantic_fields_set__", given)
        return self


class SourceState(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk remembers of one source between polls. Moments are aware UTC.

    ``etag`` and ``last_modified`` are the server's own strings, unparsed
    (RFC 9110 §8.8). ``documents`` maps a document's name to the hash of its
    bytes, so an unchanged one is not read again. ``failures`` counts polls
    failed in a row.
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
    last_status: str | None = None
    last_error: str | None = None
    error_kind: str | None = None
    failures: int = 0
    interval: float = 0.0
    warnings: tuple[str, ...] = ()
