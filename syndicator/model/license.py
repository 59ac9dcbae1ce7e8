"""What a contract or public licence lets the desk do with copy.

Every default is the cautious one: a licence that says nothing lets a headline
with its link leave, and no picture.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from syndicator.model.clearance import Form
from syndicator.model.fields import Duration, Strict, one_or_many
from syndicator.model.ids import LicenseId
from syndicator.model.territory import Territory

STATED = LicenseId("stated")
"""A source with this licence gives copy under what each article states of itself."""


class ImagePolicy(StrEnum):
    """Which pictures may leave with an article."""

    NONE = "none"
    CREDITED = "credited"
    ALL = "all"


class CreditPosition(StrEnum):
    """Where the credit line stands in the text."""

    TOP = "top"
    BOTTOM = "bottom"
    BOTH = "both"
    BYLINE = "byline"


class Alteration(StrEnum):
    """How far words may be changed: not at all, cut at a mark of the copy, cut, or freely."""

    NONE = "none"
    TRIM_AT_MARK = "trim-at-mark"
    TRIM = "trim"
    FREE = "free"


class AtExpiry(StrEnum):
    """What becomes of an article when its window ends."""

    REMOVE = "remove"
    STUB = "stub"


class Permission(StrEnum):
    """Yes or no, in a licence's own words."""

    ALLOW = "allow"
    DENY = "deny"


class Use(Strict):
    """Use by machines: training of models, input to them, text and data mining."""

    train: Permission = Permission.DENY
    input: Permission = Permission.DENY
    mining: Permission = Permission.DENY


class Territories(Strict):
    """Countries (ISO 3166-1) where copy may appear, and where it may not."""

    allow: Annotated[tuple[Territory, ...], BeforeValidator(one_or_many)] = ()
    deny: Annotated[tuple[Territory, ...], BeforeValidator(one_or_many)] = ()


class Period(Strict):
    """A time with two ends; each is the start of that day in UTC, and may be open."""

    since: date | None = Field(None, description="first day")
    until: date | None = Field(None, description="first day after it")

    @model_validator(mode="after")
    def _ordered(self) -> "Period":
        if self.since is not None and self.until is not None and self.since >= self.until:
            raise ValueError("ends before it begins")
        return self


class License(Strict):
    """One licence, from ``config/licenses.yaml``, after what it ``extends`` has been filled in."""

    extends: str | None = Field(
        None,
        description="a licence here or a preset whose fields stand where this one says nothing",
    )
    name: str | None = Field(None, description="shown to people; default: the key")
    url: str | None = Field(None, description="address of the licence's own text (rel=license)")
    effective: Period = Field(Period(), description="when the contract itself holds")
    # form
    text: Form = Field(
        Form.HEADLINE, description="how much may leave: full, excerpt, headline or nothing"
    )
    excerpt_words: int = Field(40, ge=1, le=1000, description="longest excerpt, in words")
    # credit
    credit: str | None = Field(
        None,
        description="credit line, used when the copy carries none; "
        "names in braces: year holder site distributor source authors headline link license",
    )
    verbatim: bool = Field(
        default=True, description="the copy's own credit line wins over the template"
    )
    credit_position: CreditPosition = CreditPosition.BOTTOM
    byline: str | None = Field(
        None, description="template of the byline; names: authors organization role location"
    )
    tagline: str | None = Field(None, description="sentence about the publisher, after the credit")
    holder: str | None = Field(None, description="copyright holder, where the copy names none")
    distributor: str | None = Field(None, description="who passes the copy on under this licence")
    agent: str | None = Field(None, description="who sells reprint rights")
    # when
    available: Period = Field(Period(), description="days on which copy may stand here")
    expires: Duration | None = Field(None, description="leaves our feeds this long after published")
    keep: Duration | None = Field(
        None, description="what is stored of an article goes this long after it was published"
    )
    at_expiry: AtExpiry = Field(AtExpiry.REMOVE, description="remove, or stub: headline with link")
    release_after: Duration | None = Field(
        None, description="let an embargo that cannot be read lift so long after first seen"
    )
    # where and for whom
    archive: bool = Field(
        default=True, description="may stand in a topic's archive once it has left the feed"
    )
    territories: Territories = Territories()
    languages: Annotated[tuple[str, ...], BeforeValidator(one_or_many)] = Field(
        (), description="languages it may appear in (BCP 47); none: any"
    )
    commercial: bool = Field(default=True, description="may stand in a commercial topic")
    paywall: bool = Field(default=True, description="may stand behind a paywall or a login")
    exclusive: Annotated[tuple[str, ...], BeforeValidator(one_or_many)] = Field(
        (), description="the only topics it may appear in; none: any"
    )
    # in what state
    alter: Alteration = Field(Alteration.NONE, description="none, trim-at-mark, trim or free")
    headline_edit: bool = Field(default=False, description="the headline may be rewritten")
    images: ImagePolicy = Field(ImagePolicy.NONE, description="none, credited or all")
    third_party_images: bool = Field(
        default=False,
        description="pictures and recordings credited to others than the source may leave too",
    )
    links: bool = Field(default=True, description="links in the text are kept")
    canonical: bool = Field(default=True, description="an entry must link to its origin")
    pixel: str | None = Field(
        None, description="counting picture: an https address; names: link guid headline"
    )
    use: Use = Use()
    # how much, and how
    quota: int | None = Field(None, ge=1, description="most articles a day, over all topics")
    own_copy_only: bool = Field(
        default=False,
        description="hold copy that names another house as its author or holder: "
        "what a publisher carries is not always its own to give",
    )
    automatic: bool = Field(
        default=True, description="false: each article waits for `articles approve`"
    )
    kill_within: Duration = Field(timedelta(minutes=15), description="deadline for a kill")
    correct_within: Duration = Field(timedelta(hours=1), description="deadline for a correction")
    riders: tuple[str, ...] = Field((), description="further terms, shown to people")
