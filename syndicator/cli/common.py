"""What every command shares: the settings, the event loop, exit codes, and how errors look."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
import msgspec
from rich.console import Console
from rich.table import Table

from syndicator.errors import SettingsError, SyndicatorError
from syndicator.model.desk import Settings

P = ParamSpec("P")
T = TypeVar("T")
DONE, FAILURES, USAGE = 0, 1, 2
_OVERRIDES = {"SYNDICATOR_LISTEN": ("listen",), "SYNDICATOR_PUBLIC_URL": ("public_url",)}


class Context:
    """The options given before the command."""

    def __init__(self, config: Path) -> None:
        """Keep the folder; settings are read when first asked for."""
        self.config = config.resolve()

    def load(self) -> Settings:
        """Read and check the settings; environment variables of the desk win over its file.

        Raises:
            SettingsError: they are unsound.
        """
        from syndicator.settings import load

        settings = load(self.config, os.environ)
        return _override(settings, os.environ)


def _override(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """``SYNDICATOR_REDIS_URL``, ``_LISTEN`` and ``_PUBLIC_URL``, for containers."""
    desk = settings.desk
    for name, (field,) in _OVERRIDES.items():
        if environ.get(name):
            desk = desk.model_copy(update={field: environ[name]})
    if environ.get("SYNDICATOR_REDIS_URL"):
        redis = desk.redis.model_copy(update={"url": environ["SYNDICATOR_REDIS_URL"]})
        desk = desk.model_copy(update={"redis": redis})
    return settings.model_copy(update={"desk": desk})


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's work on uvloop where there is one."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def speaks(command: Callable[P, None]) -> Callable[P, None]:
    """Turn errors of ours into one readable line each, and the right exit code."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except SettingsError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            sys.exit(USAGE)
        except SyndicatorError as error:
            click.echo(f"syndicator: {error}", err=True)
            sys.exit(FAILURES)
        except ExceptionGroup as group:
            first, *_ = group.exceptions
            if not isinstance(first, SyndicatorError):
                raise
            click.echo(f"syndicator: {first}", err=True)
            sys.exit(FAILURES)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(DONE)

    return wrapped


json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


def show_json(value: Any) -> None:
    """Print a value of ours as JSON."""
    click.echo(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2))


def show_table(columns: list[str], rows: list[list[str]], *, empty: str) -> None:
    """Print rows as a table, or the ``empty`` line."""
    if not rows:
        click.echo(empty)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(cell.replace("[", "\\[") for cell in row))
    Console(highlight=False, soft_wrap=not sys.stdout.isatty()).print(table)


def ago(moment: Any, now: Any) -> str:
    """``3 min ago``, ``in 2 h``; a dash for never."""
    if moment is None:
        return "–"  # noqa: RUF001 - a dash for people
    seconds = (now - moment).total_seconds()
    size = abs(seconds)
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if size >= length:
            text = f"{size / length:.0f} {unit}"
            return f"{text} ago" if seconds > 0 else f"in {text}"
    return "just now" if seconds >= 0 else "in moments"
