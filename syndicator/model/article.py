"""The normalized copy: one article, whatever wire it came on.

Facts only. What may leave, and in what form, is decided at release
(``syndicator.rights``) and never stored.
"""

from datetime import datetime

import msgspec

from syndicator.model.credit import (
    Assistance,
    Byline,
    CreditLine,
    Dateline,
    Fact,
    Republication,
    Scope,
    Section,
)
from syndicator.model.entry import (
    Category,
    Discussion,
    Enclosure,
    Episode,
    Image,
    Origin,
    Person,
    Point,
    Rights,
)
from syndicator.model.ids import ArticleId, SourceId


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """The words of an entry as they came, before credit was read and cut.

    ``content`` is markup when ``is_html`` says so. The rest is what a wire
    format says of credit apart from the story, as printed. ``pixels`` says that
    its counting pictures are kept.
    """

    content: str = ""
    is_html: bool = False
    base: str | None = None
    title: str = ""
    authors: tuple[Person, ...] = ()
    byline: str | None = None
    dateline: str | None = None
    section: str | None = None
    provider: str | None = None
    credit: str | None = None
    sources: tuple[str, ...] = ()
    pubstatus: str | None = None
    embargoed: datetime | None = None
    advisories: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    pixels: bool = False


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """The story alone, credit blocks and page furniture already taken out.

    ``html`` is safe to publish as it stands (sanitized last); ``text`` is the
    same words, paragraphs parted by a blank line. ``received`` is what they
    were read from, so that a better rule can read it again. ``trims`` counts
    the words before each place at which the copy says it may end.
    """

    html: str = ""
    text: str = ""
    received: Received | None = None
    trims: tuple[int, ...] = ()


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article as the library keeps it. All moments are aware UTC.

    ``guid`` is the upstream's id, verbatim, of the first sighting, and is
    what our feeds publish. ``published`` is the upstream's date, or
    ``first_seen`` where it gave none or one in the future. ``updated`` moves
    only on a material revision; ``version`` counts those from 1.
    ``abstract`` is plain text. ``fingerprint`` stands for the material words:
    equal fingerprints mean nothing a reader sees has changed. ``urgency`` is
    IPTC's grade, 1 the most urgent, where a wire gave one. ``page`` is the
    address of the page the body was taken from, where the feed had less.
    """

    id: ArticleId
    source: SourceId
    publisher: str
    guid: str
    guid_is_permalink: bool = False
    link: str | None = None
    headline: str
    abstract: str | None = None
    body: Body = Body()
    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    facts: tuple[Fact, ...] = ()
    language: str | None = None
    categories: tuple[Category, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    images: tuple[Image, ...] = ()
    rights: Rights = Rights()
    origin: Origin = Origin()
    published: datetime
    updated: datetime
    first_seen: datetime
    version: int = 1
    fingerprint: str
    urgency: int | None = None
    page: str | None = None
    point: Point | None = None
    discussion: Discussion | None = None
    episode: Episode | None = None

    @property
    def said(self) -> str:
        """The plain words of the story: its text, or its abstract where there is no more."""
        return self.body.text or self.abstract or ""

    @property
    def byline(self) -> Byline | None:
        """The byline read from the text itself, if there was one."""
        return next((fact for fact in self.facts if isinstance(fact, Byline)), None)

    @property
    def credit(self) -> CreditLine | None:
        """The copy's own credit line, if it carries one; never that of a picture or a site."""
        lines = [
            fact for fact in self.facts if isinstance(fact, CreditLine) and fact.scope is Scope.ITEM
        ]
        named = (fact for fact in lines if fact.holder or fact.distributor)
        return next(named, lines[0] if lines else None)

    @property
    def dateline(self) -> Dateline | None:
        """Where and when it was written, if the copy says so."""
        return next((fact for fact in self.facts if isinstance(fact, Dateline)), None)

    @property
    def republication(self) -> Republication | None:
        """The line that says whose copy it was first, if there is one."""
        lines = (fact for fact in self.facts if isinstance(fact, Republication))
        return next((fact for fact in lines if fact.scope is Scope.ITEM), None)

    @property
    def assistance(self) -> tuple[Assistance, ...]:
        """Sign-offs, in the order they stood."""
        return tuple(fact for fact in self.facts if isinstance(fact, Assistance))

    @property
    def sections(self) -> tuple[str, ...]:
        """Sections the copy names in its own words."""
        return tuple(fact.name for fact in self.facts if isinstance(fact, Section))
