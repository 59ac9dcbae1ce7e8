"""What pydantic found wrong, in words an operator can act on."""

import re
import types
import typing
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from syndicator.errors import Problem
from syndicator.settings.yamltext import Place

MAX_LISTED = 20
_FIXED = {
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a whole number of sensible size",
    "int_from_float": "must be a whole number",
    "string_type": "must be text; put it in quotes",
    "string_unicode": "must be text",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list, as in [a, b]",
    "model_type": "must be a mapping: lines of key: value",
    "model_attributes_type": "must be a mapping: lines of key: value",
    "dict_type": "must be a mapping: lines of key: value",
    "path_type": "must be a path",
    "ip_v4_network": "must be a network, as in 127.0.0.0/8",
    "ip_v6_network": "must be a network, as in 127.0.0.0/8",
}
_PATTERNS = {
    "url": "must be an http://, https:// or file: address without spaces",
    "listen": "must be host:port, as in 127.0.0.1:8080",
    "public_url": "must be an http:// or https:// address without spaces",
    "prefix": "may hold only letters, digits, - and _",
}


def quoted(names: Iterable[str]) -> str:
    """List names for people, a long list cut short."""
    every = sorted(names)
    shown = ", ".join(every[:MAX_LISTED])
    return shown + (f" and {len(every) - MAX_LISTED} more" if len(every) > MAX_LISTED else "")


def suggest(word: str, valid: Collection[str]) -> str:
    """Name the nearest valid word, or else all of them."""
    near = get_close_matches(word[:100].lower(), valid, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"there are: {quoted(valid)}" if valid else "there are none"


def problems_of(
    errors: list[ErrorDetails], model: type[BaseModel], at: Place, *, skip: int = 0
) -> list[Problem]:
    """Turn a model's errors into problems, each at its own key.

    ``at`` already stands ``skip`` steps down the paths of the errors.
    """
    found = []
    for error in errors:
        loc = error["loc"]
        place = at.find(loc[skip:])
        if error["type"] == "missing":
            found.append(place.problem(f"is missing; {place.path[-1]} needs it", str(loc[-1])))
        else:
            found.append(place.problem(_message(error, model)))
    return found


def _message(error: ErrorDetails, model: type[BaseModel]) -> str:
    kind, loc, context = error["type"], error["loc"], error.get("ctx") or {}
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    if kind == "extra_forbidden":
        return f"unknown key; {suggest(name, fields_at(model, loc[:-1]))}"
    if error["input"] is None:
        return "is empty; give it a value or remove the line"
    if kind in {"enum", "literal_error"}:
        valid = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        near = get_close_matches(str(error["input"])[:100].lower(), valid, n=1)
        said = f"must be {', '.join(valid[:-1])} or {valid[-1]}"
        return f"{said}; did you mean {near[0]}?" if near else said
    if kind == "greater_than_equal":
        return f"must be at least {context['ge']}"
    if kind == "less_than_equal":
        return f"must be at most {context['le']}"
    if kind == "value_error":
        return str(context.get("error", "is not valid"))
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(name, f"must look like {context.get('pattern')}")
    return _FIXED.get(kind, error["msg"][:1].lower() + error["msg"][1:])


def fields_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys allowed at a place inside a model."""
    here: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int) or here is None:
            continue
        field = here.model_fields.get(part)
        here = _model_in(field.annotation) if field else here
    return list(here.model_fields) if here else []


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    for one in typing.get_args(annotation):
        found = _model_in(one)
        if found:
            return found
    return None
