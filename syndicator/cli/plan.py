"""``syndicator plan``: what an edit would change, before it is saved."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from syndicator.cli.common import Context, json_option, run, show_json, speaks
from syndicator.errors import SyndicatorError
from syndicator.model.desk import Settings

if TYPE_CHECKING:
    from syndicator.plan import TopicPlan

SHOWN = 10
SECTIONS = ("sources", "licenses", "topics", "houses")


@click.command()
@click.argument("edited", type=click.Path(exists=True, path_type=Path))
@json_option
@click.pass_obj
@speaks
def plan(context: Context, edited: Path, as_json: bool) -> None:
    """Show what an edit would add to and remove from each topic.

    EDITED is a copy of the settings folder, or of one of its files (licenses,
    sources, topics or houses), with the edit in it. Nothing is changed.
    """
    before = context.load()
    with _folder(context, edited) as folder:
        after = Context(folder).load()
    after = after.model_copy(
        update={"root": before.root, "config": before.config, "desk": before.desk}
    )
    found = run(_plan(before, after))
    if as_json:
        show_json(found)
        return
    if not found:
        click.echo("nothing would change")
    for one in found:
        click.echo(f"{one.topic}: {one.before} → {one.after} entries")
        for sign, changes in (("+", one.added), ("−", one.removed), ("~", one.changed)):  # noqa: RUF001 - a minus for people
            for change in changes[:SHOWN]:
                click.echo(f"  {sign} {change.article[:10]}  {change.headline}  ({change.why})")
            if len(changes) > SHOWN:
                click.echo(f"  {sign} and {len(changes) - SHOWN} more")


async def _plan(before: Settings, after: Settings) -> "list[TopicPlan]":
    from syndicator.adapters.clock import SystemClock
    from syndicator.plan import plan as compare
    from syndicator.wiring import open_library

    async with open_library(before) as library:
        return await compare(library, before, after, SystemClock().now())


@contextmanager
def _folder(context: Context, edited: Path) -> Iterator[Path]:
    """Give the edited settings folder; one file stands in for its namesake in a copy."""
    if edited.is_dir():
        yield edited
        return
    name = _section(edited)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / context.config.name
        shutil.copytree(context.config, folder)
        shutil.copyfile(edited, folder / f"{name}.yaml")
        yield folder


def _section(file: Path) -> str:
    """Tell by its first key which file of the settings an edited copy stands for."""
    try:
        found = YAML(typ="safe", pure=True).load(file.read_text("utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise SyndicatorError(f"{file}: cannot be read: {' '.join(str(error).split())}") from error
    names = [one for one in SECTIONS if isinstance(found, dict) and one in found]
    if len(names) != 1:
        raise SyndicatorError(
            f"{file}: holds none of {', '.join(SECTIONS)}; give a copy of one of those files"
        )
    return names[0]
