"""JSON Schemas of the settings, made from the models: ``python -m syndicator.settings.schemas``."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, create_model

from syndicator.model.desk import Desk
from syndicator.model.license import License
from syndicator.model.source import Source
from syndicator.model.topic import Topic

FOLDER = Path(__file__).parent / "schemas"
NAMES = ("syndicator", "sources", "licenses", "topics")
_PARTS: dict[str, type[BaseModel]] = {"sources": Source, "licenses": License, "topics": Topic}


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``config/NAME.yaml``."""
    made: dict[str, Any]
    if name == "syndicator":
        made = Desk.model_json_schema()
    else:
        part: Any = dict[str, _PARTS[name]]  # type: ignore[misc]
        fields: dict[str, Any] = {name: (part, ...)}
        made = create_model(name, **fields).model_json_schema()
        made["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": f"{name}.yaml",
    }


def text(name: str) -> str:
    """Return the schema as it stands in its file."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in NAMES:
        (FOLDER / f"{each}.json").write_text(text(each), encoding="utf-8")
