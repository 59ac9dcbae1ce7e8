"""The hosts whose manners are known: the rules that come with the package."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from syndicator.model.host import HostRule

BUILT_IN = files("syndicator.polling").joinpath("hosts.yaml")


@cache
def known_hosts() -> Mapping[str, HostRule]:
    """Return the rule for each known host, by its name."""
    raw: Mapping[str, Any] = YAML(typ="safe", pure=True).load(BUILT_IN.read_text("utf-8"))
    return MappingProxyType({name: HostRule.model_validate(one) for name, one in raw.items()})
