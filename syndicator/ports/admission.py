"""What a poll brings to the library: the right to it, its document, and what became of it."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from syndicator.model.arrival import Arrival
from syndicator.model.ids import ArticleId, SourceId, TopicId
from syndicator.model.source import SourceState
from syndicator.model.story import Comparison


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """The right to poll one source until ``expires``; ``token`` proves it at the end.

    ``due`` is when it was due before, where it was claimed by name and is enrolled.
    """

    source: SourceId
    token: str
    expires: datetime
    state: SourceState
    due: datetime | None = None


class Admission(msgspec.Struct, frozen=True, kw_only=True):
    """One document's result, to be stored whole or not at all.

    ``topics`` holds, for each new or revised article, where it is filed now.
    ``comparisons`` are the signed among the new, with what they were compared with.
    Unless ``strict`` what may be a copy and came meanwhile is no conflict; it is
    looked for afterwards (``StoryLibrary.tie``).
    ``next_poll`` ends the claim when given; ``None`` keeps it, because more
    documents of the same poll follow.
    """

    claim: Claim
    arrivals: tuple[Arrival, ...]
    topics: Mapping[ArticleId, frozenset[TopicId]]
    state: SourceState
    next_poll: datetime | None
    now: datetime
    comparisons: tuple[Comparison, ...] = ()
    strict: bool = True


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an admission.

    ``outcome`` is ``stored``; or ``conflict``: another poll changed one of the
    articles meanwhile, or stored what may be a copy of one: look up and compare
    again; or ``lost``: the claim had run out and another process has the source.
    Only ``stored`` wrote anything.
    """

    outcome: str
    dirty: frozenset[TopicId] = frozenset()
