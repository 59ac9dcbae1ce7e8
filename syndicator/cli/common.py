"""What every command shares: the settings, the event loop, exit codes, and how errors look."""

import asyncio
import json
import os
import re
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
import msgspec
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from syndicator.errors import Problem, SettingsError, SyndicatorError
from syndicator.model.desk import Desk, Settings

P = ParamSpec("P")
T = TypeVar("T")
DONE, FAILURES, USAGE = 0, 1, 2
MAX_PORT = 65_535
_OVERRIDES = {
    "SYNDICATOR_LISTEN": (("listen",), "host:port, as in 0.0.0.0:8080"),
    "SYNDICATOR_PUBLIC_URL": (("public_url",), "an http:// or https:// address"),
    "SYNDICATOR_REDIS_URL": (("redis", "url"), "a redis://, rediss:// or unix:// address"),
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


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
    """Let the environment of a container win over the file, checked as the file is."""
    desk = settings.desk
    problems = []
    for name, (path, wanted) in _OVERRIDES.items():
        value = environ.get(name)
        if value:
            try:
                desk = _set(desk, path, value)
            except ValueError:
                problems.append(Problem("environment", 0, 0, name, f"{value!r} is not {wanted}"))
    if problems:
        raise SettingsError(problems)
    return settings.model_copy(update={"desk": desk})


def _set(desk: Desk, path: tuple[str, ...], value: str) -> Desk:
    if path == ("redis", "url") and not value.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError(value)
    if path == ("listen",) and int(value.rpartition(":")[2]) > MAX_PORT:
        raise ValueError(value)
    values = desk.model_dump()
    inner = values
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return Desk.model_validate(values)


@contextmanager
def all_or_nothing(context: Context, file: str) -> Iterator[None]:
    """Edit a file of settings; an edit that makes the settings unsound is taken back whole."""
    path = context.config / file
    before = path.read_bytes() if path.exists() else None
    try:
        yield
        context.load()
    except Exception:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(before)
        raise


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
                complain(str(problem), name=False)
            sys.exit(USAGE)
        except SyndicatorError as error:
            complain(str(error))
            sys.exit(FAILURES)
        except BrokenPipeError:  # whoever read us, as `head` does, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(DONE)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            complain(f"{where}{error.strerror or error}")
            sys.exit(FAILURES)

    return wrapped


def complain(text: str, *, name: bool = True) -> None:
    """Print one error as one line on standard error."""
    line = _CONTROLS.sub(" ", text)
    click.echo(f"syndicator: {line}" if name else line, err=True)


class Commands(click.Group):
    """A group whose usage errors are one line too, with where to read more."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command; see ``click.Group.main``."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)  # noqa: FBT003 - click's order
        try:
            code = super().main(args, prog_name, complete_var, False, **extra)  # noqa: FBT003 - the same
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            sys.exit(USAGE)
        except click.UsageError as error:
            said = error.format_message().rstrip(".")
            if error.ctx is not None and ";" not in said:
                said += f"; see `{error.ctx.command_path} --help`"
            complain(said)
            sys.exit(USAGE)
        except click.ClickException as error:
            complain(error.format_message())
            sys.exit(error.exit_code)
        except click.Abort:
            complain("stopped")
            sys.exit(FAILURES)
        sys.exit(code if isinstance(code, int) else DONE)


json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


def show_json(value: Any) -> None:
    """Print a value of ours as JSON."""
    click.echo(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2))


def show_table(columns: list[str], rows: list[list[str]], *, empty: str) -> None:
    """Print rows as a table, or the ``empty`` line.

    In a pipe each row is one line, whole, however long. On a terminal
    headlines wrap, titles make room, and what a last column named ``error``
    says follows below, where it has the full width.
    """
    if not rows:
        click.echo(empty)
        return
    cells = [[_CONTROLS.sub(" ", cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _show_on_terminal(columns, cells)
        return
    table = [columns, *cells]
    widths = [max(cell_len(row[index]) for row in table) for index in range(len(columns))]
    for row in table:
        line = "  ".join(set_cell_size(*pair) for pair in zip(row, widths, strict=True))
        click.echo(line.rstrip())


def _show_on_terminal(columns: list[str], rows: list[list[str]]) -> None:
    console = Console(highlight=False)
    widths = [max(cell_len(row[n]) for row in [columns, *rows]) for n in range(len(columns))]
    shown = [n for n, column in enumerate(columns) if column != "error"]
    if sum(widths[n] + 2 for n in shown) - 2 > console.width:
        shown = [n for n in shown if columns[n] != "title"]  # its key names a source well enough
    table = Table(box=None, header_style="bold", pad_edge=False)
    for n in shown:
        if columns[n] == "headline":
            table.add_column(columns[n], overflow="fold", min_width=min(20, widths[n]))
        else:
            table.add_column(columns[n], no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*(Text(row[n]) for n in shown))
    console.print(table)
    for row in rows if columns[-1] == "error" else ():
        if row[-1]:
            text = Text(f"{row[0]}: {row[-1].removeprefix(f'{row[0]}: ')}")
            console.print(Padding(text, (0, 0, 0, 2)))


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
