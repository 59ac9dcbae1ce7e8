"""What the desk understood of an article's own words about itself.

Facts, never verdicts. Each keeps its span in the text it was read from
(offsets in Unicode code points, end exclusive), the raw words byte for byte,
a confidence from 0 to 1, and the name of the rule that found it, so that it
can be re-emitted verbatim, explained, and read again by a better rule.
"""

from enum import StrEnum

import msgspec


class Scope(StrEnum):
    """What a credit line speaks of. Only ``ITEM`` may name the holder of an article."""

    ITEM = "item"
    IMAGE = "image"
    VIDEO = "video"
    SITE = "site"
    WORK = "work"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Common to all facts: where the words stood, and how sure the reading is.

    ``cut`` says that the words are not part of the story and leave its body;
    what stays is shown to readers where it stood.
    """

    start: int
    end: int
    raw: str
    confidence: float
    rule: str
    cut: bool = True


class Byline(Place, frozen=True, kw_only=True, tag="byline"):
    """Who made it: ``authors`` in display case, and the houses they write for.

    ``others`` counts authors without a name; ``date`` is as printed.
    """

    authors: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    role: str | None = None
    location: str | None = None
    contributors: tuple[str, ...] = ()
    others: int = 0
    date: str | None = None

    @property
    def organization(self) -> str | None:
        """The houses in one string, parted by semicolons."""
        return "; ".join(self.organizations) or None


class Dateline(Place, frozen=True, kw_only=True, tag="dateline"):
    """Where and when, with the agency that printed it; ``date`` is as printed."""

    locations: tuple[str, ...] = ()
    agency: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()


class Assistance(Place, frozen=True, kw_only=True, tag="assistance"):
    """Who helped, by what they did ("Reporting by …; Editing by …")."""

    contributors: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everyone named, each once, in the order of the fields."""
        every = (*self.contributors, *self.reporters, *self.writers, *self.editors)
        return tuple(dict.fromkeys(every))


class CreditLine(Place, frozen=True, kw_only=True, tag="credit"):
    """Who owns and who passes on: parties stay apart.

    ``holder`` owns the copyright; ``distributor`` passes the copy on (and is
    never taken for the holder); ``agent`` sells reprint rights; ``agencies``
    supplied material; ``creator`` took the picture. ``year`` is the last year
    named, ``year_from`` the first of a range. ``statement`` is the words on
    rights, verbatim.
    """

    holder: str | None = None
    year: int | None = None
    year_from: int | None = None
    site: str | None = None
    distributor: str | None = None
    agent: str | None = None
    agencies: tuple[str, ...] = ()
    creator: str | None = None
    statement: str | None = None
    scope: Scope = Scope.ITEM


class Republication(Place, frozen=True, kw_only=True, tag="republication"):
    """The terms under which copy of another publisher stands here.

    ``license`` is an SPDX-like id (``CC-BY-ND-4.0``), ``permission``,
    ``all-rights-reserved`` or ``custom``; ``inferred`` when it is the
    publisher's usual licence and not in the words. ``requirements`` are riders
    in short words; ``year`` is that of the copyright, where the line has one.
    ``publisher`` published first; ``republisher`` did so after.
    """

    license: str | None = None
    inferred: bool = False
    publisher: str | None = None
    republisher: str | None = None
    link: str | None = None
    year: int | None = None
    requirements: tuple[str, ...] = ()
    scope: Scope = Scope.ITEM


class Trouble(StrEnum):
    """Why an embargo's moment cannot be trusted; such an article is held."""

    UNPARSED = "unparsed"
    ZONELESS = "zoneless"
    CONTRADICTORY = "contradictory"


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """One end of an embargo: ISO 8601, with an offset unless zoneless.

    ``precision`` is ``minute`` or ``day``; ``medium`` what it holds for, where said.
    """

    until: str
    precision: str = "minute"
    medium: str | None = None
    trouble: Trouble | None = None


class Embargo(Place, frozen=True, kw_only=True, tag="embargo"):
    """Not to be published before ``moments``, or not in ``territories`` (ISO 3166)."""

    moments: tuple[Moment, ...] = ()
    relative: str | None = None
    territories: tuple[str, ...] = ()
    trouble: Trouble | None = None


class Advisory(Place, frozen=True, kw_only=True, tag="advisory"):
    """A message about the copy.

    ``action`` is ``kill``, ``hold``, ``withdraw``, ``takedown``, ``tombstone``,
    ``correction``, ``clarification``, ``update``, ``editors_note``,
    ``advisory``, ``writethru``, ``refile``, ``trim_mark`` or ``usage_note``.
    ``for_readers`` tells a note printed with the story from one to editors.
    """

    action: str
    for_readers: bool = False
    date: str | None = None


class Section(Place, frozen=True, kw_only=True, tag="section"):
    """Where the publisher filed it ("Published in News & Features")."""

    name: str


class Furniture(Place, frozen=True, kw_only=True, tag="furniture"):
    """Words of the page, not of the story: breadcrumbs, rule lines, comment boxes."""


KILLS = frozenset({"kill", "hold", "withdraw", "takedown", "tombstone"})
"""Advisory actions that take copy away rather than explain it."""

Fact = (
    Byline
    | Dateline
    | Assistance
    | CreditLine
    | Republication
    | Embargo
    | Advisory
    | Section
    | Furniture
)
"""Any credit fact; ``msgspec`` tells them apart by their tag."""
