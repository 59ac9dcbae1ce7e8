"""The normalized copy: one article, whatever wire it came on.

Facts only. What may leave, and in what form, is decided at release
(``syndicator.rights``) and never stored.
"""

from datetime import datetime

import msgspec

from syndicator.model.credit import Byline, Contributors, CreditLine, Fact, Section
from syndicator.model.entry import Category, Enclosure, Image, Origin, Person, Rights
from syndicator.model.ids import ArticleId, SourceId


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """The story alone, credit blocks and page furniture already taken out.

    ``html`` is safe to publish as it stands (sanitized last); ``text`` is the
    same words, paragraphs parted by a blank line.
    """

    html: str = ""
    text: str = ""


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article as the library keeps it. All moments are aware UTC.

    ``guid`` is the upstream's id, verbatim, of the first sighting, and is
    what our feeds publish. ``published`` is the upstream's date, or
    ``first_seen`` where it gave none or one in the future. ``updated`` moves
    only on a material revision; ``version`` counts those from 1.
    ``abstract`` is plain text. ``fingerprint`` stands for the material words:
    equal fingerprints mean nothing a reader sees has changed.
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

    @property
    def byline(self) -> Byline | None:
        """The byline read from the text itself, if there was one."""
        return next((fact for fact in self.facts if isinstance(fact, Byline)), None)

    @property
    def credit(self) -> CreditLine | None:
        """The copy's own credit line, if it carries one."""
        return next((fact for fact in self.facts if isinstance(fact, CreditLine)), None)

    @property
    def assistance(self) -> tuple[Contributors, ...]:
        """Contributor lines, in the order they stood."""
        return tuple(fact for fact in self.facts if isinstance(fact, Contributors))

    @property
    def sections(self) -> tuple[str, ...]:
        """Sections the copy names in its own words."""
        return tuple(fact.name for fact in self.facts if isinstance(fact, Section))
