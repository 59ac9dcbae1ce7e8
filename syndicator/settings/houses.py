"""Houses as YAML: those that come with the package, and the operator's own."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from syndicator.model.house import House, HouseKind

BUILT_IN = files("syndicator.credit").joinpath("houses.yaml")


@cache
def built_in_houses() -> tuple[House, ...]:
    """Return the houses that come with the package."""
    raw: Mapping[str, Any] = YAML(typ="safe", pure=True).load(BUILT_IN.read_text("utf-8"))
    plain = tuple(
        House(name=name, kind=HouseKind(kind))
        for kind, names in raw["names"].items()
        for name in names
    )
    return (*plain, *(House.model_validate(one) for one in raw["houses"].values()))
