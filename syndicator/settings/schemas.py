"""JSON Schemas of the settings, made from the models: ``python -m syndicator.settings.schemas``."""

import json
import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from syndicator.model.desk import Desk
from syndicator.model.house import House
from syndicator.model.license import License
from syndicator.model.source import Source
from syndicator.model.subscriber import Subscriber
from syndicator.model.topic import Topic
from syndicator.settings.checks import ID

_ISO = re.compile(r"P(?:(?P<d>\d+)D)?T?(?:(?P<h>\d+)H)?(?:(?P<m>\d+)M)?(?:(?P<s>\d+)S)?")
FOLDER = Path(__file__).parent / "schemas"
NAMES = ("syndicator", "sources", "licenses", "topics", "houses", "subscribers")
_PARTS: dict[str, type[BaseModel]] = {
    "sources": Source,
    "licenses": License,
    "topics": Topic,
    "houses": House,
    "subscribers": Subscriber,
}


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``config/NAME.yaml``."""
    if name == "syndicator":
        made = Desk.model_json_schema()
    else:
        one = _PARTS[name].model_json_schema(ref_template="#/$defs/{model}")
        entries: dict[str, Any] = {
            "type": "object",
            "additionalProperties": {"$ref": "#/$defs/entry"},
        }
        if name in {"sources", "topics", "subscribers"}:
            entries["propertyNames"] = {"pattern": f"^{ID.pattern}$"}
        made = {
            "$defs": {**one.pop("$defs", {}), "entry": one},
            "type": "object",
            "properties": {name: {"anyOf": [entries, {"type": "null"}]}},
            "additionalProperties": False,
        }
    _as_written(made)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": f"{name}.yaml",
    }


def _as_written(node: Any) -> None:
    """Say what YAML may say: lengths of time as people write them, one word for a list of one."""
    if isinstance(node, list):
        for one in node:
            _as_written(one)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        found = _ISO.fullmatch(value) if isinstance(value, str) else None
        if found and value != "P":
            node[key] = " ".join(f"{found[unit]}{unit}" for unit in "dhms" if found[unit])
    for one in node.values():
        _as_written(one)
    for field in node.get("$defs", {}).get("Condition", {}).get("properties", {}).values():
        one_word = {"type": field.pop("type"), "items": field.pop("items")}
        field["anyOf"] = [one_word["items"], one_word]


def text(name: str) -> str:
    """Return the schema as it stands in its file."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in NAMES:
        (FOLDER / f"{each}.json").write_text(text(each), encoding="utf-8")
