"""A topic: what it gathers, and how much of it one feed holds."""

import re
from datetime import timedelta
from enum import StrEnum
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from syndicator.model.fields import Strict, one_or_many
from syndicator.model.ids import SourceId
from syndicator.model.territory import Territory

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
Words = Annotated[tuple[str, ...], BeforeValidator(one_or_many)]
"""One word or a list of them; any of them will do."""


class Condition(Strict):
    """Named fields that must all hold; within a field any one value will do.

    Comparison ignores case. ``keywords`` match whole words of the headline,
    the abstract and the categories; ``section`` and ``category`` match a whole
    name; ``author`` matches a whole name; ``language`` matches a tag or its
    prefix (``en`` matches ``en-GB``).
    """

    section: Words = ()
    category: Words = ()
    keywords: Words = ()
    source: Annotated[tuple[SourceId, ...], BeforeValidator(one_or_many)] = ()
    author: Words = ()
    language: Words = ()

    @model_validator(mode="after")
    def _not_empty(self) -> "Condition":
        if not self.model_fields_set:
            raise ValueError("an empty condition matches nothing; name a field such as keywords")
        return self


class Match(Strict):
    """``any``: at least one holds; ``all``: each holds; ``none``: not one holds."""

    any: tuple[Condition, ...] = ()
    all: tuple[Condition, ...] = ()
    none: tuple[Condition, ...] = ()


class Window(Strict):
    """How far back a feed reaches: at least ``hours``, at least 50, at most ``entries``."""

    entries: int = Field(100, ge=1, le=1000)
    hours: int = Field(72, ge=1, le=24 * 366)

    @property
    def age(self) -> timedelta:
        """``hours`` as a length of time."""
        return timedelta(hours=self.hours)


class Audience(StrEnum):
    """Who may read a feed: anyone, or named subscribers only."""

    PUBLIC = "public"
    SUBSCRIBERS = "subscribers"


class GuidScope(StrEnum):
    """Whether an article has one id everywhere, or one of its own in each feed."""

    GLOBAL = "global"
    FEED = "feed"


class Corrections(StrEnum):
    """How a feed tells of a correction: in the article, or by an item beside it as well."""

    IN_PLACE = "in-place"
    NOTICE = "notice"


class Format(StrEnum):
    """What a feed is written in."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"


def _language(text: str) -> str:
    """Refuse what is no tag of a language, as its name.

    Raises:
        ValueError: saying so.
    """
    if _TAG.fullmatch(text) is None:
        raise ValueError(f"{text} is no language tag (BCP 47), as en or en-GB are")
    return text


def _prefix(text: str) -> str:
    """Refuse a prefix with other fields than the source's name.

    Raises:
        ValueError: saying so.
    """
    try:
        fields = [tuple(part[1:]) for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        fields = [()]
    if any(field != ("source", "", None) for field in fields):
        raise ValueError("may hold {source} and no other braces, as in '{source}: '")
    return text


def _some(formats: object) -> object:
    """Refuse a topic without any format.

    Raises:
        ValueError: saying so.
    """
    if not formats:
        raise ValueError("must name one format at least: rss, atom or json")
    return formats


class Topic(Strict):
    """One outgoing feed, from ``config/topics.yaml``."""

    title: str
    description: str | None = None
    language: Annotated[str, AfterValidator(_language)] | None = Field(
        None, description="BCP 47 tag of the feed as a whole"
    )
    match: Match = Match()
    window: Window = Window()
    territories: Annotated[tuple[Territory, ...], BeforeValidator(one_or_many)] = Field(
        (), description="countries this feed is for (ISO 3166-1); none: the whole world"
    )
    commercial: bool = Field(default=False, description="it earns money, as by advertising")
    paywall: bool = Field(default=False, description="readers pay or log in")
    audience: Audience = Audience.PUBLIC
    languages: Annotated[
        tuple[Annotated[str, AfterValidator(_language)], ...], BeforeValidator(one_or_many)
    ] = Field(
        (), description="only these (BCP 47; `en` holds `en-GB`), and what does not say its own"
    )
    formats: Annotated[tuple[Format, ...], BeforeValidator(_some), BeforeValidator(one_or_many)] = (
        Field(tuple(Format), min_length=1, description="formats it is published in")
    )
    guid_scope: GuidScope = Field(
        GuidScope.GLOBAL, description="ids: one everywhere, or one of its own in each feed"
    )
    prefix: Annotated[str, AfterValidator(_prefix)] | None = Field(
        None, description="put before each headline, as `{source}: `"
    )
    summary: int = Field(60, ge=5, le=1000, description="longest plain summary, in words")
    corrections: Corrections = Field(
        Corrections.IN_PLACE, description="say them in the article, or by an item of their own too"
    )
    archive: bool = Field(
        default=True,
        description="what leaves the feed and may still leave the desk stands in pages behind it",
    )
    longest: int | None = Field(
        None,
        ge=50,
        description="longest text, in words; longer copy is cut as its licence allows (`alter`), "
        "or leaves as an excerpt",
    )
