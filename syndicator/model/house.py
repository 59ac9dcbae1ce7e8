"""A house: an agency, distributor, publisher or other body that stands in credits."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

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


class _Known:
    """The houses of some settings, told apart by identity: whoever asks twice is told at once."""

    def __init__(self, houses: tuple[House, ...]) -> None:
        """Hold ``houses``."""
        self.houses = houses

    def __eq__(self, other: object) -> bool:
        """Say whether these are the same houses, and not only equal ones."""
        return isinstance(other, _Known) and self.houses is other.houses

    def __hash__(self) -> int:
        """Stand for their place in memory, which is theirs as long as this lives."""
        return id(self.houses)


def spellings(names: Iterable[str], houses: tuple[House, ...]) -> tuple[str, ...]:
    """Return all names of the houses called by one of ``names``; abbreviations they share apart."""
    wanted = frozenset(name.casefold().strip() for name in names if name)
    return _spellings(wanted, _Known(houses))


@lru_cache(maxsize=4096)
def _spellings(wanted: frozenset[str], known: _Known) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for house in known.houses:
        called = (house.name, *house.also)
        if not wanted.isdisjoint(one.casefold() for one in called):
            found.update(dict.fromkeys((*called, *house.sites)))
    return tuple(found)
