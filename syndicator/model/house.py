"""A house: an agency, distributor, publisher or other body that stands in credits."""

from enum import StrEnum

from pydantic import Field

from syndicator.model.fields import Strict


class HouseKind(StrEnum):
    """What a house does with copy."""

    AGENCY = "agency"
    DISTRIBUTOR = "distributor"
    PUBLISHER = "publisher"
    BROADCASTER = "broadcaster"
    RELEASE = "release"
    SITE = "site"


class House(Strict):
    """One house, from the package's ``credit/houses.yaml`` or ``config/houses.yaml``."""

    name: str = Field(description="as it should be printed")
    kind: HouseKind = Field(description="what it does with copy")
    also: tuple[str, ...] = Field((), description="other spellings, old names, other scripts")
    short: tuple[str, ...] = Field((), description="abbreviations that other houses use too")
    sites: tuple[str, ...] = Field((), description="its domains")
    languages: tuple[str, ...] = Field((), description="BCP 47 tags it writes in")
    license: str | None = Field(None, description="its usual republication licence (SPDX-like)")
    riders: tuple[str, ...] = Field((), description="further requirements, in short words")
