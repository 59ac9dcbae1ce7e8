"""Field types and the strict base of everything an operator writes in YAML."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")


class Strict(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def one_or_many(value: object) -> object:
    """Let one word stand for a list of one."""
    return value if isinstance(value, list | tuple) else (value,)


def parse_duration(value: object) -> timedelta:
    """Read ``90s``, ``5m``, ``12h``, ``30d`` or a sum such as ``1h 30m``.

    Raises:
        ValueError: for anything else, naming the accepted form.
    """
    if isinstance(value, timedelta):
        return value
    text = str(value).strip()
    parts = _DURATION.findall(text)
    if not parts or _DURATION.sub("", text).strip():
        raise ValueError("not a duration; write a number with s, m, h or d, as in 15m or 30d")
    try:
        lengths = [timedelta(**{_UNITS[unit]: float(number)}) for number, unit in parts]
        return sum(lengths, timedelta())
    except OverflowError as error:
        raise ValueError("longer than any calendar; write a shorter time") from error


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    WithJsonSchema({"type": "string", "pattern": r"^(\s*\d+(\.\d+)?\s*[smhd])+\s*$"}),
]
"""A length of time written as people write it."""
