"""A topic: what it gathers, and how much of it one feed holds."""

from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from syndicator.model.fields import Strict
from syndicator.model.ids import SourceId


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


Words = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
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
    source: Annotated[tuple[SourceId, ...], BeforeValidator(_as_list)] = ()
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


class Topic(Strict):
    """One outgoing feed, from ``config/topics.yaml``."""

    title: str
    description: str | None = None
    language: str | None = Field(None, description="BCP 47 tag of the feed as a whole")
    match: Match = Match()
    window: Window = Window()
