"""Licences that come with the package, and how one licence extends another."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from syndicator.model.ids import LicenseId
from syndicator.model.license import License

_FILE = files("syndicator.settings").joinpath("presets.yaml")


@cache
def raw_presets() -> Mapping[str, dict[str, Any]]:
    """Return the presets as written."""
    found: Mapping[str, dict[str, Any]] = YAML(typ="safe", pure=True).load(_FILE.read_text("utf-8"))
    return found["licenses"]


@cache
def presets() -> Mapping[LicenseId, License]:
    """Return the presets, each with what it extends filled in."""
    raw = raw_presets()
    return {
        LicenseId(name): License.model_validate(filled(name, raw.get, one))
        for name, one in raw.items()
    }


class ExtendsError(Exception):
    """What a licence extends cannot be filled in; the message says why."""


def filled(name: str, find: Callable[[str], object], value: object) -> object:
    """Return the raw value of a licence with what it extends filled in.

    Its own fields win; mappings are filled field by field. ``find`` returns a
    raw licence by its name, or ``None``. One that extends its own name extends
    the preset it stands over.

    Raises:
        ExtendsError: a name is unknown, or licences extend each other.
    """
    seen = [name]
    chain = [value]
    while isinstance(value, dict) and isinstance(value.get("extends"), str):
        wanted = value["extends"]
        if wanted == seen[-1] and value is not raw_presets().get(wanted):
            value = raw_presets().get(wanted)
        elif wanted in seen:
            raise ExtendsError(f"extends itself: {' → '.join([*seen, wanted])}")
        else:
            value = find(wanted)
        if value is None:
            raise ExtendsError(wanted)
        seen.append(wanted)
        chain.append(value)
    if not all(isinstance(one, dict) for one in chain):
        return chain[0]
    whole: dict[str, Any] = {}
    for one in reversed(chain):
        whole = _over(whole, one)  # type: ignore[arg-type]  # every link is a mapping, see above
    if isinstance(chain[0], dict) and "extends" in chain[0]:
        whole["extends"] = chain[0]["extends"]
    else:
        whole.pop("extends", None)
    return whole


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = dict(below)
    for key, value in above.items():
        under = both.get(key)
        both[key] = (
            _over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
        )
    return both
