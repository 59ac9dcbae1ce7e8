"""What the desk understood of an article's own words about itself.

Facts, never verdicts. Each keeps its span in the text it was read from
(offsets in Unicode code points, end exclusive), the raw words byte for byte,
a confidence from 0 to 1, and the name of the rule that found it, so that it
can be re-emitted verbatim, explained, and read again by a better rule.
"""

import msgspec


class Byline(msgspec.Struct, frozen=True, kw_only=True, tag="byline"):
    """Who made it: ``authors`` in display case, and the organization they write for."""

    start: int
    end: int
    raw: str
    confidence: float
    rule: str
    authors: tuple[str, ...] = ()
    organization: str | None = None


class Contributors(msgspec.Struct, frozen=True, kw_only=True, tag="contributors"):
    """Who helped ("With assistance from …")."""

    start: int
    end: int
    raw: str
    confidence: float
    rule: str
    names: tuple[str, ...] = ()


class CreditLine(msgspec.Struct, frozen=True, kw_only=True, tag="credit"):
    """Who owns and who distributes: holder, year, site and distributor stay apart.

    "Distributed by" never names the holder.
    """

    start: int
    end: int
    raw: str
    confidence: float
    rule: str
    holder: str | None = None
    year: int | None = None
    site: str | None = None
    distributor: str | None = None
    statement: str | None = None


class Section(msgspec.Struct, frozen=True, kw_only=True, tag="section"):
    """Where the publisher filed it ("Published in News & Features")."""

    start: int
    end: int
    raw: str
    confidence: float
    rule: str
    name: str


class Furniture(msgspec.Struct, frozen=True, kw_only=True, tag="furniture"):
    """Words of the page, not of the story: breadcrumbs, rule lines, comment boxes."""

    start: int
    end: int
    raw: str
    confidence: float
    rule: str


Fact = Byline | Contributors | CreditLine | Section | Furniture
"""Any credit fact; ``msgspec`` tells them apart by their tag."""
