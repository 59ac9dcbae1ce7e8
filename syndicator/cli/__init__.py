"""What an operator types; one file a noun."""

from pathlib import Path

import click

from syndicator import __version__
from syndicator.cli import (
    articles,
    audit,
    copy,
    desk,
    lint,
    listeners,
    plan,
    report,
    rulings,
    sources,
    stories,
    subscribers,
    versions,
)
from syndicator.cli.common import Commands, Context


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="syndicator")
@click.option(
    "--config",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("config"),
    show_default=True,
    envvar="SYNDICATOR_CONFIG",
    help="Folder of the settings.",
)
@click.pass_context
def main(context: click.Context, config: Path) -> None:
    """A self-hosted syndication desk: polls sources, keeps their terms, publishes feeds.

    Exit codes: 0 done, 1 the work found failures, 2 usage or settings.
    """
    context.obj = Context(config)


for command in (
    desk.run_command,
    desk.poll,
    desk.release,
    desk.check,
    desk.status,
    plan.plan,
    copy.preview,
    copy.credit,
    lint.lint,
    sources.sources,
    subscribers.subscribers,
    listeners.listeners,
    articles.articles,
    stories.stories,
    audit.audit,
    report.report,
):
    main.add_command(command)
for command in (*rulings.COMMANDS, versions.compare_articles):
    articles.articles.add_command(command)
