"""Which names are houses, and which house a name means."""

import re
from collections.abc import Iterable
from functools import cached_property

from syndicator.model.house import House, HouseKind
from syndicator.model.patterns import pattern_of
from syndicator.model.text import digest

_EDGE = " \t\n.,;:=<>()[]{}*|/\"'“”‘’«»—–-_^"
_QUOTES = str.maketrans("’‘“”", "''\"\"")
_TAIL = pattern_of(r",? (?:llc|inc|ltd|limited|gmbh|plc|l\.?p|corp)\.?$")


def fold(name: str) -> str:
    """Return the form by which two spellings of a name compare equal."""
    text = " ".join(name.translate(_QUOTES).strip(_EDGE).casefold().split())
    return text.removeprefix("the ").removeprefix("via ")


class Houses:
    """All known houses by name and by domain; later ones win over earlier ones."""

    def __init__(self, houses: Iterable[House] = ()) -> None:
        """Index ``houses``; a short name may belong to several."""
        self._all = tuple(houses)
        self._names: dict[str, House] = {}
        self._short: dict[str, list[House]] = {}
        self._sites: dict[str, House] = {}
        for house in self._all:
            for name in (house.name, *house.also):
                self._names[fold(name)] = house
            for name in house.short:
                self._short.setdefault(fold(name), []).append(house)
            for site in house.sites:
                self._sites[site.casefold()] = house

    @cached_property
    def digest(self) -> bytes:
        """Stand for all that is known of houses."""
        return digest(*(house.model_dump_json() for house in self._all), size=16)

    def find(self, name: str, *, near: str = "") -> House | None:
        """Return the house called ``name``, as a whole.

        A name that several houses share is settled by ``near``: words about the
        source, such as its publisher, address and language. Where they do not
        settle it, the first house that claims the name is meant.
        """
        key = fold(name)
        claimants = self._short.get(key)
        if claimants:
            return _settle(claimants, near, self._names.get(key))
        found = self._names.get(key)
        if found is None and (shorter := _TAIL.sub("", key)) != key:
            found = self._names.get(shorter)
        return found

    def at(self, site: str) -> House | None:
        """Return the house whose domain ``site`` is, or is below."""
        host = re.sub(r"^(?:https?://)?(?:www\.)?", "", site.casefold()).split("/")[0]
        while "." in host:
            if host in self._sites:
                return self._sites[host]
            host = host.partition(".")[2]
        return None

    def is_agency(self, name: str) -> bool:
        """Say whether a name is that of a house that supplies copy or carries releases."""
        found = self.find(name)
        return found is not None and found.kind in {HouseKind.AGENCY, HouseKind.RELEASE}

    def all_known(self, names: Iterable[str]) -> bool:
        """Say whether every one of ``names`` is a house, and there is one."""
        listed = list(names)
        return bool(listed) and all(self.find(name) is not None for name in listed)


def _settle(claimants: list[House], near: str, fallback: House | None) -> House:
    where = near.casefold()
    for house in claimants:
        names = (house.name, *house.also, *house.sites)
        if where and any(name.casefold() in where for name in names):
            return house
    for house in claimants:
        if any(f"lang={tag.casefold()} " in where + " " for tag in house.languages if "-" in tag):
            return house
    return fallback or claimants[0]
